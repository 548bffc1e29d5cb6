"""The table of the hour, `hours.yml`, and the schedule of a session.

`plan_hour` computes the same as the session view's script (overrides/assets/javascripts/hour.js); both are tested with
the same cases (tests/node/hours.yml).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from stufenweise.core.package_files import load_resource
from stufenweise.model.library import Tutorial
from stufenweise.model.text import Step

HourPart = Literal["checkin", "why", "doing", "own", "check", "next"]
USUAL_HOUR = 60
"""Usual length of a session, in minutes."""
SHORT_HOUR = 30
"""Length of a session with the short way, in minutes."""
SHORT_WAY_LEAST = 8
"""Least minutes of steps in the short way; less teaches nothing."""

_SPARE_ORDER: tuple[HourPart, ...] = ("why", "checkin", "check", "next", "own")
"""Parts in the order in which they are shortened. Own work is the last, because it outlasts the session."""


class PartSpan(NamedTuple):
    """Minutes of a part of a session other than steps."""

    planned: int
    minimum: int


class StepsSpan(NamedTuple):
    """Minutes of the steps of a session."""

    planned: int
    maximum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HourFrame:
    """Lengths of the parts of a session of one length."""

    length: int
    checkin: PartSpan
    why: PartSpan
    steps: StepsSpan
    own: PartSpan
    check: PartSpan
    next: PartSpan
    buffer: int
    """Minutes that a shortened session tries to keep free at its end."""
    is_short: bool
    """Whether the session has only the steps of the short way, with their minutes there."""

    def span(self, part: HourPart) -> PartSpan:
        """Return the minutes of a part other than steps."""
        spans: Mapping[HourPart, PartSpan] = {
            "checkin": self.checkin,
            "why": self.why,
            "own": self.own,
            "check": self.check,
            "next": self.next,
        }
        return spans[part]


@dataclass(frozen=True, slots=True, kw_only=True)
class HourRow:
    """A part of a planned session."""

    part: HourPart
    work: int
    """Index of its tutorial."""
    step: int
    """Index of its step; -1 for other parts."""
    minutes: int
    least: int


@dataclass(frozen=True, slots=True)
class HourPlan:
    """A planned session."""

    rows: tuple[HourRow, ...]
    buffer: int
    """Minutes left at the end."""
    over: int
    """Minutes by which it is too long."""

    @property
    def spare(self) -> tuple[tuple[HourPart, int], ...]:
        """Minutes that can still be cut, by part, in the order of cutting."""
        rows_by_part = ((part, [row for row in self.rows if row.part == part]) for part in _SPARE_ORDER)
        sums = ((part, sum(row.minutes - row.least for row in rows)) for part, rows in rows_by_part)
        return tuple((part, minutes) for part, minutes in sums if minutes)

    def minutes(self, part: HourPart) -> int:
        """Return the minutes of all rows of a part."""
        return sum(row.minutes for row in self.rows if row.part == part)


@lru_cache
def hour_values() -> Mapping[int, Mapping[str, object]]:
    """Return `hours.yml`: the parts of a session by its length."""
    return cast("Mapping[int, Mapping[str, object]]", load_resource(__package__, "hours.yml"))


@lru_cache
def hour_frames() -> Mapping[int, HourFrame]:
    """Return the frames by length, shortest first."""
    table = hour_values()
    return {length: _frame(length, table[length]) for length in sorted(table)}


def _frame(length: int, values: Mapping[str, object]) -> HourFrame:
    pairs = {name: value for name, value in values.items() if isinstance(value, list)}
    steps = StepsSpan(*pairs.pop("steps"))
    parts = {name: PartSpan(*pair) for name, pair in pairs.items()}
    is_short = values["way"] == "short"
    return HourFrame(length=length, steps=steps, **parts, buffer=int(str(values["buffer"])), is_short=is_short)


def minutes_taken(frame: HourFrame, steps: Sequence[Step]) -> list[int]:
    """Return the minutes of steps in a session; 0 for steps that are left out.

    A tutorial without a short way keeps its minutes, so it does not fit.
    """
    if frame.is_short and any(step.short for step in steps):
        return [step.short or 0 for step in steps]
    return [step.minutes for step in steps]


def meetings(steps: Sequence[Step]) -> tuple[tuple[Step, ...], ...]:
    """Return the steps of each meeting of a tutorial, in order."""
    parts = sorted({step.part for step in steps})
    return tuple(tuple(step for step in steps if step.part == part) for part in parts)


def meeting_minutes(tutorial: Tutorial) -> list[int]:
    """Return the minutes of the steps of each meeting of a tutorial."""
    return [sum(step.minutes for step in meeting) for meeting in meetings(tutorial.original.steps)]


def short_minutes(tutorial: Tutorial) -> int:
    """Return the minutes of the steps of a tutorial's short way; 0 if it has none."""
    return sum(step.short or 0 for step in tutorial.original.steps) if tutorial.facts.short_way else 0


def least_length(tutorial: Tutorial) -> int:
    """Return the length of the shortest session that fits each meeting of a tutorial."""
    longest = max(meeting_minutes(tutorial), default=0)
    fitting = (
        frame.length
        for frame in hour_frames().values()
        if (short_minutes(tutorial) if frame.is_short else longest <= frame.steps.maximum)
    )
    return next(fitting, max(hour_frames()))


def plan_hour(frame: HourFrame, works: Sequence[Sequence[int]]) -> HourPlan:
    """Plan a session.

    Args:
        frame: The frame of its length.
        works: Minutes of the steps of each tutorial; a step of 0 minutes is left out.
    """
    rows = _spread(frame, works)
    if _total(rows) > frame.length:
        rows = _shorten(rows, frame.length - frame.buffer, _SPARE_ORDER[0])
        for part in _SPARE_ORDER:
            rows = _shorten(rows, frame.length, part)
    rest = frame.length - _total(rows)
    return HourPlan(tuple(rows), max(0, rest), max(0, -rest))


def _spread(frame: HourFrame, works: Sequence[Sequence[int]]) -> list[HourRow]:
    """Return all parts with their planned lengths, shared by several tutorials."""

    def row(part: HourPart, work: int, share: int) -> HourRow:
        planned, least = frame.span(part)
        least = -(-least // share)
        return HourRow(part=part, work=work, step=-1, minutes=max(least, planned // share), least=least)

    rows = [row("checkin", 0, 1)]
    for work, steps in enumerate(works):
        rows.append(row("why", work, len(works)))
        rows += [
            HourRow(part="doing", work=work, step=step, minutes=minutes, least=minutes)
            for step, minutes in enumerate(steps)
        ]
        rows += [row("own", work, len(works)), row("check", work, len(works))]
    return [*rows, row("next", len(works) - 1, 1)]


def _shorten(rows: list[HourRow], wanted: int, part: HourPart) -> list[HourRow]:
    """Shorten the longest rows of a part minute by minute to at most `wanted` minutes."""
    result = list(rows)
    while _total(result) > wanted:
        longer = [index for index, row in enumerate(result) if row.part == part and row.minutes > row.least]
        if not longer:
            break
        longest = max(longer, key=lambda index: (result[index].minutes, -index))
        result[longest] = replace(result[longest], minutes=result[longest].minutes - 1)
    return result


def _total(rows: Sequence[HourRow]) -> int:
    return sum(row.minutes for row in rows)
