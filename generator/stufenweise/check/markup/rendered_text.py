"""Find problems and links of a text in its HTML, and their places in its Markdown.

HTML has no line numbers: each block of the text, and if need be each of its lines, is rendered alone to see which of
them has the problem.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from stufenweise.check.markup.html_findings import HtmlFinding, HtmlFindings, html_findings
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.source.files.decoding import place_at
from stufenweise.source.markdown.markdown_rendering import UnreadableMarkdownError, render_markdown
from stufenweise.source.markdown.outline import LineKind, Outline, read_outline

MAX_PROBLEMS = 50
"""Most problems that are reported of one text's Markdown."""

MAX_SEARCHED_LINES = 40
"""Most lines of a block that are rendered one by one to find the line of a problem."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link or image of a text; external addresses in angle brackets may be missing."""

    target: str
    place: Place
    is_image: bool = False
    is_plain: bool = True
    """Whether the source contains the target literally, so that it can be rewritten."""


@dataclass(frozen=True)
class _Block:
    """A part of a text between empty lines, rendered alone."""

    offset: int
    text: str
    html: HtmlFindings


class RenderedText:
    """A text that is checked by rendering it; its blocks are rendered one by one to find places."""

    def __init__(self, file: ShownPath, text: str, first: int, headings: tuple[str, ...]) -> None:
        """Render a text.

        Args:
            file: Its path as shown in problems.
            text: Its Markdown; its own attributes are blanked out.
            first: The line at which it starts, from 1.
            headings: The ids of its headings.

        Raises:
            UnreadableMarkdownError: It can't be rendered.
        """
        self.file = file
        self.text = text
        self.first = first
        self.headings = headings
        self._whole = html_findings(render_markdown(text))
        self._blocks: list[_Block] | None = None
        self._outline = read_outline(text)
        self._misplaced = {heading.line for heading in self._outline.headings if heading.is_misplaced}

    def problems(self) -> Iterator[Problem]:
        """Yield the problems of the text."""
        yield from self._placed(self._whole.findings)
        yield from self._fences(self._whole.headings)

    def _fences(self, seen: list[str]) -> Iterator[Problem]:
        """Yield the code fence after which Markdown and our outline see different headings.

        Such a fence would hide sections, or show a section that was never loaded.
        """
        if Counter(seen) == Counter(self.headings):
            return
        fences = self._outline.fences
        spans = zip(fences, self._outline.code_spans(), strict=True)
        odd = [fence for fence, (start, end) in spans if not _is_fence(self.text[start:end])]
        if odd or (fences and not set(self.headings) <= set(seen)):
            fence = (odd or fences)[0]
            place = Place(self.file, self.first + fence.first)
            yield new_problem(place, "fence-open", fence=fence.marker)

    def _at(self, offset: int) -> Place:
        return place_at(self.file, self.text, offset, self.first)

    def blocks(self) -> Sequence[_Block]:
        """Return the blocks of the text that can be rendered alone."""
        if self._blocks is None:
            self._blocks = list(_blocks(self._outline))
        return self._blocks

    def _placed(self, findings: list[HtmlFinding]) -> Iterator[Problem]:
        """Yield findings as problems: in each block that has them when rendered alone, else where their text occurs."""
        if not findings:
            return
        unplaced = {finding.key: finding for finding in findings}
        expected = set(unplaced)
        reported = 0
        for block in self.blocks():
            in_block = {finding.key: finding for finding in block.html.findings if finding.key in expected}
            for key in in_block:
                unplaced.pop(key, None)
            for finding in _merged_by_line(block, list(in_block.values())):
                if reported < MAX_PROBLEMS:
                    reported += 1
                    yield from self._problem(finding, block.offset + _offset_in_block(block, finding))
        for finding in list(unplaced.values())[: MAX_PROBLEMS - reported]:
            yield from self._problem(finding, max(_find(self.text, finding.search), 0))

    def _problem(self, finding: HtmlFinding, offset: int) -> Iterator[Problem]:
        """Yield the problem of a finding, unless it is a heading that the loader knows, and reports."""
        line = self.text.count("\n", 0, offset)
        is_underlined = self._outline.kinds[line + 1 : line + 2] == (LineKind.UNDERLINE,)
        if finding.code != "heading-level" or not (is_underlined or line in self._misplaced):
            yield finding.problem(self._at(offset))

    def links(self) -> Iterator[Link]:
        """Yield the links of the text with their places."""
        for (target, is_image), count in Counter(self._whole.links).items():
            places = self._target_offsets(target)[:count]
            yield from (Link(target=target, place=self._at(offset), is_image=is_image) for offset in places)
            for _ in range(count - len(places)):
                yield Link(
                    target=target, place=self._at(self._line_with_link(target)), is_image=is_image, is_plain=False
                )

    def _target_offsets(self, target: str) -> list[int]:
        """Return the offsets at which a target is written as the target of a link."""
        return [match.end() - len(target) for match in _link_pattern(target).finditer(self.text)]

    def _line_with_link(self, target: str) -> int:
        """Return the offset of the first line that links to `target` without containing it literally, or 0."""

        def shows(text: str, findings: HtmlFindings) -> bool:
            links = sum(1 for other, _ in findings.links if other == target)
            return links > sum(1 for _ in _link_pattern(target).finditer(text))

        for block in self.blocks():
            if shows(block.text, block.html):
                return block.offset + _first_line(block.text, shows)
        return 0


def _is_fence(text: str) -> bool:
    """Return whether a text renders as exactly one block of code."""
    try:
        html = render_markdown(textwrap.dedent(text)).html
    except UnreadableMarkdownError:
        return False
    return html.count("<pre") == 1 and html.endswith("</pre>") and "<h" not in html.partition("<pre")[0]


@lru_cache(maxsize=256)
def _link_pattern(target: str) -> re.Pattern[str]:
    """Return a pattern that finds a target where it is the target of a link."""
    return re.compile(rf"(?:\]\(\s*<?|\]:\s*<?|<){re.escape(target)}(?=[\s)>]|$)")


def _blocks(outline: Outline) -> Iterator[_Block]:
    """Yield the blocks of a text, separated by empty lines outside of code fences, each rendered alone."""
    start = offset = 0
    block: list[str] = []
    for index, line in enumerate((*outline.lines, "")):
        is_last = index == len(outline.lines)
        if not is_last and (line.strip() or outline.is_code(index)):
            block.append(line)
        else:
            text = "\n".join(block)
            alone = _rendered_alone(text) if block else None
            if alone is not None:
                yield _Block(start, text, alone)
            block, start = [], offset + len(line) + 1
        offset += len(line) + 1


def _rendered_alone(text: str) -> HtmlFindings | None:
    """Return the findings of a part of a text, rendered alone; None if it can't be rendered."""
    try:
        return html_findings(render_markdown(textwrap.dedent(text)))
    except UnreadableMarkdownError:
        return None


def _merged_by_line(block: _Block, findings: list[HtmlFinding]) -> list[HtmlFinding]:
    """Merge the raw HTML elements of one line into one finding: they were pasted together."""
    result: list[HtmlFinding] = []
    lines: dict[int, int] = {}
    for finding in findings:
        if finding.code != "raw-html":
            result.append(finding)
            continue
        line = block.text.count("\n", 0, _offset_in_block(block, finding))
        if line not in lines:
            lines[line] = len(result)
            result.append(finding)
        elif finding.about and not finding.about.startswith("/"):
            first = result[lines[line]]
            result[lines[line]] = replace(first, also=(*first.also, finding.about))
    spans = {"colspan", "rowspan"} if lines else frozenset()  # They are part of a table that is reported itself
    return [finding for finding in result if finding.about not in spans]


def _offset_in_block(block: _Block, finding: HtmlFinding) -> int:
    """Return the offset of a finding in its block: of its text, else of the line that has it when rendered alone."""
    offset = _find(block.text, finding.search)
    if offset >= 0:
        return offset
    return _first_line(block.text, lambda _, line: finding.key in {other.key for other in line.findings})


def _find(text: str, search: tuple[str, ...]) -> int:
    """Return the offset of the first of `search` that occurs in `text`, ignoring case, or -1."""
    for words in search:
        if words and (match := re.search(re.escape(words), text, re.IGNORECASE)):
            return match.start()
    return -1


def _first_line(text: str, shows: Callable[[str, HtmlFindings], bool]) -> int:
    """Return the offset of the first line for which `shows` is true when it is rendered alone, or 0."""
    offset = 0
    for line in text.splitlines(keepends=True)[:MAX_SEARCHED_LINES]:
        alone = _rendered_alone(line)
        if alone is not None and shows(line, alone):
            return offset
        offset += len(line)
    return 0
