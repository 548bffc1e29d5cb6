"""Everything that can be wrong with content, one rule a function, one family of rules a module."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from stufenweise.check.image_rules import asset_problems
from stufenweise.check.link_rules import link_problems
from stufenweise.check.markup_rules import markup_problems
from stufenweise.check.reference_rules import reference_problems
from stufenweise.check.review_rules import review_problems
from stufenweise.check.section_headings import identify_sections_by_heading, missing_sections
from stufenweise.check.self_check_rules import self_check_problems
from stufenweise.check.structure_rules import structure_problems
from stufenweise.check.suppress_follow_ups import suppress_follow_ups
from stufenweise.check.translation_rules import translation_problems
from stufenweise.check.visibility_rules import visibility_problems
from stufenweise.check.vocabulary_rules import word_problems
from stufenweise.load.load_result import LoadResult
from stufenweise.model.problem import Problem


def check(reading: LoadResult, today: datetime.date, only: Collection[str] | None = None) -> list[Problem]:
    """Return all problems of a reading, those of loading included, sorted by file, line and column.

    Args:
        reading: What was read of a content folder.
        today: The day against which reviews are due.
        only: Paths of the files that matter, as problems name them; all if left out. What is wrong with others is only
            said as far as it comes by the way.
    """
    found: list[Problem] = list(reading.problems)
    files = {file.file: file for file in reading.texts.values() if only is None or file.file in only}
    for file in files.values():
        found += missing_sections(reading, file)
        found += structure_problems(file)
        found += file.at_written_columns(markup_problems(file))
    found += reference_problems(reading)
    found += self_check_problems(reading)
    found += translation_problems(reading)
    for one in link_problems(reading, files):
        found += files[one.place.file].at_written_columns((one,))
    if only is None or any(f"{reading.shown}/{path}" in only for path in reading.assets):
        found += asset_problems(reading)
    found += review_problems(reading, today)
    found += visibility_problems(reading)
    found += word_problems(reading)
    bodies = {file.file: file.body_line for file in reading.texts.values()}
    return sorted(set(reading.locate(suppress_follow_ups(identify_sections_by_heading(reading, found), bodies))))


def blocking_problems(problems: Iterable[Problem], *, strict: bool = False) -> list[Problem]:
    """Return the problems that stop a build: errors, and when it is strict, warnings too."""
    return [one for one in problems if strict or one.is_error]
