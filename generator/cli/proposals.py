"""What `new` proposes, and what the answers to its questions mean."""

from __future__ import annotations

from itertools import count

from generator.cli.words import word
from generator.load.reading import Reading
from generator.load.sections import proposed_id
from generator.model.facts import LEVELS, LevelFacts
from generator.model.kinds import LEVEL, TUTORIAL


def slug(reading: Reading, title: str) -> str:
    """Return a slug made of a title that no tutorial has yet."""
    base = proposed_id(title)
    taken = reading.slugs(TUTORIAL)
    return next(one for number in count(1) if (one := base if number == 1 else f"{base}-{number}") not in taken)


def levels(reading: Reading, language: str) -> list[tuple[int, str]]:
    """Return the numbers of the levels with what they are, in `language` where there are words in it."""
    found = {}
    for file in reading.of(LEVEL):
        if isinstance(file.facts, LevelFacts):
            text = reading.texts.get((LEVEL.name, file.slug, language), file).text
            found[file.facts.level] = f"{text.title}. {text.summary}"
    return sorted(found.items())


def efforts(language: str) -> list[tuple[int, str]]:
    """Return the grades of change effort with what they ask."""
    return [(grade, word(f"effort-{grade}", language)) for grade in LEVELS]


def goals(reading: Reading, language: str) -> list[tuple[str, str]]:
    """Return the codes of the company goals with their titles."""
    return [(code, goal.title.get(language) or goal.title[reading.source]) for code, goal in reading.goals.items()]


def effort(reading: Reading, level: int) -> int | None:
    """Return the effort that a level asks; None if it has no page yet."""
    facts = (file.facts for file in reading.of(LEVEL))
    return next((one.effort for one in facts if isinstance(one, LevelFacts) and one.level == level), None)
