"""Parse the attributes in the braces after a heading, as written or as probably meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
"""An id of a section, step, item or heading."""
_PART = re.compile(r"part=([2-9])")
_PART_OF_A_MINUTE = re.compile(r"\d[.,]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingAttributes:
    """The attributes in the braces after a heading."""

    id: str = ""
    minutes: int | None = None
    short: int | None = None
    part: int | None = None
    """The meeting that begins, 2 to 9. A tutorial has no third one; whoever reads its steps reports that."""
    unknown: tuple[str, ...] = ()
    """Those that no heading has."""
    bad_minutes: str = ""
    """A value of `minutes` that is no number of minutes."""
    bad_short: str = ""
    """Such a value of `short`."""

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


def read_attributes(tokens: Sequence[str]) -> HeadingAttributes:
    """Return the attributes for the parts between a heading's braces."""
    result = HeadingAttributes()
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
        elif part := _PART.fullmatch(token):
            result = replace(result, part=int(part[1]))
        else:
            result = replace(result, unknown=(*result.unknown, token))
    return result


def _minutes(value: str) -> int | None:
    """Return the minutes in a value of an attribute, 1 to 120; None if it is not such a number."""
    is_number = value.isascii() and value.isdigit() and len(value) <= 3
    return int(value) if is_number and 1 <= int(value) <= 120 else None


def likely_tokens(attributes: str) -> list[str]:
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
