"""The rule that texts are looked at again before they are out of date."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from stufenweise.load.load_result import LoadResult
from stufenweise.model.kinds import KINDS
from stufenweise.model.problem import Problem, problem

TIME_ZONES = 1
"""How many days a review may lie ahead: where the author is, it may be tomorrow already."""


def review_problems(reading: LoadResult, today: datetime.date) -> Iterator[Problem]:
    """Yield a warning for each text whose review is due, and an error for a review that has not happened yet."""
    for kind in KINDS:
        for file in reading.of(kind):
            if file.facts is None:
                continue
            place = file.tree.place(("reviewed",))
            if (file.facts.reviewed - today).days > TIME_ZONES:
                yield problem(place, "review-in-future", reviewed=file.facts.reviewed.isoformat())
            elif (due := file.facts.review_due) < today:
                yield problem(place, "review-due", due=due.isoformat(), months=file.facts.review_months)
