"""Draw the two charts: change effort x importance, and learning effort x competence.

Each is one SVG with real text and a name for screen readers, for a width of 320 px and up (WCAG 2.2, 1.4.10). The page
has the same data as a table. Colours come from the theme's style sheet; the attributes here are for places without it,
such as a workbook's cover.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stufenweise.i18n.labels import Labels
from stufenweise.localized.escaping import as_html
from stufenweise.model.library import Level

STEPS = 5
"""Grades on each axis, 1 to 5."""
CELL = 56
"""Width and height of a cell, in user units of the SVG."""
LEFT, TOP, BOTTOM, RIGHT = 40, 14, 46, 14
"""Room around the grid, in user units: axis labels at the left and below."""
RADIUS = 15
"""Radius of a dot, in user units: its number is 14 units high, at least 11 px at a width of 320 px."""
WIDTH = LEFT + STEPS * CELL + RIGHT
HEIGHT = TOP + STEPS * CELL + BOTTOM


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One dot of a chart."""

    label: str
    """Its name, in the page's language."""
    x: int
    """Grade on the horizontal axis, 1 to 5."""
    y: int
    """Grade on the vertical axis, 1 to 5."""
    number: int
    """Number in the dot, and before the name in the table."""
    current: bool = False
    """Whether the page is about this level or tutorial."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: what grows along it, and the labels of its ends."""

    label: str
    low: str
    high: str


def chart(points: Sequence[Point], x: Axis, y: Axis, title: str, chart_id: str) -> str:
    """Return a chart as SVG on one line.

    Screen readers announce only its name; the values are in the table beside it.

    Args:
        points: The dots; dots with equal grades are drawn side by side.
        x: The horizontal axis.
        y: The vertical axis.
        title: Name of the chart.
        chart_id: Beginning of the id in it, unique on the page.
    """
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{chart_id}-title">',
        f'<title id="{chart_id}-title">{as_html(title)}</title>',
        '<g aria-hidden="true">',
        *_grid_and_axes(x, y),
        *_dots(points),
        "</g></svg>",
    ]
    return "".join(parts)


def levels_chart(levels: Sequence[Level], labels: Labels, current: Level | None = None) -> str:
    """Return change effort x importance with the five levels; `current` stands out, or all do."""
    points = [
        Point(
            label=level.text(labels.language).title,
            x=level.facts.effort,
            y=level.facts.importance,
            number=level.facts.level,
            current=level is current or current is None,
        )
        for level in levels
    ]
    x = Axis(labels("effort"), labels("chart_low"), labels("chart_high"))
    y = Axis(labels("chart_importance"), labels("chart_low"), labels("chart_high"))
    return chart(points, x, y, labels("chart_levels_title"), "chart-levels")


def _grid_and_axes(x: Axis, y: Axis) -> list[str]:
    """Return grid, axes and their labels."""
    right, bottom = LEFT + STEPS * CELL, TOP + STEPS * CELL
    grid = [
        f'<path class="chart__grid" d="M{LEFT} {TOP + step * CELL}H{right}M{LEFT + (step + 1) * CELL} {TOP}V{bottom}" '
        'fill="none" stroke="currentColor" stroke-opacity="0.15"/>'
        for step in range(STEPS)
    ]
    middle = TOP + STEPS * CELL // 2
    labels = [
        (LEFT, bottom + 18, "start", x.low, ""),
        (right, bottom + 18, "end", x.high, ""),
        (LEFT + STEPS * CELL // 2, bottom + 38, "middle", f"{x.label} →", ""),
        (LEFT - 8, bottom, "start", y.low, f' transform="rotate(-90 {LEFT - 8} {bottom})"'),
        (LEFT - 8, TOP, "end", y.high, f' transform="rotate(-90 {LEFT - 8} {TOP})"'),
        (LEFT - 26, middle, "middle", f"{y.label} →", f' transform="rotate(-90 {LEFT - 26} {middle})"'),
    ]
    axis = (
        f'<path class="chart__axis" d="M{LEFT} {TOP}V{bottom}H{right}" '
        'fill="none" stroke="currentColor" stroke-width="1.5"/>'
    )
    return [
        *grid,
        axis,
        *(
            f'<text class="chart__label" x="{left}" y="{top}" text-anchor="{anchor}" font-size="13" '
            f'fill="currentColor"{turn}>{as_html(text)}</text>'
            for left, top, anchor, text, turn in labels
        ),
    ]


def _dots(points: Sequence[Point]) -> list[str]:
    """Return the dots with their numbers; dots with equal grades are drawn side by side."""
    places: dict[tuple[int, int], list[Point]] = {}
    for point in points:
        places.setdefault((point.x, point.y), []).append(point)
    parts: list[str] = []
    for (x, y), here in places.items():
        for index, point in enumerate(here):
            shift = (index - (len(here) - 1) / 2) * (2 * RADIUS + 2)
            left = LEFT + (x - 0.5) * CELL + shift
            top = TOP + (STEPS - y + 0.5) * CELL
            paint = 'fill="currentColor"' if point.current else 'fill="none" stroke="currentColor" stroke-width="1.5"'
            ink = "#fff" if point.current else "currentColor"
            name = "chart__dot chart__dot--current" if point.current else "chart__dot"
            parts.append(
                f'<g class="{name}" data-number="{point.number}">'
                f'<circle cx="{left:g}" cy="{top:g}" r="{RADIUS}" {paint}/>'
                f'<text class="chart__number" x="{left:g}" y="{top + 5:g}" text-anchor="middle" font-size="14" '
                f'font-weight="700" fill="{ink}">{point.number}</text></g>'
            )
    return parts
