"""List all that the rules about a text as written read, for the keys of their cached problems."""

from __future__ import annotations

from collections.abc import Callable

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
    titles = ((*key, file.text.title) for key, file in sorted(loaded.texts.items()))
    all_titles = digest_of(repr([sorted(loaded.unreadable), *titles]))
    steps: dict[tuple[str, str], list[object]] = {}
    for key, file in sorted(loaded.texts.items()):
        steps.setdefault((key.kind, key.slug), []).append(
            (key.language, file.is_source, [step.id for step in file.text.steps])
        )

    def inputs_of(file: TextFile) -> tuple[str, ...]:
        # Only wiki links look up the names and titles of other texts.
        link_titles = all_titles if "[[" in file.source_body else ""
        translations = (headings_of_missing_sections(loaded, file), steps[file.kind.name, file.slug])
        return shared, link_titles, file.fingerprint, repr(translations)

    return inputs_of
