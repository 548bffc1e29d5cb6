"""The kinds of text files: their folder, their front matter and the sections that each may and must have."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.facts import HomeFacts, LevelFacts, ProgrammeFacts, Reviewed, TutorialFacts


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of text file."""

    name: str
    folder: str
    """Folder below the content folder; empty for the content folder itself."""
    facts: type[Reviewed]
    """Front matter of its source."""
    sections: tuple[str, ...]
    """Ids of the sections that it may have, in their order."""
    optional: frozenset[str] = frozenset()
    """Ids of those that it can do without."""

    @property
    def required(self) -> tuple[str, ...]:
        """Ids of the sections that it must have, in their order."""
        return tuple(section for section in self.sections if section not in self.optional)


TUTORIAL = Kind(
    "tutorial",
    "tutorials",
    TutorialFacts,
    ("why", "learning-goals", "prepare", "steps", "checklist", "talk", "pitfalls", "next", "local", "mentor"),
    frozenset({"prepare", "local"}),
)
LEVEL = Kind("level", "levels", LevelFacts, ("asks", "learning-goals", "checklist", "next"))
PROGRAMME = Kind("programme", "programmes", ProgrammeFacts, ("mentors", "suits", "frame", "risks"))
HOME = Kind("home", "", HomeFacts, ("intro", "start"))
KINDS = (TUTORIAL, LEVEL, PROGRAMME, HOME)

GOALS_FILE = "goals.yml"
GLOSSARY_FILE = "glossary.yml"
VOCABULARY_FILE = "vocabulary.yml"
DATA_FILES = (GOALS_FILE, GLOSSARY_FILE, VOCABULARY_FILE)

CHECKLIST_ITEMS = range(3, 8)
"""How many items a checklist may have: 3 to 7 (domain.md 4.1: three to five, never more than seven)."""
