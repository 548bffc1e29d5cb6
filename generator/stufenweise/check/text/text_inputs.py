"""List all that the rules about a text as written read, for the keys of their cached problems."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from stufenweise.check.check_run import CheckRun
from stufenweise.check.text.section_headings import headings_of_missing_sections
from stufenweise.core.digests import digest_of
from stufenweise.load.text_file import TextFile


def text_inputs(run: CheckRun) -> Callable[[TextFile], tuple[str, ...]]:
    """Return a function that returns everything that rules read of a text and, for it, of the rest of the content."""
    loaded = run.loaded
    shared = digest_of(
        repr([loaded.source_language, sorted(loaded.media.images), loaded.admonition_titles, loaded.guidance_words])
    )

    @cache
    def titles() -> str:
        by_key = ((*key, file.text.title) for key, file in sorted(loaded.texts.items()))
        return digest_of(repr([sorted(loaded.unreadable), *by_key]))

    def inputs_of(file: TextFile) -> tuple[str, ...]:
        # Only wiki links look up the names and titles of other texts.
        link_titles = titles() if "[[" in file.source_body else ""
        versions = (loaded.text_of(file.kind.name, file.slug, language) for language in loaded.languages)
        steps = [(text.language, text.is_source, [step.id for step in text.text.steps]) for text in versions if text]
        return shared, link_titles, file.fingerprint, repr((headings_of_missing_sections(loaded, file), steps))

    return inputs_of
