"""All tutorials in a matrix: change effort across, importance for the company upwards.

A tutorial is placed by its own change effort and its level's importance, a level by its own effort and importance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stufenweise.localized.charts import STEPS
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model.library import Level, Tutorial


@dataclass(frozen=True, slots=True)
class MatrixEntry:
    """One tutorial in the matrix."""

    number: str
    """Number of its level, and its place there by effort: "4.3"."""
    tutorial: Tutorial


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Levels and tutorials of one change effort and one importance."""

    effort: int
    levels: Sequence[Level]
    entries: Sequence[MatrixEntry]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """The cells of one importance, by effort."""

    importance: int
    cells: Sequence[MatrixCell]


def tutorial_matrix(localized: LocalizedLibrary) -> list[MatrixRow]:
    """Return the rows, the highest importance first; empty rows and cells are there too."""
    return [
        MatrixRow(importance, [_cell(localized, effort, importance) for effort in range(1, STEPS + 1)])
        for importance in range(STEPS, 0, -1)
    ]


def _cell(localized: LocalizedLibrary, effort: int, importance: int) -> MatrixCell:
    same_importance = [level for level in localized.library.levels if level.facts.importance == importance]
    entries = [
        MatrixEntry(f"{level.facts.level}.{number}", tutorial)
        for level in same_importance
        for number, tutorial in enumerate(localized.tutorials_by_level[level.facts.level], 1)
        if tutorial.facts.effort == effort
    ]
    return MatrixCell(effort, [level for level in same_importance if level.facts.effort == effort], entries)
