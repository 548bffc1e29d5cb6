"""The library: tutorials, levels, programmes and everything else as frozen, complete objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Generic, Self, TypeVar

from stufenweise.core.digests import digest_of
from stufenweise.model.data_facts import FigureFacts, GoalFacts, QuestionFacts, TermText
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
from stufenweise.model.text import Text

F = TypeVar("F", bound=Reviewed)

MAX_TUTORIALS_WITH_BOOKS = 30
"""Most tutorials of a level of which books are made: with more, they have hundreds of pages that nobody prints."""


@dataclass(frozen=True, kw_only=True)
class Document(Generic[F]):
    """A document in all its languages: facts once, words per language."""

    slug: str
    facts: F
    texts: Mapping[str, Text]
    source_language: str
    """Language with the facts."""

    @cached_property
    def fingerprint(self) -> str:
        """Digest over the facts and all texts; computed once, because many results depend on it."""
        texts = [(language, text.fingerprint) for language, text in self.texts.items()]
        return digest_of(self.slug, self.facts.model_dump_json(), repr(texts), self.source_language)

    def text(self, language: str) -> Text:
        """Return the text in `language`, or in the source language if there is no translation."""
        return self.texts.get(language) or self.texts[self.source_language]

    def with_facts(self, facts: F) -> Self:
        """Return the document with other facts."""
        return replace(self, facts=facts)

    @property
    def original(self) -> Text:
        """The text in the source language."""
        return self.texts[self.source_language]


class Tutorial(Document[TutorialFacts]):
    """A tutorial: an hour's work for a pair, or part of it."""


class Level(Document[LevelFacts]):
    """A level: what it expects of a leader."""


class Programme(Document[ProgrammeFacts]):
    """A variant of the programme."""


class Guide(Document[GuideFacts]):
    """A page for those who take part in a programme, such as mentors."""


class Form(Document[FormFacts]):
    """A form or card to print, named by its slug."""


class KitPiece(Document[KitFacts]):
    """A piece of the coordinators' kit: a page, a handout and, for some, a Word document."""


class Home(Document[HomeFacts]):
    """The words of the home page."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A company goal that levels and tutorials contribute to."""

    code: str
    facts: GoalFacts

    def title(self, language: str) -> str:
        """Return its name in `language`, or in its first language."""
        return self.facts.title.get(language) or next(iter(self.facts.title.values()))

    def summary(self, language: str) -> str:
        """Return its meaning in `language`, or in its first language."""
        return self.facts.summary.get(language) or next(iter(self.facts.summary.values()))


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary."""

    id: str
    texts: Mapping[str, TermText]


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the self-check, with vocabulary words filled in."""

    id: str
    facts: QuestionFacts


@dataclass(frozen=True, slots=True)
class Asset:
    """An image or attachment: path below the content folder, with forward slashes, and bytes."""

    path: ContentPath
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing with translatable words."""

    name: str
    """Name of its file without ending."""
    drawing: str
    """SVG with places for words."""
    words: Mapping[str, FigureFacts]
    """Its words by language."""
    source_language: str
    """Source language of the content."""

    def text(self, language: str) -> FigureFacts:
        """Return its words in `language`, else in the source language, else in any language."""
        return self.words.get(language) or self.words.get(self.source_language) or next(iter(self.words.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All content in order: levels by number, tutorials in teaching order.

    Teaching order is by level, effort and the authors' `order`, but prerequisites come first.
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
    """Guides by audience: mentor, mentee, coordinator, author, everyone."""
    forms: tuple[Form, ...] = ()
    kit: tuple[KitPiece, ...] = ()
    """The coordinators' kit in order."""
    questions: tuple[Question, ...] = ()
    """Questions of the self-check; empty if there is none."""
    same_words: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """Groups of synonyms for the search, by language."""
    figures: tuple[Figure, ...] = ()
    company_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Base forms of the company's vocabulary words, by language and word."""

    @property
    def source_language(self) -> str:
        """Code of the source language, in which the facts are written."""
        return self.languages[0]

    def tutorials_by_slug(self) -> dict[str, Tutorial]:
        """Return the tutorials by slug."""
        return {tutorial.slug: tutorial for tutorial in self.tutorials}

    def tutorials_of(self, level: Level) -> tuple[Tutorial, ...]:
        """Return the tutorials of a level, in order."""
        return tuple(tutorial for tutorial in self.tutorials if tutorial.facts.level == level.facts.level)

    def is_bound(self, level: Level) -> bool:
        """Return whether books are made of a level's tutorials."""
        return len(self.tutorials_of(level)) <= MAX_TUTORIALS_WITH_BOOKS
