"""The clock on the mentor's guide: a tutorial's full hour, and its shorter versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stufenweise.handouts.printed_tutorial import ClockRow, HourData
from stufenweise.i18n.labels import Labels
from stufenweise.model.hour_table import (
    USUAL_HOUR,
    HourFrame,
    HourPart,
    HourPlan,
    hour_frames,
    meetings,
    minutes_taken,
    plan_hour,
)
from stufenweise.model.text import Step

_NO_STEP = -1
"""Index of a step in rows of a plan that are none (`HourRow.step`)."""


@dataclass(frozen=True, slots=True)
class _ClockPart:
    """What is one row of the clock."""

    name: HourPart
    """Its label."""
    parts: tuple[HourPart, ...]
    """Parts of the session in it: the checklist is part of the end."""
    step: int = _NO_STEP
    """Index of its step in the meeting."""

    @property
    def is_step(self) -> bool:
        """Whether it is a step, not a part of its own."""
        return self.step != _NO_STEP

    def minutes(self, plan: HourPlan) -> int:
        """Return its minutes in a planned session."""
        return sum(row.minutes for row in plan.rows if row.part in self.parts and row.step == self.step)


def mentor_guide_clock(labels: Labels, steps: Sequence[Step]) -> tuple[HourData, list[str]]:
    """Return the rows of the clock, meeting by meeting, and the first and last minute of each step."""
    frames = hour_frames()
    shorter = sorted((length for length in frames if length < USUAL_HOUR), reverse=True)
    parts = meetings(steps)
    whole_frame = _whole_frame(parts)
    rows: list[ClockRow] = []
    steps_before = 0
    for number, meeting in enumerate(parts, 1):
        whole = plan_hour(whole_frame, [minutes_taken(whole_frame, meeting)])
        plans = [_shortest_plan(frames[length], meeting) for length in shorter]
        name = f"{labels('meeting_n', n=number)}{labels('colon')} " if len(parts) > 1 else ""
        rows += _meeting_rows(labels, whole, plans, name, steps_before)
        steps_before += len(meeting)
    spans = [row["span"] for row in rows if not row["title"]]
    return {"lengths": [str(length) for length in shorter], "rows": rows}, spans


def _whole_frame(parts: Sequence[Sequence[Step]]) -> HourFrame:
    """Return the frame of the shortest session, but no less than usual, that fits each meeting; or the longest."""
    frames = [frame for length, frame in hour_frames().items() if length >= USUAL_HOUR]
    return next((frame for frame in frames if all(_shortest_plan(frame, meeting) for meeting in parts)), frames[-1])


def _shortest_plan(frame: HourFrame, steps: Sequence[Step]) -> HourPlan | None:
    """Return a session with the steps of one meeting; None if they don't fit into it.

    If not all of them fit, only the steps of the short way remain, with their own minutes if possible.
    """
    ways = [minutes_taken(frame, steps)]
    if any(step.short for step in steps):
        ways.append([step.minutes if step.short else 0 for step in steps])
        ways.append([step.short or 0 for step in steps])
    plans = (plan_hour(frame, [way]) for way in ways)
    return next((plan for plan in plans if not plan.over), None)


def _meeting_rows(
    labels: Labels, whole: HourPlan, plans: Sequence[HourPlan | None], meeting: str, steps_before: int
) -> Iterator[ClockRow]:
    """Yield the rows of one meeting.

    Args:
        labels: Words in the tutorial's language.
        whole: The planned session.
        plans: The shorter sessions; None for those that are too short.
        meeting: Name of the meeting, which stands before its first row; empty if it is the only one.
        steps_before: Number of steps in the meetings before.
    """
    minute = 0
    for part in _clock_parts(sum(row.part == "doing" for row in whole.rows)):
        end = minute + part.minutes(whole)
        word = labels("step_n", n=steps_before + part.step + 1) if part.is_step else labels.member("session", part.name)
        yield {
            "name": f"{meeting}{word}" if part.name == "checkin" else word,
            "title": not part.is_step,
            "span": f"{minute}–{end}",
            "left": [str((plan and part.minutes(plan)) or "–") for plan in plans],
        }
        minute = end


def _clock_parts(steps: int) -> list[_ClockPart]:
    """Return the rows of the clock for a meeting with so many steps."""
    return [
        _ClockPart("checkin", ("checkin",)),
        _ClockPart("why", ("why",)),
        *(_ClockPart("doing", ("doing",), step) for step in range(steps)),
        _ClockPart("own", ("own",)),
        _ClockPart("next", ("check", "next")),
    ]
