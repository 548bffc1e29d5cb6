"""Choices that the editor offers an author: levels, efforts, goals and tutorials with their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stufenweise.i18n.labels import package_labels
from stufenweise.i18n.messages import command_text
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextKey
from stufenweise.model.facts import MAX_GRADE, MIN_GRADE, LevelFacts
from stufenweise.model.kinds import LEVEL, TUTORIAL, Kind

Options = tuple[tuple[int | str, str], ...]
"""Values with their labels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorChoices:
    """Choices by kind: each value with the words shown for it."""

    levels: Options
    efforts: Options
    orientations: Options
    goals: Options
    tutorials: Options

    def of_key(self, key: str) -> Options:
        """Return the choices for the values of a key; none if they have no words of their own."""
        match key:
            case "level" | "core" | "optional":
                return self.levels
            case "effort":
                return self.efforts
            case "orientation":
                return self.orientations
            case "goals":
                return self.goals
            case "requires" | "tutorials":
                return self.tutorials
            case _:
                return ()


def editor_choices(loaded: LoadResult, language: str, orientations: Sequence[str]) -> EditorChoices:
    """Return the choices of a project.

    Args:
        loaded: The content; unreadable texts are not offered.
        language: Language of the words.
        orientations: Values of the model.
    """
    labels = package_labels(language)
    numbers = {
        file.facts.level: _title(loaded, LEVEL, file.slug, language)
        for file in loaded.files_of(LEVEL)
        if isinstance(file.facts, LevelFacts)
    }
    return EditorChoices(
        levels=tuple((level, f"{level}: {title}") for level, title in sorted(numbers.items())),
        efforts=tuple(
            (grade, f"{grade}: {command_text(f'effort-{grade}', language)}")
            for grade in range(MIN_GRADE, MAX_GRADE + 1)
        ),
        orientations=tuple((orientation, labels.member("orientations", orientation)) for orientation in orientations),
        goals=tuple(
            (code, f"{code}: {goal.title.get(language) or goal.title[loaded.source_language]}")
            for code, goal in loaded.data.goals.items()
        ),
        tutorials=tuple((slug, _title(loaded, TUTORIAL, slug, language)) for slug in sorted(loaded.slugs(TUTORIAL))),
    )


def _title(loaded: LoadResult, kind: Kind, slug: str, language: str) -> str:
    file = loaded.text_of(kind.name, slug, language) or loaded.texts[TextKey(kind.name, slug, loaded.source_language)]
    return file.text.title
