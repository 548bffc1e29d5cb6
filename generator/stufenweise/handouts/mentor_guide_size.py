"""Choose the largest type size at which the mentor's guide fits its pages, by estimated text widths.

Measuring in Typst would take as long as printing. A guide that is too large is printed again in smaller type
(typeset.py).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from stufenweise.handouts.markdown_tree import Node, Nodes, elements, plain_text, table_cells
from stufenweise.handouts.printed_tutorial import GuideSizes, TutorialData

SIZES = (13.0, 12.5, 12.0, 11.5, 11.0, 10.5)
"""Sizes of type in points, the largest first."""
_ROOM = 272.0
"""Height of the text of a page in millimetres (templates/page.typ)."""
_WIDTH, _STEP_WIDTH, _CASE_WIDTH, _HALF = 170.0, 161.5, 90.0, 81.0
_HEAD, _TITLE_LINE, _TITLE_LETTERS = 26.0, 7.5, 44
"""Height of the head with a one-line title, height of each further line, and letters in a line of the title."""
_TITLE = 14.0
"""Height of the title of a practice text or its key."""
_ABOVE_FIGURE = 8.0
"""Space above a figure below a practice text."""
_CLOCK_ROW = 4.25
_EM = 0.3528
"""Millimetres per point."""
_MEASURED = 0.94
"""Measured height of the longest second page, divided by its estimate: estimates are too high."""
_PITCH, _LEADING = 1.21, 0.55
"""Height of a line with its leading, and the leading alone, in ems."""
_KEYWORD = "Achten "
"""Label before the guidance for the mentor, about as long in any language."""
_ON_THE_SHEET = "Auf dem Blatt: "
"""Label before the text of the leader's handout, about as long in any language."""
_LETTER = 0.455
"""Width of a letter, in ems."""


def mentor_guide_sizes(data: TutorialData) -> GuideSizes:
    """Return the type sizes of the guide's two pages, of the practice text, and of its key."""
    return {
        "first": _largest(lambda size: _first_page(data, size)),
        "second": _largest(lambda size: _second_page(data, size)),
        "material": _largest(lambda size: _material_page(data, size)),
        "key": _largest(lambda size: _key_page(data, size)),
    }


def has_room_beside_key(data: TutorialData) -> bool:
    """Return whether the practice text fits on the page of its key in the smallest type."""
    return _key_page(data, SIZES[-1]) <= _ROOM


def has_room_for_figure(data: TutorialData) -> bool:
    """Return whether a figure fits below the practice text in the smallest type."""
    return bool(data["material"] and data["figure"]) and _material_page(data, SIZES[-1]) <= _ROOM


def _material_page(data: TutorialData, size: float) -> float:
    """Estimate the height of the page with the practice text."""
    figure = _ABOVE_FIGURE + data["figure"]["height"] if data["figure"] else 0
    return _TITLE + _blocks(data["material"], _WIDTH, size) + figure


def _key_page(data: TutorialData, size: float) -> float:
    """Estimate the height of the page with the key and the practice text."""
    return 2 * _TITLE + sum(_blocks(data[name], _WIDTH, size) for name in ("key", "material"))


def _largest(height: Callable[[float], float]) -> float:
    return next((size for size in SIZES if height(size) <= _ROOM), SIZES[-1])


def _first_page(data: TutorialData, size: float) -> float:
    """Estimate the height of the page with clock and steps."""
    head = _HEAD + _TITLE_LINE * (math.ceil(len(data["title"]) / _TITLE_LETTERS) - 1)
    case = _blocks(data["case"], _CASE_WIDTH, size)
    if data["prepare"]:
        case += 2.2 * _line(size) + _blocks(data["prepare"], _CASE_WIDTH, size)
    clock = _CLOCK_ROW * (1 + len(data["hour"]["rows"]))
    return head + max(case, clock) + 1 + sum(_step(step["brief"], step["guidance"], size) for step in data["steps"])


def _step(brief: Nodes, guidance: Sequence[tuple[str, Nodes]], size: float) -> float:
    height_of_guidance = sum(
        _text_height([*words, _KEYWORD], _STEP_WIDTH, size) + 0.5 * size * _EM for _, words in guidance
    )
    shown = _text_height([*brief, _ON_THE_SHEET], _STEP_WIDTH, size) if brief else 0
    return 2.6 + 0.7 * size * _EM + 1.4 + shown + height_of_guidance


def _second_page(data: TutorialData, size: float) -> float:
    """Estimate the height of the page with questions and red lines."""
    heading = 0.7 * 12 * _EM + 1.3 * size * _EM
    upper = 7 + _blocks(data["why"], _WIDTH, size) + _blocks(data["next"], _WIDTH, size) + _line(size) * 0.6
    talk = max(
        _blocks(data["talk"], _HALF, size),
        sum(_text_height(item, _HALF - 12, size) + 0.6 * size * _EM for item in data["items"]),
    )
    sections = (data["pitfalls"], data["local"], data["mentor"])
    rest = sum(heading + _blocks(section, _WIDTH, size) for section in sections if section)
    return _MEASURED * (max(27.0, upper) + heading + talk + rest)


def _blocks(blocks: Nodes, width: float, size: float) -> float:
    """Estimate the height of blocks."""
    return sum(_block(block, width, size) for block in elements(blocks))


def _block(block: Node, width: float, size: float) -> float:
    gap = 0.75 * size * _EM
    inner = elements(block["children"])
    if block["kind"] in {"ul", "ol"}:
        return gap + sum(_text_height(item["children"], width - 4, size) + 0.5 * size * _EM for item in inner)
    if block["kind"] in {"h3", "h4"}:
        return 1.7 * size * _EM
    if block["kind"] in {"quote", "box"}:
        return gap + _blocks(block["children"], width - 4, size)
    if block["kind"] == "table":
        rows = [[plain_text(cell) for cell in row] for row in table_cells(block)]
        return gap + sum(_row(row, width, size) for row in rows)
    if block["kind"] == "grid":
        return gap + sum(max(8.0, _row([plain_text(cell) for cell in row], width, size)) for row in block["rows"])
    if block["kind"] == "fields":
        return gap + 9.0 * sum(child["lines"] for child in inner)
    if block["kind"] == "image":
        return gap + 58
    return gap + _text_height(block["children"], width, size)


def _row(texts: Sequence[str], width: float, size: float) -> float:
    most = max((_lines([text], width / len(texts) - 3, size) for text in texts), default=1)
    return most * _line(size) + 2.2


def _line(size: float) -> float:
    """Return the height of a line with its leading."""
    return size * _EM * _PITCH


def _text_height(inner: Nodes, width: float, size: float) -> float:
    """Return the height of a text, without leading below its last line."""
    return _lines(inner, width, size) * _line(size) - _LEADING * size * _EM


def _lines(inner: Nodes, width: float, size: float) -> int:
    """Return the number of lines of a text; each line loses some letters at its end."""
    letters = len(plain_text(inner))
    room = width / (size * _EM * _LETTER)
    return math.ceil(letters / max(1.0, room - (3 if letters > room else 0)))
