"""Mark the titles of drafts, so that authors can tell them from published texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from stufenweise.i18n.labels import Labels
from stufenweise.model.library import Library, Tutorial


def mark_drafts(library: Library, labels: Mapping[str, Labels]) -> Library:
    """Return a library in which the title of each draft says that it is one, in the words of its language."""
    tutorials = tuple(_marked(one, labels) if one.facts.draft else one for one in library.tutorials)
    return replace(library, tutorials=tutorials)


def _marked(tutorial: Tutorial, labels: Mapping[str, Labels]) -> Tutorial:
    texts = {
        language: replace(text, title=labels[language]("draft_title", title=text.title))
        for language, text in tutorial.texts.items()
    }
    return replace(tutorial, texts=texts)
