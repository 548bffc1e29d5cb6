"""The kinds of text files: folder, front matter, and the sections that each may and must have."""

from __future__ import annotations

from dataclasses import dataclass

from stufenweise.model.facts import (
    FormFacts,
    GuideFacts,
    HomeFacts,
    KitFacts,
    LevelFacts,
    ProgrammeFacts,
    Reviewed,
    TutorialFacts,
)

TERM_ID = "term-"
"""Beginning of the ids of terms in the glossary, to which pages link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of text file."""

    name: str
    folder: str
    """Folder below the content folder; empty for the content folder itself."""
    facts: type[Reviewed]
    """Front matter of its source."""
    sections: tuple[str, ...]
    """Ids of the sections that it may have, in their order; empty where they are free."""
    optional: frozenset[str] = frozenset()
    """Ids of the sections that it may lack."""

    page_ids: frozenset[str] = frozenset()
    """Ids that its page gives to headings of its own; a text can't use them, nor any that begins with `TERM_ID`."""

    slug: str = ""
    """The one file there is of this kind; empty if there are many."""

    def takes(self, folder: str, slug: str) -> bool:
        """Return whether a file is of this kind."""
        return self.folder == folder and self.slug in {"", slug}

    @property
    def required(self) -> tuple[str, ...]:
        """Ids of the sections that it must have, in their order."""
        return tuple(section for section in self.sections if section not in self.optional)


TUTORIAL = Kind(
    name="tutorial",
    folder="tutorials",
    facts=TutorialFacts,
    sections=(
        "why",
        "learning-goals",
        "prepare",
        "steps",
        "material",
        "checklist",
        "talk",
        "pitfalls",
        "next",
        "local",
        "mentor",
    ),
    optional=frozenset({"prepare", "material", "local"}),
    page_ids=frozenset({"goals", "around", "related", "look-up"}),
)
LEVEL = Kind(
    name="level",
    folder="levels",
    facts=LevelFacts,
    sections=("asks", "learning-goals", "checklist", "next"),
    page_ids=frozenset({"tutorials", "chart", "goals"}),
)
PROGRAMME = Kind(
    name="programme",
    folder="programmes",
    facts=ProgrammeFacts,
    sections=("mentors", "suits", "frame", "swaps", "risks", "record"),
    optional=frozenset({"swaps", "record"}),
)
GUIDE = Kind(name="guide", folder="guides", facts=GuideFacts, sections=())
AGREEMENT = Kind(
    name="agreement",
    folder="forms",
    facts=FormFacts,
    sections=("purpose", "goals", "meetings", "moving", "confidence", "written", "ending"),
    slug="agreement",
)
POCKET_CARD = Kind(name="pocket-card", folder="forms", facts=FormFacts, sections=("do", "dont"), slug="pocket-card")
LEADER_CARD = Kind(name="leader-card", folder="forms", facts=FormFacts, sections=("do", "dont"), slug="leader-card")
FORMS = (AGREEMENT, POCKET_CARD, LEADER_CARD)
"""Kinds that are printed and have no page on the site."""
KIT = Kind(name="kit", folder="kit", facts=KitFacts, sections=())
"""What coordinators need beside the guide: letters, plans, sheets, slides."""
KIT_RATINGS = "ratings"
"""Id of the section whose list a piece of the kit prints as statements to rate."""
KIT_MILESTONES = "milestones"
"""Id of the section whose list becomes a calendar; each item begins with its week, as in `- **Week 3:** …`."""
KIT_SLIDES = 8
"""Sections that a piece printed as slides may have: nobody listens to more."""
HOME = Kind(
    name="home",
    folder="",
    facts=HomeFacts,
    sections=("intro", "start"),
    page_ids=frozenset({"levels", "hour"}),
    slug="home",
)
KINDS = (TUTORIAL, LEVEL, PROGRAMME, GUIDE, *FORMS, KIT, HOME)

SHEETS = (*FORMS, KIT)
"""Kinds that are sheets as a whole: people write in every section."""

GOALS_FILE = "goals.yml"
GLOSSARY_FILE = "glossary.yml"
VOCABULARY_FILE = "vocabulary.yml"
SELF_CHECK_FILE = "self-check.yml"
SEARCH_FILE = "search.yml"
DATA_FILES = (GOALS_FILE, GLOSSARY_FILE, VOCABULARY_FILE, SELF_CHECK_FILE, SEARCH_FILE)

KEY_ID = "key"
"""Id of the part of a tutorial's mentor section that holds the solution of its practice material."""
CHECKLIST_ITEMS = range(3, 8)
"""How many items a checklist may have: three to five are best, more than seven are not read."""
