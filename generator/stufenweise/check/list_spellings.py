"""Report lists in the markup of other programs, and text that looks like a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.check.spelling import Spelling, WrittenText
from stufenweise.model.problem import QUOTED_TEXT
from stufenweise.source.outline import LineKind

_DASHES = "–—→➔➜➤►▶✓✔✅☑☒☐§o."
"""Characters that count as bullets only on two or more lines in a row; a single one belongs to the sentence."""
_BOXES = "☑☒☐"
"""Boxes that tell whether an item is done; they say nothing about what the item is."""
_PICTURES = "\u2600-\u27bf\U0001f300-\U0001faff"
_BULLET = re.compile(
    r"(?P<indent>[ \t]*)(?:[•·‣▪▫◦●○■□\uf0a7\uf0b7\uf0d8]|o(?=\t)"
    rf"|(?P<dash>[{_DASHES}{_PICTURES}])\ufe0f?(?=[ \t](?!\d)))[ \t]*(?=\S)"
)
_DEEP = re.compile(r"(?P<marks>[*-]{2,4})[ \t]+(?=\S)")
"""A nested item, whose depth is the number of marks, as in wikis."""
_COUNTED = re.compile(r"(?P<number>\d{1,2})[ \t]+(?=[A-ZÄÖÜ])")
_LETTER = re.compile(r"(?P<indent>[ \t]*)\(?(?P<letter>[a-zA-Z])[).][ \t]+(?=\S)")
_NUMBERED = re.compile(
    r"(?P<indent>[ \t]*)(?:\((?P<round>\d{1,2})\)|(?P<both>\d{1,2})\.\)|\(?(?P<roman>[ivx]{1,5}|[IVX]{1,5})[.)]"
    r"|(?P<mark>\(@\w*\)|#\.)|(?P<circle>[①-⑳])|(?P<keycap>\d)\ufe0f?\u20e3)[ \t]*(?<![.\w])(?=\S)"
)
"""An item with a kind of number that Markdown does not know."""
_PARTED = re.compile(r"(?P<indent>[ \t]*)(?P<outer>\d{1,2})\.(?P<number>\d{1,2})\.?[ \t]+(?=[^\W\d])")
"""An item with a two-part number, such as `1.2`."""
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|(?P<number>\d{1,9})[.)])[ \t]+(?=\S)")
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$")
_TASK = re.compile(
    rf"(?P<mark>[ \t]*(?:[-*+]|\d{{1,9}}[.)])[ \t]+)(?:\[[ xX/<>!?*-]\][ \t]+|[{_BOXES}]\ufe0f?[ \t]+)(?=\S)"
)
_BOX = re.compile(rf"[ ]{{0,3}}[{_BOXES}]\ufe0f?[ \t]+(?P<words>[^{_BOXES}=]+)")
"""A checkbox with its task; several on one line explain what they mean."""
_QUOTED_NUMBER = re.compile(r"(?P<mark>[ ]{0,3}(?:(?:[-*+]|\d{1,2}[.)])[ ]+)?)>(?P<space>[ ]?)(?=[ ]?\d)")
"""A `>` before a number, which would begin a quote."""
_GLUED = re.compile(r"(?:-(?=[^\W\d_])|(?P<number>\d{1,2})[.)](?=[^\W\d_]))")
"""An item whose mark lacks its space."""
_BARE_TASK = re.compile(r"[ ]{0,3}\[[ xX]?\][ \t]+(?=\S)")
_WIKI_NUMBER = re.compile(r"#[ \t]+(?=\S)(?!.*\{#)")
"""An item of a numbered list in wiki markup; consecutive lines of this form are not headings."""
_ITEM_ID = re.compile(r"[ \t]*\{#[^{}]*\}[ \t]*$")
"""The id of an item; without its box the line would look like a heading that lacks its marks."""
_PLACE = re.compile(r".*(?:^|[\s:])_{3,}[ \t]*$")
_ORDINAL = re.compile(
    r"(?P<number>\d{1,2})\. (?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|"
    r"September|Oktober|November|Dezember"
    r"|Quartal|Stock|Etage|Auflage|Jahrhundert|Klasse|Platz|Halbjahr)\b"
)


def list_spellings(text: WrittenText) -> Iterator[Spelling]:
    """Yield lists that are shown as running text, and running text that is shown as a list."""
    index = 0
    while index < len(text.lines):
        found = None if text.literal[index] or index in text.boxes else _at(text, index)
        if found:
            yield found
        index = found.next_line if found else index + 1


def _at(text: WrittenText, index: int) -> Spelling | None:
    """Return what is odd about a list that begins at a line."""
    line = text.lines[index]
    if text.outline.kinds[index] is LineKind.HEADING:
        return _wiki_numbers(text, index) if _WIKI_NUMBER.match(line) else None
    if text.checklist and (box := _BOX.fullmatch(line)) and text.is_blank(index - 1) and text.is_blank(index + 1):
        right = f"- {box['words'].strip()}"
        return Spelling(line=index, code="task-outside", values={"right": right[:QUOTED_TEXT]}, right=(right,))
    if _BULLET.match(line):
        return _bullets(text, index)
    if _GLUED.match(line) and text.is_blank(index - 1):
        return _glued(text, index)
    if text.checklist and _BARE_TASK.match(line):
        end = _behind(text, index, _BARE_TASK)
        items = [_BARE_TASK.sub("- ", one, count=1) for one in text.lines[index:end]]
        gap = [] if text.is_blank(index - 1) else [""]
        values = {"right": items[0][:QUOTED_TEXT]}
        return Spelling(line=index, code="task-outside", values=values, end=end, right=(*gap, *items))
    if ">" in line and (quoted := _QUOTED_NUMBER.match(line)) and _is_no_quote(text, index, quoted):
        right = f"{line[: quoted.end('mark')]}\\{line[quoted.end('mark') :]}"
        return Spelling(line=index, code="number-as-quote", values={"right": right[:QUOTED_TEXT]}, right=(right,))
    if (letter := _LETTER.match(line)) and letter["letter"] in "aA" and index + 1 < len(text.lines):
        return _letters(text, index)
    if _number(line, 1):
        return _numbered(text, index)
    if index and line.startswith("  ") and (inner := _barely_indented(text, index)):
        return inner
    if _PARTED.match(line):
        return _parted(text, index)
    if _DEEP.match(line) and index and _ITEM.match(text.lines[index - 1]) and not _RULE.fullmatch(line):
        return _deep(text, index)
    if (number := _COUNTED.match(line)) and number["number"] == "1" and text.is_blank(index - 1):
        return _counted(text, index)
    item = _ITEM.match(line)
    if not item or _RULE.fullmatch(line):
        return None
    is_year = bool(item["number"]) and len(item["number"]) == 4 and line.lstrip()[4] == "."
    if (_ORDINAL.match(line) or is_year) and _is_alone(text, index):
        right = line.replace(".", "\\.", 1)
        return Spelling(line=index, code="number-as-list", values={"right": right[:QUOTED_TEXT]}, right=(right,))
    if text.checklist and _TASK.match(line):
        return _tasks(text, index)
    is_further = index > 0 and _indent(text.lines[index - 1]) > _indent(line)
    if (
        (item["number"] in {None, "1"} or is_further)
        and not _PLACE.fullmatch(line)
        and _touches_paragraph(text, index, item)
    ):
        return Spelling(line=index, code="list-without-gap", right=("", line))
    return None


def _is_no_quote(text: WrittenText, index: int, found: re.Match[str]) -> bool:
    """Return whether a `>` before a number means "greater than" and begins no quote."""
    around = [text.lines[one].lstrip()[:1] for one in (index - 1, index + 1) if 0 <= one < len(text.lines)]
    touches = not text.is_blank(index - 1) and text.outline.kinds[index - 1] is LineKind.TEXT
    return ">" not in around and (touches or not found["space"] or bool(found["mark"].strip()))


def _bullets(text: WrittenText, start: int) -> Spelling | None:
    """Return the list for lines with bullets of a word processor."""
    end = start
    while end < len(text.lines) and not text.literal[end] and _BULLET.match(text.lines[end]):
        end += 1
    lines = text.lines[start:end]
    signs = {found["dash"] for line in lines if (found := _BULLET.match(line))}
    if len(lines) == 1 and signs != {None}:
        return None  # Who said it, the rest of a sentence, or a box on paper
    if len(signs - {None, *_BOXES}) > 1:  # Each says something
        right = [f"{_spaces(line[: -len(line.lstrip())])}- {line.lstrip()}" for line in lines]
    else:
        right = [_BULLET.sub(lambda found: f"{_spaces(found['indent'])}- ", line, count=1) for line in lines]
    gap = [] if text.is_blank(start - 1) or text.lines[start - 1].startswith("#") else [""]
    values = {"text": lines[0].strip()[:QUOTED_TEXT].replace("\t", " "), "right": right[0].strip()[:QUOTED_TEXT]}
    return Spelling(line=start, code="list-mark", values=values, end=end, right=(*gap, *right))


def _behind(text: WrittenText, start: int, pattern: re.Pattern[str]) -> int:
    """Return the line behind those from `start` on that a pattern matches."""
    end = start
    while end < len(text.lines) and not text.literal[end] and pattern.match(text.lines[end]):
        end += 1
    return end


def _glued(text: WrittenText, start: int) -> Spelling | None:
    """Return the list for lines whose marks lack their space; a single one may be the rest of a word."""
    end = _behind(text, start, _GLUED)
    lines = text.lines[start:end]
    numbers = [found["number"] for line in lines if (found := _GLUED.match(line))]
    if len(lines) < 2 or not text.is_blank(end) or len({one is None for one in numbers}) > 1:
        return None
    if numbers[0] is not None and [int(one or 0) for one in numbers] != [*range(1, len(numbers) + 1)]:
        return None
    right = [
        _GLUED.sub(lambda found: f"{found['number']}. " if found["number"] else "- ", line, count=1) for line in lines
    ]
    values = {"text": lines[0][:QUOTED_TEXT], "right": right[0][:QUOTED_TEXT]}
    return Spelling(line=start, code="list-mark", values=values, end=end, right=tuple(right))


def _wiki_numbers(text: WrittenText, start: int) -> Spelling | None:
    """Return the list for numbered items in wiki markup, which would be read as headings."""
    end = _behind(text, start, _WIKI_NUMBER)
    if end - start < 2:
        return None
    lines = [_WIKI_NUMBER.sub("", line) for line in text.lines[start:end]]
    right = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    gap = [] if text.is_blank(start - 1) else [""]
    values = {"text": text.lines[start][:QUOTED_TEXT], "right": right[0][:QUOTED_TEXT], "covered": str(end - start)}
    return Spelling(line=start, code="list-mark", values=values, end=end, right=(*gap, *right))


def _counted(text: WrittenText, start: int) -> Spelling | None:
    """Return the list for lines whose numbers lack their full stop."""
    right: list[str] = []
    for line in text.lines[start:]:
        found = _COUNTED.match(line)
        if not found or found["number"] != str(len(right) + 1):
            break
        right.append(f"{found['number']}. {line[found.end() :]}")
    if len(right) < 2:
        return None
    values = {"text": text.lines[start].strip()[:QUOTED_TEXT], "right": right[0][:QUOTED_TEXT]}
    return Spelling(line=start, code="list-mark", values=values, end=start + len(right), right=tuple(right))


def _number(line: str, expected: int) -> re.Match[str] | None:
    """Match the number of a line if it is the expected one."""
    found = _NUMBERED.match(line)
    if not found or (found["roman"] and not line[found.end() - 1 : found.end()].isspace()):
        return None
    written = found["round"] or found["both"] or found["keycap"]
    if found["roman"]:
        is_next = expected <= len(_ROMAN) and found["roman"].lower() == _ROMAN[expected - 1]
    elif found["circle"]:
        is_next = ord(found["circle"]) - ord("①") + 1 == expected
    else:
        is_next = not written or int(written) == expected
    return found if is_next else None


def _numbered(text: WrittenText, start: int) -> Spelling | None:
    """Return the list for lines with Roman, circled or bracketed numbers."""
    right: list[str] = []
    end, count = start, 0
    for index in range(start, len(text.lines)):
        line = text.lines[index]
        found = _number(line, count + 1)
        if not found and line.strip():
            break
        if found:
            right += [""] * (index - end)
            count, end = count + 1, index + 1
            right.append(f"{_spaces(found['indent'])}{count}. {line[found.end() :]}")
    if count < 2:
        return None
    gap = [] if text.is_blank(start - 1) or _ITEM.match(text.lines[start - 1]) else [""]
    values = {"text": text.lines[start].strip()[:QUOTED_TEXT], "right": right[0].strip()[:QUOTED_TEXT]}
    return Spelling(line=start, code="list-mark", values=values, end=end, right=(*gap, *right))


def _deep(text: WrittenText, start: int) -> Spelling:
    """Return the nested list for lines whose depth is the number of their marks."""
    right: list[str] = []
    for line in text.lines[start:]:
        found = _DEEP.match(line)
        if not found:
            break
        right.append(f"{'    ' * (len(found['marks']) - 1)}- {line[found.end() :]}")
    values = {"text": text.lines[start].strip()[:QUOTED_TEXT], "right": right[0][:QUOTED_TEXT]}
    return Spelling(line=start, code="list-mark", values=values, end=start + len(right), right=tuple(right))


def _barely_indented(text: WrittenText, start: int) -> Spelling | None:
    """Return the items of a list in a numbered one that are indented by two spaces, which is one too few.

    Another rule reports that the renderings differ.
    """
    above = _ITEM.match(text.lines[start - 1])
    right: list[str] = []
    for line in text.lines[start:]:
        if not re.match(r"[ ]{2}[-*+][ ]+\S", line):
            break
        right.append(f"  {line}")
    if not above or above["number"] is None or above["indent"] or not right:
        return None
    return Spelling(line=start, code="", end=start + len(right), right=tuple(right))


def _parted(text: WrittenText, start: int) -> Spelling | None:
    """Return the list for lines with two-part numbers; below an item it is nested."""
    right: list[str] = []
    outer = ""
    for line in text.lines[start:]:
        found = _PARTED.match(line)
        if not found or int(found["number"]) != len(right) + 1 or (outer and found["outer"] != outer):
            break
        outer = found["outer"]
        right.append(f"{found['number']}. {line[found.end() :]}")
    if len(right) < 2:
        return None
    is_inner = start > 0 and bool(_ITEM.match(text.lines[start - 1]))
    right = [f"    {one}" for one in right] if is_inner else right
    gap = [] if text.is_blank(start - 1) or is_inner or text.lines[start - 1].startswith("#") else [""]
    values = {"text": text.lines[start].strip()[:QUOTED_TEXT], "right": right[0].strip()[:QUOTED_TEXT]}
    return Spelling(line=start, code="list-mark", values=values, end=start + len(right), right=(*gap, *right))


def _letters(text: WrittenText, start: int) -> Spelling | None:
    """Return the list for lines that are counted with letters."""
    end = start
    first = _LETTER.match(text.lines[start])
    expected = first["letter"] if first else ""
    right: list[str] = []
    while end < len(text.lines) and (found := _LETTER.match(text.lines[end])) and found["letter"] == expected:
        right.append(f"{_spaces(found['indent'])}{end - start + 1}. {text.lines[end][found.end() :]}")
        expected = chr(ord(expected) + 1)
        end += 1
    if end - start < 2:
        return None
    gap = [] if text.is_blank(start - 1) or _ITEM.match(text.lines[start - 1]) else [""]
    values = {"text": text.lines[start].strip()[:QUOTED_TEXT], "right": right[0].strip()[:QUOTED_TEXT]}
    return Spelling(line=start, code="list-mark", values=values, end=end, right=(*gap, *right))


def _tasks(text: WrittenText, start: int) -> Spelling:
    """Return the list for checkboxes outside of the checklist."""
    end = start
    while end < len(text.lines) and _TASK.match(text.lines[end]):
        end += 1
    lines = (_ITEM_ID.sub("", line) for line in text.lines[start:end])
    right = tuple(_TASK.sub(lambda found: found["mark"], line, count=1) for line in lines)
    return Spelling(
        line=start, code="task-outside", values={"right": right[0].strip()[:QUOTED_TEXT]}, end=end, right=right
    )


def _touches_paragraph(text: WrittenText, index: int, item: re.Match[str]) -> bool:
    """Return whether a list begins right below the words of a paragraph."""
    if text.is_blank(index - 1) or text.literal[index - 1]:
        return False
    first = index - 1
    while not text.is_blank(first) and not text.literal[first] and text.outline.kinds[first] is not LineKind.HEADING:
        line = text.lines[first]
        if _ITEM.match(line) or _BULLET.match(line) or line.lstrip().startswith((">", "|", "!!!", "???", ": ", "#")):
            return False
        first -= 1
    return first < index - 1 and len(item["indent"].expandtabs(4)) <= _indent(text.lines[index - 1])


def _is_alone(text: WrittenText, index: int) -> bool:
    """Return whether an item is the only one of its list."""
    around = [*text.lines[max(index - 3, 0) : index], *text.lines[index + 1 : index + 4]]
    return not any(found["number"] for line in around if (found := _ITEM.match(line)))


def _indent(line: str) -> int:
    wide = line.expandtabs(4)
    return max(len(wide) - len(wide.lstrip(" ")), 0)


def _spaces(indent: str) -> str:
    return indent.expandtabs(4)
