"""Draw an hour as a ring like a clock face: its parts in order, sized by their minutes.

The minutes come from the table of the hour. The page has the same parts as a list. The content of the ring is hidden
from screen readers: Firefox exposes the text of a drawing in addition to its name (heard with Orca 43). As in `charts`,
colours come from the theme's style sheet.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from stufenweise.i18n.labels import Labels
from stufenweise.localized.escaping import as_html
from stufenweise.model.hour_table import USUAL_HOUR, HourPart, hour_frames

MIDDLE, RADIUS, WIDTH = 100, 74, 44
"""Middle, radius and width of the ring, in user units of the SVG."""
GAP = 0.35
"""Minutes of a part that are left free, so that it does not touch the next one."""
HOUR_PARTS: tuple[HourPart, ...] = ("checkin", "why", "doing", "own", "check", "next")
"""The parts of a session with one tutorial, in their order."""


@dataclass(frozen=True, slots=True)
class HourPicture:
    """The ring, and the list beside it."""

    svg: str
    parts: tuple[tuple[str, str], ...]
    """Name and minutes of each part, escaped for HTML."""


def hour_picture(labels: Labels) -> HourPicture:
    """Return the picture of the usual hour."""
    frame = hour_frames()[USUAL_HOUR]
    spans = [frame.steps if part == "doing" else frame.span(part) for part in HOUR_PARTS]
    drawn: list[str] = []
    start = 0
    for number, (part, (minutes, _)) in enumerate(zip(HOUR_PARTS, spans, strict=True), 1):
        drawn.append(_part(part, number, start, minutes))
        start += minutes
    svg = (
        f'<svg viewBox="0 0 {2 * MIDDLE} {2 * MIDDLE}" role="img" aria-labelledby="hour-title">'
        f'<title id="hour-title">{as_html(labels.member("home", "picture"))}</title>'
        f'<g aria-hidden="true">{"".join(drawn)}'
        f'<text class="hour__length" x="{MIDDLE}" y="{MIDDLE + 6}" text-anchor="middle" font-size="18" '
        f'fill="currentColor">{as_html(labels("minutes_short", n=USUAL_HOUR))}</text></g></svg>'
    )
    names = [as_html(labels.member("session", part)) for part in HOUR_PARTS]
    lengths = [as_html(labels("minutes_short", n=span.planned)) for span in spans]
    return HourPicture(svg, tuple(zip(names, lengths, strict=True)))


def _part(part: HourPart, number: int, start: int, minutes: int) -> str:
    """Return one part of the ring, with its number in it."""
    begin, end = _point(start + GAP / 2), _point(start + minutes - GAP / 2)
    # An arc of over half an hour needs the large-arc flag
    # (https://www.w3.org/TR/SVG2/paths.html#PathDataEllipticalArcCommands).
    large = int(minutes > USUAL_HOUR / 2)
    left, top = _point(start + minutes / 2)
    return (
        f'<g class="hour__part" data-part="{part}"><path d="M{begin[0]:.1f} {begin[1]:.1f}'
        f'A{RADIUS} {RADIUS} 0 {large} 1 {end[0]:.1f} {end[1]:.1f}" fill="none" stroke="currentColor" '
        f'stroke-width="{WIDTH}"/><text x="{left:.1f}" y="{top + 5:.1f}" text-anchor="middle" font-size="15" '
        f'font-weight="700" fill="currentColor">{number}</text></g>'
    )


def _point(minute: float) -> tuple[float, float]:
    """Return the point of a minute on the ring, as on a clock."""
    angle = 2 * math.pi * minute / USUAL_HOUR
    return MIDDLE + RADIUS * math.sin(angle), MIDDLE - RADIUS * math.cos(angle)
