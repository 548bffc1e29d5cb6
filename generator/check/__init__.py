"""Everything that can be wrong with content, one rule a function, one family of rules a module."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from generator.check.assets import asset_problems
from generator.check.follow_ons import first_causes
from generator.check.headings import missing_sections, told_by_heading
from generator.check.hidden import hidden_problems
from generator.check.links import link_problems
from generator.check.markup import markup_problems
from generator.check.references import reference_problems
from generator.check.reviews import review_problems
from generator.check.self_check import self_check_problems
from generator.check.structure import structure_problems
from generator.check.translations import translation_problems
from generator.check.words import word_problems
from generator.load.reading import Reading
from generator.model.problem import Problem


def check(reading: Reading, today: datetime.date, only: Collection[str] | None = None) -> list[Problem]:
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
        found += file.as_written(markup_problems(file))
    found += reference_problems(reading)
    found += self_check_problems(reading)
    found += translation_problems(reading)
    for one in link_problems(reading, files):
        found += files[one.place.file].as_written((one,))
    if only is None or any(f"{reading.shown}/{path}" in only for path in reading.assets):
        found += asset_problems(reading)
    found += review_problems(reading, today)
    found += hidden_problems(reading)
    found += word_problems(reading)
    bodies = {file.file: file.body_line for file in reading.texts.values()}
    return sorted(set(reading.located(first_causes(told_by_heading(reading, found), bodies))))


def errors(problems: Iterable[Problem], *, strict: bool = False) -> list[Problem]:
    """Return the problems that stop a build: errors, and when it is strict, warnings too."""
    return [one for one in problems if strict or one.is_error]
