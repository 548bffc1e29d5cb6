"""Take the problems of unchanged texts from the cache.

A key is a digest over everything that the rules look at. Rules that look at all texts are not cached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from stufenweise.check.rendering_difference_rules import ReportedLines
from stufenweise.check.section_headings import usual_headings
from stufenweise.core.digests import key_of
from stufenweise.core.result_cache import ResultCache
from stufenweise.load.load_result import LoadResult, TextFile
from stufenweise.model.problem import Problem, as_data, from_data

JudgeText = Callable[[LoadResult, TextFile], Iterable[Problem]]
JudgeReading = Callable[[LoadResult, TextFile, ReportedLines], Iterable[Problem]]


def cached_text_problems(
    loaded: LoadResult, cache: ResultCache, judge: JudgeText
) -> Callable[[TextFile], list[Problem]]:
    """Return a function that judges a text, cached while the text and its inputs are unchanged."""
    if not cache.is_enabled:
        return lambda file: [*judge(loaded, file)]
    shared_inputs = repr(
        [loaded.source_language, sorted(loaded.assets), loaded.admonition_titles, loaded.guidance_words]
    )
    all_titles = repr(
        [sorted(loaded.unreadable), *((*key, file.text.title) for key, file in sorted(loaded.texts.items()))]
    )
    steps: dict[tuple[str, str], list[object]] = {}
    for (kind, slug, language), file in sorted(loaded.texts.items()):
        steps.setdefault((kind, slug), []).append((language, file.is_source, [step.id for step in file.text.steps]))

    def judged(file: TextFile) -> list[Problem]:
        # Only links of wikis look up the names and titles of other texts.
        link_titles = all_titles if "[[" in file.source_body else ""
        translations = (usual_headings(loaded, file), steps[file.kind.name, file.slug])
        inputs = (shared_inputs, link_titles, file.fingerprint, repr(translations))
        return cached_problems(cache, lambda: inputs, lambda: judge(loaded, file))

    return judged


def cached_reading_problems(
    loaded: LoadResult, cache: ResultCache, judge: JudgeReading
) -> Callable[[TextFile, ReportedLines], list[Problem]]:
    """Return a function that compares the two readings of a text, cached while the text is unchanged."""

    def judged(file: TextFile, reported: ReportedLines) -> list[Problem]:
        lines = (reported.is_unreadable, sorted(reported.lines))
        inputs = ("reading", repr(lines), file.fingerprint)
        return cached_problems(cache, lambda: inputs, lambda: judge(loaded, file, reported))

    return judged


def cached_problems(
    cache: ResultCache, inputs: Callable[[], Iterable[str]], judge: Callable[[], Iterable[Problem]]
) -> list[Problem]:
    """Return cached problems, or those that `judge` finds.

    Args:
        cache: The cache.
        inputs: Returns everything that `judge` looks at.
        judge: Finds the problems.
    """
    if not cache.is_enabled:
        return [*judge()]
    return cache.get_or_compute(
        key_of(*inputs()),
        lambda: [*judge()],
        to_data=lambda problems: [as_data(problem) for problem in problems],
        from_data=lambda rows: [from_data(row) for row in rows],
    )
