"""Rules about fields and grids: each has a label, and none is longer than people write."""

from __future__ import annotations

from collections.abc import Iterator

from stufenweise.check.check_run import CheckRun
from stufenweise.load.text_file import TextFile
from stufenweise.model.kinds import TUTORIAL, WRITING_PLACE_KINDS
from stufenweise.model.problem import QUOTED_TEXT, Place, Problem, new_problem
from stufenweise.source.markdown.writing_places import (
    MAX_FIELD_LINES,
    Field,
    Grid,
    first_column_fault,
    read_places,
    stray_places,
)


def writing_texts(file: TextFile) -> Iterator[tuple[str, str, int]]:
    """Yield the parts of a text in which people can write, each with id, Markdown and its first line.

    A form or a piece of the kit has them in every section; a tutorial, in its steps and its practice material.
    """
    if file.kind in WRITING_PLACE_KINDS:
        yield from (
            (section.id, section.body, file_line(file, section.line)) for section in file.text.sections.values()
        )
        return
    for step in file.text.steps:
        yield step.id, step.body, step.body_line
    if material := file.text.section("material"):
        yield material.id, material.body, file_line(file, material.line)


def file_line(file: TextFile, heading: int) -> int:
    """Return the first line that is not empty below a heading of a text; lines are counted from 1."""
    below = file.body.split("\n")[heading + 1 - file.body_line :]
    return heading + 1 + next((index for index, line in enumerate(below) if line.strip()), 0)


def writing_place_problems(_run: CheckRun, file: TextFile) -> Iterator[Problem]:
    """Yield problems of the fields and grids of a text."""
    if file.kind not in {TUTORIAL, *WRITING_PLACE_KINDS}:
        return
    for owner, text, first in writing_texts(file):
        for writing_place in read_places(text, owner):
            place = Place(file.shown_path, first + writing_place.line)
            yield from (
                check_field(writing_place, place)
                if isinstance(writing_place, Field)
                else check_grid(writing_place, place)
            )
        for line in stray_places(text):
            yield new_problem(Place(file.shown_path, first + line), "field-inline")


def check_field(field: Field, place: Place) -> Iterator[Problem]:
    """A field has a label, and at most eight lines."""
    if not field.label and not field.group and field.number <= 1:  # Once for a list
        yield new_problem(place, "field-without-label")
    if field.lines > MAX_FIELD_LINES:
        yield new_problem(place, "field-lines", lines=field.lines, most=MAX_FIELD_LINES)


def check_grid(grid: Grid, place: Place) -> Iterator[Problem]:
    """A grid has a head, each of its columns a heading, and its rows are named all or not at all."""
    if not grid.head:
        yield new_problem(place, "grid-without-head")
        return
    for number, heading in enumerate(grid.head, 1):
        if not heading:
            yield new_problem(place, "grid-column", number=number)
    if first_column_fault(grid.rows):
        row = next(row for row in grid.rows if not row[0])
        values = {"number": grid.rows.index(row) + 1, "heading": grid.head[0][:QUOTED_TEXT]}
        yield new_problem(Place(place.file, place.line + 2 + grid.rows.index(row)), "grid-row", **values)
