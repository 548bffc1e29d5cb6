"""The loaded content: tutorials, levels, programmes and all else as frozen, complete objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from stufenweise.model.facts import (
    FigureFacts,
    FormFacts,
    GoalFacts,
    GuideFacts,
    HomeFacts,
    KitFacts,
    LevelFacts,
    ProgrammeFacts,
    QuestionFacts,
    Reviewed,
    TermText,
    TutorialFacts,
)

F = TypeVar("F", bound=Reviewed)


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One box to tick."""

    id: str
    """Means the item, not its place or wording: browsers keep ticks under it."""
    text: str
    """One line of Markdown."""
    line: int
    """Line in the file, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """What a step says to the mentor alone; each part is one line of Markdown, empty where it is missing."""

    do: str
    """Who has the keyboard, what is on the screen."""
    ask: str
    """One question in words that one can say aloud."""
    watch: str
    """What shows that it works, or what usually goes wrong."""
    lines: tuple[int, int, int]
    """Lines of the parts in the file, from 1; that of the heading where one is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a tutorial, done by the mentee."""

    id: str
    title: str
    minutes: int
    """Length in minutes, at least 1."""
    body: str
    """Markdown below the heading, without the words for the mentor; `writing_places` reads fields and grids of it."""
    line: int
    """Line of the heading in the file, from 1."""
    part: int = 1
    """Which meeting the step belongs to, from 1: a long tutorial takes more than one."""
    short: int | None = None
    """Minutes that it takes in the 30-minute way; None if it is left out there."""
    guidance: Guidance | None = None
    """The step's guidance for the mentor; None if it has none."""
    body_line: int = 0
    """Line in the file, from 1, at which the body starts."""


@dataclass(frozen=True, slots=True)
class SolutionKey:
    """The part of a mentor's section that holds the solution of the practice material."""

    heading: str
    body: str
    """Markdown below the heading."""
    line: int
    """Line of the heading in the file, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A known part of a text, recognised by its id in any language."""

    id: str
    heading: str
    body: str
    """Markdown below the heading, words of the vocabulary already in place."""
    line: int
    """Line of the heading in the file, from 1."""
    steps: tuple[Step, ...] = ()
    items: tuple[ChecklistItem, ...] = ()
    key: SolutionKey | None = None
    """Solution of the practice material, in the mentor's section only; the body is without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The words of one file: a tutorial, level, programme or the home page in one language."""

    language: str
    title: str
    summary: str
    path: str
    """Path below the content folder, with forward slashes."""
    sections: Mapping[str, Section]
    digest: str
    """12 hexadecimal digits over the words, to tell whether a translation is up to date."""
    translates: str | None = None
    """Digest of the source that this text translates; None for a source."""
    edit_path: str = ""
    """Path below the content folder that the page's edit link leads to; empty where there is nothing to edit."""
    search: tuple[str, ...] = ()
    """What else people call what it is about, beside its own words."""
    verb: str = ""
    """What is done there in a few words; of levels only, and empty where nothing is said."""

    def section(self, section_id: str) -> Section | None:
        """Return the section with this id, or None."""
        return self.sections.get(section_id)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps, in order; empty where the kind has none."""
        section = self.sections.get("steps")
        return section.steps if section else ()

    @property
    def items(self) -> tuple[ChecklistItem, ...]:
        """The checklist, in order; empty where the kind has none."""
        section = self.sections.get("checklist")
        return section.items if section else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Generic[F]):
    """One subject in all its languages: the facts once, the words per language."""

    slug: str
    facts: F
    texts: Mapping[str, Text]
    source_language: str
    """Language that holds the facts."""

    def text(self, language: str) -> Text:
        """Return the words in `language`, or those of the source language where there is no translation."""
        return self.texts.get(language) or self.texts[self.source_language]

    @property
    def original(self) -> Text:
        """The words in the source language."""
        return self.texts[self.source_language]


class Tutorial(Document[TutorialFacts]):
    """One hour, or a part of it: what a pair works through."""

    __slots__ = ()


class Level(Document[LevelFacts]):
    """One of the five levels: what it asks of a leader."""

    __slots__ = ()


class Programme(Document[ProgrammeFacts]):
    """One of the variants of the programme that a company can choose."""

    __slots__ = ()


class Guide(Document[GuideFacts]):
    """A page for those who take part in a programme, such as mentors."""

    __slots__ = ()


class Form(Document[FormFacts]):
    """A form or card to print; its slug says which."""

    __slots__ = ()


class KitPiece(Document[KitFacts]):
    """A piece of the coordinators' kit: page, sheet and, for some, Word document."""

    __slots__ = ()


class Home(Document[HomeFacts]):
    """The words of the home page."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """A company goal that levels and tutorials contribute to."""

    code: str
    facts: GoalFacts

    def title(self, language: str) -> str:
        """Return its name in `language`, or in the first language that has one."""
        return self.facts.title.get(language) or next(iter(self.facts.title.values()))

    def summary(self, language: str) -> str:
        """Return what it means in `language`, or in the first language that has it."""
        return self.facts.summary.get(language) or next(iter(self.facts.summary.values()))


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary."""

    id: str
    texts: Mapping[str, TermText]


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the self-check, words of the vocabulary already in place."""

    id: str
    facts: QuestionFacts


@dataclass(frozen=True, slots=True)
class Asset:
    """An image or attachment beside the texts: path below the content folder, with forward slashes, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing whose words stand beside it."""

    name: str
    """Name of its file without ending."""
    drawing: str
    """SVG with places for words."""
    words: Mapping[str, FigureFacts]
    """Its words by language."""
    source_language: str
    """Source language of the content."""

    def text(self, language: str) -> FigureFacts:
        """Return its words in `language`, else in the source language, else in any other."""
        return self.words.get(language) or self.words.get(self.source_language) or next(iter(self.words.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Everything in the content, in order: levels by number, tutorials as pairs take them.

    That is by level and effort; among equals by the number that their authors gave them, none before one it requires.
    """

    languages: tuple[str, ...]
    """Codes of the site's languages; the first is the source language."""
    home: Home
    levels: tuple[Level, ...]
    tutorials: tuple[Tutorial, ...]
    programmes: tuple[Programme, ...]
    goals: tuple[Goal, ...]
    terms: tuple[Term, ...]
    assets: tuple[Asset, ...] = ()
    guides: tuple[Guide, ...] = ()
    """In the order of their audiences: mentor, mentee, coordinator, author, everyone."""
    forms: tuple[Form, ...] = ()
    kit: tuple[KitPiece, ...] = ()
    """The coordinators' kit, in its order."""
    questions: tuple[Question, ...] = ()
    """The self-check; empty where there is none."""
    same_words: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """Per language, groups of words that mean the same to those who search."""
    figures: tuple[Figure, ...] = ()
    company_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Per language, the words that the company has in place of the package's."""

    @property
    def source_language(self) -> str:
        """Code of the source language, in which the facts are written."""
        return self.languages[0]
