"""Limit problems of one kind to what a person reads: a file of braces can have thirty thousand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from stufenweise.model.problem import Problem, problem

SHOWN_OF_A_KIND = 10
"""Most problems of one kind that a run shows of a file."""
SHOWN_IN_A_RUN = 2000
"""Most problems that a run shows."""


def limited_problems(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems as a run shows them: the first of each kind in each file, and how many more there are.

    What comes after `SHOWN_OF_A_KIND` is counted at the place of the first that is left out, and what comes after
    `SHOWN_IN_A_RUN` in the last line.
    """
    counts = Counter((one.place.file, one.code) for one in problems)
    seen: Counter[tuple[str, str]] = Counter()
    shown: list[Problem] = []
    for one in problems:
        kind = (one.place.file, one.code)
        seen[kind] += 1
        if seen[kind] <= SHOWN_OF_A_KIND:
            shown.append(one)
        elif seen[kind] == SHOWN_OF_A_KIND + 1:
            rest = counts[kind] - SHOWN_OF_A_KIND
            shown.append(one if rest == 1 else _more(one, rest, one.code))
    if len(shown) <= SHOWN_IN_A_RUN:
        return shown
    left = shown[SHOWN_IN_A_RUN:]
    codes = ", ".join(sorted({one.code for one in left})[:SHOWN_OF_A_KIND])
    first = next((one for one in left if one.is_error), left[0])
    return [*shown[:SHOWN_IN_A_RUN], _more(first, len(left), codes)]


def _more(one: Problem, count: int, codes: str) -> Problem:
    if one.is_error:
        return problem(one.place, "more-errors", count=count, codes=codes)
    return problem(one.place, "more-warnings", count=count, codes=codes)
