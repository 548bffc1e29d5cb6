"""Markup of other programs, and its replacement.

Rule families yield `Spelling`s: a problem if there is one to report, and the replacement lines if they are certain. So
a problem and its repair (`fix/spellings.py`) can't disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from stufenweise.load.load_result import LoadResult, TextFile
from stufenweise.source.literal_lines import literal_lines
from stufenweise.source.outline import Outline, read_outline


@dataclass(frozen=True, kw_only=True)
class Spelling:
    """Markup from another program: its problem and, if known, the replacement lines."""

    line: int
    """First line of the markup in the body, from 0."""
    code: str
    """Code of the problem; empty if another rule reports it."""
    values: Mapping[str, str] = field(default_factory=dict)
    column: int = 1
    end: int = 0
    """The line after the last one; 0 means the line after `line`."""
    right: tuple[str, ...] | None = None
    """The replacement lines; None if only the author knows them."""
    is_box: bool = False
    """Whether the first and last line only delimit a block: no other problem of these two is reported."""
    is_code: bool = False
    """Whether the lines between them are code: no other problem of any of these lines is reported."""

    @property
    def next_line(self) -> int:
        """The line after the last one."""
        return self.end or self.line + 1


@dataclass(frozen=True)
class WrittenText:
    """The body of a text as its author wrote it, for the rules."""

    loaded: LoadResult
    file: TextFile

    @cached_property
    def outline(self) -> Outline:
        """The kind of each line."""
        return read_outline(self.file.source_body)

    @property
    def lines(self) -> Sequence[str]:
        """The lines of the body."""
        return self.outline.lines

    @cached_property
    def literal(self) -> list[bool]:
        """For each line, whether it is code or a comment."""
        return literal_lines(self.outline)

    @cached_property
    def checklist(self) -> range:
        """The lines of the checklist below its heading; empty if there is no checklist."""
        for section in self.outline.sections:
            if section.heading.id == "checklist" and "checklist" in self.file.kind.sections:
                return range(section.heading.line + 1, section.end)
        return range(0)

    @cached_property
    def boxes(self) -> frozenset[int]:
        """Lines in which checkboxes are expected: those of all checklist sections, even if there are two."""
        sections = [one for one in self.outline.sections if one.heading.id == "checklist" and self.checklist]
        return frozenset(line for one in sections for line in range(one.heading.line + 1, one.end))

    @cached_property
    def translations(self) -> tuple[TextFile, ...]:
        """The translations of the text, by language."""
        kind, slug = self.file.kind.name, self.file.slug
        texts = (self.loaded.texts.get((kind, slug, language)) for language in sorted(self.loaded.languages))
        return tuple(file for file in texts if file and not file.is_source)

    def is_blank(self, index: int) -> bool:
        """Return whether a line is empty, or there is none."""
        return not 0 <= index < len(self.lines) or not self.lines[index].strip()
