"""Report lists in the markup of other programs, and text that looks like a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from stufenweise.check.spellings.spelling import MarkupForm, Spelling, WrittenText, spellings_of
from stufenweise.source.markdown.outline import LineKind

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
_TWO_PART_NUMBER = re.compile(r"(?P<indent>[ \t]*)(?P<outer>\d{1,2})\.(?P<number>\d{1,2})\.?[ \t]+(?=[^\W\d])")
"""An item with a two-part number, such as `1.2`."""
_BARELY_INDENTED = re.compile(r"[ ]{2}[-*+][ ]+\S")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|(?P<number>\d{1,9})[.)])[ \t]+(?=\S)")
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$")
_TASK = re.compile(
    rf"(?P<mark>[ \t]*(?:[-*+]|\d{{1,9}}[.)])[ \t]+)(?:\[[ xX/<>!?*-]\][ \t]+|[{_BOXES}]\ufe0f?[ \t]+)(?=\S)"
)
_BOX = re.compile(rf"[ ]{{0,3}}[{_BOXES}]\ufe0f?[ \t]+(?P<words>[^{_BOXES}=]+)$")
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
    return spellings_of(text, LIST_FORMS, skipped=text.boxes)


def _wiki_numbers(text: WrittenText, start: int, _: re.Match[str]) -> Spelling | None:
    """Return the list for numbered items in wiki markup, which would be read as headings."""
    end = text.end_of_run(start, _WIKI_NUMBER.match)
    if text.outline.kinds[start] is not LineKind.HEADING or end - start < 2:
        return None
    lines = [_WIKI_NUMBER.sub("", line) for line in text.lines[start:end]]
    right = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    spelling = text.rewritten("list-mark", start, end, right, text.gap_above(start))
    return replace(spelling, values={**spelling.values, "covered": str(end - start)})


def _box(text: WrittenText, index: int, box: re.Match[str]) -> Spelling | None:
    """Return the item for a checkbox on its own, which stands outside of the checklist."""
    if not text.checklist or not (text.is_blank(index - 1) and text.is_blank(index + 1)):
        return None
    right = f"- {box['words'].strip()}"
    return text.spelling(index, "task-outside", (right,), right=right)


def _bullets(text: WrittenText, start: int, _: re.Match[str]) -> Spelling | None:
    """Return the list for lines with bullets of a word processor."""
    end = text.end_of_run(start, _BULLET.match)
    lines = text.lines[start:end]
    signs = {bullet["dash"] for line in lines if (bullet := _BULLET.match(line))}
    if len(lines) == 1 and signs != {None}:
        return None  # A speaker's dash, the rest of a sentence, or a box on paper
    if len(signs - {None, *_BOXES}) > 1:  # Each picture says something
        right = [f"{_spaces(line[: -len(line.lstrip())])}- {line.lstrip()}" for line in lines]
    else:
        right = [_BULLET.sub(lambda bullet: f"{_spaces(bullet['indent'])}- ", line, count=1) for line in lines]
    return text.rewritten("list-mark", start, end, right, _gap_below_text(text, start))


def _glued(text: WrittenText, start: int, _: re.Match[str]) -> Spelling | None:
    """Return the list for lines whose marks lack their space; a single one may be the rest of a word."""
    end = text.end_of_run(start, _GLUED.match)
    lines = text.lines[start:end]
    numbers = [mark["number"] for line in lines if (mark := _GLUED.match(line))]
    if len(lines) < 2 or not (text.is_blank(start - 1) and text.is_blank(end)):
        return None
    counted = [int(number) for number in numbers if number is not None]
    if counted not in ([], [*range(1, len(numbers) + 1)]):
        return None
    right = [
        _GLUED.sub(lambda mark: f"{mark['number']}. " if mark["number"] else "- ", line, count=1) for line in lines
    ]
    return text.rewritten("list-mark", start, end, right)


def _bare_tasks(text: WrittenText, start: int, _: re.Match[str]) -> Spelling | None:
    """Return the list for checkboxes without a list mark."""
    if not text.checklist:
        return None
    end = text.end_of_run(start, _BARE_TASK.match)
    items = [_BARE_TASK.sub("- ", line, count=1) for line in text.lines[start:end]]
    return text.spelling(start, "task-outside", (*text.gap_above(start), *items), end=end, right=items[0])


def _quoted_number(text: WrittenText, index: int, mark: re.Match[str]) -> Spelling | None:
    """Return the line with an escaped `>`, if it means "greater than" and begins no quote."""
    around = [text.lines[other].lstrip()[:1] for other in (index - 1, index + 1) if 0 <= other < len(text.lines)]
    touches = not text.is_blank(index - 1) and text.outline.kinds[index - 1] is LineKind.TEXT
    if ">" in around or not (touches or not mark["space"] or mark["mark"].strip()):
        return None
    line = text.lines[index]
    right = f"{line[: mark.end('mark')]}\\{line[mark.end('mark') :]}"
    return text.spelling(index, "number-as-quote", (right,), right=right)


def _letters(text: WrittenText, start: int, first: re.Match[str]) -> Spelling | None:
    """Return the list for lines that are counted with letters."""
    right: list[str] = []
    for line in text.lines[start:]:
        mark = _LETTER.match(line)
        if not mark or mark["letter"] != chr(ord(first["letter"]) + len(right)):
            break
        right.append(f"{_spaces(mark['indent'])}{len(right) + 1}. {line[mark.end() :]}")
    if first["letter"] not in "aA" or len(right) < 2:
        return None
    return text.rewritten("list-mark", start, start + len(right), right, _gap_below_list(text, start))


def _number(line: str, expected: int) -> re.Match[str] | None:
    """Match the number of a line if it is the expected one."""
    match = _NUMBERED.match(line)
    if not match or (match["roman"] and not line[match.end() - 1 : match.end()].isspace()):
        return None
    written = match["round"] or match["both"] or match["keycap"]
    if match["roman"]:
        is_next = expected <= len(_ROMAN) and match["roman"].lower() == _ROMAN[expected - 1]
    elif match["circle"]:
        is_next = ord(match["circle"]) - ord("①") + 1 == expected
    else:
        is_next = not written or int(written) == expected
    return match if is_next else None


def _numbered(text: WrittenText, start: int, _: re.Match[str]) -> Spelling | None:
    """Return the list for lines with Roman, circled or bracketed numbers."""
    right: list[str] = []
    end, count = start, 0
    for index in range(start, len(text.lines)):
        line = text.lines[index]
        mark = _number(line, count + 1)
        if not mark and line.strip():
            break
        if mark:
            right += [""] * (index - end)
            count, end = count + 1, index + 1
            right.append(f"{_spaces(mark['indent'])}{count}. {line[mark.end() :]}")
    return text.rewritten("list-mark", start, end, right, _gap_below_list(text, start)) if count > 1 else None


def _barely_indented(text: WrittenText, start: int, _: re.Match[str]) -> Spelling | None:
    """Return the items of a list in a numbered one that are indented by two spaces, which is one too few.

    Another rule reports that the renderings differ.
    """
    above = _ITEM.match(text.lines[start - 1]) if start else None
    if not above or above["number"] is None or above["indent"]:
        return None
    end = text.end_of_run(start, _BARELY_INDENTED.match, in_code=True)
    return text.spelling(start, "", [f"  {line}" for line in text.lines[start:end]], end=end)


def _two_part_numbers(text: WrittenText, start: int, first: re.Match[str]) -> Spelling | None:
    """Return the list for lines with two-part numbers; below an item it is nested."""
    right: list[str] = []
    for line in text.lines[start:]:
        mark = _TWO_PART_NUMBER.match(line)
        if not mark or int(mark["number"]) != len(right) + 1 or mark["outer"] != first["outer"]:
            break
        right.append(f"{mark['number']}. {line[mark.end() :]}")
    if len(right) < 2:
        return None
    end = start + len(right)
    if start > 0 and _ITEM.match(text.lines[start - 1]):
        return text.rewritten("list-mark", start, end, [f"    {item}" for item in right])
    return text.rewritten("list-mark", start, end, right, _gap_below_text(text, start))


def _deep(text: WrittenText, start: int, _: re.Match[str]) -> Spelling | None:
    """Return the nested list for lines whose depth is the number of their marks."""
    if not start or not _ITEM.match(text.lines[start - 1]) or _RULE.fullmatch(text.lines[start]):
        return None
    end = text.end_of_run(start, _DEEP.match, in_code=True)
    marks = [mark for line in text.lines[start:end] if (mark := _DEEP.match(line))]
    right = [f"{'    ' * (len(mark['marks']) - 1)}- {mark.string[mark.end() :]}" for mark in marks]
    return text.spelling(start, "list-mark", right, end=end, text=text.lines[start].strip(), right=right[0])


def _counted(text: WrittenText, start: int, _: re.Match[str]) -> Spelling | None:
    """Return the list for lines whose numbers lack their full stop."""
    right: list[str] = []
    for line in text.lines[start:]:
        mark = _COUNTED.match(line)
        if not mark or mark["number"] != str(len(right) + 1):
            break
        right.append(f"{mark['number']}. {line[mark.end() :]}")
    if len(right) < 2 or not text.is_blank(start - 1):
        return None
    return text.rewritten("list-mark", start, start + len(right), right)


def _item(text: WrittenText, index: int, item: re.Match[str]) -> Spelling | None:
    """Return the repair of an item that Markdown reads as a list: a date, a task, or an item without a gap above."""
    line = text.lines[index]
    if _RULE.fullmatch(line):
        return None
    is_year = bool(item["number"]) and len(item["number"]) == 4 and line.lstrip()[4] == "."
    if (_ORDINAL.match(line) or is_year) and _is_alone(text, index):
        right = line.replace(".", "\\.", 1)
        return text.spelling(index, "number-as-list", (right,), right=right)
    if text.checklist and _TASK.match(line):
        return _tasks(text, index)
    is_further = index > 0 and _indent(text.lines[index - 1]) > _indent(line)
    begins_list = item["number"] in {None, "1"} or is_further
    if begins_list and not _PLACE.fullmatch(line) and _touches_paragraph(text, index, item):
        return text.spelling(index, "list-without-gap", ("", line))
    return None


def _tasks(text: WrittenText, start: int) -> Spelling:
    """Return the list for checkboxes outside of the checklist."""
    end = text.end_of_run(start, _TASK.match)
    lines = (_ITEM_ID.sub("", line) for line in text.lines[start:end])
    right = [_TASK.sub(lambda task: task["mark"], line, count=1) for line in lines]
    return text.spelling(start, "task-outside", right, end=end, right=right[0].strip())


LIST_FORMS: tuple[MarkupForm, ...] = (
    (_WIKI_NUMBER, _wiki_numbers),
    (_BOX, _box),
    (_BULLET, _bullets),
    (_GLUED, _glued),
    (_BARE_TASK, _bare_tasks),
    (_QUOTED_NUMBER, _quoted_number),
    (_LETTER, _letters),
    (_NUMBERED, _numbered),
    (_BARELY_INDENTED, _barely_indented),
    (_TWO_PART_NUMBER, _two_part_numbers),
    (_DEEP, _deep),
    (_COUNTED, _counted),
    (_ITEM, _item),
)
"""Forms of lists in the order in which they are tried."""


def _gap_below_text(text: WrittenText, start: int) -> tuple[str, ...]:
    """Return the empty line that a list needs above it, except below a heading."""
    return () if start and text.lines[start - 1].startswith("#") else text.gap_above(start)


def _gap_below_list(text: WrittenText, start: int) -> tuple[str, ...]:
    """Return the empty line that a list needs above it, except in another list."""
    return () if start and _ITEM.match(text.lines[start - 1]) else text.gap_above(start)


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
    return not any(match["number"] for line in around if (match := _ITEM.match(line)))


def _indent(line: str) -> int:
    wide = line.expandtabs(4)
    return max(len(wide) - len(wide.lstrip(" ")), 0)


def _spaces(indent: str) -> str:
    return indent.expandtabs(4)
