"""The timetable on the mentor's sheet equals the one that the session view computes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from stufenweise.model.hour_table import HourPlan, hour_frames, plan_hour

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "node" / "hours.yml").read_text(encoding="utf-8")
)


def clock(plan: HourPlan) -> list[str]:
    """Return each part with the time at which it begins, in a session that begins at ten."""
    at, result = 600, []
    for row in plan.rows:
        result.append(f"{row.part} {at // 60}:{at % 60:02}")
        at += row.minutes
    return result


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_hour_is_laid_out(case: dict[str, Any]) -> None:
    plan = plan_hour(hour_frames()[case["length"]], case["works"])
    assert clock(plan) == case["clock"]
    assert [f"{part} {minutes}" for part, minutes in plan.spare] == case["spare"]
    assert (plan.buffer, plan.over) == (case.get("buffer", 0), case.get("over", 0))


def test_frames_hold_what_they_allow() -> None:
    """The most step minutes that a frame allows fit into it; as planned, all other parts keep their time."""
    for length, frame in hour_frames().items():
        assert not plan_hour(frame, [[frame.steps.maximum]]).over
        planned = plan_hour(frame, [[frame.steps.planned]])
        spans = [frame.checkin, frame.why, frame.own, frame.check, frame.next]
        assert length - frame.buffer <= sum(span.planned for span in spans) + frame.steps.planned + planned.buffer
        assert not planned.over


def test_own_work_keeps_seven_minutes_of_an_hour() -> None:
    for minutes in range(5, 36):
        assert plan_hour(hour_frames()[60], [[minutes]]).minutes("own") >= 7
