"""Apply every rule to loaded content, and complete the problems with likely remedies and places."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from stufenweise.check.check_run import CheckRun
from stufenweise.check.content.reference_rules import suggest_slugs
from stufenweise.check.misreadings.written_text_rules import fill_minutes_left
from stufenweise.check.rules import RULES
from stufenweise.check.suppress_follow_ups import suppress_follow_ups
from stufenweise.check.text.section_headings import suggest_section_ids
from stufenweise.core.result_cache import NO_CACHE, ResultCache
from stufenweise.load.load_result import LoadResult
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Problem


def check(
    loaded: LoadResult,
    today: datetime.date,
    only: Collection[ShownPath] | None = None,
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
        cache: What earlier runs found of unchanged texts.
    """
    run = CheckRun(loaded=loaded, today=today, only=only, cache=cache if cache.is_enabled else ResultCache())
    problems = [*loaded.problems]
    for rules in RULES:
        problems = [*problems, *rules.problems(run, problems)]
    return _completed(loaded, problems, follow_ups=follow_ups)


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
