"""A loaded Markdown file: its text, its facts, and both forms of its body."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from stufenweise.load.vocabulary import VocabularyForms, fill_vocabulary, source_column
from stufenweise.model.facts import Reviewed
from stufenweise.model.kinds import Kind
from stufenweise.model.paths import ContentPath, ShownPath
from stufenweise.model.problem import Problem
from stufenweise.model.text import Text
from stufenweise.source.markdown.dialect import column_before
from stufenweise.source.markdown.outline import LineKind, read_outline
from stufenweise.source.yaml.yaml_positions import YamlDocument


def at_source_columns(
    problems: Iterable[Problem], body: str, source_body: str, first: int, words: VocabularyForms
) -> list[Problem]:
    """Return problems of `body`, which starts at line `first`, with their columns in `source_body`."""
    at_site_columns = list(problems)
    if not at_site_columns or body == source_body:
        return at_site_columns
    source_lines, site_lines = source_body.split("\n"), body.split("\n")
    result: list[Problem] = []
    for problem in at_site_columns:
        place = problem.place
        if place.line >= first and place.column > 1:
            line = source_lines[place.line - first]
            filled = fill_vocabulary(line, words, place.file).text if "{{" in line else line
            column = source_column(line, words, column_before(filled, site_lines[place.line - first], place.column))
            problem = replace(problem, place=replace(place, column=column))
        result.append(problem)
    return result


class TextKey(NamedTuple):
    """Identifies a text in one language."""

    kind: str
    """Name of its kind."""
    slug: str
    language: str


@dataclass(frozen=True, kw_only=True)
class ParsedText:
    """What is read of a Markdown file, besides its facts; unchanged files are not parsed again (`text_cache`)."""

    text: Text
    source_body: str
    """Markdown below the front matter as the author wrote it."""
    site_body: str | None
    """The same as the site reads it (`source.markdown.dialect`), vocabulary words filled in; None if it is equal."""
    body_line: int
    """The line of the file at which the Markdown starts, from 1."""
    ids: Mapping[str, int]
    """Ids of headings and items, each with its line."""
    is_stub: bool
    """Whether it is `pending` and still has comments from `translate`; the site shows the source instead."""

    @property
    def body(self) -> str:
        """Markdown below the front matter as the site reads it."""
        return self.source_body if self.site_body is None else self.site_body


@dataclass(frozen=True, kw_only=True)
class TextFile(ParsedText):
    """A loaded Markdown file."""

    kind: Kind
    slug: str
    shown_path: ShownPath
    """Path as shown in problems."""
    facts: Reviewed | None
    """The source's facts; None for a translation."""
    read_front_matter: Callable[[], YamlDocument] = field(repr=False, compare=False)
    words: VocabularyForms
    """The vocabulary in the text's language."""
    fingerprint: str
    """Digest over all that the text was made of: its file, the vocabulary and what else shows in it."""

    @cached_property
    def front_matter(self) -> YamlDocument:
        """The front matter with the place of each value."""
        return self.read_front_matter()

    @property
    def path(self) -> ContentPath:
        """Its path below the content folder."""
        return self.text.path

    @property
    def language(self) -> str:
        """Code of its language."""
        return self.text.language

    @property
    def is_source(self) -> bool:
        """Whether it has the facts."""
        return self.facts is not None

    @property
    def leftover_stub_lines(self) -> list[int]:
        """Lines, from 1, of comments from `translate` in a translation that is marked as finished.

        The first line of such a comment is `<!--` alone.
        """
        if self.is_source or "<!--\n" not in self.source_body.replace("\r", ""):
            return []
        outline = read_outline(self.source_body)
        lines = enumerate(zip(outline.lines, outline.kinds, strict=True), self.body_line)
        return [number for number, (line, kind) in lines if kind is LineKind.COMMENT and line.strip() == "<!--"]

    def source_filled(self) -> str:
        """Return the author's Markdown with vocabulary words filled in."""
        return fill_vocabulary(self.source_body, self.words, self.shown_path).text

    def at_source_columns(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems found in `body` with the columns that its author sees."""
        return at_source_columns(problems, self.body, self.source_body, self.body_line, self.words)
