"""Report tables that render as running text or lose a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stufenweise.check.misreadings.misreading import Misreading
from stufenweise.check.misreadings.written_text import WrittenText
from stufenweise.model.kinds import TUTORIAL
from stufenweise.source.markdown.literal_lines import code_blanked
from stufenweise.source.markdown.outline import LineKind
from stufenweise.source.markdown.tables import DELIMITER_ROW

MAX_READABLE_COLUMNS = 6
"""Most columns of a tutorial's table that stay readable in print."""
MAX_READABLE_ROWS = 15
"""Most rows of a table that leave room for other text on a page of 40 lines."""
_PIPE = re.compile(r"(?<!\\)\|")
_SEPARATORS = {
    "\t": re.compile(r"(?<=\S)[ ]?\t[ ]?(?=\S)"),
    ";": re.compile(r"(?<=[^\s;]);(?=[^\s;])"),
    ",": re.compile(r"(?<=[^\s\d,]),(?=[^\s,])"),
    " ": re.compile(r"(?<=\S)[ ]{3,}(?=\S)"),
}
"""Separators between the cells of a pasted table; in a sentence a space follows a comma or semicolon."""
_SIGNS = {separator: "   " if separator == " " else separator for separator in _SEPARATORS}
"""What a line with this separator contains."""
_LIST_MARK = re.compile(r"(?:[^\w\s]|\w{1,2}[.)])\t[^\t]*$")
"""A list mark of a word processor, not a cell."""
_WIKI = re.compile(r"[ ]{0,3}\|\|(?P<cells>.*\S)\|\|[ \t]*")
"""The head of a table in wiki markup."""
_BORDER = re.compile(r"[ ]{0,3}\+(?:[-=:]{3,}\+)+[ \t]*")
"""A border of a table that is drawn with characters."""
_CAPTION = re.compile(r":[ \t]+\S")


def table_misreadings(text: WrittenText) -> Iterator[Misreading]:
    """Yield tables that would not render as tables, and rows with a different number of cells than the head."""
    next_line = 0
    for index, line in text.written:
        if index < next_line:
            continue
        if drawn := _drawn(text, index):
            yield drawn
            next_line = drawn.next_line
        elif _is_row(text, index):
            end = index
            while end < len(text.lines) and _is_row(text, end):
                end += 1
            yield from _table(text, index, end)
            next_line = end
        elif separators := [separator for separator, sign in _SIGNS.items() if sign in line]:
            end, separator = max((_end_of_separated(text, index, separator), separator) for separator in separators)
            if end > index + 1:
                lines = (row.strip() for row in text.lines[index:end])
                rows = [[cell.strip() for cell in _SEPARATORS[separator].split(row)] for row in lines]
                yield _as_table(text, index, end, _with_head(rows))
            next_line = end


def _as_table(text: WrittenText, start: int, end: int, rows: Sequence[str] | None) -> Misreading:
    """Return a drawn table with its replacement, if there is one."""
    replacement = None if rows is None else (*text.gap_above(start), *rows)
    return text.misreading(start, "table-drawn", replacement, end=end)


def _with_head(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table whose first row is its head."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return [lines[0], f"|{' --- |' * len(rows[0])}", *lines[1:]]


def _drawn(text: WrittenText, start: int) -> Misreading | None:
    """Return the repair of a wiki table, a drawn table, or a block of lines that each begin with `|`."""
    line = text.lines[start]
    if text.literal[start] or not line.lstrip(" ").startswith(("|", "+")):
        return None
    if _BORDER.fullmatch(line):
        return _bordered(text, start)
    end = text.end_of_run(start, lambda other: other.lstrip(" ").startswith("|"))
    rows = [row.strip() for row in text.lines[start:end]]
    if head := _WIKI.fullmatch(line):
        cells = [cell.strip() for cell in head["cells"].split("||")]
        return _as_table(text, start, end, [*_with_head([cells]), *rows[1:]])
    if end - start > 1 and all(row.startswith("| ") and "|" not in row[1:] for row in rows):
        words = [row[1:].strip() for row in rows]
        right = [f"{line_words}\\" for line_words in words[:-1]] + words[-1:]
        replacement = (*text.gap_above(start), *right)
        return text.misreading(start, "other-markup", replacement, end=end, text=rows[0], right=right[0])
    return None


def _bordered(text: WrittenText, start: int) -> Misreading:
    """Return the repair of a table drawn with characters; the author has to rewrite cells of several lines."""
    end, is_plain, was_border = start, True, False
    rows: list[list[str]] = []
    while end < len(text.lines) and text.lines[end].strip()[:1] in {"+", "|"}:
        line = text.lines[end].strip()
        if _BORDER.fullmatch(line):
            was_border = True
        else:
            is_plain = is_plain and was_border and line.endswith("|")
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
            was_border = False
        end += 1
    is_plain = is_plain and len(rows) > 1 and len({len(row) for row in rows}) == 1
    return _as_table(text, start, end, _with_head(rows) if is_plain else None)


def _end_of_separated(text: WrittenText, start: int, separator: str) -> int:
    """Return the line after a run of lines with the same number of separators between words."""
    end, count = start, 0
    while end < len(text.lines) and text.outline.kinds[end] is LineKind.TEXT and not text.literal[end]:
        line = text.lines[end]
        if separator in ";," and f"{separator} " in line:
            break
        separators = len(_SEPARATORS[separator].findall(line)) if separator in line else 0
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
    if text.literal[index] or "|" not in line or kind in (LineKind.HEADING, LineKind.ITEM) or line[:1] == ">":
        return False
    return bool(_PIPE.search(code_blanked(line)))


def _table(text: WrittenText, start: int, end: int) -> Iterator[Misreading]:
    """Yield problems of the table whose rows are the lines from `start` to before `end`."""
    lines = text.lines
    has_head = start + 1 < end and DELIMITER_ROW.fullmatch(lines[start + 1])
    if not has_head:
        is_cut_off = (
            start > 1
            and text.is_blank(start - 1)
            and _is_row(text, start - 2)
            and _cells(lines[start - 2]) == _cells(lines[start])
        )
        if is_cut_off and lines[start].startswith("|"):
            yield text.misreading(start - 1, "table-parted", (), end=start)
            return
        drawn = all(line.strip().startswith("|") and line.rstrip().endswith("|") for line in lines[start:end])
        if drawn and end - start > 1 and not DELIMITER_ROW.fullmatch(lines[start]):
            row = f"|{' --- |' * _cells(lines[start])}"
            yield text.misreading(start, "table-without-head", (lines[start], row), right=row)
        return
    if start and not text.is_blank(start - 1) and not text.literal[start - 1] and not lines[start - 1].startswith("#"):
        yield text.misreading(start, "table-without-gap", ("", lines[start]))
    expected = _cells(lines[start])
    rows = end - start - 2
    if text.kind == TUTORIAL and (expected > MAX_READABLE_COLUMNS or rows > MAX_READABLE_ROWS):
        yield text.misreading(
            start,
            "table-large",
            columns=str(expected),
            rows=str(rows),
            most_columns=str(MAX_READABLE_COLUMNS),
            most_rows=str(MAX_READABLE_ROWS),
        )
    for index in (start + 1, *range(start + 2, end)):
        if (cells := _cells(lines[index])) != expected:
            yield text.misreading(index, "table-cells", found=str(cells), expected=str(expected))
    if end < len(lines) and _CAPTION.match(lines[end]):
        yield text.misreading(end, "list-without-gap", ("", lines[end]))


def _cells(line: str) -> int:
    """Count the cells of a row; a `|` in code or after a backslash does not count."""
    inner = code_blanked(line).strip()
    count = len(_PIPE.findall(inner)) + 1
    return count - inner.startswith("|") - (len(inner) > 1 and inner.endswith("|") and not inner.endswith("\\|"))
