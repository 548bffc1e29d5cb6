"""Data of the poster: levels with their tutorials, and the programmes' routes through them."""

from __future__ import annotations

from stufenweise.handouts.handout_list import Handout
from stufenweise.localized.level_names import level_title
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model.library import Level, Programme, Tutorial

MAX_WAYS = 4
"""Most programmes on the poster, one line each."""


def poster_data(localized: LocalizedLibrary, handout: Handout) -> dict[str, object]:
    """Return all levels with their tutorials side by side, and the programmes' routes."""
    labels = localized.labels
    documents: tuple[Level | Tutorial, ...] = (*handout.levels, *handout.tutorials)
    newest = max(document.facts.reviewed for document in documents)
    ways = (_way(localized, handout, programme) for programme in handout.programmes)
    return {
        "title": handout.title,
        "summary": labels("handout_poster_summary"),
        "levels": [_column(localized, level) for level in handout.levels],
        "programmes": [way for way in ways if way["stops"]][:MAX_WAYS],
        "source": handout.title,
        "version": labels("handout_date", date=labels.date(newest)),
    }


def _column(localized: LocalizedLibrary, level: Level) -> dict[str, object]:
    labels = localized.labels
    effort = level.facts.effort
    return {
        "number": level.facts.level,
        "name": level_title(level, localized.language),
        "orientation": labels.member("orientations", level.facts.orientation),
        "effort_words": labels("grade", n=effort, word=labels.member("grades", effort)),
        "tutorials": [_row(localized, tutorial) for tutorial in localized.tutorials_by_level[level.facts.level]],
    }


def _row(localized: LocalizedLibrary, tutorial: Tutorial) -> dict[str, object]:
    return {
        "title": tutorial.text(localized.language).title,
        "number": localized.tutorial_numbers[tutorial.slug],
        "minutes": localized.labels("minutes_short", n=tutorial.facts.minutes),
        "effort": tutorial.facts.effort,
    }


def _way(localized: LocalizedLibrary, handout: Handout, programme: Programme) -> dict[str, object]:
    """Return the route of a programme: its tutorials by column and row, each with its first session."""
    labels = localized.labels
    places = {
        tutorial.slug: (column, row)
        for column, level in enumerate(handout.levels)
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
