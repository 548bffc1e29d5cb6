"""Data of the poster: levels with their tutorials, and the programmes' routes through them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from stufenweise.handouts.handout import Poster
from stufenweise.handouts.printed_tutorial import SourceLine
from stufenweise.localized.level_names import level_title
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model.library import Level, Programme, Tutorial

MAX_WAYS = 4
"""Most programmes on the poster, one line each."""


class PosterTutorial(TypedDict):
    """A tutorial in the column of its level."""

    title: str
    number: str
    """Level and place in it, such as 1.3."""
    minutes: str
    effort: int
    """Change effort, 1 to 5."""


class PosterLevel(TypedDict):
    """A level, drawn as a step of a stair."""

    number: int
    name: str
    orientation: str
    effort_words: str
    tutorials: Sequence[PosterTutorial]


class Stop(TypedDict):
    """A tutorial on the route of a programme."""

    column: int
    """Place of its level, from 0."""
    row: int
    """Its place in the level, from 0."""
    session: int
    """The first session with it, from 0 for the start."""


class Way(TypedDict):
    """The route of a programme, drawn as a line."""

    name: str
    facts: str
    """Length and number of sessions."""
    words: str
    """Numbers of its tutorials, in order."""
    stops: Sequence[Stop]


class PosterData(SourceLine):
    """The poster for `templates/poster.typ`."""

    title: str
    summary: str
    levels: Sequence[PosterLevel]
    programmes: Sequence[Way]
    """At most `MAX_WAYS`."""


def poster_data(localized: LocalizedLibrary, poster: Poster) -> PosterData:
    """Return all levels with their tutorials side by side, and the programmes' routes."""
    labels = localized.labels
    documents: tuple[Level | Tutorial, ...] = (*poster.levels, *poster.listed)
    newest = max(document.facts.reviewed for document in documents)
    ways = (_way(localized, poster, programme) for programme in poster.programmes)
    return {
        "title": poster.title,
        "summary": labels("handout_poster_summary"),
        "levels": [_column(localized, level) for level in poster.levels],
        "programmes": [way for way in ways if way["stops"]][:MAX_WAYS],
        "source": poster.title,
        "version": labels("handout_date", date=labels.date(newest)),
    }


def _column(localized: LocalizedLibrary, level: Level) -> PosterLevel:
    """Return the column of a level."""
    labels = localized.labels
    effort = level.facts.effort
    return {
        "number": level.facts.level,
        "name": level_title(level, localized.language),
        "orientation": labels.member("orientations", level.facts.orientation),
        "effort_words": labels("grade", n=effort, word=labels.member("grades", effort)),
        "tutorials": [_row(localized, tutorial) for tutorial in localized.tutorials_by_level[level.facts.level]],
    }


def _row(localized: LocalizedLibrary, tutorial: Tutorial) -> PosterTutorial:
    """Return the row of a tutorial."""
    return {
        "title": tutorial.text(localized.language).title,
        "number": localized.tutorial_numbers[tutorial.slug],
        "minutes": localized.labels("minutes_short", n=tutorial.facts.minutes),
        "effort": tutorial.facts.effort,
    }


def _way(localized: LocalizedLibrary, poster: Poster, programme: Programme) -> Way:
    """Return the route of a programme: its tutorials by column and row, each with its first session."""
    labels = localized.labels
    places = {
        tutorial.slug: (column, row)
        for column, level in enumerate(poster.levels)
        for row, tutorial in enumerate(localized.tutorials_by_level[level.facts.level])
    }
    first: dict[str, int] = {}
    for number, session in enumerate(programme.facts.plan):
        for slug in session.tutorials:
            if slug in places:
                first.setdefault(slug, number)
    facts = f"{labels('months', n=programme.facts.months)}, {labels('sessions', n=programme.facts.sessions)}"
    return {
        "name": programme.text(localized.language).title,
        "facts": facts,
        "words": " – ".join(localized.tutorial_numbers[slug] for slug in first),
        "stops": [
            {"column": places[slug][0], "row": places[slug][1], "session": number} for slug, number in first.items()
        ],
    }
