"""Apply every rule to loaded content, and complete the problems with likely remedies and places."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from stufenweise.check.content.data_file_rules import data_file_problems
from stufenweise.check.content.link_rules import link_problems
from stufenweise.check.content.plan_rules import plan_problems
from stufenweise.check.content.reference_rules import reference_problems, suggest_slugs
from stufenweise.check.content.translation_rules import translation_problems
from stufenweise.check.content.visibility_rules import visibility_problems
from stufenweise.check.content.vocabulary_rules import vocabulary_problems
from stufenweise.check.markup.markup_rules import markup_problems
from stufenweise.check.markup.rendering_difference_rules import ReportedLines, rendering_problems, reported_lines
from stufenweise.check.media.attachment_rules import attachment_problems
from stufenweise.check.media.figure_rules import figure_inputs, figure_problems, figure_use_problems
from stufenweise.check.media.image_rules import image_problems
from stufenweise.check.problem_cache import cached_problems, cached_rendering_problems, cached_text_problems
from stufenweise.check.spellings.written_text_rules import (
    fill_minutes_left,
    written_text_problems,
)
from stufenweise.check.suppress_follow_ups import suppress_follow_ups
from stufenweise.check.text.section_headings import missing_sections, suggest_section_ids
from stufenweise.check.text.text_rules import review_problems, text_problems
from stufenweise.check.text.tutorial_form_rules import tutorial_form_problems
from stufenweise.check.text.writing_place_rules import writing_place_problems
from stufenweise.core.result_cache import NO_CACHE, ResultCache
from stufenweise.load.load_result import LoadResult, TextFile
from stufenweise.model.problem import Problem

TextRule = Callable[[LoadResult, TextFile], Iterable[Problem]]

SOURCE_TEXT_RULES: tuple[TextRule, ...] = (
    missing_sections,
    lambda _, file: text_problems(file),
    tutorial_form_problems,
    lambda _, file: writing_place_problems(file),
    written_text_problems,
)
"""Rules about a single text that report columns of its file; their problems are cached."""
CONTENT_RULES: tuple[Callable[[LoadResult], Iterable[Problem]], ...] = (
    reference_problems,
    plan_problems,
    data_file_problems,
    visibility_problems,
    vocabulary_problems,
)
"""Rules about all texts and data files together."""


def check(
    loaded: LoadResult,
    today: datetime.date,
    only: Collection[str] | None = None,
    *,
    follow_ups: bool = False,
    cache: ResultCache = NO_CACHE,
) -> list[Problem]:
    """Return all problems of loaded content, those of loading included, sorted by file, line and column.

    Args:
        loaded: The loaded content.
        today: The day against which reviews are due.
        only: Paths of the files to check thoroughly, as problems name them; all if left out. For other files,
            only problems of rules about the whole content are returned.
        follow_ups: Whether problems that follow from another one are returned too.
        cache: Problems that earlier runs found in unchanged texts.
    """
    files = {file.shown_path: file for file in loaded.texts.values() if only is None or file.shown_path in only}
    half_read = {file.shown_path: file for file in loaded.half_read.values() if only is None or file.shown_path in only}
    problems = [*loaded.problems, *_text_problems(loaded, files, half_read, cache)]
    for rule in CONTENT_RULES:
        problems += rule(loaded)
    problems += translation_problems(loaded, cache)
    problems += cached_problems(cache, lambda: figure_inputs(loaded), lambda: figure_problems(loaded))
    for link_problem in link_problems(loaded, files):
        problems += files[link_problem.place.file].at_source_columns((link_problem,))
    if only is None or any(f"{loaded.content_path}/{path}" in only for path in (*loaded.assets, *loaded.attachments)):
        problems += image_problems(loaded, cache)
        problems += attachment_problems(loaded)
    problems += review_problems(loaded, today)
    # The two renderings of a line are compared only if no other rule has explained the difference.
    reported = reported_lines(problems)
    rendering_problems_of = cached_rendering_problems(loaded, cache, rendering_problems)
    for file in files.values():
        problems += rendering_problems_of(file, reported.get(file.shown_path, ReportedLines()))
    return _completed(loaded, problems, follow_ups=follow_ups)


def _text_problems(
    loaded: LoadResult, files: Mapping[str, TextFile], half_read: Mapping[str, TextFile], cache: ResultCache
) -> Iterator[Problem]:
    """Yield problems of single texts; for texts with unusable facts, only those of the body."""
    source_problems = cached_text_problems(loaded, cache, _source_problems)
    for file in files.values():
        # These rules read a text as the site does: their columns are mapped to those of the file.
        yield from file.at_source_columns(markup_problems(file, cache))
        yield from file.at_source_columns(figure_use_problems(loaded, file))
        yield from source_problems(file)
    for file in half_read.values():
        yield from file.at_source_columns(markup_problems(file))
        yield from written_text_problems(loaded, file)


def _source_problems(loaded: LoadResult, file: TextFile) -> Iterator[Problem]:
    for rule in SOURCE_TEXT_RULES:
        yield from rule(loaded, file)


def _completed(loaded: LoadResult, problems: list[Problem], *, follow_ups: bool) -> list[Problem]:
    """Add likely names, ids and minutes to remedies, drop follow-ups, and map places to the files that people edit.

    Follow-ups are dropped after that, because whether a section is hidden depends on its likely id; places are mapped
    last, because every pass before looks texts up by the files of the load result.
    """
    problems = suggest_slugs(loaded, problems)
    problems = suggest_section_ids(loaded, problems)
    problems = fill_minutes_left(loaded, problems)
    if not follow_ups:
        body_lines = {file.shown_path: file.body_line for file in loaded.texts.values()}
        problems = suppress_follow_ups(problems, body_lines)
    return sorted(set(loaded.locate(problems)))
