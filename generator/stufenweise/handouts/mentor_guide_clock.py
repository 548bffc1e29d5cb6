"""The clock on the mentor's guide: a tutorial's full hour, and its shorter versions."""

from __future__ import annotations

from collections.abc import Sequence

from stufenweise.handouts.printed_tutorial import ClockRow, HourData
from stufenweise.i18n.labels import Labels
from stufenweise.model.hour_table import (
    USUAL_HOUR,
    HourFrame,
    HourPlan,
    hour_frames,
    meetings,
    minutes_taken,
    plan_hour,
)
from stufenweise.model.library import Step


def mentor_guide_clock(labels: Labels, steps: Sequence[Step]) -> tuple[HourData, list[str]]:
    """Return the rows of the clock, meeting by meeting, and the first and last minute of each step."""
    frames = hour_frames()
    parts = meetings(steps)
    longer = [frame for length, frame in frames.items() if length >= USUAL_HOUR]
    frame = next((hour for hour in longer if all(_shortest_plan(hour, meeting) for meeting in parts)), longer[-1])
    shorter = sorted((length for length in frames if length < USUAL_HOUR), reverse=True)
    rows: list[ClockRow] = []
    spans: list[str] = []
    for number, meeting in enumerate(parts, 1):
        whole = plan_hour(frame, [minutes_taken(frame, meeting)])
        plans = [_shortest_plan(frames[length], meeting) for length in shorter]
        minute = 0
        for name, names, at in _clock_parts(len(meeting)):
            minutes = _minutes(whole, names, at)
            span = f"{minute}–{minute + minutes}"
            minute += minutes
            in_words = labels("step_n", n=len(spans) + 1) if name == "doing" else labels.member("session", name)
            if name == "checkin" and len(parts) > 1:
                in_words = f"{labels('meeting_n', n=number)}{labels('colon')} {in_words}"
            if name == "doing":
                spans.append(span)
            left = [str((plan and _minutes(plan, names, at)) or "–") for plan in plans]
            rows.append({"name": in_words, "title": name != "doing", "span": span, "left": left})
    return {"lengths": [str(length) for length in shorter], "rows": rows}, spans


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


def _minutes(plan: HourPlan, names: Sequence[str], step: int) -> int:
    return sum(row.minutes for row in plan.rows if row.part in names and row.step == step)


def _clock_parts(steps: int) -> list[tuple[str, tuple[str, ...], int]]:
    """Return the rows of a clock: name, parts, and number of the step. The checklist is part of the end."""
    doing = [("doing", ("doing",), step) for step in range(steps)]
    return [
        ("checkin", ("checkin",), -1), ("why", ("why",), -1), *doing, ("own", ("own",), -1),
        ("next", ("check", "next"), -1),
    ]  # fmt: skip
