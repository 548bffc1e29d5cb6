"""Rules about what a text's Markdown may become: nothing that runs, fetches or takes over a page.

Two tiers. The first proves most texts harmless by a look at their letters: where none of the signs stands that can make
an element, an attribute or an unusual link, nothing dangerous can come out. A text with such a sign is rendered, and
what a browser would see of it decides; the place is found afterwards.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from stufenweise.check.html_findings import HtmlFinding, HtmlFindings, codes, html_findings
from stufenweise.load.load_result import TextFile
from stufenweise.model.problem import Place, Problem, problem
from stufenweise.source.decoding import place_at
from stufenweise.source.markdown_rendering import UnreadableMarkdownError, render_markdown
from stufenweise.source.text_limits import MAX_DEPTH, limit_problem

MAX_PROBLEMS = 50
"""Most problems that are told of one text's Markdown."""

MAX_SEARCHED_LINES = 40
"""Most lines of a block that are rendered alone to find out which of them a problem is about."""

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_HEADING_ID = re.compile(
    r"^(?:#{2,4}(?!#)[^\n{}]*\{#[a-z][a-z0-9-]*\}"
    r"|###(?!#)[^\n{}]*\{#[a-z][a-z0-9-]* minutes=\d+(?: part=\d)?\})[ \t]*$",
    re.MULTILINE,
)
_STEP = re.compile(r"^#{2,3}(?!#)[^\n{}]*\{[^\n{}]*\}[ \t]*$", re.MULTILINE)
_STEP_NUMBERS = re.compile(r"(?<![^\s{:])(?:minutes=[\"']?\d+[\"']?|part=\d)(?=[\s}])")
_ITEM_ID = re.compile(r"\{#[^{}\s]*\}[ \t]*$")
_SIGNS = ("![", "]:", "!!!", "???", "```", "~~~")
"""One of these is part of every image, link definition, box and fence."""
_LINES = re.compile(
    r"^[ \t]*(?:(?:>|[-*+:]|\d+\.)[ \t]*)+#"  # a heading inside a list or quote
    r"|^[ \t]+#"
    r"|^[ \t>]*(?:=+|-+)[ \t]*$"  # a line that makes a heading of the one above
    r"|^#.*[_&\u2123-\U0010ffff]",  # a heading whose own id could be one of the theme's
    re.MULTILINE,
)
_PLAIN_ANGLE = re.compile(r"<(?![A-Za-z/!?])|<br>|<https?://[\w./~#?=%+-]+>")
_LINK = re.compile(r"\]\(((?:https?://|mailto:|tel:)[\w./~#?=%+@-]+|(?!/)[\w./~#?=%+@-]+)\)")
_PLAIN_WORDS = re.compile(r"\[[^\[\]\\`<>|\n]*[^\s\[\]\\`<>|][^\[\]\\`<>|\n]*")
_BEFORE_NO_LINK = frozenset({"\\", "!", "]"})
_INDENTED_LINK = re.compile(r"^(?: {4}| {0,3}\t).*\]\(", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image of a text; addresses in angle brackets, which lead elsewhere, need not be among them."""

    target: str
    place: Place
    is_image: bool = False
    is_plain: bool = True
    """Whether the target stands in the text letter by letter, so that it can be rewritten there."""


@dataclass(frozen=True, slots=True)
class MarkupScan:
    """What a look at a text's Markdown found."""

    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()


def markup_problems(file: TextFile) -> tuple[Problem, ...]:
    """Return what is wrong with the Markdown of one text."""
    return scan_markup(file).problems


def scan_markup(file: TextFile) -> MarkupScan:
    """Return links and problems of a text's Markdown; the work is done once for equal texts."""
    items = file.text.items
    lines = tuple(item.line for item in items)
    boxes = [item.id for item in items if item.id]
    headings = tuple(one for one in file.ids if one not in boxes)
    # What the author wrote is within the limits, or it would not have been read; words put in may lead beyond them.
    longer = file.body != file.written
    return _scanned(file.file, file.body, file.body_line, lines, len(boxes), headings, longer)


@lru_cache(maxsize=1 << 14)
def _scanned(
    file: str, body: str, first: int, items: tuple[int, ...], item_ids: int, headings: tuple[str, ...], longer: bool
) -> MarkupScan:
    """Return what `scan_markup` does.

    `items` are the lines of the checklist's items, of which `item_ids` have an id; `headings` are the ids of headings;
    `longer` says that the company's words were put in.
    """
    if longer and (beyond := limit_problem(file, body, first)):
        return MarkupScan((), (beyond,))
    targets = _plain_targets(body, item_ids)
    if targets is None:
        return _Source(file, _without_own_attributes(body, first, items), first, headings).scan()
    return MarkupScan(tuple(Link(body[start:end], place_at(file, body, start, first)) for start, end in targets))


def _without_own_attributes(body: str, first: int, items: tuple[int, ...]) -> str:
    """Return a body in which blanks stand for what is ours and not Markdown's: minutes of steps, ids of items."""
    lines = _STEP.sub(lambda found: _STEP_NUMBERS.sub(_blank, found[0]), body).split("\n")
    for number in items:
        line = lines[number - first]
        lines[number - first] = _ITEM_ID.sub("", line).ljust(len(line))
    return "\n".join(lines)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _plain_targets(text: str, item_ids: int) -> list[tuple[int, int]] | None:
    """Return where the targets of a text's links stand, or None if its letters don't show that it is harmless.

    Harmless is a text of which nothing but plain elements and usual links can come.
    """
    if any(sign in text for sign in _SIGNS) or _LINES.search(text):
        return None
    if "{" in text or "}" in text:
        known = len(_HEADING_ID.findall(text)) + item_ids
        if text.count("{") != known or text.count("}") != known:
            return None
    if "<" in text and text.count("<") != len(_PLAIN_ANGLE.findall(text)):
        return None
    targets: list[tuple[int, int]] = []
    if links := text.count("]("):
        found = [found for found in _LINK.finditer(text) if _is_plain_link(text, found.start())]
        if links != len(found) or "`" in text or _INDENTED_LINK.search(text):
            return None
        targets += [one.span(1) for one in found]
    return targets


def _is_plain_link(text: str, end: int) -> bool:
    """Return whether the words of a link that end at `end` hold no markup that could make it something else."""
    start = text.rfind("[", 0, end)
    return (
        start >= 0 and text[start - 1 : start] not in _BEFORE_NO_LINK and bool(_PLAIN_WORDS.fullmatch(text, start, end))
    )


@dataclass(frozen=True)
class _Block:
    """A part of a text between empty lines, rendered alone."""

    offset: int
    text: str
    found: HtmlFindings


class _Source:
    """A text that has to be rendered to be judged; the places of what is found are sought in its blocks."""

    def __init__(self, file: str, text: str, first: int, headings: tuple[str, ...]) -> None:
        """Take a text whose known ids were blanked out, the line at which it starts, and the ids of its headings."""
        self.file = file
        self.text = text
        self.first = first
        self.headings = headings
        self._blocks: list[_Block] | None = None

    def scan(self) -> MarkupScan:
        """Return links and problems of the text."""
        try:
            whole = html_findings(render_markdown(self.text))
        except UnreadableMarkdownError:
            return MarkupScan((), (problem(Place(self.file, self.first), "nested-too-deep", limit=MAX_DEPTH),))
        return MarkupScan(
            tuple(self._links(whole.links)), (*self._problems(whole.found), *self._fences(whole.headings))
        )

    def _fences(self, seen: list[str]) -> Iterator[Problem]:
        """Yield the code fence at which Markdown sees other headings than the reader of sections does.

        Such a fence would hide the sections behind it, or show a section that nothing knows of.
        """
        if Counter(seen) == Counter(self.headings):
            return
        fences = list(_fences(self.text))
        odd = [one for one in fences if not _is_fence(one[2])]
        if odd or (fences and not set(self.headings) <= set(seen)):
            start, sign, _ = (odd or fences)[0]
            yield problem(self._at(start), "fence-open", fence=sign)

    def _at(self, offset: int) -> Place:
        return place_at(self.file, self.text, offset, self.first)

    def blocks(self) -> Sequence[_Block]:
        """Return the blocks of the text that can be rendered alone."""
        if self._blocks is None:
            self._blocks = list(_blocks(self.text))
        return self._blocks

    def _problems(self, found: list[HtmlFinding]) -> Iterator[Problem]:
        """Yield the findings as problems: each at every block that shows it alone, else where its letters stand."""
        if not found:
            return
        left = {(one.code, one.values): one for one in found}
        expected = codes(found)
        told = 0
        for block in self.blocks():
            for one in {(one.code, one.values): one for one in block.found.found}.values():
                if (one.code, one.values) in expected and told < MAX_PROBLEMS:
                    left.pop((one.code, one.values), None)
                    told += 1
                    yield problem(self._at(block.offset + _within(block, one)), one.code, **dict(one.values))
        for one in list(left.values())[: MAX_PROBLEMS - told]:
            offset = _find(self.text, one.search)
            yield problem(self._at(max(offset, 0)), one.code, **dict(one.values))

    def _links(self, links: list[tuple[str, bool]]) -> Iterator[Link]:
        """Yield the links with their places."""
        for (target, is_image), count in Counter(links).items():
            places = self._targets(target)[:count]
            yield from (Link(target, self._at(offset), is_image) for offset in places)
            for _ in range(count - len(places)):
                yield Link(target, self._at(self._showing(target)), is_image, is_plain=False)

    def _targets(self, target: str) -> list[int]:
        """Return where a target stands as that of a link."""
        return [found.end() - len(target) for found in _written(target).finditer(self.text)]

    def _showing(self, target: str) -> int:
        """Return the offset of the first line that has a link to `target` without its letters, or 0."""

        def shows(text: str, found: HtmlFindings) -> bool:
            links = sum(1 for other, _ in found.links if other == target)
            return links > sum(1 for _ in _written(target).finditer(text))

        for block in self.blocks():
            if shows(block.text, block.found):
                return block.offset + _line(block.text, shows)
        return 0


def _fences(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield offset, sign and text of each code fence that closes, wherever its signs stand."""
    offset = start = 0
    sign = ""
    for line in text.splitlines(keepends=True):
        if found := _FENCE.match(line):
            if not sign:
                start, sign = offset, found[1]
            elif found[1].startswith(sign):
                yield start, sign, text[start : offset + len(line)]
                sign = ""
        offset += len(line)


def _is_fence(text: str) -> bool:
    """Return whether Markdown takes a text for one block of code, and for nothing else."""
    try:
        html = render_markdown(textwrap.dedent(text)).html
    except UnreadableMarkdownError:
        return False
    return html.count("<pre") == 1 and html.endswith("</pre>") and "<h" not in html.partition("<pre")[0]


@lru_cache(maxsize=256)
def _written(target: str) -> re.Pattern[str]:
    """Return what finds a target where it is that of a link."""
    return re.compile(rf"(?:\]\(\s*<?|\]:\s*<?|<){re.escape(target)}(?=[\s)>]|$)")


def _blocks(text: str) -> Iterator[_Block]:
    """Yield the blocks of a text, parted by empty lines outside of code fences, each rendered alone."""
    start = offset = 0
    fence = ""
    for line in (*text.splitlines(keepends=True), "\n"):
        if found := _FENCE.match(line):
            fence = "" if fence and found[1].startswith(fence) else fence or found[1]
        if fence or line.strip():
            offset += len(line)
            continue
        if block := text[start:offset]:
            alone = _alone(block)
            if alone is not None:
                yield _Block(start, block, alone)
        offset += len(line)
        start = offset


def _alone(text: str) -> HtmlFindings | None:
    """Return what a part of a text holds, rendered alone."""
    try:
        return html_findings(render_markdown(textwrap.dedent(text)))
    except UnreadableMarkdownError:
        return None


def _within(block: _Block, one: HtmlFinding) -> int:
    """Return where in a block a finding stands: at its own letters, else in the line that shows it alone."""
    offset = _find(block.text, one.search)
    if offset >= 0:
        return offset
    return _line(block.text, lambda _, found: (one.code, one.values) in codes(found.found))


def _find(text: str, search: tuple[str, ...]) -> int:
    """Return where the first of `search` that is there stands in `text`, whatever the case of its letters, or -1."""
    for one in search:
        if one and (found := re.search(re.escape(one), text, re.IGNORECASE)):
            return found.start()
    return -1


def _line(text: str, shows: Callable[[str, HtmlFindings], bool]) -> int:
    """Return the offset of the first line that alone shows something, or 0."""
    offset = 0
    for line in text.splitlines(keepends=True)[:MAX_SEARCHED_LINES]:
        alone = _alone(line)
        if alone is not None and shows(line, alone):
            return offset
        offset += len(line)
    return 0
