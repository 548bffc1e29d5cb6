"""Keep the problems of texts: a text that is the same, beside others that look the same to it, is not judged anew.

A key is a digest over all that a rule is given. Rules that look at all texts are not among these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet

from stufenweise.check.section_headings import usual_headings
from stufenweise.digests import key_of
from stufenweise.kept_results import KeptResults
from stufenweise.load.load_result import LoadResult, TextFile
from stufenweise.model.problem import Problem, as_data, from_data

JudgeText = Callable[[LoadResult, TextFile], Iterable[Problem]]
JudgeReading = Callable[[LoadResult, TextFile, AbstractSet[int]], Iterable[Problem]]


def kept_text_problems(loaded: LoadResult, kept: KeptResults, judge: JudgeText) -> Callable[[TextFile], list[Problem]]:
    """Return what judges each text by rules that look at it alone, but texts that are the same as in an earlier run."""
    if not kept.is_kept:
        return lambda file: [*judge(loaded, file)]
    beside = repr([loaded.source, sorted(loaded.assets), loaded.admonition_titles, loaded.guidance_words])
    titles = repr([sorted(loaded.unreadable), *((*key, one.text.title) for key, one in sorted(loaded.texts.items()))])
    steps: dict[tuple[str, str], list[object]] = {}
    for (kind, slug, language), file in sorted(loaded.texts.items()):
        steps.setdefault((kind, slug), []).append((language, file.is_source, [one.id for one in file.text.steps]))

    def judged(file: TextFile) -> list[Problem]:
        # The names and titles of other texts are looked up for links of wikis alone.
        others = titles if "[[" in file.source_body else ""
        own = (
            file.kind.name, file.slug, file.file, file.text, file.facts, file.front_matter, file.body_line,
            file.is_stub, file.words,
        )  # fmt: skip
        twins = (usual_headings(loaded, file), steps[file.kind.name, file.slug])
        inputs = (beside, others, repr(own), repr(twins), file.source_body, file.body)
        return known_problems(kept, lambda: inputs, lambda: judge(loaded, file))

    return judged


def kept_reading_problems(
    loaded: LoadResult, kept: KeptResults, judge: JudgeReading
) -> Callable[[TextFile, AbstractSet[int]], list[Problem]]:
    """Return what compares how each text is read, but texts that are the same as in an earlier run."""

    def judged(file: TextFile, reported: AbstractSet[int]) -> list[Problem]:
        titles = loaded.admonition_titles[file.text.language]
        own = (file.file, file.body_line, file.is_stub, file.words, titles, sorted(reported))
        inputs = ("reading", repr(own), file.source_body, file.body)
        return known_problems(kept, lambda: inputs, lambda: judge(loaded, file, reported))

    return judged


def known_problems(
    kept: KeptResults, inputs: Callable[[], Iterable[str]], judge: Callable[[], Iterable[Problem]]
) -> list[Problem]:
    """Return problems as they are known or found.

    Args:
        kept: What is known from an earlier run.
        inputs: Tells all that is looked at.
        judge: Finds them.
    """
    if not kept.is_kept:
        return [*judge()]
    return kept.known_or_made(
        key_of(*inputs()),
        lambda: [*judge()],
        to_data=lambda problems: [as_data(one) for one in problems],
        from_data=lambda rows: [from_data(one) for one in rows],
    )
