"""A library in one language: labels, glossary and relations between documents, computed once."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

from stufenweise.i18n.labels import Labels
from stufenweise.localized.glossary_terms import Glossary, compile_glossary
from stufenweise.localized.tutorial_neighbours import Neighbours, tutorial_neighbours
from stufenweise.model.library import Document, Figure, Goal, Level, Library, Tutorial
from stufenweise.source.files.attachments import is_attachment

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A printed handout that pages offer for download."""

    kind: str
    """Kind of handout: mentee, mentor, workbook and so on."""
    path: str
    """Path below the language's folder."""
    title: str
    pages: int
    size: int
    """Bytes."""
    is_part: bool = False
    """Whether this is one of several parts of a level's book."""

    @property
    def media_type(self) -> str:
        """Media type of the file (https://www.iana.org/assignments/media-types)."""
        return WORD_TYPE if self.kind == "word" else "application/pdf"


@dataclass(frozen=True, kw_only=True)
class LocalizedLibrary:
    """A library in one language of the site, and how its pages are published."""

    library: Library
    language: str
    labels_by_language: Mapping[str, Labels]
    """Labels in each language of the site; a page whose text is not translated has those of the text's language."""
    directories: bool = True
    """Whether pages are published as folders (MkDocs's `use_directory_urls`)."""
    downloads: Mapping[str, Download] = field(default_factory=dict)
    """Handouts by their name, such as find-people-mentee; empty where none are printed."""

    @property
    def labels(self) -> Labels:
        """Labels in the site's language."""
        return self.labels_by_language[self.language]

    def other_language(self, language: str) -> str:
        """Return the language of a text if it is not the site's, otherwise an empty string."""
        return "" if language == self.language else language

    @cached_property
    def glossary(self) -> Glossary:
        """Terms in the site's language."""
        return compile_glossary(self.library.terms, self.language, self.library.source_language)

    @cached_property
    def goal_by_code(self) -> Mapping[str, Goal]:
        """Goals by code."""
        return {goal.code: goal for goal in self.library.goals}

    @cached_property
    def attachment_sizes(self) -> Mapping[str, int]:
        """Bytes of the attachments by path."""
        return {asset.path: len(asset.data) for asset in self.library.assets if is_attachment(asset.path)}

    @cached_property
    def figure_by_name(self) -> Mapping[str, Figure]:
        """Figures by name."""
        return {figure.name: figure for figure in self.library.figures}

    @cached_property
    def tutorials_by_level(self) -> Mapping[int, Sequence[Tutorial]]:
        """Tutorials by the number of their level, in order of effort."""
        return {level.facts.level: self.library.tutorials_of(level) for level in self.library.levels}

    @property
    def tutorials_in_order(self) -> Iterator[Tutorial]:
        """Tutorials from the first level to the last, in order of effort."""
        return itertools.chain.from_iterable(self.tutorials_by_level.values())

    @cached_property
    def tutorial_numbers(self) -> Mapping[str, str]:
        """Level of each tutorial and its place in it, such as 1.3, by slug."""
        return {
            tutorial.slug: f"{level}.{place}"
            for level, tutorials in self.tutorials_by_level.items()
            for place, tutorial in enumerate(tutorials, 1)
        }

    def level_books(self, level: Level) -> list[str]:
        """Return the names of a level's books that the site offers, in the order of printing."""
        return [
            name
            for name, download in self.downloads.items()
            if download.kind in {"workbook", "mentor-book"} and name.startswith(f"{level.slug}-{download.kind}")
        ]

    @cached_property
    def level_by_number(self) -> Mapping[int, Level]:
        """Levels by number."""
        return {level.facts.level: level for level in self.library.levels}

    @cached_property
    def tutorial_by_slug(self) -> Mapping[str, Tutorial]:
        """Tutorials by slug."""
        return self.library.tutorials_by_slug()

    @cached_property
    def neighbours(self) -> Mapping[str, Neighbours]:
        """The tutorials around each tutorial, by slug."""
        return tutorial_neighbours(self.library.tutorials)


def in_language(library: Library, language: str) -> Library:
    """Reduce a library to the texts in a language, and those in the source language as a fallback."""
    wanted = {language, library.source_language}

    def only(value: object) -> object:
        if isinstance(value, Document):
            return replace(value, texts={code: text for code, text in value.texts.items() if code in wanted})
        return tuple(map(only, value)) if isinstance(value, tuple) else value

    shown: dict[str, Any] = {field.name: only(getattr(library, field.name)) for field in fields(library)}
    return replace(library, **shown)


def mark_drafts(library: Library, labels: Mapping[str, Labels]) -> Library:
    """Return a library in which the title of each draft says that it is a draft."""
    tutorials = tuple(_marked(tutorial, labels) if tutorial.facts.draft else tutorial for tutorial in library.tutorials)
    return replace(library, tutorials=tutorials)


def _marked(tutorial: Tutorial, labels: Mapping[str, Labels]) -> Tutorial:
    texts = {
        language: replace(text, title=labels[language]("draft_title", title=text.title))
        for language, text in tutorial.texts.items()
    }
    return replace(tutorial, texts=texts)
