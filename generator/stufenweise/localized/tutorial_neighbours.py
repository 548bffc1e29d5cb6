"""Find the tutorials that a page suggests before, after, or instead of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stufenweise.model.library import Tutorial

MAX_NEIGHBOURS = 3
"""How many following and how many related tutorials a page names."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Slugs of the tutorials around a tutorial: required before, building on it, and with the same goal."""

    before: tuple[str, ...]
    """Tutorials that it requires; without any, the previous one in the order of the site."""
    after: tuple[str, ...]
    """Tutorials that require it; without any, the next one in the order of the site."""
    related: tuple[str, ...]
    """Other tutorials with the same first goal, the nearest in the order of the site first."""


def tutorial_neighbours(tutorials: Sequence[Tutorial]) -> dict[str, Neighbours]:
    """Return the neighbours of each tutorial by its slug; `tutorials` are in the order of the site."""
    required_by: dict[str, list[str]] = {tutorial.slug: [] for tutorial in tutorials}
    by_goal: dict[str, list[str]] = {}
    position: dict[str, int] = {}
    for tutorial in tutorials:
        for slug in tutorial.facts.requires:
            required_by[slug].append(tutorial.slug)
        same_goal = by_goal.setdefault(_first_goal(tutorial), [])
        position[tutorial.slug] = len(same_goal)
        same_goal.append(tutorial.slug)
    order = [tutorial.slug for tutorial in tutorials]
    result: dict[str, Neighbours] = {}
    for index, tutorial in enumerate(tutorials):
        slug = tutorial.slug
        before = tutorial.facts.requires or tuple(order[index - 1 : index])
        after = tuple(required_by[slug][:MAX_NEIGHBOURS]) or tuple(order[index + 1 : index + 2])
        nearest = _nearest(by_goal[_first_goal(tutorial)], position[slug])
        related = [other for other in nearest if other != slug and other not in before and other not in after]
        result[slug] = Neighbours(before, after, tuple(related[:MAX_NEIGHBOURS]))
    return result


def _first_goal(tutorial: Tutorial) -> str:
    """Return the goal that matters most to a tutorial; empty if the site shows none of its goals."""
    return next(iter(tutorial.facts.goals), "")


def _nearest(slugs: Sequence[str], position: int) -> Iterator[str]:
    """Yield the slugs around a position, the nearest first. A few more than needed, as some are left out later."""
    reach = 2 * MAX_NEIGHBOURS
    around = range(max(position - reach, 0), min(position + reach + 1, len(slugs)))
    return (slugs[index] for index in sorted(around, key=lambda index: abs(index - position)))
