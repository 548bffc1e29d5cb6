"""Report everything that is wrong with content: one rule a function, one family of rules a module.

`check_*` is a single rule: its docstring says what holds, and it yields a problem where it does not. `*_problems` is a
family of rules. `*_spellings` finds Markdown that means something else than its author did; `fix` repairs it.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator

from stufenweise.check.attachment_rules import attachment_problems
from stufenweise.check.data_file_rules import data_file_problems
from stufenweise.check.figure_rules import figure_inputs, figure_problems, figure_use_problems
from stufenweise.check.image_rules import image_problems
from stufenweise.check.kept_problems import kept_reading_problems, kept_text_problems, known_problems
from stufenweise.check.link_rules import link_problems
from stufenweise.check.markup_rules import markup_problems
from stufenweise.check.plan_rules import plan_problems
from stufenweise.check.reference_rules import name_requirements, reference_problems
from stufenweise.check.rendering_difference_rules import UNREAD_CODES, reading_problems
from stufenweise.check.section_headings import identify_sections_by_heading, missing_sections
from stufenweise.check.suppress_follow_ups import suppress_follow_ups
from stufenweise.check.text_rules import review_problems, text_problems
from stufenweise.check.translation_rules import translation_problems
from stufenweise.check.tutorial_form_rules import tutorial_form_problems
from stufenweise.check.visibility_rules import visibility_problems
from stufenweise.check.vocabulary_rules import vocabulary_problems
from stufenweise.check.writing_place_rules import writing_place_problems
from stufenweise.check.written_text_rules import (
    complete_step_headings,
    written_text_problems,
)
from stufenweise.kept_results import NOTHING_KEPT, KeptResults
from stufenweise.load.load_result import LoadResult, TextFile
from stufenweise.model.problem import Problem


def check(
    loaded: LoadResult,
    today: datetime.date,
    only: Collection[str] | None = None,
    *,
    follow_ups: bool = False,
    kept: KeptResults = NOTHING_KEPT,
) -> list[Problem]:
    """Return all problems of loaded content, those of loading included, sorted by file, line and column.

    Args:
        loaded: What was loaded from a content folder.
        today: The day against which reviews are due.
        only: Paths of the files to check thoroughly, as problems name them; all if left out. Of other files only those
            problems are returned that rules about all files find.
        follow_ups: Whether problems that follow from another one are returned too.
        kept: What is known of texts from an earlier run.
    """
    problems: list[Problem] = list(loaded.problems)
    text_problems_of = kept_text_problems(loaded, kept, _own_problems)
    reading_problems_of = kept_reading_problems(loaded, kept, reading_problems)
    files = {file.file: file for file in loaded.texts.values() if only is None or file.file in only}
    for file in files.values():
        problems += file.at_source_columns(markup_problems(file, kept))
        problems += file.at_source_columns(figure_use_problems(loaded, file))
        problems += text_problems_of(file)
    for file in loaded.half_read.values():
        if only is None or file.file in only:
            problems += file.at_source_columns(markup_problems(file))
            problems += written_text_problems(loaded, file)
    problems += reference_problems(loaded)
    problems += plan_problems(loaded)
    problems += data_file_problems(loaded)
    problems += translation_problems(loaded)
    for one in link_problems(loaded, files):
        problems += files[one.place.file].at_source_columns((one,))
    if only is None or any(f"{loaded.content_path}/{path}" in only for path in (*loaded.assets, *loaded.attachments)):
        problems += image_problems(loaded, kept)
        problems += attachment_problems(loaded)
    problems += known_problems(kept, lambda: figure_inputs(loaded), lambda: figure_problems(loaded))
    problems += review_problems(loaded, today)
    problems += visibility_problems(loaded)
    problems += vocabulary_problems(loaded)
    reported: dict[str, set[int]] = {}
    for one in problems:
        if one.code != "invisible-character":  # What nobody sees explains no difference between readings
            reported.setdefault(one.place.file, set()).add(0 if one.code in UNREAD_CODES else one.place.line)
    for file in files.values():
        problems += reading_problems_of(file, reported.get(file.file, set()))
    problems = name_requirements(loaded, problems)
    problems = complete_step_headings(loaded, identify_sections_by_heading(loaded, problems))
    if not follow_ups:
        body_lines = {file.file: file.body_line for file in loaded.texts.values()}
        problems = suppress_follow_ups(problems, body_lines)
    return sorted(set(loaded.locate(problems)))


def _own_problems(loaded: LoadResult, file: TextFile) -> Iterator[Problem]:
    """Yield what the rules that look at one text alone find in it."""
    yield from missing_sections(loaded, file)
    yield from text_problems(file)
    yield from tutorial_form_problems(loaded, file)
    yield from writing_place_problems(file)
    yield from written_text_problems(loaded, file)


def blocking_problems(problems: Iterable[Problem], *, strict: bool = False) -> list[Problem]:
    """Return the problems that stop a build: errors, and when it is strict, warnings too."""
    return [one for one in problems if strict or one.is_error]
