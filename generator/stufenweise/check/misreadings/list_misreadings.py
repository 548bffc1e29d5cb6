"""Report lists in the markup of other programs, and text that looks like a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.check.misreadings.misreading import Misreading
from stufenweise.check.misreadings.numbered_lists import (
    BARE_NUMBERS,
    LETTERS,
    LIST_ITEM,
    NUMBERS,
    TWO_PART_NUMBERS,
    WIKI_NUMBERS,
    gap_below_text,
    spaces,
)
from stufenweise.check.misreadings.written_text import MarkupForm, WrittenText, misreadings_of
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
_BARELY_INDENTED = re.compile(r"[ ]{2}[-*+][ ]+\S")
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
_ITEM_ID = re.compile(r"[ \t]*\{#[^{}]*\}[ \t]*$")
"""The id of an item; without its box the line would look like a heading that lacks its marks."""
_PLACE = re.compile(r".*(?:^|[\s:])_{3,}[ \t]*$")
_ORDINAL = re.compile(
    r"(?P<number>\d{1,2})\. (?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|"
    r"September|Oktober|November|Dezember"
    r"|Quartal|Stock|Etage|Auflage|Jahrhundert|Klasse|Platz|Halbjahr)\b"
)


def list_misreadings(text: WrittenText) -> Iterator[Misreading]:
    """Yield lists that are shown as running text, and running text that is shown as a list."""
    return misreadings_of(text, LIST_FORMS, LIST_BEGINS, skipped=text.boxes)


def _box(text: WrittenText, index: int, box: re.Match[str]) -> Misreading | None:
    """Return the item for a checkbox on its own, which stands outside of the checklist."""
    if not text.checklist or not (text.is_blank(index - 1) and text.is_blank(index + 1)):
        return None
    right = f"- {box['words'].strip()}"
    return text.misreading(index, "task-outside", (right,), right=right)


def _bullets(text: WrittenText, start: int, _: re.Match[str]) -> Misreading | None:
    """Return the list for lines with bullets of a word processor."""
    end = text.end_of_run(start, _BULLET.match)
    lines = text.lines[start:end]
    signs = {bullet["dash"] for line in lines if (bullet := _BULLET.match(line))}
    if len(lines) == 1 and signs != {None}:
        return None  # A speaker's dash, the rest of a sentence, or a box on paper
    if len(signs - {None, *_BOXES}) > 1:  # Each picture says something
        right = [f"{spaces(line[: -len(line.lstrip())])}- {line.lstrip()}" for line in lines]
    else:
        right = [_BULLET.sub(lambda bullet: f"{spaces(bullet['indent'])}- ", line, count=1) for line in lines]
    return text.rewritten("list-mark", start, end, right, gap_below_text(text, start))


def _glued(text: WrittenText, start: int, _: re.Match[str]) -> Misreading | None:
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


def _bare_tasks(text: WrittenText, start: int, _: re.Match[str]) -> Misreading | None:
    """Return the list for checkboxes without a list mark."""
    if not text.checklist:
        return None
    end = text.end_of_run(start, _BARE_TASK.match)
    items = [_BARE_TASK.sub("- ", line, count=1) for line in text.lines[start:end]]
    return text.misreading(start, "task-outside", (*text.gap_above(start), *items), end=end, right=items[0])


def _quoted_number(text: WrittenText, index: int, mark: re.Match[str]) -> Misreading | None:
    """Return the line with an escaped `>`, if it means "greater than" and begins no quote."""
    around = [text.lines[other].lstrip()[:1] for other in (index - 1, index + 1) if 0 <= other < len(text.lines)]
    touches = not text.is_blank(index - 1) and text.outline.kinds[index - 1] is LineKind.TEXT
    if ">" in around or not (touches or not mark["space"] or mark["mark"].strip()):
        return None
    line = text.lines[index]
    right = f"{line[: mark.end('mark')]}\\{line[mark.end('mark') :]}"
    return text.misreading(index, "number-as-quote", (right,), right=right)


def _barely_indented(text: WrittenText, start: int, _: re.Match[str]) -> Misreading | None:
    """Return the items of a list in a numbered one that are indented by two spaces, which is one too few.

    Another rule reports that the renderings differ.
    """
    above = LIST_ITEM.match(text.lines[start - 1]) if start else None
    if not above or above["number"] is None or above["indent"]:
        return None
    end = text.end_of_run(start, _BARELY_INDENTED.match, in_code=True)
    return text.misreading(start, "", [f"  {line}" for line in text.lines[start:end]], end=end)


def _deep(text: WrittenText, start: int, _: re.Match[str]) -> Misreading | None:
    """Return the nested list for lines whose depth is the number of their marks."""
    if not start or not LIST_ITEM.match(text.lines[start - 1]) or _RULE.fullmatch(text.lines[start]):
        return None
    end = text.end_of_run(start, _DEEP.match, in_code=True)
    marks = [mark for line in text.lines[start:end] if (mark := _DEEP.match(line))]
    right = [f"{'    ' * (len(mark['marks']) - 1)}- {mark.string[mark.end() :]}" for mark in marks]
    return text.misreading(start, "list-mark", right, end=end, text=text.lines[start].strip(), right=right[0])


def _item(text: WrittenText, index: int, item: re.Match[str]) -> Misreading | None:
    """Return the repair of an item that Markdown reads as a list: a date, a task, or an item without a gap above."""
    line = text.lines[index]
    if _RULE.fullmatch(line):
        return None
    is_year = bool(item["number"]) and len(item["number"]) == 4 and line.lstrip()[4] == "."
    if (_ORDINAL.match(line) or is_year) and _is_alone(text, index):
        right = line.replace(".", "\\.", 1)
        return text.misreading(index, "number-as-list", (right,), right=right)
    if text.checklist and _TASK.match(line):
        return _tasks(text, index)
    is_further = index > 0 and text.lines[index - 1][:1].isspace() and _indent(text.lines[index - 1]) > _indent(line)
    begins_list = item["number"] in {None, "1"} or is_further
    is_place = "___" in line and _PLACE.fullmatch(line)
    if begins_list and not is_place and _touches_paragraph(text, index, item):
        return text.misreading(index, "list-without-gap", ("", line))
    return None


def _tasks(text: WrittenText, start: int) -> Misreading:
    """Return the list for checkboxes outside of the checklist."""
    end = text.end_of_run(start, _TASK.match)
    lines = (_ITEM_ID.sub("", line) for line in text.lines[start:end])
    right = [_TASK.sub(lambda task: task["mark"], line, count=1) for line in lines]
    return text.misreading(start, "task-outside", right, end=end, right=right[0].strip())


LIST_FORMS: tuple[MarkupForm, ...] = (
    WIKI_NUMBERS,
    (_BOX, _box),
    (_BULLET, _bullets),
    (_GLUED, _glued),
    (_BARE_TASK, _bare_tasks),
    (_QUOTED_NUMBER, _quoted_number),
    LETTERS,
    NUMBERS,
    (_BARELY_INDENTED, _barely_indented),
    TWO_PART_NUMBERS,
    (_DEEP, _deep),
    BARE_NUMBERS,
    (LIST_ITEM, _item),
)
"""Forms of lists in the order in which they are tried."""
LIST_BEGINS = re.compile(r"(?!##|[^\W\d_]{2,}+(?![.)]))")
"""No form begins like a heading or with a word."""


def _touches_paragraph(text: WrittenText, index: int, item: re.Match[str]) -> bool:
    """Return whether a list begins right below the words of a paragraph."""
    if text.is_blank(index - 1) or text.literal[index - 1]:
        return False
    first = index - 1
    while not text.is_blank(first) and not text.literal[first] and text.outline.kinds[first] is not LineKind.HEADING:
        line = text.lines[first]
        is_item = LIST_ITEM.match(line) or _BULLET.match(line)
        if is_item or line.lstrip().startswith((">", "|", "!!!", "???", ": ", "#")):
            return False
        first -= 1
    return first < index - 1 and len(item["indent"].expandtabs(4)) <= _indent(text.lines[index - 1])


def _is_alone(text: WrittenText, index: int) -> bool:
    """Return whether an item is the only one of its list."""
    around = [*text.lines[max(index - 3, 0) : index], *text.lines[index + 1 : index + 4]]
    return not any(match["number"] for line in around if (match := LIST_ITEM.match(line)))


def _indent(line: str) -> int:
    wide = line.expandtabs(4)
    return max(len(wide) - len(wide.lstrip(" ")), 0)
