"""Parse headings: title and attributes, repaired where the meaning is likely; find minutes in a step's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from stufenweise.model.problem import QUOTED_START

ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
"""An id of a section, step, item or heading."""
MAX_PROPOSAL = 120
"""Most characters of a proposed heading; one of this length may have been cut off."""

_PLAIN_HEADING = re.compile(
    r"#{2,4} ([^\s#{}][^{}]*?) ?\{#([a-z0-9-]+)(?: minutes=([1-9][0-9]?))?(?: short=([1-9][0-9]?))?(?: part=([2-4]))?\}"
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
_PART_OF_A_MINUTE = re.compile(r"\d[.,]\d")
_OPEN = re.compile(r"\{[#:][^{}]*$")
"""Attributes whose brace is not closed."""
_STEP_NUMBER = re.compile(
    r"(?:Schritt|Teil|Step|Part|Nr\.|Phase)[ \t]*\d{1,2}[ \t]*[:.)–—-]?[ \t]*|\d{1,2}[.)][ \t]+", re.IGNORECASE
)
_STEP_MINUTES = re.compile(
    r"[ \t]*(?:[–—,-][ \t]*)?[(\[]?[ \t]*(?:ca\.?|etwa|rund|circa|approx\.?|about|~)?[ \t]*(\d{1,3})[ \t]*"
    r"(?:Minuten|Minute|Min\.?|minutes|minute|mins?\.?|['’′])[ \t]*[)\]]?[ \t]*$",
    re.IGNORECASE,
)


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
    written = _attributes(split.attributes.split())
    if not (unclosed or written.is_wrong):
        fault = _braces_in_title(split.title, written, column)
        return ParsedHeading(replace(written.heading(split.title), faulty=fault is not None), column, fault)
    likely = _attributes(_likely_tokens(split.attributes))
    replacement = "" if likely.is_wrong else likely.braces
    heading = (likely if replacement else written).heading(split.title)
    heading = replace(heading, minutes=heading.minutes or 0)
    open_brace = HeadingFault("heading-brace", column + unclosed.start(), {"right": replacement}) if unclosed else None
    fault = open_brace or _fault_of(written, column + split.start, replacement)
    return ParsedHeading(replace(heading, faulty=True), column, fault)


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


def _fault_of(written: _Attributes, column: int, replacement: str) -> HeadingFault:
    """Return the fault of attributes: an unknown one, or a wrong value."""
    if written.unknown:
        values = {"attribute": " ".join(written.unknown)[:QUOTED_START], "right": replacement}
        return HeadingFault("heading-attribute", column, values)
    if written.bad_minutes:
        values = {"value": written.bad_minutes[:20], "right": replacement}
        return HeadingFault("step-minutes-value", column, values)
    return HeadingFault("step-short-value", column, {"value": written.bad_short[:20], "right": replacement})


def _braces_in_title(title: str, written: _Attributes, column: int) -> HeadingFault | None:
    """Return the fault of a title with braces: Python-Markdown reads everything from the first brace as attributes."""
    braces = _TITLE_BRACES.search(title)
    if not braces:
        return None
    without = title.translate(_ROUND).replace("$(", "(")
    values = {"attribute": braces[0][:QUOTED_START], "right": f"{without} {written.braces}"[:MAX_PROPOSAL]}
    return HeadingFault("heading-attribute", column + braces.start(), values)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attributes:
    """The attributes in the braces after a heading."""

    id: str = ""
    minutes: int | None = None
    short: int | None = None
    part: int | None = None
    unknown: tuple[str, ...] = ()
    bad_minutes: str = ""
    bad_short: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether one of them is unknown or has a wrong value."""
        return bool(self.unknown or self.bad_minutes or self.bad_short)

    @property
    def braces(self) -> str:
        """The attributes as they should be written, in braces."""
        minutes = f"minutes={self.minutes}" if self.minutes else ""
        short = f"short={self.short}" if self.short else ""
        part = f"part={self.part}" if self.part else ""
        return f"{{{' '.join(filter(None, (self.id and f'#{self.id}', minutes, short, part)))}}}"

    def heading(self, title: str) -> Heading:
        """Return the heading of a title with these attributes."""
        return Heading(title=title, id=self.id, minutes=self.minutes, short=self.short, part=self.part)


def _attributes(tokens: list[str]) -> _Attributes:
    """Return the attributes for the parts between a heading's braces."""
    result = _Attributes()
    for token in tokens:
        if token.startswith("#") and len(token) > 1 and not result.id:
            result = replace(result, id=token[1:])
        elif token.startswith("minutes="):
            value = token.removeprefix("minutes=").strip("\"'")
            minutes = _minutes(value)
            result = replace(result, minutes=minutes) if minutes else replace(result, bad_minutes=value or "…")
        elif token.startswith("short="):
            value = token.removeprefix("short=").strip("\"'")
            minutes = _minutes(value)
            result = replace(result, short=minutes) if minutes else replace(result, bad_short=value or "…")
        elif token.startswith("part=") and token[5:] in {"2", "3", "4"}:
            result = replace(result, part=int(token[5:]))
        else:
            result = replace(result, unknown=(*result.unknown, token))
    return result


def _minutes(value: str) -> int | None:
    """Return the minutes in a value of an attribute, 1 to 120; None if it is not such a number."""
    is_number = value.isascii() and value.isdigit() and len(value) <= 3
    return int(value) if is_number and 1 <= int(value) <= 120 else None


def _likely_tokens(attributes: str) -> list[str]:
    """Return the attributes that the author probably meant: without stray blanks and units, keys spelt right."""
    tokens: list[str] = []
    for token in re.sub(r"(#)\s+|\s*([=:])\s*(?=[\"']?\d)|\s*(=)\s*", _joined, attributes[:200]).split():
        key, mark, value = token.partition("=")
        number = "" if _PART_OF_A_MINUTE.search(value) else re.sub(r"[^0-9]+", "", value)
        if mark and key.casefold().startswith("min"):
            tokens.append(f"minutes={number}")
        elif mark and key.casefold() in {"short", "kurz"}:
            tokens.append(f"short={number}")
        elif mark and key.casefold() in {"part", "teil", "termin"}:
            tokens += [f"part={number}"] if number != "1" else []
        elif not mark and not tokens and ID.fullmatch(token):
            tokens.append(f"#{token}")
        elif not mark and tokens and tokens[-1].startswith("#") and ID.fullmatch(f"x-{token}"):
            tokens[-1] += f"-{token}"
        elif token.startswith("#") and any(earlier.startswith("#") for earlier in tokens):
            continue  # Of two ids, links use the first
        elif not (token.startswith(".") and tokens):
            tokens.append(token)
    return tokens


def _joined(match: re.Match[str]) -> str:
    return match[1] or "="


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


def words_and_minutes(title: str) -> tuple[str, int]:
    """Return a step's title without number and minutes, and its minutes; 0 if it has none."""
    match = _STEP_MINUTES.search(title)
    minutes = int(match[1]) if match and 1 <= int(match[1]) <= 120 else 0
    words = title[: match.start()].rstrip(" \t:–-") if match and minutes else title
    without_number = _STEP_NUMBER.sub("", words, count=1) if _STEP_NUMBER.match(words) else words
    return without_number or words, minutes


def step_heading(words: str, step_id: str, minutes: int, rest: str = "") -> str:
    """Return a step's heading line; an ellipsis replaces minutes that only the author knows."""
    return f"### {words} {{#{step_id} minutes={minutes or '…'}{rest}}}"
