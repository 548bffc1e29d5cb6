"""Rules about what a text's Markdown may become: nothing that runs, fetches or takes over a page.

Two tiers. The first proves most texts harmless by a look at their letters: where none of the signs stands that can make
an element, an attribute or an unusual link, nothing dangerous can come out. A text with such a sign is rendered, and
what a browser would see of it decides; the place is found afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import unquote

from generator.load.allowlist import AUTHOR, INLINE, LINK_SCHEMES
from generator.load.content import TextFile
from generator.load.markdown import to_html
from generator.load.source import place_at
from generator.model.problem import Place, Problem, problem

MAX_DEPTH = 10
"""Deepest nesting of lists and quotes."""
MAX_LINE = 5000
"""Longest line, in characters."""
MAX_BLOCK_SIGNS = 400
"""Most signs of one kind (brackets, stars, backticks …) in a block: Python-Markdown takes quadratic time for them."""

_COSTLY = "[*_`|<&"

_INLINE = "|".join(sorted(INLINE))
_KNOWN_IDS = re.compile(
    r"^(#{2,4}[^\n]*?)[ \t]*\{#[\w-]+(?: minutes=\d+)?\}[ \t]*$|^([-*+] \[[ xX]?\][^\n]*?)[ \t]*\{#[\w-]*\}[ \t]*$",
    re.MULTILINE,
)
_SUSPECT = re.compile(
    rf"<(?!/?(?:{_INLINE})>|https?://[\w./~#?=%&;:-]+>)[A-Za-z/!?]"  # an element, or something like one
    r"|[{}]"  # an attribute list
    r"|!\["  # an image
    r"|^[ \t>]*\[[^\]\n]*\]:"  # a link's definition
    r"|^[ \t]*\*\["  # an abbreviation's
    r"|^[ \t>*+\-\d.]*(?:!!!|\?\?\?)"  # an admonition
    r"|^[ \t>]*(?:`{3,}|~{3,})"  # a fence
    r"|\]\((?!\s*[\w./~#?=%&:+@-]*\s*\))"  # a link with an unusual target
    r"|\]\(\s*(?!https?://|mailto:|tel:)[^)\s/#?]*:"  # or with an unusual scheme
    r"|\]\([^)]*&[^)]*\)"  # or an entity
    r"|\][ ]?\[",  # a link by reference
    re.MULTILINE,
)
_SIGNS = ("<", "{", "}", "![", "]:", "*[", "!!!", "???", "```", "~~~", "][", "] [")
"""Of these, one at least is part of everything that `_SUSPECT` finds, but for unusual links."""
_USUAL_LINK = re.compile(r"\]\((?:https?://)?[\w./~#-]+\)")
_LINK = re.compile(r"\]\(\s*([^()\s]*)\s*\)")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>")
_IMAGE_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:|^[/\\]{2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image of a text."""

    target: str
    place: Place
    is_image: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """What a look at a text's Markdown found."""

    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()


def markup_problems(file: TextFile) -> tuple[Problem, ...]:
    """Return what is wrong with the Markdown of one text."""
    return scan(file).problems


@lru_cache(maxsize=1 << 14)
def _scanned(file: str, body: str, body_line: int) -> Scan:
    limits = tuple(_limits(file, body, body_line))
    if limits:
        return Scan((), limits)
    plain = _KNOWN_IDS.sub(lambda found: found[1] or found[2], body)
    if not _may_be_suspect(plain) or not _SUSPECT.search(plain):
        links = [
            Link(found[1], place_at(file, body, found.start(1), body_line))
            for pattern in (_LINK, _AUTOLINK)
            for found in pattern.finditer(body)
        ]
        return Scan(tuple(links), ())
    return _rendered(file, body, body_line)


def _may_be_suspect(text: str) -> bool:
    """Return whether a closer look is needed; most texts hold none of these signs, and usual links alone."""
    return any(sign in text for sign in _SIGNS) or text.count("](") != sum(1 for _ in _USUAL_LINK.finditer(text))


def scan(file: TextFile) -> Scan:
    """Return links and problems of a text's Markdown; the work is done once for equal texts."""
    return _scanned(file.file, file.body, file.body_line)


def _limits(file: str, body: str, first: int) -> Iterator[Problem]:
    """Yield what would make the text too costly to render."""
    lines = body.split("\n")
    indented = " " * (4 * MAX_DEPTH) in body or "\t" in body or body.count(">") > MAX_DEPTH
    if (
        not indented
        and len(max(lines, key=len)) <= MAX_LINE
        and all(body.count(one) <= MAX_BLOCK_SIGNS for one in _COSTLY)
    ):
        return
    counts = dict.fromkeys(_COSTLY, 0)
    for number, line in enumerate(lines, first):
        if not line.strip():
            counts = dict.fromkeys(counts, 0)
            continue
        if len(line) > MAX_LINE:
            yield problem(Place(file, number), "line-too-long", length=len(line), limit=MAX_LINE)
            return
        lead = re.match(r"[ \t>]*", line)
        depth = len(lead[0].expandtabs(4)) // 4 + lead[0].count(">") if lead else 0
        if depth > MAX_DEPTH:
            yield problem(Place(file, number), "nested-too-deep", limit=MAX_DEPTH)
            return
        for sign in counts:
            if sign in line:
                counts[sign] += line.count(sign)
                if counts[sign] > MAX_BLOCK_SIGNS:
                    yield problem(Place(file, number), "too-many-signs", sign=sign, limit=MAX_BLOCK_SIGNS)
                    return


@dataclass(frozen=True, slots=True)
class _Finding:
    """Something in rendered HTML: a code, what it is about, and the text to look for in the source."""

    code: str
    about: str
    search: str


@dataclass
class _Walker(HTMLParser):
    """Walks rendered HTML, and notes links and whatever the allowlist does not know."""

    findings: list[_Finding] = field(default_factory=list)
    links: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed = AUTHOR.get(tag)
        if allowed is None:
            self.findings.append(_Finding("raw-html", tag, f"<{tag}"))
            return
        values = {name: value or "" for name, value in attrs}
        for name in values:
            if name.startswith("on"):
                self.findings.append(_Finding("event-handler", name, name))
            elif name not in allowed and not (tag in {"td", "th"} and name == "style"):
                self.findings.append(_Finding("attribute", name, name))
        if tag == "a":
            self._target(values.get("href", ""), is_image=False)
        elif tag == "img":
            self._target(values.get("src", ""), is_image=True)
            if not values.get("alt", "").strip():
                self.findings.append(_Finding("image-without-alt", values.get("src", ""), values.get("src", "")))

    def _target(self, target: str, *, is_image: bool) -> None:
        self.links.append((target, is_image))
        clean = re.sub(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]", "", unquote(target)).lower()
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", clean)
        if is_image and _IMAGE_SCHEME.match(clean):
            self.findings.append(_Finding("remote-image", target[:60], target))
        elif clean.startswith(("//", "\\")) or (scheme and scheme[1] not in LINK_SCHEMES):
            self.findings.append(_Finding("unsafe-link", target[:60], target))

    def handle_comment(self, data: str) -> None:
        self.findings.append(_Finding("raw-html", "!--", "<!--"))

    def handle_decl(self, decl: str) -> None:
        self.findings.append(_Finding("raw-html", "!", "<!"))

    def handle_pi(self, data: str) -> None:
        self.findings.append(_Finding("raw-html", "?", "<?"))

    def unknown_decl(self, data: str) -> None:
        self.findings.append(_Finding("raw-html", "![", "<!["))


def _walk(markdown: str) -> _Walker:
    walker = _Walker()
    walker.feed(to_html(markdown))
    walker.close()
    return walker


def _rendered(file: str, body: str, body_line: int) -> Scan:
    """Return links and problems of a text that has to be rendered to be judged."""
    plain = _KNOWN_IDS.sub(lambda found: (found[1] or found[2]).ljust(len(found[0])), body)
    try:
        walker = _walk(plain)
    except RecursionError:
        return Scan((), (problem(Place(file, body_line), "nested-too-deep", limit=MAX_DEPTH),))
    blocks = list(_blocks(plain, body_line))
    problems = tuple(
        problem(_place(finding, plain, file, body_line, blocks), finding.code, about=finding.about)
        for finding in dict.fromkeys(walker.findings)
    )
    links = []
    start: dict[str, int] = {}
    for target, is_image in walker.links:
        offset = body.find(target, start.get(target, 0)) if target else -1
        start[target] = offset + 1 if offset >= 0 else 0
        place = place_at(file, body, offset, body_line) if offset >= 0 else Place(file, body_line)
        links.append(Link(target, place, is_image))
    return Scan(tuple(links), problems)


def _blocks(body: str, first: int) -> Iterator[tuple[int, str]]:
    """Yield the blocks of a text, parted by empty lines, with the line at which each starts."""
    number = first
    for block in re.split(r"(\n[ \t]*\n)", body):
        if block.strip():
            yield number, block
        number += block.count("\n")


def _place(finding: _Finding, body: str, file: str, first: int, blocks: list[tuple[int, str]]) -> Place:
    """Return where a finding stands: its own letters in the source, or else the block that shows it alone."""
    offset = body.lower().find(finding.search.lower()) if finding.search else -1
    if offset >= 0 and len(body.lower()) == len(body):
        return place_at(file, body, offset, first)
    for line, block in blocks:
        try:
            alone = _walk(block).findings
        except RecursionError:
            continue
        if any((one.code, one.about) == (finding.code, finding.about) for one in alone):
            return Place(file, line)
    return Place(file, first)
