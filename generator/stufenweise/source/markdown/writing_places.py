"""Parse fields and grids, where a pair writes, in their order among the prose.

The checks, pages and handouts all use this parser, so that they find the same places.

- A field is a line that ends in `: ___`; each line `___` below it is one more line to write on.
- A list of places has items of `___` alone, or of a label and `: ___`. Items without a label are named after the
  paragraph above the list and their number.
- A grid is a table with empty cells, which are the places.

In CommonMark 4.1 a line of underscores is a thematic break, which formatters write as `---` or `***` after an empty
line. These count as well, so that formatting a text in an editor loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stufenweise.source.markdown.outline import LineKind, Outline, read_outline
from stufenweise.source.markdown.tables import DELIMITER_ROW, row_cells

MAX_FIELD_LINES = 8
"""Most lines of a field; more would be a page of its own."""

_PLACE = re.compile(r"(?:(?P<label>.*?)[ \t]*:)?[ \t]*(?<!\S)_{3,}[ \t]*")
_FURTHER = re.compile(r"[ \t]*(?:_{3,}|\*{3,}|-{3,})[ \t]*")
_ITEM = re.compile(r"(?:(?P<number>\d{1,9})\.|[-*+])[ \t]+(?P<text>.*)")
_INLINE = re.compile(r"(?<![_\w])_{3,}(?![_\w])")
_SENTENCE = re.compile(r"(?<=[.!?…:])[ \t]+")


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown without fields and grids."""

    markdown: str
    line: int
    """Its first line in the text, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Lines to write on, with a label."""

    id: str
    """Identifies the place: id of the step and number of the field or grid in it, such as `look.1`."""
    label: str
    """One line of Markdown without its colon; empty for a list item that has only a number."""
    lines: int
    """Number of lines, at least 1."""
    line: int
    """Its line in the text, from 0."""
    number: int = 0
    """Its number in a numbered list, or its place in a list of items without labels; 0 if it has none."""
    group: str = ""
    """For an item without a label, the words above its list as one line of Markdown; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with empty cells to write in."""

    id: str
    """Identifies the place: id of the step and number of the field or grid in it, such as `look.2`.

    The script that stores a text adds row and column of its cell (overrides/assets/javascripts/writing-places.js).
    """
    head: tuple[str, ...]
    """Headings of the columns, each one line of Markdown; none if the table has no head."""
    rows: tuple[tuple[str, ...], ...]
    """Cells below the head, each one line of Markdown; an empty one is a place to write in."""
    line: int
    """Its first line in the text, from 0."""


WritingPlace = Field | Grid
Block = Prose | Field | Grid


def read_blocks(text: str, owner: str) -> tuple[Block, ...]:
    """Return prose, fields and grids of a text in their order.

    Args:
        text: Markdown without headings of sections or steps.
        owner: Id of the step or section of the text; ids of its places begin with it.
    """
    if not any(character in text for character in ("___", "***", "|")):
        return (Prose(text, 0),) if text.strip() else ()
    return _BlockReader(read_outline(text), owner).read()


def read_places(text: str, owner: str) -> tuple[WritingPlace, ...]:
    """Return the fields and grids of a text in their order; the arguments are those of `read_blocks`."""
    return tuple(place for place in read_blocks(text, owner) if not isinstance(place, Prose))


def stray_places(text: str) -> list[int]:
    """Return the lines, from 0, of prose with a `___` that is not a field."""
    lines: list[int] = []
    for block in read_blocks(text, ""):
        if isinstance(block, Prose) and "___" in block.markdown:
            outline = read_outline(block.markdown)
            lines += [
                block.line + index
                for index, line in enumerate(outline.lines)
                if _INLINE.search(re.sub(r"`[^`]*`", "", line)) and not outline.is_hidden(index)
            ]
    return lines


def place_shape(place: WritingPlace) -> tuple[object, ...]:
    """Return the properties that a translation must share: number of lines, and which cells are empty."""
    if isinstance(place, Field):
        return ("field", place.lines, bool(place.label))
    return ("grid", len(place.head), tuple(tuple(not cell for cell in row) for row in place.rows))


class _BlockReader:
    """Reads the lines of one text."""

    def __init__(self, outline: Outline, owner: str) -> None:
        """Take the outline of a text and the prefix of its places' ids."""
        self._outline = outline
        self._owner = owner
        self._blocks: list[Block] = []
        self._prose: list[str] = []
        self._prose_line = 0
        self._count = 0
        self._list_number = 0
        """Number of the last item in the current list of places; 0 outside of one."""
        self._group = ""

    def read(self) -> tuple[Block, ...]:
        """Return all blocks."""
        lines = self._outline.lines
        index = 0
        while index < len(lines):
            end = 0 if self._outline.is_hidden(index) else self._place_at(index)
            if end:
                index = end
                continue
            if lines[index].strip():
                self._list_number = 0
            if not self._prose:
                self._prose_line = index
            self._prose.append(lines[index])
            index += 1
        self._end_prose()
        return tuple(self._blocks)

    def _place_at(self, index: int) -> int:
        """Read the field or grid that begins at a line; return the line after it, or 0 if there is none."""
        lines, kinds = self._outline.lines, self._outline.kinds
        line = lines[index]
        starts_block = not index or kinds[index - 1] is LineKind.BLANK or not self._prose
        if starts_block and "|" in line:
            return self._grid_at(index)
        item = _ITEM.fullmatch(line) if kinds[index] is LineKind.ITEM else None
        text = item["text"] if item else line
        match = _PLACE.fullmatch("___" if item and _FURTHER.fullmatch(text) else text)
        if not match or (not item and line[:1] in " \t>#"):
            return 0
        self._end_prose()
        count, end = self._further_lines(index + 1)
        label = (match["label"] or "").strip(" \t")
        number = 0
        if item:
            if not self._list_number:
                self._group = self._words_before()
            written_number = int(item["number"] or 0)
            self._list_number = max(written_number, self._list_number + 1)
            number = self._list_number if written_number or not label else 0
        else:
            self._list_number = 0
        group = self._group if item and not label else ""
        self._count += 1
        self._blocks.append(
            Field(
                id=f"{self._owner}.{self._count}", label=label, lines=1 + count, line=index, number=number, group=group
            )
        )
        return end

    def _further_lines(self, index: int) -> tuple[int, int]:
        """Return the number of further lines of a field, and the line after the last of them."""
        count, end = 0, index
        while index < len(self._outline.lines):
            kind, line = self._outline.kinds[index], self._outline.lines[index]
            index += 1
            if kind is LineKind.TEXT and _FURTHER.fullmatch(line):
                count, end = count + 1, index
            elif kind is not LineKind.BLANK:
                break
        return count, end

    def _grid_at(self, index: int) -> int:
        """Read the table that begins at a line if it has empty cells; return the line after it, or 0."""
        lines, kinds = self._outline.lines, self._outline.kinds
        end = index
        while end < len(lines) and kinds[end] is not LineKind.BLANK and "|" in lines[end]:
            end += 1
        table = lines[index:end]
        delimiters = next((number for number, line in enumerate(table[:2]) if DELIMITER_ROW.fullmatch(line)), None)
        if delimiters is None and not table[0].lstrip().startswith("|"):
            return 0
        head = row_cells(table[0]) if delimiters == 1 else []
        width = len(head) or max(len(row_cells(line)) for line in table)
        rows = [row_cells(line) for line in table[0 if delimiters is None else delimiters + 1 :]]
        padded = tuple(tuple((row + [""] * width)[:width]) for row in rows)
        if not any(cell == "" for row in padded for cell in row):
            return 0
        self._end_prose()
        self._count += 1
        self._list_number = 0
        self._blocks.append(
            Grid(id=f"{self._owner}.{self._count}", head=tuple(head) if any(head) else (), rows=padded, line=index)
        )
        return end

    def _end_prose(self) -> None:
        """Add the prose read so far as a block."""
        while self._prose and not self._prose[0].strip():
            del self._prose[0]
            self._prose_line += 1
        while self._prose and not self._prose[-1].strip():
            del self._prose[-1]
        if self._prose:
            self._blocks.append(Prose("\n".join(self._prose), self._prose_line))
        self._prose = []

    def _words_before(self) -> str:
        """Return the last sentence above a list without its colon; empty if there is no paragraph."""
        if not self._blocks or not isinstance(block := self._blocks[-1], Prose):
            return ""
        outline = read_outline(block.markdown)
        line = outline.lines[-1]
        if outline.kinds[-1] is not LineKind.TEXT or line[:1] in " \t>|":
            return ""
        return _SENTENCE.split(line.strip())[-1].rstrip(":").strip()


def first_column_fault(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first column of a grid is filled in some rows only.

    It should be filled in all rows or in none; a completely filled first row is an example and does not count.
    """
    is_filled = [bool(row and row[0]) for row in rows]
    if all(is_filled) or not any(is_filled):
        return False
    return not (all(rows[0]) and not any(is_filled[1:]))
