"""Parse headings: title and attributes, repaired where the meaning is likely."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from stufenweise.model.problem import QUOTED_START
from stufenweise.source.markdown.heading_attributes import HeadingAttributes, likely_tokens, read_attributes

MAX_PROPOSAL = 120
"""Most characters of a proposed heading; one of this length may have been cut off."""

_PLAIN_HEADING = re.compile(
    r"#{2,4} ([^\s#{}][^{}]*?) ?\{#([a-z0-9-]+)(?: minutes=([1-9][0-9]?))?(?: short=([1-9][0-9]?))?(?: part=([2-9]))?\}"
)
"""The usual form of a heading, which needs no further parsing."""
_STRAY = re.compile(
    r"(?P<marks>#{2,4}) (?P<title>[^{}`\n]+?)[ \t]*"
    r"(?:(?P<braces>\{#[^{}\n]*\})(?P<behind>[ \t]*(?:#+|[.,;:!?*_]+)[ \t]*)"
    r"|(?P<tick>`)(?P<inner>\{#[^{}\n]*\})`[ \t]*)"
)
"""A heading with text after its attributes, or with attributes in backticks."""
_IN_FRONT = re.compile(r"(?P<marks>#{2,4}) (?P<front>(?P<braces>\{#[^{}\n]*\}))[ \t]+(?P<title>[^{}`\n]+)")
"""A heading whose attributes stand before its words."""
_PARTED = re.compile(r"(?<=\{)(?P<first>#[^{}]*)(?P<between>\}[ \t]*\{)(?!\{)(?=[^{}]*\}[ \t]*$)")
"""Attributes in two pairs of braces, one after the other."""
_TITLE_BRACES = re.compile(r"(?<!\{)\$?\{(?!\{)[^{}]*\}?|(?<![{}])\}(?!\})")
"""Braces in the words of a heading; double braces are vocabulary words, which have problems of their own."""
_ROUND = str.maketrans("{}", "()")
_OPEN = re.compile(r"\{[#:][^{}]*$")
"""Attributes whose brace is not closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Title and attributes of a heading."""

    title: str
    id: str
    minutes: int | None
    short: int | None = None
    part: int | None = None
    faulty: bool = False
    """Whether its attributes are wrong; this is reported once, and nothing else about them."""

    @property
    def misplaced(self) -> str:
        """The attribute that only a step may have; empty if there is none."""
        if self.faulty:
            return ""
        has = {"minutes": self.minutes is not None, "short": self.short is not None, "part": bool(self.part)}
        return next((name for name, is_there in has.items() if is_there), "")


@dataclass(frozen=True, slots=True)
class HeadingFault:
    """The fault of a heading's attributes: code, column and values of a problem."""

    code: str
    column: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ParsedHeading:
    """A parsed heading line."""

    heading: Heading
    column: int
    """Column at which its text starts, from 1."""
    fault: HeadingFault | None = None


def parse_heading(line: str) -> ParsedHeading:
    """Return the heading of a line; wrong attributes are corrected as they were probably meant."""
    if plain := _PLAIN_HEADING.fullmatch(line):
        minutes, short, part = (int(number) if number else None for number in plain.group(3, 4, 5))
        heading = Heading(title=plain[1].rstrip(" \t"), id=plain[2], minutes=minutes, short=short, part=part)
        return ParsedHeading(heading, plain.start(1) + 1)
    if repaired := _repair_stray_attributes(line) or _repair_two_braces(line):
        return repaired
    text, column = _heading_text(line)
    unclosed = _OPEN.search(text)
    split = _split_attributes(f"{text}}}" if unclosed else text)
    if not split:
        return ParsedHeading(Heading(title=text, id="", minutes=None), column)
    written = read_attributes(split.attributes.split())
    if not (unclosed or written.is_wrong):
        fault = _braces_in_title(split.title, written, column)
        return ParsedHeading(replace(_heading(split.title, written), faulty=fault is not None), column, fault)
    likely = read_attributes(likely_tokens(split.attributes))
    replacement = "" if likely.is_wrong else likely.braces
    heading = _heading(split.title, likely if replacement else written)
    heading = replace(heading, minutes=heading.minutes or 0)
    open_brace = HeadingFault("heading-brace", column + unclosed.start(), {"right": replacement}) if unclosed else None
    fault = open_brace or _fault_of(written, column + split.start, replacement)
    return ParsedHeading(replace(heading, faulty=True), column, fault)


def _heading(title: str, attributes: HeadingAttributes) -> Heading:
    return Heading(
        title=title, id=attributes.id, minutes=attributes.minutes, short=attributes.short, part=attributes.part
    )


def _repair_stray_attributes(line: str) -> ParsedHeading | None:
    """Return a heading with text after its attributes, or with attributes in backticks or before its words."""
    stray = _STRAY.fullmatch(line) or _IN_FRONT.fullmatch(line)
    if not stray:
        return None
    replacement = f"{stray['marks']} {stray['title'].strip()} {stray['braces'] or stray['inner']}"
    parsed = parse_heading(replacement)
    if parsed.fault or not parsed.heading.title:
        return None
    group = next(name for name in ("behind", "tick", "front") if stray.groupdict().get(name))
    column = stray.start(group) + 1 + len(stray[group]) - len(stray[group].lstrip())
    values = {"attribute": stray[group].strip()[:QUOTED_START], "right": replacement[:MAX_PROPOSAL]}
    return _faulty(parsed, HeadingFault("heading-attribute", column, values))


def _repair_two_braces(line: str) -> ParsedHeading | None:
    """Return a heading whose attributes stand in two pairs of braces."""
    two = _PARTED.search(line)
    if not two:
        return None
    replacement = f"{line[: two.start('between')]} {line[two.end() :]}"
    parsed = parse_heading(replacement)
    if parsed.fault:
        replacement = str(parsed.fault.values.get("right", ""))
    if replacement.startswith("{"):
        replacement = f"{line[: two.start() - 1].rstrip()} {replacement}"
    values = {"attribute": two["between"], "right": replacement[:MAX_PROPOSAL]}
    return _faulty(parsed, HeadingFault("heading-attribute", two.start("between") + 1, values))


def _faulty(parsed: ParsedHeading, fault: HeadingFault) -> ParsedHeading:
    return ParsedHeading(replace(parsed.heading, faulty=True), parsed.column, fault)


def _fault_of(written: HeadingAttributes, column: int, replacement: str) -> HeadingFault:
    """Return the fault of attributes: an unknown one, or a wrong value."""
    if written.unknown:
        values = {"attribute": " ".join(written.unknown)[:QUOTED_START], "right": replacement}
        return HeadingFault("heading-attribute", column, values)
    if written.bad_minutes:
        values = {"value": written.bad_minutes[:20], "right": replacement}
        return HeadingFault("step-minutes-value", column, values)
    return HeadingFault("step-short-value", column, {"value": written.bad_short[:20], "right": replacement})


def _braces_in_title(title: str, written: HeadingAttributes, column: int) -> HeadingFault | None:
    """Return the fault of a title with braces: Python-Markdown reads everything from the first brace as attributes."""
    braces = _TITLE_BRACES.search(title)
    if not braces:
        return None
    without = title.translate(_ROUND).replace("$(", "(")
    values = {"attribute": braces[0][:QUOTED_START], "right": f"{without} {written.braces}"[:MAX_PROPOSAL]}
    return HeadingFault("heading-attribute", column + braces.start(), values)


def _heading_text(line: str) -> tuple[str, int]:
    """Return the text of a heading's line without its marks, and its column."""
    text = line.lstrip("#").rstrip(" \t").rstrip("#").rstrip(" \t").lstrip(" \t")
    return text, line.find(text) + 1 if text else 1


@dataclass(frozen=True, slots=True)
class _SplitHeading:
    """A heading's text split in two."""

    title: str
    attributes: str
    """The text between the braces."""
    start: int
    """Its offset in the text, from 0."""


def _split_attributes(text: str) -> _SplitHeading | None:
    """Return title and attributes of a heading's text; None if it has no attributes."""
    start = text.rfind("{")
    if start < 0 or not text.endswith("}") or "}" in text[start:-1]:
        return None
    inner = start + (2 if text.startswith("{:", start) else 1)
    return _SplitHeading(text[:start].rstrip(" \t"), text[inner:-1], inner)
