"""Report each tutorial's state: translations, review, length, whether its handouts fit.

For other texts, it reports missing and outdated translations.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextFile, TextKey
from stufenweise.model.facts import PENDING, TutorialFacts
from stufenweise.model.kinds import KINDS, TUTORIAL, Kind
from stufenweise.model.problem import Problem
from stufenweise.model.text import Text

TranslationState = Literal["source", "current", "stale", "pending", "missing", "unreadable"]
"""State of a text in one language."""

HANDOUT_OVERFLOW = "handout-overflow"
"""Code of a handout that does not fit its pages."""
_UNPRINTED = frozenset({"handout-costly", "handout-unprintable"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TutorialStatus:
    """State of one tutorial."""

    slug: str
    title: str
    level: int | None
    """None if the source can't be read; the same holds for the fields below."""
    minutes: int | None
    words: int | None
    """Number of words of the source, without the section for the mentor."""
    languages: tuple[tuple[str, TranslationState], ...]
    """The tutorial's state in each language of the site, the source language first."""
    reviewed: datetime.date | None
    due: datetime.date | None
    """Last day on which the review is valid."""
    is_due: bool
    is_draft: bool
    is_hidden: bool
    """Whether it is hidden, by itself or with its level."""
    fits: bool | None
    """Whether its handouts fit their pages; None if none were printed."""


def tutorial_statuses(
    loaded: LoadResult, problems: Iterable[Problem], today: datetime.date, *, printed: bool
) -> tuple[TutorialStatus, ...]:
    """Return the state of each tutorial, by level and slug; those that can't be read come last.

    Args:
        loaded: The loaded content folder.
        problems: All its problems, including those of handouts.
        today: The day against which reviews are due.
        printed: Whether handouts were printed.
    """
    all_problems = list(problems)
    too_long = {loaded.text_at(problem.place.file) for problem in all_problems if problem.code == HANDOUT_OVERFLOW}
    unprinted = {loaded.text_at(problem.place.file) for problem in all_problems if problem.code in _UNPRINTED}
    result = []
    for slug in loaded.slugs(TUTORIAL):
        source = loaded.text_of(TUTORIAL.name, slug)
        if source is None or not isinstance(source.facts, TutorialFacts):
            result.append(_unreadable_status(loaded, slug))
            continue
        files = {file.shown_path for file in _texts(loaded, slug)}
        fits = None if not printed or files & unprinted else not files & too_long
        result.append(_readable_status(loaded, slug, source, source.facts, today, fits=fits))
    return tuple(sorted(result, key=lambda status: (status.level is None, status.level or 0, status.slug)))


def _readable_status(
    loaded: LoadResult, slug: str, source: TextFile, facts: TutorialFacts, today: datetime.date, *, fits: bool | None
) -> TutorialStatus:
    """Return the state of a tutorial with a source text."""
    return TutorialStatus(
        slug=slug,
        title=source.text.title,
        level=facts.level,
        minutes=facts.minutes,
        words=count_words(source.text),
        languages=_states(loaded, slug),
        reviewed=facts.reviewed,
        due=facts.review_due,
        is_due=facts.review_due < today,
        is_draft=facts.draft,
        is_hidden=loaded.visibility.hides(slug, facts),
        fits=fits,
    )


def _unreadable_status(loaded: LoadResult, slug: str) -> TutorialStatus:
    """Return the state of a tutorial whose source text is missing or can't be read."""
    return TutorialStatus(
        slug=slug,
        title="",
        level=None,
        minutes=None,
        words=None,
        languages=_states(loaded, slug),
        reviewed=None,
        due=None,
        is_due=False,
        is_draft=False,
        is_hidden=False,
        fits=None,
    )


def _states(loaded: LoadResult, slug: str) -> tuple[tuple[str, TranslationState], ...]:
    """Return a tutorial's state in each language of the site."""
    return tuple((language, _state(loaded, TUTORIAL, slug, language)) for language in loaded.languages)


def lacking_translations(loaded: LoadResult) -> dict[tuple[str, TranslationState], tuple[str, ...]]:
    """Return the visible texts other than tutorials that are not up to date in a language, by language and state."""
    lacking: dict[tuple[str, TranslationState], list[str]] = {}
    for language in loaded.languages[1:]:
        for kind in KINDS:
            for file in loaded.files_of(kind) if kind != TUTORIAL else ():
                state = _state(loaded, kind, file.slug, language)
                if state != "current" and not loaded.visibility.hides(file.slug, file.facts):
                    lacking.setdefault((language, state), []).append(f"{kind.folder}/{file.slug}".strip("/"))
    return {key: tuple(slugs) for key, slugs in lacking.items()}


def count_words(text: Text) -> int:
    """Count the words of a text without headings and the section for the mentor."""
    bodies = (
        body
        for section in text.sections.values()
        if section.id != "mentor"
        for body in (*section.bodies(), *(item.text for item in section.items))
    )
    return sum(len(body.split()) for body in bodies)


def _texts(loaded: LoadResult, slug: str) -> Iterable[TextFile]:
    """Return a tutorial's files in all languages."""
    files = (loaded.text_of(TUTORIAL.name, slug, language) for language in loaded.languages)
    return [file for file in files if file]


def _state(loaded: LoadResult, kind: Kind, slug: str, language: str) -> TranslationState:
    key = TextKey(kind.name, slug, language)
    if key in loaded.unreadable:
        return "unreadable"
    if language == loaded.source_language:
        return "source"
    file = loaded.texts.get(key)
    if file is None:
        return "missing"
    if file.text.translates == PENDING or file.leftover_stub_lines:
        return "pending"
    source = loaded.text_of(kind.name, slug)
    return "stale" if source and file.text.translates != source.text.digest else "current"
