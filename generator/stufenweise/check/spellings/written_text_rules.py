"""All rules about Markdown as written: reported by `check`, repaired by `fix/spellings.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from stufenweise.check.check_run import CheckRun
from stufenweise.check.spellings.admonition_spellings import admonition_spellings
from stufenweise.check.spellings.block_spellings import block_spellings
from stufenweise.check.spellings.checklist_spellings import checklist_spellings
from stufenweise.check.spellings.footnote_spellings import footnote_spellings
from stufenweise.check.spellings.foreign_spellings import foreign_spellings
from stufenweise.check.spellings.heading_spellings import heading_spellings, step_lines
from stufenweise.check.spellings.html_images import html_images
from stufenweise.check.spellings.leftover_notes import leftover_notes
from stufenweise.check.spellings.line_end_spellings import line_end_spellings
from stufenweise.check.spellings.list_spellings import list_spellings
from stufenweise.check.spellings.spelling import Spelling, WrittenText
from stufenweise.check.spellings.table_spellings import table_spellings
from stufenweise.check.spellings.unclosed_marks import unclosed_marks
from stufenweise.check.spellings.unrendered_markup import unrendered_markup
from stufenweise.check.spellings.vocabulary_spellings import vocabulary_spellings
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextFile
from stufenweise.model.problem import Place, Problem, new_problem

FAMILIES = (
    heading_spellings,
    checklist_spellings,
    list_spellings,
    line_end_spellings,
    unclosed_marks,
    table_spellings,
    admonition_spellings,
    block_spellings,
    foreign_spellings,
    html_images,
    leftover_notes,
    vocabulary_spellings,
    footnote_spellings,
    unrendered_markup,
)


def written_text_spellings(loaded: LoadResult, file: TextFile) -> list[Spelling]:
    """Return all markup of a text that renders differently than meant."""
    if file.is_stub:
        return []
    text = WrittenText(loaded, file)
    spellings = list(chain.from_iterable(family(text) for family in FAMILIES))
    box_edges = {line for box in spellings if box.is_box for line in (box.line, box.next_line - 1)}
    box_edges |= {line for block in spellings if block.is_code for line in range(block.line, block.next_line)}
    return [spelling for spelling in spellings if spelling.is_box or spelling.line not in box_edges]


def fill_minutes_left(loaded: LoadResult, problems: Iterable[Problem]) -> list[Problem]:
    """Put the minutes that the other steps leave into the heading that `step-attributes` proposes."""
    files = {file.shown_path: file for file in loaded.texts.values()}
    lines_by_file: dict[str, dict[int, str]] = {}
    result: list[Problem] = []
    for problem in problems:
        if problem.code == "step-attributes" and (file := files.get(problem.place.file)):
            lines = lines_by_file.setdefault(file.shown_path, step_lines(WrittenText(loaded, file)))
            line = lines.get(problem.place.line - file.body_line)
            problem = problem.with_values(right=line) if line else problem
        result.append(problem)
    return result


def written_text_problems(run: CheckRun, file: TextFile) -> Iterator[Problem]:
    """Yield a problem for each markup spelling that has a code."""
    for spelling in written_text_spellings(run.loaded, file):
        if spelling.code:
            place = Place(file.shown_path, file.body_line + spelling.line, spelling.column)
            yield new_problem(place, spelling.code, **spelling.values)
