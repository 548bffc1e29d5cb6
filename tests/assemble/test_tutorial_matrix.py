"""The matrix shows each level and each tutorial once, at the change effort and importance that its facts give."""

from __future__ import annotations

from conftest import ROOT
from stufenweise.assemble.tutorial_matrix import tutorial_matrix
from stufenweise.load.library_builder import build_library
from stufenweise.load.loader import load_content
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.source.files.content_files import read_content_files

LIBRARY = build_library(load_content(read_content_files(ROOT / "content"), ("de", "en")))
ROWS = tutorial_matrix(LocalizedLibrary(library=LIBRARY, language="de", labels_by_language={}))


def test_each_level_stands_at_its_effort_and_importance() -> None:
    found = {level.slug: (cell.effort, row.importance) for row in ROWS for cell in row.cells for level in cell.levels}
    assert found == {level.slug: (level.facts.effort, level.facts.importance) for level in LIBRARY.levels}


def test_each_tutorial_stands_once_at_its_own_effort_and_its_levels_importance() -> None:
    importance = {level.facts.level: level.facts.importance for level in LIBRARY.levels}
    found = [
        (entry.tutorial.slug, cell.effort, row.importance)
        for row in ROWS
        for cell in row.cells
        for entry in cell.entries
    ]
    assert sorted(found) == sorted(
        (tutorial.slug, tutorial.facts.effort, importance[tutorial.facts.level]) for tutorial in LIBRARY.tutorials
    )


def test_numbers_count_within_a_level_from_the_lowest_effort() -> None:
    numbers = {entry.tutorial.slug: entry.number for row in ROWS for cell in row.cells for entry in cell.entries}
    for level in LIBRARY.levels:
        of_level = [tutorial for tutorial in LIBRARY.tutorials if tutorial.facts.level == level.facts.level]
        assert [numbers[tutorial.slug] for tutorial in of_level] == [
            f"{level.facts.level}.{place}" for place in range(1, len(of_level) + 1)
        ]
        assert [tutorial.facts.effort for tutorial in of_level] == sorted(
            tutorial.facts.effort for tutorial in of_level
        )


def test_places_without_anything_are_there_too() -> None:
    assert [row.importance for row in ROWS] == [5, 4, 3, 2, 1]
    assert all([cell.effort for cell in row.cells] == [1, 2, 3, 4, 5] for row in ROWS)
