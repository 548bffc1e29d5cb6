"""Choose the largest type size at which the mentor's guide fits its pages, by estimated text widths.

A guide that is too large after all is printed again in smaller type (typst_compiler.py).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from stufenweise.handouts.paper_metrics import (
    CLOCK_COLUMN,
    CLOCK_GUTTER,
    CLOCK_ROW,
    GUIDE_STEP_GAP,
    GUIDE_TOP,
    HALF_GUTTER,
    IMAGE_HEIGHT,
    ITEM_GAP_EMS,
    LEADING_EMS,
    LEAST_POINTS,
    LETTER_EMS,
    LINE_EMS,
    MILLIMETRES_PER_POINT,
    PARAGRAPH_GAP_EMS,
    STEP_HEADING_GAP,
    STEP_WIDTH,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    WRITING_LINE,
)
from stufenweise.handouts.printed_tutorial import GuideSizes, UnsizedTutorial
from stufenweise.handouts.tree_nodes import Node, Nodes, elements, plain_text, table_cells

SIZES = (13.0, 12.5, 12.0, 11.5, 11.0, LEAST_POINTS)
"""Sizes of type in points, the largest first."""

_CASE_WIDTH = math.floor(TEXT_WIDTH - CLOCK_COLUMN - CLOCK_GUTTER - 8 * MILLIMETRES_PER_POINT)
"""Width of a text beside the clock, with 8 points for the bar at its left (`case` in templates/page.typ)."""
_HALF_WIDTH = (TEXT_WIDTH - HALF_GUTTER) / 2
_HEAD, _TITLE_LINE, _TITLE_LETTERS = 26.0, 7.5, 44
"""Height of the head with a one-line title, height of each further line, and letters in a line of the title."""
_BELOW_CLOCK = 1
_MATERIAL_TITLE = 14.0
"""Height of the title of a practice text or its key."""
_ABOVE_FIGURE = 8.0
"""Space above a figure below a practice text."""
_SECOND_TITLE = 7
"""Height of the title of the second page."""
_TITLE_EMS = 0.7
"""Height of the line of a heading."""
_SECTION_POINTS, _SECTION_GAP_EMS = 12, 1.3
"""Type size of a section's heading, and the space above and below it."""
_HEADING_LINES = 2.2
"""Height of a heading among texts with its spaces, in lines."""
_SUBHEADING_EMS = 1.7
"""Height of a heading inside of a text with its spaces."""
_NEXT_LINES = 0.6
"""Height that the label before the leader's next step adds, in lines."""
_BOX, _BOX_GAP_EMS = 12, 0.6
"""Width of the box before an item of the checklist, and the space between two items."""
_INDENT = 4
"""Indent of lists and quotations."""
_CELL_PADDING, _ROW_PADDING = 3, 2.2
"""Space between two cells, and in a row above and below its text."""
_FIELD = WRITING_LINE + 1
"""Height of each line of a field, with its share of the space around the field."""
_IMAGE = IMAGE_HEIGHT + 3
"""Height of an image with the space around it."""
_LOST_LETTERS = 3
"""Letters that a line loses at its end, on average, where a text has several lines."""
_MEASURED = 0.94
"""Measured height of the longest second page, divided by its estimate: estimates are too high."""
_KEYWORD = "Achten "
"""Label before the guidance for the mentor, about as long in any language."""
_BRIEF_LABEL = "Auf dem Blatt: "
"""Label before the text of the leader's handout, about as long in any language."""


def mentor_guide_sizes(data: UnsizedTutorial) -> GuideSizes:
    """Return the type sizes of the guide's two pages, of the practice text, and of its key."""
    return {
        "first": _largest(lambda size: _first_page(data, size)),
        "second": _largest(lambda size: _second_page(data, size)),
        "material": _largest(lambda size: _material_page(data, size)),
        "key": _largest(lambda size: _key_page(data, size)),
    }


def has_room_beside_key(data: UnsizedTutorial) -> bool:
    """Return whether the practice text fits on the page of its key in the smallest type."""
    return _key_page(data, SIZES[-1]) <= TEXT_HEIGHT


def has_room_for_figure(data: UnsizedTutorial) -> bool:
    """Return whether a figure fits below the practice text in the smallest type."""
    return bool(data["material"] and data["figure"]) and _material_page(data, SIZES[-1]) <= TEXT_HEIGHT


def _material_page(data: UnsizedTutorial, size: float) -> float:
    """Estimate the height of the page with the practice text."""
    figure = _ABOVE_FIGURE + data["figure"]["height"] if data["figure"] else 0
    return _MATERIAL_TITLE + _blocks(data["material"], TEXT_WIDTH, size) + figure


def _key_page(data: UnsizedTutorial, size: float) -> float:
    """Estimate the height of the page with the key and the practice text."""
    return 2 * _MATERIAL_TITLE + sum(_blocks(data[name], TEXT_WIDTH, size) for name in ("key", "material"))


def _largest(height: Callable[[float], float]) -> float:
    """Return the largest type size at which something of this height fits on a page; the smallest if none does."""
    return next((size for size in SIZES if height(size) <= TEXT_HEIGHT), SIZES[-1])


def _first_page(data: UnsizedTutorial, size: float) -> float:
    """Estimate the height of the page with clock and steps."""
    head = _HEAD + _TITLE_LINE * (math.ceil(len(data["title"]) / _TITLE_LETTERS) - 1)
    case = _blocks(data["case"], _CASE_WIDTH, size)
    if data["prepare"]:
        case += _HEADING_LINES * _line(size) + _blocks(data["prepare"], _CASE_WIDTH, size)
    clock = CLOCK_ROW * (1 + len(data["hour"]["rows"]))
    steps = sum(_step(step["brief"], step["guidance"], size) for step in data["steps"])
    return head + max(case, clock) + _BELOW_CLOCK + steps


def _step(brief: Nodes, guidance: Sequence[tuple[str, Nodes]], size: float) -> float:
    """Estimate the height of a step with its guidance."""
    title = GUIDE_STEP_GAP + _ems(_TITLE_EMS, size) + STEP_HEADING_GAP
    shown = _text_height([*brief, _BRIEF_LABEL], STEP_WIDTH, size) if brief else 0
    said = (_text_height([*words, _KEYWORD], STEP_WIDTH, size) for _, words in guidance)
    return title + shown + sum(height + _ems(ITEM_GAP_EMS, size) for height in said)


def _second_page(data: UnsizedTutorial, size: float) -> float:
    """Estimate the height of the page with questions and red lines."""
    heading = _ems(_TITLE_EMS, _SECTION_POINTS) + _ems(_SECTION_GAP_EMS, size)
    upper = _SECOND_TITLE + sum(_blocks(data[name], TEXT_WIDTH, size) for name in ("why", "next"))
    upper += _NEXT_LINES * _line(size)
    talk = max(
        _blocks(data["talk"], _HALF_WIDTH, size),
        sum(_text_height(item, _HALF_WIDTH - _BOX, size) + _ems(_BOX_GAP_EMS, size) for item in data["items"]),
    )
    sections = (data["pitfalls"], data["local"], data["mentor"])
    rest = sum(heading + _blocks(section, TEXT_WIDTH, size) for section in sections if section)
    return _MEASURED * (max(GUIDE_TOP, upper) + heading + talk + rest)


def _blocks(blocks: Nodes, width: float, size: float) -> float:
    """Estimate the height of blocks."""
    return sum(_block(block, width, size) for block in elements(blocks))


def _block(block: Node, width: float, size: float) -> float:
    """Estimate the height of a block with the space below it."""
    gap = _ems(PARAGRAPH_GAP_EMS, size)
    children = elements(block["children"])
    match block["kind"]:
        case "ul" | "ol":
            items = (_text_height(item["children"], width - _INDENT, size) for item in children)
            return gap + sum(height + _ems(ITEM_GAP_EMS, size) for height in items)
        case "h3" | "h4":
            return _ems(_SUBHEADING_EMS, size)
        case "quote" | "box":
            return gap + _blocks(block["children"], width - _INDENT, size)
        case "table":
            return gap + sum(_row(row, width, size) for row in table_cells(block))
        case "grid":
            return gap + sum(max(WRITING_LINE, _row(row, width, size)) for row in block["rows"])
        case "fields":
            return gap + _FIELD * sum(child["lines"] for child in children)
        case "image":
            return gap + _IMAGE
        case _:
            return gap + _text_height(block["children"], width, size)


def _row(cells: Sequence[Nodes], width: float, size: float) -> float:
    """Estimate the height of a table's row, all columns as wide."""
    most = max((_lines(cell, width / len(cells) - _CELL_PADDING, size) for cell in cells), default=1)
    return most * _line(size) + _ROW_PADDING


def _ems(ems: float, size: float) -> float:
    """Return so many ems of a type size in millimetres."""
    return ems * size * MILLIMETRES_PER_POINT


def _line(size: float) -> float:
    """Return the height of a line with its leading."""
    return _ems(LINE_EMS, size)


def _text_height(inner: Nodes, width: float, size: float) -> float:
    """Estimate the height of a text, without leading below its last line."""
    return _lines(inner, width, size) * _line(size) - _ems(LEADING_EMS, size)


def _lines(inner: Nodes, width: float, size: float) -> int:
    """Estimate the number of lines of a text."""
    letters = len(plain_text(inner))
    room = width / _ems(LETTER_EMS, size)
    return math.ceil(letters / max(1.0, room - (_LOST_LETTERS if letters > room else 0)))
