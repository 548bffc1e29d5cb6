"""Problems of content and their places: the only way in which the generator reports mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from stufenweise.model.paths import NO_FILE, ShownPath

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


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Subject:
    """What a problem is about, for code that completes, repairs or drops it; its message can print the texts, too."""

    name: str = ""
    """What is wrong, unknown or missing: the id or title of a section, a slug, a goal's code, a language, a handout."""
    nearest: str = ""
    """What is probably meant instead; empty if that is not clear."""
    source: ShownPath = NO_FILE
    """The other text on which it depends: the source of a translation, the text that a link leads to."""
    covers: int = 0
    """The number of lines, from its own on, that are part of the mistake: other problems there may follow from it."""


NO_SUBJECT = Subject()
"""In place of the subject of a problem that only its message describes."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A mistake that a person has to fix: its place, its stable code, what it is about, and values for its message.

    Messages for each code are in the catalogues of `stufenweise.i18n.messages`, one per language. Only they and outputs
    read `values`.
    """

    place: Place
    code: str
    values: tuple[tuple[str, str], ...] = ()
    subject: Subject = NO_SUBJECT

    @property
    def is_error(self) -> bool:
        """Whether it stops a build."""
        return self.code not in WARNINGS

    @property
    def message_values(self) -> dict[str, str]:
        """The values for its message by name, with the texts of its subject, if it has one."""
        subject = {"name": self.subject.name, "nearest": self.subject.nearest, "source": self.subject.source}
        return (subject if self.subject != NO_SUBJECT else {}) | dict(self.values)

    @property
    def covered_lines(self) -> range:
        """The lines that are part of the mistake; empty if no other problem follows from it."""
        return range(self.place.line, self.place.line + self.subject.covers)

    def completed(self, *, nearest: str | None = None, **values: str) -> Problem:
        """Return the problem with what is probably meant, and with changed or added values for its message."""
        subject = self.subject if nearest is None else replace(self.subject, nearest=nearest)
        return replace(self, subject=subject, values=tuple((dict(self.values) | values).items()))


def blocking_problems(problems: Iterable[Problem], *, strict: bool = False) -> list[Problem]:
    """Return the problems that stop a build: errors, and when it is strict, warnings too."""
    return [problem for problem in problems if strict or problem.is_error]


def new_problem(place: Place, code: str, subject: Subject = NO_SUBJECT, /, **values: object) -> Problem:
    """Return the problem `code` at `place` about `subject`, with further `values` for its message."""
    return Problem(place, code, tuple((name, str(value)) for name, value in values.items()), subject)


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
