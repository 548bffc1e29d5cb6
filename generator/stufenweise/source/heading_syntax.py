"""Parse headings: title and attributes, repaired where the meaning is likely; steps by number and minutes in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
"""An id of a section, step, item or heading."""

_PLAIN_HEADING = re.compile(
    r"#{2,4} ([^\s#{}][^{}]*?) ?\{#([a-z0-9-]+)(?: minutes=([1-9][0-9]?))?(?: short=([1-9][0-9]?))?(?: part=([2-4]))?\}"
)
"""A heading as almost all are written; it needs no further look."""
_STRAY = re.compile(
    r"(?P<marks>#{2,4}) (?P<title>[^{}`\n]+?)[ \t]*"
    r"(?:(?P<braces>\{#[^{}\n]*\})(?P<behind>[ \t]*(?:#+|[.,;:!?*_]+)[ \t]*)"
    r"|(?P<tick>`)(?P<inner>\{#[^{}\n]*\})`[ \t]*)"
)
"""A heading with something behind its attributes, or with them between backticks."""
_IN_FRONT = re.compile(r"(?P<marks>#{2,4}) (?P<front>(?P<braces>\{#[^{}\n]*\}))[ \t]+(?P<title>[^{}`\n]+)")
"""A heading with its attributes in front of its words."""
_PARTED = re.compile(r"(?<=\{)(?P<first>#[^{}]*)(?P<between>\}[ \t]*\{)(?!\{)(?=[^{}]*\}[ \t]*$)")
"""Where attributes stand in two pairs of braces, one behind the other."""
_TITLE_BRACES = re.compile(r"(?<!\{)\$?\{(?!\{)[^{}]*\}?|(?<![{}])\}(?!\})")
"""Braces in the words of a heading; double ones are words of the vocabulary and have problems of their own."""
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
    """A heading without its marks."""

    title: str
    id: str
    minutes: int | None
    short: int | None = None
    part: int | None = None
    faulty: bool = False
    """Whether its attributes are wrong, which is said once and for all."""

    @property
    def misplaced(self) -> str:
        """The attribute that only a step may have; empty if there is none."""
        if self.faulty:
            return ""
        given = {"minutes": self.minutes is not None, "short": self.short is not None, "part": bool(self.part)}
        return next((name for name, is_given in given.items() if is_given), "")


@dataclass(frozen=True, slots=True)
class HeadingFault:
    """What is wrong with the attributes of a heading: the code, the column and the values of a problem."""

    code: str
    column: int
    values: Mapping[str, str]


def parse_heading(source: str) -> tuple[Heading, int, HeadingFault | None]:
    """Return the heading in a line, the column at which its text starts, and what is wrong with its attributes."""
    if found := _PLAIN_HEADING.fullmatch(source):
        minutes, short, part = (int(number) if number else None for number in found.group(3, 4, 5))
        return (
            Heading(title=found[1].rstrip(" \t"), id=found[2], minutes=minutes, short=short, part=part),
            found.start(1) + 1,
            None,
        )
    if stray := _STRAY.fullmatch(source) or _IN_FRONT.fullmatch(source):
        braces = stray["braces"] or stray["inner"]
        right = f"{stray['marks']} {stray['title'].strip()} {braces}"
        heading, column, fault = parse_heading(right)
        if fault is None and heading.title:
            odd = next(name for name in ("behind", "tick", "front") if stray.groupdict().get(name))
            values = {"attribute": stray[odd].strip()[:40], "right": right[:120]}
            at = stray.start(odd) + 1 + len(stray[odd]) - len(stray[odd].lstrip())
            return replace(heading, faulty=True), column, HeadingFault("heading-attribute", at, values)
    if two := _PARTED.search(source):
        right = f"{source[: two.start('between')]} {source[two.end() :]}"
        heading, column, fault = parse_heading(right)
        right = str(fault.values.get("right", "")) if fault else right
        if right.startswith("{"):
            right = f"{source[: two.start() - 1].rstrip()} {right}"
        values = {"attribute": two["between"], "right": right[:120]}
        at = two.start("between") + 1
        return replace(heading, faulty=True), column, HeadingFault("heading-attribute", at, values)
    text, column = _heading_text(source)
    is_open = _OPEN.search(text)
    parted = _parted(f"{text}}}" if is_open else text)
    if not parted:
        return Heading(title=text, id="", minutes=None), column, None
    title, attributes, offset = parted
    given = _attributes(attributes.split())
    if not (is_open or given.is_wrong):
        if found := _TITLE_BRACES.search(title):
            # Python-Markdown takes all from the first brace for attributes, even between backticks.
            right = title.translate(_ROUND).replace("$(", "(")
            values = {"attribute": found[0][:40], "right": f"{right} {given.braces}"[:120]}
            heading = Heading(
                title=title, id=given.id, minutes=given.minutes, short=given.short, part=given.part, faulty=True
            )
            return heading, column, HeadingFault("heading-attribute", column + found.start(), values)
        return (
            Heading(title=title, id=given.id, minutes=given.minutes, short=given.short, part=given.part),
            column,
            None,
        )
    meant = _attributes(_meant(attributes))
    right = "" if meant.is_wrong else meant.braces
    best = meant if right else given
    heading = Heading(title=title, id=best.id, minutes=best.minutes or 0, short=best.short, part=best.part, faulty=True)
    if is_open:
        return heading, column, HeadingFault("heading-brace", column + is_open.start(), {"right": right})
    at = column + offset
    if given.unknown:
        values = {"attribute": " ".join(given.unknown)[:40], "right": right}
        return heading, column, HeadingFault("heading-attribute", at, values)
    if given.bad_minutes:
        values = {"value": given.bad_minutes[:20], "right": right}
        return heading, column, HeadingFault("step-minutes-value", at, values)
    return heading, column, HeadingFault("step-short-value", at, {"value": given.bad_short[:20], "right": right})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attributes:
    """What stands in the braces behind a heading."""

    id: str = ""
    minutes: int | None = None
    short: int | None = None
    part: int | None = None
    unknown: tuple[str, ...] = ()
    bad_minutes: str = ""
    bad_short: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether something in them is no attribute, or has a value that it can't have."""
        return bool(self.unknown or self.bad_minutes or self.bad_short)

    @property
    def braces(self) -> str:
        """How they are to be written."""
        minutes = f"minutes={self.minutes}" if self.minutes else ""
        short = f"short={self.short}" if self.short else ""
        part = f"part={self.part}" if self.part else ""
        return f"{{{' '.join(filter(None, (self.id and f'#{self.id}', minutes, short, part)))}}}"


def _attributes(tokens: list[str]) -> _Attributes:
    """Return what the parts of a heading's attributes say."""
    found = _Attributes()
    for token in tokens:
        if token.startswith("#") and len(token) > 1 and not found.id:
            found = replace(found, id=token[1:])
        elif token.startswith("minutes="):
            value = token.removeprefix("minutes=").strip("\"'")
            minutes = _minutes(value)
            found = replace(found, minutes=minutes) if minutes else replace(found, bad_minutes=value or "…")
        elif token.startswith("short="):
            value = token.removeprefix("short=").strip("\"'")
            minutes = _minutes(value)
            found = replace(found, short=minutes) if minutes else replace(found, bad_short=value or "…")
        elif token.startswith("part=") and token[5:] in {"2", "3", "4"}:
            found = replace(found, part=int(token[5:]))
        else:
            found = replace(found, unknown=(*found.unknown, token))
    return found


def _minutes(value: str) -> int | None:
    """Return the minutes that a value of an attribute says, 1 to 120; None if it says no such number."""
    is_number = value.isascii() and value.isdigit() and len(value) <= 3
    return int(value) if is_number and 1 <= int(value) <= 120 else None


def _meant(attributes: str) -> list[str]:
    """Return the parts that a person most likely meant: without stray blanks and units, keys by their right name."""
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
        elif token.startswith("#") and any(one.startswith("#") for one in tokens):
            continue  # The first of two ids is that which others know
        elif not (token.startswith(".") and tokens):
            tokens.append(token)
    return tokens


def _joined(found: re.Match[str]) -> str:
    return found[1] or "="


def _heading_text(line: str) -> tuple[str, int]:
    """Return the text of a heading's line, without its marks, and the column at which it starts."""
    text = line.lstrip("#").rstrip(" \t").rstrip("#").rstrip(" \t").lstrip(" \t")
    return text, line.find(text) + 1 if text else 1


def _parted(text: str) -> tuple[str, str, int] | None:
    """Return title and attributes of a heading's text, and where the attributes start; None if it has none."""
    start = text.rfind("{")
    if start < 0 or not text.endswith("}") or "}" in text[start:-1]:
        return None
    inner = start + (2 if text.startswith("{:", start) else 1)
    return text[:start].rstrip(" \t"), text[inner:-1], inner


def words_and_minutes(title: str) -> tuple[str, int]:
    """Return the words of a step's heading without number and minutes, and these; 0 if it says none."""
    found = _STEP_MINUTES.search(title)
    minutes = int(found[1]) if found and 1 <= int(found[1]) <= 120 else 0
    words = title[: found.start()].rstrip(" \t:–-") if found and minutes else title
    without_number = _STEP_NUMBER.sub("", words, count=1) if _STEP_NUMBER.match(words) else words
    return without_number or words, minutes


def step_heading(words: str, step_id: str, minutes: int, rest: str = "") -> str:
    """Return the line of a step's heading; an ellipsis stands for minutes that only the author knows."""
    return f"### {words} {{#{step_id} minutes={minutes or '…'}{rest}}}"
