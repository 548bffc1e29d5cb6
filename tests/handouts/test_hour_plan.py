"""The clock on the mentor's sheet is the one of the session view: the same cases, `tests/node/hours.yml`."""

from __future__ import annotations

import pytest
import yaml
from conftest import ROOT
from stufenweise.handouts.hour_plan import plan_hour, plan_meeting
from stufenweise.model.library import Step

CASES = yaml.safe_load((ROOT / "tests" / "node" / "hours.yml").read_text(encoding="utf-8"))
SINGLE = [case for case in CASES if len(case["works"]) == 1]


def step(minutes: int, short: int | None) -> Step:
    return Step("x", "X", minutes, "", 1, short=short)


@pytest.mark.parametrize("case", SINGLE, ids=lambda case: case["name"])
def test_paper_and_screen_agree_about_the_hour(case: dict[str, object]) -> None:
    plan = plan_hour(case["length"], case["works"][0])  # type: ignore[arg-type,index]
    clock, minute = [], 600
    for one in plan.parts:
        clock.append(f"{one.part} {minute // 60}:{minute % 60:02}")
        minute += one.minutes
    assert clock == case["clock"]
    assert plan.over == case.get("over", 0)


def test_an_hour_keeps_all_steps() -> None:
    plan = plan_meeting(60, [step(10, 6), step(15, None)])
    assert plan is not None
    assert [plan.minutes("doing", step=at) for at in (0, 1)] == [10, 15]


def test_half_an_hour_keeps_the_steps_that_stay_with_their_short_minutes() -> None:
    plan = plan_meeting(30, [step(10, 6), step(15, None), step(8, 8)])
    assert plan is not None
    assert [plan.minutes("doing", step=at) for at in range(3)] == [6, 0, 8]


def test_a_tutorial_without_a_short_way_has_no_half_hour() -> None:
    assert plan_meeting(30, [step(10, None), step(5, None)]) is None
