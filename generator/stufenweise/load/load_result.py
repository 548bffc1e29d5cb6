"""The result of loading a content folder: texts, goals, terms and images with their places, and all problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from stufenweise.load.label_words import GuidanceWords
from stufenweise.load.text_file import TextFile, TextKey
from stufenweise.load.vocabulary import CompanyWord, VocabularyForms
from stufenweise.model.data_facts import FigureFacts, GoalFacts, QuestionFacts, SameWords, TermFacts
from stufenweise.model.facts import TutorialFacts
from stufenweise.model.kinds import Kind
from stufenweise.model.paths import ContentPath, ShownPath
from stufenweise.model.problem import Problem
from stufenweise.overlay.source_map import SourceMap
from stufenweise.overlay.visibility import Visibility
from stufenweise.source.yaml.yaml_positions import YamlDocument


@dataclass(frozen=True, slots=True)
class ImageAsWritten:
    """An image file before cleaning."""

    data: bytes
    left_out: tuple[str, ...]
    """Names of the invisible data that was removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFiles:
    """What the data files hold, each of which is in all languages, and the words of figures."""

    goals: Mapping[str, GoalFacts] = field(default_factory=dict)
    terms: Mapping[str, TermFacts] = field(default_factory=dict)
    questions: Mapping[str, QuestionFacts] = field(default_factory=dict)
    same_words: Mapping[str, SameWords] = field(default_factory=dict)
    """Groups of search.yml by name."""
    vocabulary: Mapping[str, VocabularyForms] = field(default_factory=dict)
    """The vocabulary by language."""
    company_words: Mapping[tuple[str, str], CompanyWord] = field(default_factory=dict)
    """The company's own vocabulary words, by language and word."""
    figures: Mapping[str, Mapping[str, FigureFacts]] = field(default_factory=dict)
    """Words of figures by name and language; their drawings are among the images."""
    documents: Mapping[ContentPath, YamlDocument] = field(default_factory=dict)
    """All these files with the positions of keys and values."""
    unreadable: frozenset[ContentPath] = frozenset()
    """Paths of the files with an error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFiles:
    """Images and attachments."""

    images: Mapping[ContentPath, bytes] = field(default_factory=dict)
    """Images by path, as the site shows them."""
    as_written: Mapping[ContentPath, ImageAsWritten] = field(default_factory=dict)
    """Files of cleaned images as they were before, by path."""
    attachments: Mapping[ContentPath, bytes] = field(default_factory=dict)
    """Attachments by path."""


@dataclass(frozen=True, kw_only=True)
class LoadResult:
    """All that could be read of a content folder, and all problems met so far."""

    shown_content: ShownPath
    """The content folder's path as people write it."""
    languages: tuple[str, ...]
    paused: frozenset[str] = frozenset()
    """Codes of languages that the site does not list: texts in them are ignored."""
    texts: Mapping[TextKey, TextFile] = field(default_factory=dict)
    """Text files by kind, slug and language."""
    unreadable: frozenset[TextKey] = frozenset()
    """Keys of texts that exist but could not be read."""
    half_read: Mapping[ShownPath, TextFile] = field(default_factory=dict)
    """Texts with unreadable facts, by shown path; their bodies are checked all the same."""
    data: DataFiles = field(default_factory=DataFiles)
    media: MediaFiles = field(default_factory=MediaFiles)
    refused: frozenset[ContentPath] = frozenset()
    """Paths of files that exist but could not be read."""
    problems: tuple[Problem, ...] = ()
    guidance_words: Mapping[str, GuidanceWords] = field(default_factory=dict)
    """The words with which a step's guidance begins, by language."""
    admonition_titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Default titles of boxes, by language and kind."""
    visibility: Visibility = field(default_factory=Visibility)
    """Content that the company hides."""
    source_map: SourceMap | None = None
    """Origins of lines, if a company's content overlays the package's."""

    @property
    def source_language(self) -> str:
        """Code of the source language, in which the facts are written."""
        return self.languages[0]

    def edit_path(self, path: ContentPath) -> ContentPath:
        """Return the path at which a text can be edited; empty if there is none."""
        return self.source_map.edit_path(path) if self.source_map else path

    def lines_of(self, path: ContentPath) -> list[str]:
        """Return the lines of the text at a path below the content folder; those of its front matter are empty."""
        file = next((file for file in self.texts.values() if file.path == path), None)
        return [""] * (file.body_line - 1) + file.source_body.split("\n") if file else []

    def files_of(self, kind: Kind, language: str | None = None) -> list[TextFile]:
        """Return the files of one kind in one language (by default the source language), by slug."""
        wanted = kind.name, language or self.source_language
        return [file for key, file in sorted(self.texts.items()) if (key.kind, key.language) == wanted]

    def text_of(self, kind: str, slug: str, language: str = "") -> TextFile | None:
        """Return the text with a kind's name and a slug in one language (by default the source language), if loaded."""
        return self.texts.get(TextKey(kind, slug, language or self.source_language))

    def source_of(self, file: TextFile) -> TextFile | None:
        """Return the source text of a text, if it could be loaded."""
        return self.text_of(file.kind.name, file.slug)

    @cached_property
    def usual_headings(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """The most common heading of each section, by kind and language and then by section id."""
        seen: dict[tuple[str, str], dict[str, Counter[str]]] = {}
        for key, file in sorted(self.texts.items()):
            counts = seen.setdefault((key.kind, key.language), {})
            for section in file.text.sections.values():
                counts.setdefault(section.id, Counter())[section.heading] += 1
        return {
            key: {section: headings.most_common(1)[0][0] for section, headings in counts.items()}
            for key, counts in seen.items()
        }

    def slugs(self, kind: Kind) -> set[str]:
        """Return the slugs of one kind that have a source text, even an unreadable one."""
        keys = (*self.texts, *self.unreadable)
        return {key.slug for key in keys if key.kind == kind.name and key.language == self.source_language}

    def drafts(self) -> set[str]:
        """Return the slugs of tutorials that are drafts."""
        return {
            key.slug for key, file in self.texts.items() if isinstance(file.facts, TutorialFacts) and file.facts.draft
        }

    def locate(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems at their places in the company's or the package's files."""
        return self.source_map.locate(problems) if self.source_map else [*problems]

    def text_at(self, file: ShownPath) -> ShownPath:
        """Return the `TextFile.shown_path` of the text that contains the file of a problem."""
        return self.source_map.text_at(file) if self.source_map else file
