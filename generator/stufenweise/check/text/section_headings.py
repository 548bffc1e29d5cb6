"""Recognise sections by their usual headings: to add a lacking id or a missing section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stufenweise.check.check_run import CheckRun
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextFile
from stufenweise.model.paths import ShownPath, path_below
from stufenweise.model.problem import Place, Problem, Subject, new_problem
from stufenweise.source.files.text_paths import TextPath
from stufenweise.source.suggest import suggest


def headings_of_missing_sections(loaded: LoadResult, file: TextFile) -> dict[str, str]:
    """Return the usual headings of the sections that a text lacks, by section id."""
    usual = loaded.usual_headings.get((file.kind.name, file.language), {})
    return {section: heading for section, heading in usual.items() if section not in file.text.sections}


def _headings_by_path(loaded: LoadResult, file: ShownPath) -> dict[str, str]:
    """Return the usual headings for a file that could not be read as a text, by its path."""
    below = path_below(loaded.shown_content, file)
    path = TextPath.parse(below) if below else None
    return dict(loaded.usual_headings.get((path.kind.name, path.language), {})) if path and path.kind else {}


def missing_sections(run: CheckRun, file: TextFile) -> Iterator[Problem]:
    """Each required section exists; a missing one is reported where it belongs."""
    present = file.text.sections
    absent = [section for section in file.kind.required if section not in present]
    usual = headings_of_missing_sections(run.loaded, file) if absent else {}
    end = file.body_line + file.body.rstrip("\n").count("\n")
    order = file.kind.sections
    for section in absent:
        line = f"## {usual.get(section, '…')} {{#{section}}}"
        later = [present[other].line for other in order[order.index(section) + 1 :] if other in present]
        values = {"above": line, "below": ""} if later else {"above": "", "below": line}
        yield new_problem(
            Place(file.shown_path, min(later, default=end)), "missing-section", Subject(name=section), **values
        )
    if not file.kind.sections and not present:
        yield new_problem(Place(file.shown_path, end), "no-section")


def suggest_section_ids(loaded: LoadResult, problems: Iterable[Problem]) -> list[Problem]:
    """Add the likely id to problems about a section without one, or with an unknown one."""
    files = {file.shown_path: file for file in loaded.texts.values()}
    result: list[Problem] = []
    for problem in problems:
        has_section = problem.code in {"section-without-id", "unknown-section", "duplicate-section"}
        if has_section and not problem.subject.nearest:
            file = files.get(problem.place.file)
            headings = (
                headings_of_missing_sections(loaded, file) if file else _headings_by_path(loaded, problem.place.file)
            )
            ids = {heading: section for section, heading in headings.items()}
            problem = problem.completed(nearest=ids.get(suggest(problem.subject.name, ids), ""))
        if problem.code in {"section-without-id", "unknown-section"} and problem.subject.nearest:
            words = re.sub(r"[ \t]*[(\[]#.*", "", problem.subject.name)
            problem = problem.completed(right=f"## {words} {{#{problem.subject.nearest}}}", known="")
        result.append(problem)
    return result
