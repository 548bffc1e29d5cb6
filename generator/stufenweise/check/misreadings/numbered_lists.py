"""Recognise lists that are counted in other ways than Markdown knows: by letters, Roman numbers, in wiki markup."""

from __future__ import annotations

import re
from dataclasses import replace

from stufenweise.check.misreadings.misreading import Misreading
from stufenweise.check.misreadings.written_text import MarkupForm, WrittenText
from stufenweise.source.markdown.outline import LineKind

LIST_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|(?P<number>\d{1,9})[.)])[ \t]+(?=\S)")
"""The beginning of an item as Markdown knows it."""
_COUNTED = re.compile(r"(?P<number>\d{1,2})[ \t]+(?=[A-ZÄÖÜ])")
_LETTER = re.compile(r"(?P<indent>[ \t]*)\(?(?P<letter>[a-zA-Z])[).][ \t]+(?=\S)")
_NUMBERED = re.compile(
    r"(?P<indent>[ \t]*)(?:\((?P<round>\d{1,2})\)|(?P<both>\d{1,2})\.\)|\(?(?P<roman>[ivx]{1,5}|[IVX]{1,5})[.)]"
    r"|(?P<mark>\(@\w*\)|#\.)|(?P<circle>[①-⑳])|(?P<keycap>\d)\ufe0f?\u20e3)[ \t]*(?<![.\w])(?=\S)"
)
"""An item with a kind of number that Markdown does not know."""
_TWO_PART_NUMBER = re.compile(r"(?P<indent>[ \t]*)(?P<outer>\d{1,2})\.(?P<number>\d{1,2})\.?[ \t]+(?=[^\W\d])")
"""An item with a two-part number, such as `1.2`."""
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_WIKI_NUMBER = re.compile(r"#[ \t]+(?=\S)(?!.*\{#)")
"""An item of a numbered list in wiki markup; consecutive lines of this form are not headings."""


def _wiki_numbers(text: WrittenText, start: int, _: re.Match[str]) -> Misreading | None:
    """Return the list for numbered items in wiki markup, which would be read as headings."""
    end = text.end_of_run(start, _WIKI_NUMBER.match)
    if text.outline.kinds[start] is not LineKind.HEADING or end - start < 2:
        return None
    lines = [_WIKI_NUMBER.sub("", line) for line in text.lines[start:end]]
    right = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    return replace(text.rewritten("list-mark", start, end, right, text.gap_above(start)), covers=end - start)


def _letters(text: WrittenText, start: int, first: re.Match[str]) -> Misreading | None:
    """Return the list for lines that are counted with letters."""
    right: list[str] = []
    for line in text.lines[start:]:
        mark = _LETTER.match(line)
        if not mark or mark["letter"] != chr(ord(first["letter"]) + len(right)):
            break
        right.append(f"{spaces(mark['indent'])}{len(right) + 1}. {line[mark.end() :]}")
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


def _numbered(text: WrittenText, start: int, _: re.Match[str]) -> Misreading | None:
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
            right.append(f"{spaces(mark['indent'])}{count}. {line[mark.end() :]}")
    return text.rewritten("list-mark", start, end, right, _gap_below_list(text, start)) if count > 1 else None


def _two_part_numbers(text: WrittenText, start: int, first: re.Match[str]) -> Misreading | None:
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
    if start > 0 and LIST_ITEM.match(text.lines[start - 1]):
        return text.rewritten("list-mark", start, end, [f"    {item}" for item in right])
    return text.rewritten("list-mark", start, end, right, gap_below_text(text, start))


def _counted(text: WrittenText, start: int, _: re.Match[str]) -> Misreading | None:
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


def gap_below_text(text: WrittenText, start: int) -> tuple[str, ...]:
    """Return the empty line that a list needs above it, except below a heading."""
    return () if start and text.lines[start - 1].startswith("#") else text.gap_above(start)


def _gap_below_list(text: WrittenText, start: int) -> tuple[str, ...]:
    """Return the empty line that a list needs above it, except in another list."""
    return () if start and LIST_ITEM.match(text.lines[start - 1]) else text.gap_above(start)


def spaces(indent: str) -> str:
    """Return an indentation without tabs."""
    return indent.expandtabs(4)


WIKI_NUMBERS: MarkupForm = (_WIKI_NUMBER, _wiki_numbers)
LETTERS: MarkupForm = (_LETTER, _letters)
NUMBERS: MarkupForm = (_NUMBERED, _numbered)
TWO_PART_NUMBERS: MarkupForm = (_TWO_PART_NUMBER, _two_part_numbers)
BARE_NUMBERS: MarkupForm = (_COUNTED, _counted)
"""Numbers without a full stop."""
