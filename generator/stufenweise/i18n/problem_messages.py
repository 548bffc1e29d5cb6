"""Put each problem's code and values into a message: what is wrong, and how to fix it.

One catalogue a language: `<language>.yml`, by the problem's code. `what` and `remedy` name the problem's values in
braces. Any other sentence of an entry has the name of a value and is part of the remedy when that value is not empty:
`nearest`, for example, when there is a word near to the misspelt one. `other` is part of it when there is none of
these. Sentences come in the order in which they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from stufenweise.i18n.catalogue import catalogue, catalogue_languages
from stufenweise.model.problem import Problem, visible

MessageTexts = Mapping[str, str]
MAX_VALUE = 2000
"""Most characters of a value in a message."""


@dataclass(frozen=True, slots=True)
class Message:
    """A problem in words."""

    what: str
    """What is wrong."""
    remedy: str
    """What to do about it; empty if there is nothing more to say."""


class _Values(dict[str, str]):
    """The values of a problem; one that is missing is shown by its name rather than with a traceback."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def message_languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a catalogue."""
    return catalogue_languages("problems")


def problem_catalogue(language: str) -> Mapping[str, MessageTexts]:
    """Return the messages of a language by code."""
    return cast("Mapping[str, MessageTexts]", catalogue(language, "problems"))


def problem_message(problem: Problem, language: str) -> Message:
    """Return a problem in words of `language`."""
    entry = problem_catalogue(language).get(problem.code)
    values = _Values((name, visible(str(value))[:MAX_VALUE]) for name, value in problem.values)
    if entry is None:
        return Message(problem.code, ", ".join(f"{name}: {value}" for name, value in values.items()))
    given = {name for name in entry if name not in {"what", "remedy", "other"} and values.get(name)}
    parts = [
        part for name, part in entry.items() if name in given or name == "remedy" or (name == "other" and not given)
    ]
    return Message(entry["what"].format_map(values), " ".join(part.format_map(values) for part in parts))
