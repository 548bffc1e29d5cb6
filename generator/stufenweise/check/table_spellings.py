"""Report tables that render as running text or lose a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.check.spelling import Spelling, WrittenText
from stufenweise.model.kinds import TUTORIAL
from stufenweise.model.problem import QUOTED_TEXT
from stufenweise.source.literal_lines import code_blanked
from stufenweise.source.outline import LineKind

MAX_READABLE_COLUMNS = 6
"""Most columns of a tutorial's table that stay readable in print."""
MAX_READABLE_ROWS = 15
"""Most rows of a table that leave room for other text on a page of 40 lines."""
_DELIMITERS = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_PIPE = re.compile(r"(?<!\\)\|")
_SEPARATORS = {
    "\t": re.compile(r"(?<=\S)[ ]?\t[ ]?(?=\S)"),
    ";": re.compile(r"(?<=[^\s;]);(?=[^\s;])"),
    ",": re.compile(r"(?<=[^\s\d,]),(?=[^\s,])"),
    " ": re.compile(r"(?<=\S)[ ]{3,}(?=\S)"),
}
"""Separators between the cells of a pasted table; in a sentence a space follows a comma or semicolon."""
_LIST_MARK = re.compile(r"(?:[^\w\s]|\w{1,2}[.)])\t[^\t]*$")
"""A list mark of a word processor, not a cell."""
_WIKI = re.compile(r"[ ]{0,3}\|\|(?P<cells>.*\S)\|\|[ \t]*")
"""The head of a table in wiki markup."""
_BORDER = re.compile(r"[ ]{0,3}\+(?:[-=:]{3,}\+)+[ \t]*")
"""A border of a table that is drawn with characters."""
_CAPTION = re.compile(r":[ \t]+\S")


def table_spellings(text: WrittenText) -> Iterator[Spelling]:
    """Yield tables that would not render as tables, and rows with a different number of cells than the head."""
    index = 0
    while index < len(text.lines):
        if drawn := _drawn(text, index):
            yield drawn
            index = drawn.next_line
            continue
        if not _is_row(text, index):
            end, separator = max((_behind_separated(text, index, one), one) for one in _SEPARATORS)
            if end > index + 1:
                parts = _SEPARATORS[separator]
                rows = [[cell.strip() for cell in parts.split(line.strip())] for line in text.lines[index:end]]
                right = [f"| {' | '.join(row)} |" for row in rows]
                right.insert(1, f"|{' --- |' * len(rows[0])}")
                yield Spelling(line=index, code="table-drawn", values={}, end=end, right=(*_gap(text, index), *right))
            index = max(end, index + 1)
            continue
        end = index
        while end < len(text.lines) and _is_row(text, end):
            end += 1
        yield from _table(text, index, end)
        index = end


def _drawn(text: WrittenText, start: int) -> Spelling | None:
    """Return the repair of a wiki table, a drawn table, or a block of lines that each begin with `|`."""
    line = text.lines[start]
    if text.literal[start]:
        return None
    if _BORDER.fullmatch(line):
        return _bordered(text, start)
    end = start
    while end < len(text.lines) and text.lines[end].lstrip(" ").startswith("|") and not text.literal[end]:
        end += 1
    rows = [one.strip() for one in text.lines[start:end]]
    if head := _WIKI.fullmatch(line):
        cells = [one.strip() for one in head["cells"].split("||")]
        right = [f"| {' | '.join(cells)} |", f"|{' --- |' * len(cells)}", *rows[1:]]
        return Spelling(line=start, code="table-drawn", values={}, end=end, right=(*_gap(text, start), *right))
    if end - start > 1 and all(one.startswith("| ") and "|" not in one[1:] for one in rows):
        words = [one[1:].strip() for one in rows]
        right = [f"{one}\\" for one in words[:-1]] + words[-1:]
        values = {"text": rows[0][:QUOTED_TEXT], "right": right[0][:QUOTED_TEXT]}
        return Spelling(line=start, code="other-markup", values=values, end=end, right=(*_gap(text, start), *right))
    return None


def _bordered(text: WrittenText, start: int) -> Spelling:
    """Return the repair of a table drawn with characters; the author has to rewrite cells of several lines."""
    end, is_plain, was_border = start, True, False
    rows: list[list[str]] = []
    while end < len(text.lines) and text.lines[end].strip()[:1] in {"+", "|"}:
        line = text.lines[end].strip()
        if _BORDER.fullmatch(line):
            was_border = True
        else:
            is_plain = is_plain and was_border and line.endswith("|")
            rows.append([one.strip() for one in line.strip("|").split("|")])
            was_border = False
        end += 1
    is_plain = is_plain and len(rows) > 1 and len({len(row) for row in rows}) == 1
    right = [f"| {' | '.join(row)} |" for row in rows]
    right[1:1] = [f"|{' --- |' * len(rows[0])}"] if rows else []
    return Spelling(
        line=start, code="table-drawn", values={}, end=end, right=(*_gap(text, start), *right) if is_plain else None
    )


def _gap(text: WrittenText, start: int) -> tuple[str, ...]:
    """Return the empty line that a table needs above it."""
    return () if text.is_blank(start - 1) else ("",)


def _behind_separated(text: WrittenText, start: int, separator: str) -> int:
    """Return the line after a run of lines with the same number of separators between words."""
    end, count = start, 0
    while end < len(text.lines) and text.outline.kinds[end] is LineKind.TEXT and not text.literal[end]:
        line = text.lines[end]
        separators = len(_SEPARATORS[separator].findall(line))
        is_other = (
            line[:1] in " \t"
            or "|" in line
            or _LIST_MARK.match(line)
            or (separator in ";," and ("&" in line or "://" in line or separators != line.count(separator)))
        )
        if not separators or (count and separators != count) or is_other:
            break
        count, end = separators, end + 1
    return end


def _is_row(text: WrittenText, index: int) -> bool:
    """Return whether a line looks like a row of a table."""
    line = text.lines[index]
    kind = text.outline.kinds[index]
    if text.literal[index] or "|" not in line or kind in {LineKind.HEADING, LineKind.ITEM} or line[:1] == ">":
        return False
    return bool(_PIPE.search(code_blanked(line)))


def _table(text: WrittenText, start: int, end: int) -> Iterator[Spelling]:
    """Yield problems of the table whose rows are the lines from `start` to before `end`."""
    lines = text.lines
    has_head = start + 1 < end and _DELIMITERS.fullmatch(lines[start + 1])
    if not has_head:
        is_cut_off = (
            start > 1
            and text.is_blank(start - 1)
            and _is_row(text, start - 2)
            and _cells(lines[start - 2]) == _cells(lines[start])
        )
        if is_cut_off and lines[start].startswith("|"):
            yield Spelling(line=start - 1, code="table-parted", end=start, right=())
            return
        drawn = all(line.strip().startswith("|") and line.rstrip().endswith("|") for line in lines[start:end])
        if drawn and end - start > 1 and not _DELIMITERS.fullmatch(lines[start]):
            row = f"|{' --- |' * _cells(lines[start])}"
            yield Spelling(line=start, code="table-without-head", values={"right": row}, right=(lines[start], row))
        return
    if start and not text.is_blank(start - 1) and not text.literal[start - 1] and not lines[start - 1].startswith("#"):
        yield Spelling(line=start, code="table-without-gap", right=("", lines[start]))
    expected = _cells(lines[start])
    rows = end - start - 2
    if text.file.kind == TUTORIAL and (expected > MAX_READABLE_COLUMNS or rows > MAX_READABLE_ROWS):
        limits = {"most_columns": str(MAX_READABLE_COLUMNS), "most_rows": str(MAX_READABLE_ROWS)}
        yield Spelling(line=start, code="table-large", values={"columns": str(expected), "rows": str(rows), **limits})
    for index in (start + 1, *range(start + 2, end)):
        if (found := _cells(lines[index])) != expected:
            yield Spelling(line=index, code="table-cells", values={"found": str(found), "expected": str(expected)})
    if end < len(lines) and _CAPTION.match(lines[end]):
        yield Spelling(line=end, code="list-without-gap", right=("", lines[end]))


def _cells(line: str) -> int:
    """Count the cells of a row; a `|` in code or after a backslash does not count."""
    inner = code_blanked(line).strip()
    count = len(_PIPE.findall(inner)) + 1
    return count - inner.startswith("|") - (len(inner) > 1 and inner.endswith("|") and not inner.endswith("\\|"))
