"""The check of a programme spreads tutorials in two parts over its sessions as the planner does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from stufenweise.check.content.plan_rules import planned_parts

CASES: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "node" / "plans.yml").read_text(encoding="utf-8")
)["pieces"]


@pytest.mark.parametrize("case", [pytest.param(case, id=rule) for rule, case in CASES.items()])
def test_check_plans_the_parts_that_the_planner_plans(case: dict[str, Any]) -> None:
    sessions = case["sessions"]
    in_two_parts = {slug for slug, minutes in case["parts"].items() if len(minutes) > 1}
    planned = [
        [(slug, part) for slug, part in zip(slugs, parts, strict=True)]
        for slugs, parts in zip(sessions, planned_parts(sessions, in_two_parts), strict=True)
    ]
    pieces = [[piece.split() for piece in session] for session in case["pieces"]]
    assert planned == [[(slug, int(part)) for slug, part, _ in session] for session in pieces]
