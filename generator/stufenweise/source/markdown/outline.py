"""The outline of a Markdown text: kinds of lines, headings, sections and code fences.

This is the only scanner of Markdown lines; everything that has to tell running text from code, comments and headings
uses it. It agrees with Python-Markdown and the extensions of `markdown_rendering` (tests/source/test_outline.py
compares them):

- Code fences are those of SuperFences: at any indentation or inside a quote, closed by the same marks at
  the same indentation. Where CommonMark 4.5 differs (it lets a longer fence close a shorter one), the text is an error.
- A fence that is never closed contains the rest of the text, so that code is never read as text; it is an error too.
- A comment counts if it begins a line and no text follows its end; fences inside it are part of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from stufenweise.source.markdown.heading_syntax import Heading, HeadingFault, ParsedHeading, parse_heading


class LineKind(Enum):
    """The kind of a line."""

    BLANK = "blank"
    TEXT = "text"
    """Running text, tables, boxes, quotes, indented lines."""
    HEADING = "heading"
    UNDERLINE = "underline"
    """A row of `=` or `-` that turns the line above into a heading (setext)."""
    ITEM = "item"
    """The first line of an item of a list that is not nested."""
    FENCE = "fence"
    """The line that opens or closes code."""
    CODE = "code"
    """A line between the fences."""
    COMMENT = "comment"
    """A line of an HTML comment."""

    __hash__ = object.__hash__  # That of `Enum` is a function in Python, and each line is looked up many times


_CODE = frozenset({LineKind.FENCE, LineKind.CODE})
HIDDEN = _CODE | {LineKind.COMMENT}
"""Kinds of lines in which nothing is markup."""
# Python-Markdown's extension SuperFences, RE_NESTED_FENCE_START, without the headers that it does not take for a fence:
# https://github.com/facelessuser/pymdown-extensions/blob/main/pymdownx/superfences.py
_FENCE = re.compile(
    r"(?P<prefix>[> ]*)(?P<marker>~{3,}|`{3,})(?:[ ]*\.?[\w#.+-]+(?= |$))?"
    r"(?:[ ]*\{(?P<attributes>.*)\}|(?:[ ]*(?:hl_lines|linenums|title)=(?:\"[^\"]*\"|'[^']*')(?= |$))+)?[ ]*"
)
_PREFIX = re.compile(r"[> ]*")
_TAB = 4
"""Columns of a tab, as in Python-Markdown."""
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")
_NO_UNDERLINED = frozenset("#>|")
"""First characters of lines that a row of marks below does not turn into headings."""
NUMBER_MARK = re.compile(r"#(?=\d)")
"""A `#` before a number: Python-Markdown reads it as a heading, CommonMark does not."""
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}\.)[ \t]")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFence:
    """A block of code between fences; lines are counted from 0."""

    first: int
    """The opening line."""
    last: int
    """The closing line, or the last line of the text if it is not closed."""
    marker: str
    """The marks that open and close it, such as three backticks."""
    is_closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineHeading:
    """A heading at the beginning of a line."""

    line: int
    """Its line, from 0."""
    level: int
    """Number of `#`, from 1."""
    parsed: ParsedHeading

    @property
    def is_misplaced(self) -> bool:
        """Whether texts have no headings of its level."""
        return self.level not in {2, 3, 4}

    @property
    def heading(self) -> Heading:
        """Title and attributes."""
        return self.parsed.heading

    @property
    def column(self) -> int:
        """Column at which its text starts, from 1."""
        return self.parsed.column

    @property
    def fault(self) -> HeadingFault | None:
        """The fault of its attributes."""
        return self.parsed.fault

    @property
    def title(self) -> str:
        """Its words, without marks and attributes."""
        return self.heading.title

    @property
    def id(self) -> str:
        """Its id; empty if it has none."""
        return self.heading.id


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A heading with the lines below it, up to the next one of the same level."""

    heading: OutlineHeading
    end: int
    """The line after its last one, from 0."""


@dataclass(frozen=True, kw_only=True)
class Outline:
    """The lines of a text and the kind of each."""

    lines: tuple[str, ...]
    """The lines, without their ends."""
    kinds: tuple[LineKind, ...]
    """The kind of each line."""
    headings: tuple[OutlineHeading, ...]
    fences: tuple[CodeFence, ...]
    """The code blocks outside of comments."""

    @cached_property
    def sections(self) -> tuple[OutlineSection, ...]:
        """The sections: headings of level 2 with the text below them."""
        starts = [heading for heading in self.headings if heading.level == 2]
        ends = [*(heading.line for heading in starts[1:]), len(self.lines)]
        return tuple(OutlineSection(heading, end) for heading, end in zip(starts, ends, strict=False))

    def headings_in(self, section: OutlineSection) -> list[OutlineHeading]:
        """Return the headings of level 3 and 4 in a section, such as steps."""
        return [
            heading
            for heading in self.headings
            if section.heading.line < heading.line < section.end and heading.level in {3, 4}
        ]

    def is_code(self, line: int) -> bool:
        """Return whether line `line` (from 0) belongs to a code block or its fences."""
        return self.kinds[line] in _CODE

    def is_hidden(self, line: int) -> bool:
        """Return whether line `line` (from 0) is code or a comment, in which nothing is markup."""
        return self.kinds[line] in HIDDEN

    def code_spans(self) -> list[tuple[int, int]]:
        """Return start and end of each code block, in characters of the text with LF line ends."""
        if not self.fences:
            return []
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line) + 1)
        return [(starts[fence.first], starts[fence.last + 1] - 1) for fence in self.fences]


def read_outline(text: str) -> Outline:
    """Return the outline of a Markdown text without front matter, with any line ends."""
    lines = tuple(line.removesuffix("\r") for line in text.split("\n"))
    kinds = [LineKind.TEXT] * len(lines)
    fences: list[CodeFence] = []
    headings: list[OutlineHeading] = []
    has_fences, has_comments = "```" in text or "~~~" in text, "<!--" in text
    scanner = _Scanner(lines)
    index = 0
    while index < len(lines):
        line = lines[index]
        if has_comments and (end := scanner.comment_end(index)):
            kinds[index:end] = [LineKind.COMMENT] * (end - index)
            index = end
            continue
        if has_fences and (fence := scanner.fence_at(index)):
            fences.append(fence)
            kinds[fence.first : fence.last + 1] = [LineKind.CODE] * (fence.last + 1 - fence.first)
            kinds[fence.first] = LineKind.FENCE
            if fence.is_closed:
                kinds[fence.last] = LineKind.FENCE
            index = fence.last + 1
            continue
        if not line or line.isspace():
            kinds[index] = LineKind.BLANK
        elif line.startswith("#") and not NUMBER_MARK.match(line):
            kinds[index] = LineKind.HEADING
            parsed = parse_heading(line)
            level = len(line) - len(line.lstrip("#"))
            headings.append(OutlineHeading(line=index, level=level, parsed=parsed))
        elif index and line[0] in "=-" and _underlines(line, lines[index - 1], kinds[index - 1]):
            kinds[index] = LineKind.UNDERLINE
        elif _ITEM.match(line):
            kinds[index] = LineKind.ITEM
        index += 1
    return Outline(lines=lines, kinds=tuple(kinds), headings=tuple(headings), fences=tuple(fences))


def replace_outside_code(pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str], text: str) -> str:
    """Return a Markdown text with each match of `pattern` replaced, except in code blocks."""
    spans = read_outline(text).code_spans() if "```" in text or "~~~" in text else []

    def replaced(match: re.Match[str]) -> str:
        return match[0] if any(start <= match.start() < end for start, end in spans) else replacement(match)

    return pattern.sub(replaced if spans else replacement, text)


def _underlines(line: str, above: str, kind: LineKind) -> bool:
    """Return whether a row of marks turns the line above into a heading."""
    if kind in {LineKind.BLANK, LineKind.COMMENT} or not above or above[0] in _NO_UNDERLINED:
        return False
    return bool(_UNDERLINE.fullmatch(line))


class _Scanner:
    """Finds comments and fences; it looks at each line only a few times, however many marks there are."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Take the lines of a text."""
        self._lines = lines
        self._no_comment_until = 0
        """No comment begins before this line: the next `-->` is followed by text, or there is none."""
        self._left_at = -1
        """Line that ends a code block without closing it; SuperFences does not check whether it opens another."""

    def fence_at(self, index: int) -> CodeFence | None:
        """Return the code block that line `index` opens, or None."""
        line = self._lines[index]
        if index == self._left_at or ("```" not in line and "~~~" not in line):
            return None
        opened = _FENCE.fullmatch(line.expandtabs(_TAB))
        if not opened:
            return None
        last, is_closed = _fence_end(self._lines, index, opened["prefix"], opened["marker"])
        self._left_at = -1 if is_closed else last + 1
        while not is_closed and last > index and not self._lines[last].strip():
            last -= 1
        return CodeFence(first=index, last=last, marker=opened["marker"], is_closed=is_closed)

    def comment_end(self, index: int) -> int:
        """Return the line after the comment that begins at line `index`; 0 if none does."""
        if index < self._no_comment_until or not self._lines[index].startswith("<!--"):
            return 0
        line = index
        while line < len(self._lines):
            if line > index and (fence := self.fence_at(line)) and fence.is_closed:
                line = fence.last + 1
                continue
            end = self._lines[line].find("-->", len("<!--") if line == index else 0)
            if end >= 0 and not self._lines[line][end + len("-->") :].strip():
                return line + 1
            if end >= 0:
                break
            line += 1
        self._no_comment_until = line + 1
        return 0


def _fence_end(lines: Sequence[str], first: int, prefix: str, marker: str) -> tuple[int, bool]:
    """Return the last line of a code block and whether it closes it, as in SuperFences' `search_nested`."""
    depth = prefix.count(">")
    has_blank = False
    for index in range(first + 1, len(lines)):
        line = lines[index].expandtabs(_TAB)
        prefix_match = _PREFIX.match(line, 0, len(prefix))
        own_prefix = prefix_match[0] if prefix_match else ""
        content = line[len(own_prefix) :]
        own_depth = own_prefix.count(">")
        if own_depth > depth:
            return index - 1, False
        if not content or not line.strip():
            has_blank = True
            continue
        if len(own_prefix) < len(prefix) or (depth and has_blank and own_depth < depth):
            return index - 1, False
        if content.startswith(marker) and not content[len(marker) :].strip(" "):
            return index, True
        has_blank = False
    return len(lines) - 1, False
