"""The result of loading a content folder: texts, goals, terms and images with their places, and all problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import TypeVar, get_args

from stufenweise.load.label_words import GuidanceWords
from stufenweise.load.vocabulary import CompanyWord, VocabularyForms, fill_vocabulary, source_column
from stufenweise.model.facts import (
    Audience,
    FigureFacts,
    GoalFacts,
    QuestionFacts,
    Reviewed,
    SameWords,
    TermFacts,
    TutorialFacts,
)
from stufenweise.model.kinds import FORMS, Kind
from stufenweise.model.library import (
    Asset,
    Figure,
    Form,
    Goal,
    Guide,
    Home,
    KitPiece,
    Level,
    Library,
    Programme,
    Question,
    Term,
    Text,
    Tutorial,
)
from stufenweise.model.problem import Problem
from stufenweise.overlay.source_map import SourceMap
from stufenweise.overlay.visibility import Visibility, visible_library
from stufenweise.source.dialect import column_before
from stufenweise.source.figure_drawing import FIGURE_FILE
from stufenweise.source.outline import LineKind, read_outline
from stufenweise.source.yaml_positions import YamlDocument

D = TypeVar("D", Tutorial, Level, Programme, Guide, Form, KitPiece, Home)

_AUDIENCES: tuple[Audience, ...] = get_args(Audience)


def at_source_columns(
    problems: Iterable[Problem], body: str, source_body: str, first: int, words: VocabularyForms
) -> list[Problem]:
    """Return problems found in `body`, which starts at line `first`, with their columns in `source_body`."""
    found = list(problems)
    if not found or body == source_body:
        return found
    lines = source_body.split("\n")
    now = body.split("\n")
    result: list[Problem] = []
    for one in found:
        place = one.place
        if place.line >= first and place.column > 1:
            line = lines[place.line - first]
            filled, _ = fill_vocabulary(line, words, place.file) if "{{" in line else (line, None)
            column = source_column(line, words, column_before(filled, now[place.line - first], place.column))
            one = replace(one, place=replace(place, column=column))
        result.append(one)
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """One Markdown file as it was read."""

    kind: Kind
    slug: str
    file: str
    """Path as people write it."""
    text: Text
    facts: Reviewed | None
    """The source's facts; None for a translation."""
    front_matter: YamlDocument
    body: str
    """Markdown below the front matter, words of the vocabulary in place, as the site reads it (`source.dialect`)."""
    body_line: int
    ids: Mapping[str, int]
    source_body: str
    """Markdown below the front matter, as the author wrote it."""
    words: VocabularyForms
    """The vocabulary in the text's language."""
    in_work: bool = False
    """Whether a translation still has stub comments; until they are gone the site shows the source."""

    @property
    def is_source(self) -> bool:
        """Whether it holds the facts."""
        return self.facts is not None

    @property
    def stub_comments(self) -> list[int]:
        """Lines, from 1, at which a translation that says that it is finished keeps its source's text in a comment.

        `translate` writes such comments: their first line is nothing but the character that opens them.
        """
        if self.is_source or "<!--\n" not in self.source_body.replace("\r", ""):
            return []
        outline = read_outline(self.source_body)
        rows = enumerate(zip(outline.lines, outline.kinds, strict=True), self.body_line)
        return [number for number, (line, kind) in rows if kind is LineKind.COMMENT and line.strip() == "<!--"]

    def source_filled(self) -> str:
        """Return what the author wrote with the words of the vocabulary in place."""
        return fill_vocabulary(self.source_body, self.words, self.file)[0]

    def at_source_columns(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems that were found in `body`, each with the column at which its author sees it."""
        return at_source_columns(problems, self.body, self.source_body, self.body_line, self.words)


@dataclass(frozen=True, slots=True)
class ImageAsWritten:
    """An image as it stands in its file, where the site shows a cleaned one."""

    data: bytes
    left_out: tuple[str, ...]
    """Names of what nobody sees and was left out."""


@dataclass(kw_only=True)
class LoadResult:
    """All that could be read of a content folder, and all problems met so far."""

    content_path: str
    """The content folder's path as people write it."""
    languages: tuple[str, ...]
    paused: frozenset[str] = frozenset()
    """Codes of languages that the site could have and does not list: what is written in them is left out."""
    texts: dict[tuple[str, str, str], TextFile] = field(default_factory=dict)
    """Text files by kind, slug and language."""
    unreadable: set[tuple[str, str, str]] = field(default_factory=set)
    """Kind, slug and language of files that exist but could not be read."""
    half_read: dict[str, TextFile] = field(default_factory=dict)
    """Texts whose facts could not be read, by their path as people write it; their bodies are judged all the same."""
    goals: dict[str, GoalFacts] = field(default_factory=dict)
    terms: dict[str, TermFacts] = field(default_factory=dict)
    questions: dict[str, QuestionFacts] = field(default_factory=dict)
    same_words: dict[str, SameWords] = field(default_factory=dict)
    """Groups of search.yml by name."""
    trees: dict[str, YamlDocument] = field(default_factory=dict)
    """Positions in the data files, by file name."""
    unreadable_data: set[str] = field(default_factory=set)
    """Names of the data files with an error."""
    assets: dict[str, bytes] = field(default_factory=dict)
    """Images by path, as the site shows them."""
    as_written: dict[str, ImageAsWritten] = field(default_factory=dict)
    """Those of them that were cleaned."""
    attachments: dict[str, bytes] = field(default_factory=dict)
    """Files to take home, by path."""
    figures: dict[str, dict[str, FigureFacts]] = field(default_factory=dict)
    """Words of the figures by name and language; their drawings are among the assets."""
    refused: frozenset[str] = frozenset()
    """Paths of the files that are there but could not be read."""
    problems: list[Problem] = field(default_factory=list)
    guidance_words: Mapping[str, GuidanceWords] = field(default_factory=dict)
    """By language the words that begin what a step says to the mentor."""
    admonition_titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By language what a box is called that came without a title, by its kind."""
    vocabulary: Mapping[str, VocabularyForms] = field(default_factory=dict)
    """The vocabulary by language."""
    company_words: dict[tuple[str, str], CompanyWord] = field(default_factory=dict)
    """Words of the vocabulary of which the company gives forms, by language and word."""
    visibility: Visibility = field(default_factory=Visibility)
    """What the company hides of the content."""
    source_map: SourceMap | None = None
    """Where the lines are from, if this is a company's content over that of the package."""

    @property
    def source(self) -> str:
        """Code of the source language."""
        return self.languages[0]

    def lines_of(self, path: str) -> list[str]:
        """Return the lines of a text at a path below the content folder; those of its front matter are empty."""
        file = next((one for one in self.texts.values() if one.text.path == path), None)
        return [""] * (file.body_line - 1) + file.source_body.split("\n") if file else []

    def files_of(self, kind: Kind, language: str | None = None) -> list[TextFile]:
        """Return the files of one kind in one language (the source language if none is named), by slug."""
        wanted = language or self.source
        return [file for (name, _, code), file in sorted(self.texts.items()) if name == kind.name and code == wanted]

    @cached_property
    def usual_headings(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """The heading that most texts have for a section, by kind and language and then by the section's id."""
        seen: dict[tuple[str, str], dict[str, Counter[str]]] = {}
        for (kind, _, language), file in sorted(self.texts.items()):
            counts = seen.setdefault((kind, language), {})
            for section in file.text.sections.values():
                counts.setdefault(section.id, Counter())[section.heading] += 1
        return {
            key: {section: found.most_common(1)[0][0] for section, found in counts.items()}
            for key, counts in seen.items()
        }

    def slugs(self, kind: Kind) -> set[str]:
        """Return the slugs of one kind that have a source, whether or not it could be read."""
        keys = (*self.texts, *self.unreadable)
        return {slug for name, slug, language in keys if name == kind.name and language == self.source}

    def drafts(self) -> set[str]:
        """Return the slugs of the tutorials that are still being written."""
        return {
            slug
            for (_, slug, _), file in self.texts.items()
            if isinstance(file.facts, TutorialFacts) and file.facts.draft
        }

    def locate(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems where people find them: each in the company's file or in the package's."""
        return self.source_map.locate(problems) if self.source_map else [*problems]

    def text_at(self, file: str) -> str:
        """Return the file, as `TextFile` has it, of what people find at `file`."""
        return self.source_map.text_at(file) if self.source_map else file

    def library(self, *, drafts: bool = False) -> Library:
        """Return the library, with or without what is still being written; only for a load result without errors.

        What the company hides is not part of it.
        """
        tutorials = [one for one in self._documents(Tutorial, "tutorial") if drafts or not one.facts.draft]
        whole = Library(
            languages=self.languages,
            home=self._documents(Home, "home")[0],
            levels=tuple(sorted(self._documents(Level, "level"), key=lambda level: level.facts.level)),
            tutorials=tuple(_as_pairs_take_them(tutorials)),
            programmes=tuple(
                sorted(self._documents(Programme, "programme"), key=lambda one: (one.facts.learning_effort, one.slug))
            ),
            goals=tuple(Goal(code, goal) for code, goal in self.goals.items()),
            terms=tuple(Term(term, texts) for term, texts in self.terms.items()),
            assets=tuple(Asset(path, data) for path, data in self._files() if not FIGURE_FILE.fullmatch(path)),
            guides=tuple(sorted(self._documents(Guide, "guide"), key=_place_of_guide)),
            forms=tuple(form for kind in FORMS for form in self._documents(Form, kind.name)),
            kit=tuple(sorted(self._documents(KitPiece, "kit"), key=lambda one: (one.facts.order, one.slug))),
            questions=tuple(Question(name, question) for name, question in self.questions.items()),
            same_words={language: self._same_words(language) for language in self.languages},
            figures=tuple(self._figures()),
            company_words={language: self._company_words(language) for language in self.languages},
        )
        return visible_library(whole, self.visibility)

    def _company_words(self, language: str) -> dict[str, str]:
        """Return the words that the company gives in a language, each in its plain form."""
        words = ((name, word) for (code, name), word in self.company_words.items() if code == language)
        return {name: word.forms["base"] for name, word in words if "base" in word.forms}

    def _files(self) -> list[tuple[str, bytes]]:
        """Return images and attachments in the order of their paths."""
        return sorted((*self.assets.items(), *self.attachments.items()))

    def _same_words(self, language: str) -> tuple[tuple[str, ...], ...]:
        """Return the groups of words that mean the same: of search.yml, and each company word with its default."""
        groups = [group[language] for group in self.same_words.values() if language in group]
        for (code, _), word in self.company_words.items():
            if code == language and "base" in word.default and "base" in word.forms:
                groups.append((word.forms["base"], word.default["base"]))
        return tuple(group for group in groups if len(group) > 1)

    def _figures(self) -> Iterator[Figure]:
        """Yield the figures that have words."""
        for path, data in sorted(self.assets.items()):
            if (found := FIGURE_FILE.fullmatch(path)) and (words := self.figures.get(found["name"])):
                yield Figure(name=found["name"], drawing=data.decode("utf-8-sig"), words=words, source=self.source)

    def _documents(self, document_type: type[D], kind: str) -> list[D]:
        by_slug: dict[str, dict[str, Text]] = {}
        known: dict[str, Reviewed] = {}
        for (name, slug, language), file in sorted(self.texts.items()):
            if name == kind and not file.in_work:
                by_slug.setdefault(slug, {})[language] = file.text
                if file.facts is not None:
                    known[slug] = file.facts
        return [
            document_type(slug=slug, facts=known[slug], texts=_paired(texts, self.source), source=self.source)  # type: ignore[arg-type]
            for slug, texts in by_slug.items()
        ]


def _as_pairs_take_them(tutorials: Iterable[Tutorial]) -> Iterator[Tutorial]:
    """Sort tutorials by level, effort and `order`, with prerequisites first."""
    for _, group in groupby(sorted(tutorials, key=_place_of_tutorial), key=lambda one: _place_of_tutorial(one)[:2]):
        waiting = list(group)
        while waiting:
            slugs = {one.slug for one in waiting}
            ready = (one for one in waiting if slugs.isdisjoint(one.facts.requires))
            following = next(ready, waiting[0])  # A circle is a problem of its own
            waiting.remove(following)
            yield following


def _place_of_tutorial(tutorial: Tutorial) -> tuple[int, int, int, str]:
    return tutorial.facts.level, tutorial.facts.effort, tutorial.facts.order, tutorial.slug


def _place_of_guide(guide: Guide) -> tuple[int, str]:
    return _AUDIENCES.index(guide.facts.audience), guide.slug


def _paired(texts: Mapping[str, Text], source: str) -> dict[str, Text]:
    """Return the texts with ids and minutes of steps and items taken from the source where a translation has none."""
    original = texts[source]
    result = {source: original}
    for language, text in texts.items():
        if language == source:
            continue
        sections = dict(text.sections)
        if "steps" in sections and len(text.steps) == len(original.steps):
            pairs = zip(text.steps, original.steps, strict=True)
            steps = tuple(
                replace(ours, id=theirs.id, minutes=theirs.minutes, part=theirs.part, short=theirs.short)
                for ours, theirs in pairs
            )
            sections["steps"] = replace(sections["steps"], steps=steps)
        if "checklist" in sections and len(text.items) == len(original.items):
            items = tuple(replace(ours, id=theirs.id) for ours, theirs in zip(text.items, original.items, strict=True))
            sections["checklist"] = replace(sections["checklist"], items=items)
        result[language] = replace(text, sections=sections)
    return result
