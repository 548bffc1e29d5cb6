"""Rows of Markdown tables: the delimiter row, and the cells of a row."""

from __future__ import annotations

import re

DELIMITER_ROW = re.compile(r"[ \t]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
"""The row between head and body of a table."""
_CELL = re.compile(r"(?:\\.|`[^`\n]*`|[^|\\]|\\$)*")
"""A cell; bars inside it are escaped or in code."""
_UNDERSCORES = re.compile(r"_{3,}")


def row_cells(line: str) -> list[str]:
    """Return the cells of a table's row; a cell of underscores counts as empty."""
    inner = line.strip().removeprefix("|")
    cells: list[str] = []
    at = 0
    while at <= len(inner):
        match = _CELL.match(inner, at)
        end = match.end() if match else at
        cells.append(inner[at:end].strip())
        at = end + 1
    if len(cells) > 1 and inner.endswith("|") and not cells[-1]:
        cells.pop()
    return ["" if _is_empty(cell) else cell for cell in cells]


def _is_empty(cell: str) -> bool:
    return not cell or bool(_UNDERSCORES.fullmatch(cell))
