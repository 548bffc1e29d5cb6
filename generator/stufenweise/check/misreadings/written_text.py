"""A text as its author wrote it, line by line, for the rules that look for misreadings."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from stufenweise.check.misreadings.misreading import Misreading
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextFile
from stufenweise.model.kinds import Kind
from stufenweise.model.paths import ContentPath
from stufenweise.model.problem import QUOTED_TEXT
from stufenweise.source.markdown.literal_lines import literal_lines
from stufenweise.source.markdown.outline import Outline, read_outline


@dataclass(frozen=True)
class WrittenText:
    """The body of a text as its author wrote it, for the rules."""

    loaded: LoadResult
    file: TextFile

    @property
    def path(self) -> ContentPath:
        """Path of the text in the content."""
        return self.file.path

    @property
    def language(self) -> str:
        """Language of the text."""
        return self.file.language

    @property
    def kind(self) -> Kind:
        """Kind of the text."""
        return self.file.kind

    @cached_property
    def outline(self) -> Outline:
        """The kind of each line."""
        return read_outline(self.file.source_body)

    @cached_property
    def lines(self) -> Sequence[str]:
        """The lines of the body."""
        return self.outline.lines

    @cached_property
    def literal(self) -> list[bool]:
        """For each line, whether it is code or a comment."""
        return literal_lines(self.outline)

    @cached_property
    def written(self) -> Sequence[tuple[int, str]]:
        """The lines with words, neither code nor comment, each after its index."""
        return [
            (index, line)
            for index, (line, is_literal) in enumerate(zip(self.lines, self.literal, strict=True))
            if line and not is_literal and not line.isspace()
        ]

    @cached_property
    def checklist(self) -> range:
        """The lines of the checklist below its heading; empty if there is no checklist."""
        for section in self.outline.sections:
            if section.heading.id == "checklist" and "checklist" in self.kind.sections:
                return range(section.heading.line + 1, section.end)
        return range(0)

    @cached_property
    def boxes(self) -> frozenset[int]:
        """Lines in which checkboxes are expected: those of all checklist sections, even if there are two."""
        sections = [
            section for section in self.outline.sections if section.heading.id == "checklist" and self.checklist
        ]
        return frozenset(line for section in sections for line in range(section.heading.line + 1, section.end))

    @cached_property
    def translations(self) -> tuple[TextFile, ...]:
        """The translations of the text, by language."""
        kind, slug = self.kind.name, self.file.slug
        texts = (self.loaded.text_of(kind, slug, language) for language in sorted(self.loaded.languages))
        return tuple(file for file in texts if file and not file.is_source)

    def is_blank(self, index: int) -> bool:
        """Return whether a line is empty, or there is none."""
        return not 0 <= index < len(self.lines) or not self.lines[index].strip()

    def gap_above(self, index: int) -> tuple[str, ...]:
        """Return the empty line that a block beginning at a line needs above it; none if there is one already."""
        return () if self.is_blank(index - 1) else ("",)

    def end_of_run(self, start: int, matches: Callable[[str], object], *, in_code: bool = False) -> int:
        """Return the line after those from `start` on that match; code and comments end the run, unless `in_code`."""
        end = start
        while end < len(self.lines) and (in_code or not self.literal[end]) and matches(self.lines[end]):
            end += 1
        return end

    def misreading(
        self,
        line: int,
        code: str,
        replacement: Sequence[str] | None = None,
        *,
        end: int = 0,
        column: int = 1,
        covers: int = 0,
        is_box: bool = False,
        is_code: bool = False,
        longest: int = QUOTED_TEXT,
        **values: str,
    ) -> Misreading:
        """Return a misreading of lines; the values of its problem are cut to the length that a message quotes.

        Args:
            line: First line of the markup.
            code: Code of the problem; empty if another rule reports it.
            replacement: The replacement lines; None if only the author knows them.
            end: The line after the last one; 0 means the line after `line`.
            column: Column of the problem, from 1.
            covers: Number of its lines in which other problems may follow from this one.
            is_box: Whether the first and last line only delimit a block.
            is_code: Whether the lines between them are code.
            longest: Most characters of a value.
            values: Values of the problem.
        """
        return Misreading(
            line=line,
            code=code,
            values={name: value[:longest] for name, value in values.items()},
            column=column,
            covers=covers,
            end=end,
            replacement=None if replacement is None else tuple(replacement),
            is_box=is_box,
            is_code=is_code,
        )

    def rewritten(self, code: str, start: int, end: int, right: Sequence[str], gap: Sequence[str] = ()) -> Misreading:
        """Return a misreading for the lines from `start` to before `end`, with `gap` above their replacement `right`.

        The message quotes the first line and its replacement.
        """
        text = self.lines[start].strip().replace("\t", " ")
        return self.misreading(start, code, (*gap, *right), end=end, text=text, right=right[0].strip())


MarkupForm = tuple[re.Pattern[str], Callable[[WrittenText, int, re.Match[str]], Misreading | None]]
"""Beginning of a line in another program's markup, and the function that reads the block which begins there."""


def misreadings_of(
    text: WrittenText, forms: Sequence[MarkupForm], begins: re.Pattern[str], skipped: Container[int] = ()
) -> Iterator[Misreading]:
    """Yield the misreading of the first form that matches, at each line outside of code and of blocks already read.

    Args:
        text: The text.
        forms: The forms.
        begins: How each of the forms begins; most lines begin otherwise.
        skipped: Lines that are not read.
    """
    next_line = 0
    for index, line in text.written:
        if index < next_line or not begins.match(line) or index in skipped:
            continue
        if misreading := _first_form(text, index, forms):
            yield misreading
            next_line = misreading.next_line


def _first_form(text: WrittenText, index: int, forms: Sequence[MarkupForm]) -> Misreading | None:
    line = text.lines[index]
    for pattern, read in forms:
        if (match := pattern.match(line)) and (misreading := read(text, index, match)):
            return misreading
    return None


def translated_ids(text: WrittenText, parts: Literal["steps", "items"], count: int) -> list[str]:
    """Return the ids of the first translation with `count` steps or checklist items, in order; empty if there is none.

    Links, ticks and translations use the id that a heading or item lost, so it is better than a new one made of words.
    """
    for file in text.translations:
        ids = [part.id for part in (file.text.steps if parts == "steps" else file.text.items)]
        if ids and len(ids) == count:
            return ids
    return []
