"""Problems of content and their places: the only way in which the generator reports mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import cast

from stufenweise.model.paths import ShownPath

WARNINGS = frozenset(
    {
        "base-changed",
        "base-gone",
        "base-translation-stale",
        "base-unnoted",
        "entry-translation-missing",
        "extend-translation-missing",
        "figure-overflow",
        "figure-untranslated",
        "formula-left",
        "handout-costly",
        "handout-overflow",
        "handout-overflow-base",
        "handout-unprintable",
        "hyphen-marks",
        "image-as-words",
        "image-damaged",
        "image-metadata",
        "indented-words",
        "invisible-character",
        "label-unknown",
        "label-untranslated",
        "label-values",
        "link-hidden",
        "more-warnings",
        "package-untranslated",
        "place-unfilled",
        "plan-core",
        "plan-order",
        "review-due",
        "source-unnamed",
        "table-large",
        "translation-missing",
        "translation-pending",
        "translation-stale",
        "unprintable-character",
        "unprintable-image",
        "unused-attachment",
        "unused-image",
        "word-forms-missing",
    }
)
"""Codes of warnings, which stop only a strict build."""

QUOTED_TEXT = 60
"""Most characters of a title or line that a message quotes."""
QUOTED_START = 40
"""Most characters of a line's or an attribute's beginning that a message quotes."""
QUOTED_ADDRESS = 80
"""Most characters of an address or an attribute that a message quotes."""

_INVISIBLE = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff]")


def visible(text: str) -> str:
    """Return `text` with control, direction and invalid characters escaped: safe to print on one line of a terminal."""
    return _INVISIBLE.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode("ascii"), text)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file of content: path as people write it, line and column counted from 1 (column in characters)."""

    file: ShownPath
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Return file:line:column, as terminals and editors link it."""
        return f"{visible(self.file)}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A mistake that a person has to fix: its place, its stable code, and the values for its message.

    Messages for each code are in the catalogues of `stufenweise.i18n.messages`, one per language.
    """

    place: Place
    code: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def is_error(self) -> bool:
        """Whether it stops a build."""
        return self.code not in WARNINGS

    def value(self, name: str, default: str = "") -> str:
        """Return a value for its message."""
        return dict(self.values).get(name, default)

    def with_values(self, **values: str) -> Problem:
        """Return the problem with changed or added values for its message."""
        return replace(self, values=tuple((dict(self.values) | values).items()))

    def to_json(self) -> list[object]:
        """Return the problem as plain JSON, for caches."""
        return [
            [self.place.file, self.place.line, self.place.column],
            self.code,
            [list(value) for value in self.values],
        ]

    @classmethod
    def from_json(cls, data: object) -> Problem:
        """Return the problem of the result of `to_json`.

        Raises:
            ValueError: The data is something else.
            TypeError: The data is something else.
        """
        place, code, values = cast("tuple[tuple[str, int, int], str, list[tuple[str, str]]]", data)
        return cls(Place(ShownPath(place[0]), *place[1:]), code, tuple((name, value) for name, value in values))


def blocking_problems(problems: Iterable[Problem], *, strict: bool = False) -> list[Problem]:
    """Return the problems that stop a build: errors, and when it is strict, warnings too."""
    return [problem for problem in problems if strict or problem.is_error]


def new_problem(place: Place, code: str, /, **values: object) -> Problem:
    """Return the problem `code` at `place`, with `values` for its message."""
    return Problem(place, code, tuple((name, str(value)) for name, value in values.items()))


def short_value(value: object) -> str:
    """Return `value` shortened to one line of a message."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, (tuple, list)):
        text = "[…]"
    elif isinstance(value, dict):
        text = "{…}"
    else:
        text = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= QUOTED_TEXT else text[: QUOTED_TEXT - 1] + "…"
