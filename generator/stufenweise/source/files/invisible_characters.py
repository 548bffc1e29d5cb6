"""Find and remove invisible characters that come with pasted text.

A no-break space is right inside a sentence ("z. B."); where Markdown or YAML expects a space, it breaks a heading, an
item or a key. Zero-width characters, soft hyphens, line separators and direction marks have no use anywhere. Decomposed
letters (a base letter and a combining mark) look right, but a search for the composed letter misses them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_NOTHING = "\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_SEPARATOR = re.compile("[\u2028\u2029]")
_BLANK = "\u00a0\u202f\u2007"
_MARK = "\u200e\u200f\u061c"
"""Direction marks, which right-to-left text needs; they are removed where a space is expected."""
_ZERO = re.compile(f"[{_NOTHING}]")
_ODD = re.compile(f"[{_NOTHING}{_BLANK}{_MARK}\u2028\u2029\u0300-\u036f]")
_WHERE_SPACE_IS = re.compile(
    rf"^[ \t{_BLANK}{_MARK}]*(?:(?:[-*+>]|[0-9]{{1,9}}[.)]|#{{1,6}}|(?<=[-*+][ {_BLANK}])\[[ xX{_BLANK}]?\]"
    rf"|[\w-]+:)"
    rf"[ \t{_BLANK}{_MARK}]+)*(?:\[[ xX{_BLANK}]?\][ \t{_BLANK}{_MARK}]+)?"
)
_BEFORE_COLON = re.compile(rf"^[ \t]*(?:- )?[\w-]+[{_BLANK}]+(?=:\s)")
_END = re.compile(rf"[ \t]*[{_BLANK}{_MARK}][ \t{_BLANK}{_MARK}]*(?=$|\{{[#:])")
_KEY = re.compile(rf"[{_BLANK}]+[\w-]+[ ]?:(?:\s|$)")
_NAMES = {"\u00ad": "soft", "\u200b": "zero", "\u2060": "zero", "\ufeff": "zero", "\u2028": "line", "\u2029": "line"}


@dataclass(frozen=True, slots=True, kw_only=True)
class InvisibleCharacter:
    """The first invisible character of a line."""

    line: int
    """From 0."""
    column: int
    """From 1."""
    kind: str
    """`zero`, `soft`, `line`, `blank` (no-break space), `direction` or `letter` (in two parts)."""
    code: str
    """Such as `U+200B`."""


def invisible_characters(text: str, *, is_yaml: bool = False) -> Iterator[InvisibleCharacter]:
    """Yield the first invisible character of each line that has one.

    Args:
        text: The text.
        is_yaml: Whether it is YAML as a whole, and not only the front matter above Markdown.
    """
    if not _ODD.search(text):
        return
    for number, line, has_key in _lines(text, is_yaml=is_yaml):
        if not _ODD.search(line):
            continue
        clean = _clean_line(line, has_key=has_key)
        if clean == line:
            continue
        at = next(
            (index for index, character in enumerate(line) if index >= len(clean) or clean[index] != character), 0
        )
        if not _ODD.match(line, at):
            at = next((index for index in range(at, min(at + 3, len(line))) if _ODD.match(line, index)), at)
        character = line[at]
        kind = _NAMES.get(character) or (
            "blank" if character in _BLANK else "letter" if "\u0300" <= character <= "\u036f" else "direction"
        )
        yield InvisibleCharacter(line=number, column=at + 1, kind=kind, code=f"U+{ord(character):04X}")


def without_invisible_characters(text: str, *, is_yaml: bool = False) -> str:
    """Return a text without invisible characters, with spaces where they are expected."""
    if not _ODD.search(text):
        return text
    return "\n".join(
        _clean_line(line, has_key=has_key) if _ODD.search(line) else line
        for _, line, has_key in _lines(text, is_yaml=is_yaml)
    )


def _lines(text: str, *, is_yaml: bool) -> Iterator[tuple[int, str, bool]]:
    """Yield the lines of a text by number from 0, each with whether it may begin with a YAML key.

    In the body, a no-break space before a colon is correct French.
    """
    is_key = is_yaml or text.startswith("---")
    for number, line in enumerate(text.split("\n")):
        yield number, line, is_key
        is_key = is_key and (is_yaml or number == 0 or not line.startswith("---"))


def _clean_line(line: str, *, has_key: bool) -> str:
    line = _SEPARATOR.sub(" ", _ZERO.sub("", line))
    line = unicodedata.normalize("NFC", line) if not unicodedata.is_normalized("NFC", line) else line
    if has_key:
        line = _BEFORE_COLON.sub(lambda match: match[0].rstrip(_BLANK), line)
        if line[:1] in _BLANK and _KEY.match(line):
            line = line.lstrip(_BLANK)
    begin = _WHERE_SPACE_IS.match(line)
    end = begin.end() if begin else 0
    line = _spaced(line[:end]) + line[end:]
    return _END.sub(lambda match: " " if match.end() < len(line) else "", line)


def _spaced(text: str) -> str:
    return re.sub(f"[{_MARK}]", "", re.sub(f"[{_BLANK}]", " ", text))
