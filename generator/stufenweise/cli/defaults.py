"""Default answers of `new`, and the meanings of possible answers."""

from __future__ import annotations

from stufenweise.i18n.messages import command_text
from stufenweise.load.load_result import LoadResult
from stufenweise.load.section_reader import proposed_id, unused_id
from stufenweise.model.facts import LEVEL_NUMBERS, LevelFacts
from stufenweise.model.kinds import LEVEL, TUTORIAL


def unused_slug(loaded: LoadResult, title: str) -> str:
    """Make a slug of a title that no tutorial has yet."""
    return unused_id(proposed_id(title), loaded.slugs(TUTORIAL))


def level_meanings(loaded: LoadResult, language: str) -> list[tuple[int, str]]:
    """Return the numbers of the levels with title and summary, in `language` if they are translated."""
    meanings = {}
    for file in loaded.files_of(LEVEL):
        if isinstance(file.facts, LevelFacts):
            text = (loaded.text_of(LEVEL.name, file.slug, language) or file).text
            meanings[file.facts.level] = f"{text.title}. {text.summary}"
    return sorted(meanings.items())


def effort_meanings(language: str) -> list[tuple[int, str]]:
    """Return the grades of change effort with their descriptions."""
    return [(grade, command_text(f"effort-{grade}", language)) for grade in LEVEL_NUMBERS]


def goal_meanings(loaded: LoadResult, language: str) -> list[tuple[str, str]]:
    """Return the codes of the company goals with their titles."""
    return [
        (code, goal.title.get(language) or goal.title[loaded.source_language])
        for code, goal in loaded.data.goals.items()
    ]


def effort_of_level(loaded: LoadResult, level: int) -> int | None:
    """Return the effort of a level; None if it has no page yet."""
    levels = (file.facts for file in loaded.files_of(LEVEL))
    return next((facts.effort for facts in levels if isinstance(facts, LevelFacts) and facts.level == level), None)
