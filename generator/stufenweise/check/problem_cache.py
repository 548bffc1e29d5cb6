"""Take the problems of unchanged texts from the cache.

A key is a digest over everything that the rules read. Rules that read all texts are not cached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from stufenweise.check.markup.rendering_difference_rules import ReportedLines
from stufenweise.check.text.section_headings import headings_of_missing_sections
from stufenweise.core.digests import digest_of
from stufenweise.core.result_cache import ResultCache
from stufenweise.load.load_result import LoadResult, TextFile
from stufenweise.model.problem import Problem

TextCheck = Callable[[LoadResult, TextFile], Iterable[Problem]]
RenderingCheck = Callable[[LoadResult, TextFile, ReportedLines], Iterable[Problem]]


def cached_text_problems(
    loaded: LoadResult, cache: ResultCache, check: TextCheck
) -> Callable[[TextFile], list[Problem]]:
    """Return a function that checks a text, with results cached while the text and its inputs are unchanged."""
    if not cache.is_enabled:
        return lambda file: [*check(loaded, file)]
    shared_inputs = repr(
        [loaded.source_language, sorted(loaded.assets), loaded.admonition_titles, loaded.guidance_words]
    )
    all_titles = repr(
        [sorted(loaded.unreadable), *((*key, file.text.title) for key, file in sorted(loaded.texts.items()))]
    )
    steps: dict[tuple[str, str], list[object]] = {}
    for key, file in sorted(loaded.texts.items()):
        steps.setdefault((key.kind, key.slug), []).append(
            (key.language, file.is_source, [step.id for step in file.text.steps])
        )

    def checked(file: TextFile) -> list[Problem]:
        # Only wiki links look up the names and titles of other texts.
        link_titles = all_titles if "[[" in file.source_body else ""
        translations = (headings_of_missing_sections(loaded, file), steps[file.kind.name, file.slug])
        inputs = (shared_inputs, link_titles, file.fingerprint, repr(translations))
        return cached_problems(cache, lambda: inputs, lambda: check(loaded, file))

    return checked


def cached_rendering_problems(
    loaded: LoadResult, cache: ResultCache, check: RenderingCheck
) -> Callable[[TextFile, ReportedLines], list[Problem]]:
    """Return a function that compares the two renderings of a text, cached while the text is unchanged."""

    def checked(file: TextFile, reported: ReportedLines) -> list[Problem]:
        lines = (reported.is_unreadable, sorted(reported.lines))
        inputs = ("rendering", repr(lines), file.fingerprint)
        return cached_problems(cache, lambda: inputs, lambda: check(loaded, file, reported))

    return checked


def cached_problems(
    cache: ResultCache, inputs: Callable[[], Iterable[str]], check: Callable[[], Iterable[Problem]]
) -> list[Problem]:
    """Return cached problems, or those that `check` finds.

    Args:
        cache: The cache.
        inputs: Returns everything that `check` reads.
        check: Finds the problems.
    """
    if not cache.is_enabled:
        return [*check()]
    return cache.get_or_compute(
        digest_of(*inputs()),
        lambda: [*check()],
        to_data=lambda problems: [problem.to_json() for problem in problems],
        from_data=lambda rows: [Problem.from_json(row) for row in rows],
    )
