"""The kinds of text files: folder, front matter, allowed and required sections."""

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
from stufenweise.model.paths import ContentPath

TERM_ID = "term-"
"""Prefix of the ids of glossary terms, to which pages link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of text file."""

    name: str
    folder: str
    """Folder below the content folder; empty for the content folder itself."""
    facts: type[Reviewed]
    """Front matter of its source."""
    sections: tuple[str, ...]
    """Ids of allowed sections, in order; empty if any are allowed."""
    optional: frozenset[str] = frozenset()
    """Ids of optional sections."""

    page_ids: frozenset[str] = frozenset()
    """Ids of headings that its page adds; a text can't use them, nor ids that begin with `TERM_ID`."""

    slug: str = ""
    """The slug of the only file of this kind; empty if there are many."""

    def takes(self, folder: str, slug: str) -> bool:
        """Return whether a file is of this kind."""
        return self.folder == folder and self.slug in {"", slug}

    @property
    def required(self) -> tuple[str, ...]:
        """Ids of required sections, in order."""
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
"""Kinds that are only printed and have no page."""
KIT = Kind(name="kit", folder="kit", facts=KitFacts, sections=())
"""Material for coordinators: letters, plans, sheets, slides."""
KIT_RATINGS = "ratings"
"""Id of the section with statements to rate."""
KIT_MILESTONES = "milestones"
"""Id of the section that becomes a calendar; its items begin with their week, as in `- **Week 3:** …`."""
KIT_SLIDES = 8
"""Most sections of a piece that is printed as slides."""
HOME = Kind(
    name="home",
    folder="",
    facts=HomeFacts,
    sections=("intro", "start"),
    page_ids=frozenset({"levels", "hour"}),
    slug="home",
)
KINDS = (TUTORIAL, LEVEL, PROGRAMME, GUIDE, *FORMS, KIT, HOME)

WRITING_PLACE_KINDS = (*FORMS, KIT)
"""Kinds with fields and grids in every section."""

GOALS_FILE = ContentPath("goals.yml")
GLOSSARY_FILE = ContentPath("glossary.yml")
VOCABULARY_FILE = ContentPath("vocabulary.yml")
SELF_CHECK_FILE = ContentPath("self-check.yml")
SEARCH_FILE = ContentPath("search.yml")
DATA_FILES = (GOALS_FILE, GLOSSARY_FILE, VOCABULARY_FILE, SELF_CHECK_FILE, SEARCH_FILE)

KEY_ID = "key"
"""Id of the part of a tutorial's mentor section with the solution of its practice material."""
CHECKLIST_ITEMS = range(3, 8)
"""Allowed numbers of checklist items: three to five are best, more than seven are not read."""
