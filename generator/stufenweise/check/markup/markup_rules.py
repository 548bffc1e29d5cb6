"""Rules about the HTML that a text's Markdown becomes: nothing that runs, fetches or takes over a page.

Two tiers: `plain_markup` proves most texts harmless by their characters. The others are rendered; problems are found in
the HTML, and their places are searched for in the source.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from stufenweise.check.markup.html_findings import HtmlFinding, HtmlFindings, html_findings
from stufenweise.check.markup.plain_markup import plain_link_targets
from stufenweise.core.digests import digest_of
from stufenweise.core.result_cache import NO_CACHE, ResultCache
from stufenweise.load.load_result import LoadResult, TextFile
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.source.files.decoding import place_at
from stufenweise.source.files.file_names import linked_path
from stufenweise.source.files.text_limits import MAX_DEPTH, limit_problem
from stufenweise.source.markdown.markdown_rendering import UnreadableMarkdownError, render_markdown
from stufenweise.source.markdown.outline import Outline, read_outline

MAX_PROBLEMS = 50
"""Most problems that are reported of one text's Markdown."""

CACHED_TEXTS = 1 << 14
"""Most scans that a process keeps: three languages of 5,000 texts."""

MAX_SEARCHED_LINES = 40
"""Most lines of a block that are rendered one by one to find the line of a problem."""

_STEP = re.compile(r"^#{2,3}(?!#)[^\n{}]*\{[^\n{}]*\}[ \t]*$", re.MULTILINE)
_STEP_NUMBERS = re.compile(r"(?<![^\s{:])(?:(?:minutes|short)=[\"']?\d+[\"']?|part=\d)(?=[\s}])")
_ITEM_ID = re.compile(r"\{#[^{}\s]*\}[ \t]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link or image of a text; external addresses in angle brackets may be missing."""

    target: str
    place: Place
    is_image: bool = False
    is_plain: bool = True
    """Whether the source contains the target literally, so that it can be rewritten."""


@dataclass(frozen=True, slots=True)
class MarkupScan:
    """Links and problems of a text's Markdown."""

    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()


def markup_problems(file: TextFile, cache: ResultCache = NO_CACHE) -> tuple[Problem, ...]:
    """Return the problems of one text's Markdown."""
    return scan_markup(file, cache).problems


_scans: dict[str, MarkupScan] = {}
"""Scans of this process by the fingerprints of the texts."""


def scan_markup(file: TextFile, cache: ResultCache = NO_CACHE) -> MarkupScan:
    """Return links and problems of a text's Markdown; results are cached, also between runs."""

    def scanned() -> MarkupScan:
        return _scans.get(file.fingerprint) or _scan(file)

    if cache.is_enabled:
        key = digest_of("markup", file.fingerprint)
        scan = cache.get_or_compute(key, scanned, to_data=_scan_as_data, from_data=_scan_from_data)
    else:
        scan = scanned()
    if len(_scans) >= CACHED_TEXTS:
        _scans.clear()
    _scans[file.fingerprint] = scan
    return scan


def linked_files(loaded: LoadResult) -> frozenset[str]:
    """Return the paths of all files that texts show or link to, without anchors and queries."""
    return frozenset(
        linked_path(file.text.path, re.split("[?#]", link.target, maxsplit=1)[0])
        for file in loaded.texts.values()
        for link in scan_markup(file).links
    )


def _scan_as_data(scan: MarkupScan) -> object:
    links = [
        [link.target, link.place.file, link.place.line, link.place.column, link.is_image, link.is_plain]
        for link in scan.links
    ]
    return [links, [problem.to_json() for problem in scan.problems]]


def _scan_from_data(data: list[list[Any]]) -> MarkupScan:
    links = tuple(
        Link(target=target, place=Place(file, line, column), is_image=is_image, is_plain=is_plain)
        for target, file, line, column, is_image, is_plain in data[0]
    )
    return MarkupScan(links, tuple(map(Problem.from_json, data[1])))


def _scan(text: TextFile) -> MarkupScan:
    """Return the scan of one text."""
    items = text.text.items
    boxes = [item.id for item in items if item.id]
    headings = tuple(heading_id for heading_id in text.ids if heading_id not in boxes)
    file, body, first = text.shown_path, text.body, text.body_line
    # The loader has checked the limits of the source; words that are filled in may exceed them.
    if body != text.source_body and (beyond := limit_problem(file, body, first)):
        return MarkupScan((), (beyond,))
    targets = plain_link_targets(body, len(boxes))
    if targets is None:
        return _RenderedText(
            file, _without_own_attributes(body, first, tuple(item.line for item in items)), first, headings
        ).scan()
    return MarkupScan(
        tuple(Link(target=body[start:end], place=place_at(file, body, start, first)) for start, end in targets)
    )


def _without_own_attributes(body: str, first: int, items: tuple[int, ...]) -> str:
    """Blank out `minutes=` and item ids, keeping offsets."""
    lines = _STEP.sub(lambda match: _STEP_NUMBERS.sub(_blank, match[0]), body).split("\n")
    for number in items:
        line = lines[number - first]
        lines[number - first] = _ITEM_ID.sub("", line).ljust(len(line))
    return "\n".join(lines)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


@dataclass(frozen=True)
class _Block:
    """A part of a text between empty lines, rendered alone."""

    offset: int
    text: str
    html: HtmlFindings


class _RenderedText:
    """A text that is checked by rendering it; its blocks are rendered one by one to find places."""

    def __init__(self, file: str, text: str, first: int, headings: tuple[str, ...]) -> None:
        """Take a text whose known ids were blanked out, the line at which it starts, and the ids of its headings."""
        self.file = file
        self.text = text
        self.first = first
        self.headings = headings
        self._blocks: list[_Block] | None = None
        self._outline = read_outline(text)

    def scan(self) -> MarkupScan:
        """Return links and problems of the text."""
        try:
            whole = html_findings(render_markdown(self.text))
        except UnreadableMarkdownError:
            return MarkupScan((), (new_problem(Place(self.file, self.first), "nested-too-deep", limit=MAX_DEPTH),))
        return MarkupScan(
            tuple(self._links(whole.links)), (*self._problems(whole.findings), *self._fences(whole.headings))
        )

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

    def _problems(self, findings: list[HtmlFinding]) -> Iterator[Problem]:
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
                    offset = block.offset + _offset_in_block(block, finding)
                    yield new_problem(self._at(offset), finding.code, **dict(finding.values))
        for finding in list(unplaced.values())[: MAX_PROBLEMS - reported]:
            offset = _find(self.text, finding.search)
            yield new_problem(self._at(max(offset, 0)), finding.code, **dict(finding.values))

    def _links(self, links: list[tuple[str, bool]]) -> Iterator[Link]:
        """Yield the links with their places."""
        for (target, is_image), count in Counter(links).items():
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
        name = finding.value("about")
        if line not in lines:
            lines[line] = len(result)
            result.append(finding)
        elif not name.startswith("/"):
            first = result[lines[line]]
            also = ", ".join(filter(None, (first.value("also"), name)))
            result[lines[line]] = replace(first, values=tuple((dict(first.values) | {"also": also}).items()))
    spans = {"colspan", "rowspan"} if lines else frozenset()  # They are part of a table that is reported itself
    return [finding for finding in result if finding.value("about") not in spans]


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
