"""All rules about Markdown as its author wrote it: `check` reports misreadings, `fix/misreadings.py` corrects them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from stufenweise.check.check_run import CheckRun
from stufenweise.check.misreadings.admonition_misreadings import admonition_misreadings
from stufenweise.check.misreadings.block_misreadings import block_misreadings
from stufenweise.check.misreadings.checklist_misreadings import checklist_misreadings
from stufenweise.check.misreadings.footnote_misreadings import footnote_misreadings
from stufenweise.check.misreadings.heading_misreadings import heading_misreadings, step_lines
from stufenweise.check.misreadings.html_images import html_images
from stufenweise.check.misreadings.inline_misreadings import inline_misreadings
from stufenweise.check.misreadings.leftover_notes import leftover_notes
from stufenweise.check.misreadings.line_end_misreadings import line_end_misreadings
from stufenweise.check.misreadings.list_misreadings import list_misreadings
from stufenweise.check.misreadings.misreading import Misreading
from stufenweise.check.misreadings.table_misreadings import table_misreadings
from stufenweise.check.misreadings.unclosed_marks import unclosed_marks
from stufenweise.check.misreadings.unrendered_markup import unrendered_markup
from stufenweise.check.misreadings.vocabulary_misreadings import vocabulary_misreadings
from stufenweise.check.misreadings.written_text import WrittenText
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextFile
from stufenweise.model.problem import Place, Problem, Subject, new_problem

FAMILIES = (
    heading_misreadings,
    checklist_misreadings,
    list_misreadings,
    line_end_misreadings,
    unclosed_marks,
    table_misreadings,
    admonition_misreadings,
    block_misreadings,
    inline_misreadings,
    html_images,
    leftover_notes,
    vocabulary_misreadings,
    footnote_misreadings,
    unrendered_markup,
)


def written_text_misreadings(loaded: LoadResult, file: TextFile) -> list[Misreading]:
    """Return all misreadings of a text, without those at the edges of a block that is one itself."""
    if file.is_stub:
        return []
    text = WrittenText(loaded, file)
    misreadings = list(chain.from_iterable(family(text) for family in FAMILIES))
    box_edges = {line for box in misreadings if box.is_box for line in (box.line, box.next_line - 1)}
    box_edges |= {line for block in misreadings if block.is_code for line in range(block.line, block.next_line)}
    return [misreading for misreading in misreadings if misreading.is_box or misreading.line not in box_edges]


def fill_minutes_left(loaded: LoadResult, problems: Iterable[Problem]) -> list[Problem]:
    """Put the minutes that the other steps leave into the heading that `step-attributes` proposes."""
    files = {file.shown_path: file for file in loaded.texts.values()}
    lines_by_file: dict[str, dict[int, str]] = {}
    result: list[Problem] = []
    for problem in problems:
        if problem.code == "step-attributes" and (file := files.get(problem.place.file)):
            lines = lines_by_file.setdefault(file.shown_path, step_lines(WrittenText(loaded, file)))
            line = lines.get(problem.place.line - file.body_line)
            problem = problem.completed(right=line) if line else problem
        result.append(problem)
    return result


def written_text_problems(run: CheckRun, file: TextFile) -> Iterator[Problem]:
    """Yield a problem for each misreading that has a code."""
    for misreading in written_text_misreadings(run.loaded, file):
        if misreading.code:
            place = Place(file.shown_path, file.body_line + misreading.line, misreading.column)
            yield new_problem(place, misreading.code, Subject(covers=misreading.covers), **misreading.values)
