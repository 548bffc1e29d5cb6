"""Limit problems of one kind to what a person reads: a file of braces can have thirty thousand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from stufenweise.model.problem import Problem, new_problem

SHOWN_OF_A_KIND = 10
"""Most problems of one kind that a run shows for one file."""
SHOWN_IN_A_RUN = 2000
"""Most problems that a run shows."""


def limited_problems(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems as a run shows them: the first of each kind in each file, and the number of the rest.

    The number of those beyond `SHOWN_OF_A_KIND` is shown at the first omitted one, the number of those beyond
    `SHOWN_IN_A_RUN` in the last line.
    """
    counts = Counter((problem.place.file, problem.code) for problem in problems)
    seen: Counter[tuple[str, str]] = Counter()
    shown: list[Problem] = []
    for problem in problems:
        kind = (problem.place.file, problem.code)
        seen[kind] += 1
        if seen[kind] <= SHOWN_OF_A_KIND:
            shown.append(problem)
        elif seen[kind] == SHOWN_OF_A_KIND + 1:
            rest = counts[kind] - SHOWN_OF_A_KIND
            shown.append(problem if rest == 1 else _more(problem, rest, problem.code))
    if len(shown) <= SHOWN_IN_A_RUN:
        return shown
    left = shown[SHOWN_IN_A_RUN:]
    codes = ", ".join(sorted({problem.code for problem in left})[:SHOWN_OF_A_KIND])
    first = next((problem for problem in left if problem.is_error), left[0])
    return [*shown[:SHOWN_IN_A_RUN], _more(first, len(left), codes)]


def _more(problem: Problem, count: int, codes: str) -> Problem:
    if problem.is_error:
        return new_problem(problem.place, "more-errors", count=count, codes=codes)
    return new_problem(problem.place, "more-warnings", count=count, codes=codes)
