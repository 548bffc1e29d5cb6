"""Choose the layout of a worksheet step with the smaller height: stacked, or fields beside the text.

Heights are estimated from numbers of letters (`paper_metrics.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from stufenweise.handouts.paper_metrics import (
    LETTERS_PER_MILLIMETRE,
    LINE_HEIGHT,
    STEP_COLUMN,
    STEP_GUTTER,
    STEP_WIDTH,
    WRITING_LINE,
)
from stufenweise.handouts.tree_nodes import Node, Nodes, elements, plain_text, table_cells
from stufenweise.handouts.worksheet import WRITING, column_widths

FULL, LEFT, RIGHT = map(math.floor, (STEP_WIDTH, STEP_WIDTH - STEP_COLUMN - STEP_GUTTER, STEP_COLUMN))
"""Widths of a step and of its columns, in whole millimetres."""
_GAP = 2.0
"""Space above a block."""
_CELL = 3.0
"""Horizontal padding of a cell."""
_CELL_HEIGHT = 2
"""Vertical padding of a cell."""
_ITEM_GAP = 1
"""Space between two items of a list."""
_INDENT = 4
"""Indent of a list."""
_LONGEST_LABEL = 0.6
"""Longest label beside its lines, as a share of the width."""
_MAX_COLUMNS = 4
"""Most columns of a grid beside a text."""


@dataclass(frozen=True, slots=True)
class StepLayout:
    """The blocks of a step: those below its instruction, and those beside it."""

    below: Nodes
    beside: Nodes


def lay_out_step(instruction: Nodes, blocks: Nodes) -> StepLayout:
    """Return the layout of a step's blocks with the smallest height."""
    read = [block for block in blocks if not _is_written(block)]
    written = [block for block in blocks if _is_written(block)]
    in_order = [*read, *written] == [*blocks]
    if not written or not in_order or any(map(_is_wide, written)):
        return StepLayout(_fitted(blocks, FULL), ())
    top = _text_height(instruction, FULL)
    below = top + LINE_HEIGHT + sum(_height(block, FULL) for block in blocks)
    left = _text_height(instruction, LEFT) + LINE_HEIGHT + sum(_height(block, LEFT) for block in read)
    right = sum(_height(block, RIGHT) for block in written)
    if below <= max(left, right):
        return StepLayout(_fitted(blocks, FULL), ())
    return StepLayout(read, _fitted(written, RIGHT))


def _is_written(block: Node | str) -> bool:
    """Return whether a block is a place to write in, or the label of one."""
    return not isinstance(block, str) and (block["kind"] in WRITING or bool(block.get("labels_place")))


def _is_wide(block: Node | str) -> bool:
    """Return whether a grid needs the whole width for its words."""
    if isinstance(block, str) or block["kind"] != "grid":
        return False
    widths = column_widths(block["rows"], RIGHT * LETTERS_PER_MILLIMETRE)
    return len(widths) > _MAX_COLUMNS or sum(widths) > RIGHT * LETTERS_PER_MILLIMETRE + 1


def _fitted(blocks: Nodes, width: float) -> Nodes:
    """Fit blocks into a width: put labels above their lines if too little is left, and set the columns of grids."""
    result: list[Node | str] = []
    for block in blocks:
        if isinstance(block, str) or block["kind"] not in WRITING:
            result.append(block)
        elif block["kind"] == "grid":
            result.append({**block, "widths": column_widths(block["rows"], width * LETTERS_PER_MILLIMETRE)})
        else:
            result.append(
                {
                    **block,
                    "children": [{**child, "above": _is_above(child, width)} for child in elements(block["children"])],
                }
            )
    return result


def _is_above(field: Node, width: float) -> bool:
    """Return whether the label of a field is too long to stand beside its line."""
    return len(plain_text(field["children"])) > width * LETTERS_PER_MILLIMETRE * _LONGEST_LABEL


def _height(block: Node | str, width: float) -> float:
    """Estimate the height of a block."""
    if isinstance(block, str):
        return 0
    if block["kind"] == "fields":
        return _GAP + sum(
            field["lines"] * WRITING_LINE + (_text_height(field["children"], width) if _is_above(field, width) else 0)
            for field in elements(block["children"])
        )
    if block["kind"] == "grid":
        widths = column_widths(block["rows"], width * LETTERS_PER_MILLIMETRE)
        return _rows_height(block["rows"], [share / sum(widths) for share in widths], width, WRITING_LINE)
    if block["kind"] == "table":
        rows = table_cells(block)
        longest = [max(len(plain_text(cell)) + 1 for cell in column) for column in zip(*rows, strict=False)]
        return _rows_height(rows, [letters / sum(longest) for letters in longest], width, 0)
    if block["kind"] in {"ul", "ol"}:
        items = [_text_height(item["children"], width - _INDENT) for item in elements(block["children"])]
        return _GAP + (sum(items) + _ITEM_GAP * len(items)) / (2 if block.get("two") else 1)
    return _GAP + _text_height(block["children"], width)


def _rows_height(rows: Sequence[Sequence[Nodes]], shares: Sequence[float], width: float, least: float) -> float:
    """Estimate the height of a table with these shares of the width, and rows of at least this height."""
    heights = [
        max(_text_height(cell, share * width - _CELL) for cell, share in zip(row, shares, strict=False)) for row in rows
    ]
    head, *body = heights
    return _GAP + head + _CELL_HEIGHT + sum(max(least, height + _CELL_HEIGHT) for height in body)


def _text_height(inner: Nodes, width: float) -> float:
    """Estimate the height of a text."""
    return math.ceil(len(plain_text(inner)) / max(1.0, width * LETTERS_PER_MILLIMETRE)) * LINE_HEIGHT
