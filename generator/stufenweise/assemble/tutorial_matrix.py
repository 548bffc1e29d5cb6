"""All tutorials in the field of tension: change effort across, importance for the company upwards.

A tutorial stands at its own change effort and at its level's importance; a level stands at its own of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stufenweise.assemble.charts import STEPS
from stufenweise.assemble.localized_library import LocalizedLibrary
from stufenweise.model.library import Level, Tutorial


@dataclass(frozen=True, slots=True)
class Dot:
    """One tutorial in the field."""

    number: str
    """Number of its level, and its place there by effort: "4.3"."""
    tutorial: Tutorial


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the field."""

    effort: int
    levels: Sequence[Level]
    dots: Sequence[Dot]


@dataclass(frozen=True, slots=True)
class Row:
    """The places of one importance, by effort."""

    importance: int
    cells: Sequence[Cell]


def tutorial_matrix(site: LocalizedLibrary) -> list[Row]:
    """Return the field, the highest importance first; rows and places without anything in them are there too."""
    return [
        Row(importance, [_cell(site, effort, importance) for effort in range(1, STEPS + 1)])
        for importance in range(STEPS, 0, -1)
    ]


def _cell(site: LocalizedLibrary, effort: int, importance: int) -> Cell:
    same = [level for level in site.library.levels if level.facts.importance == importance]
    dots = [
        Dot(f"{level.facts.level}.{number}", tutorial)
        for level in same
        for number, tutorial in enumerate(site.by_level[level.facts.level], 1)
        if tutorial.facts.effort == effort
    ]
    return Cell(effort, [level for level in same if level.facts.effort == effort], dots)
