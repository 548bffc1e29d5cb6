"""Messages for people in their language: problems, commands and failures.

Each catalogue maps a key to sentences with values in braces. A problem always shows `what` and `remedy`. Any other
sentence is named after a value and is added to the remedy if that value is not empty: `nearest`, for example, if there
is a word similar to a misspelt one. `other` is added if none of them is. Sentences keep the order of the catalogue.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from stufenweise.core.errors import Failure
from stufenweise.i18n.catalogue import FALLBACK_LANGUAGE, catalogue, catalogue_languages, catalogue_or_fallback
from stufenweise.model.problem import Problem, visible

MessageTexts = Mapping[str, str]
MAX_VALUE = 2000
"""Most characters of a value in a message."""


@dataclass(frozen=True, slots=True)
class Message:
    """The message of a problem."""

    what: str
    """The mistake."""
    remedy: str
    """The remedy; empty if there is nothing to add."""


class _Values(dict[str, str]):
    """The values of a problem; a missing one is shown as its name in braces instead of raising KeyError."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def message_languages() -> tuple[str, ...]:
    """Return the languages that have a catalogue."""
    return catalogue_languages("problems")


def problem_catalogue(language: str) -> Mapping[str, MessageTexts]:
    """Return the messages of problems in a language, by code."""
    return cast("Mapping[str, MessageTexts]", catalogue(language, "problems"))


def problem_message(problem: Problem, language: str) -> Message:
    """Return the message of a problem in `language`."""
    entry = problem_catalogue(language).get(problem.code)
    values = _Values((name, visible(str(value))[:MAX_VALUE]) for name, value in problem.values)
    if entry is None:
        return Message(problem.code, ", ".join(f"{name}: {value}" for name, value in values.items()))
    named = {name for name in entry if name not in {"what", "remedy", "other"} and values.get(name)}
    parts = [
        part for name, part in entry.items() if name in named or name == "remedy" or (name == "other" and not named)
    ]
    return Message(entry["what"].format_map(values), " ".join(part.format_map(values) for part in parts))


def command_text(key: str, language: str, /, **values: object) -> str:
    """Return the message `key` with `values` filled in, in `language` or else in English.

    Control characters in values, which are often names from files, are escaped (`visible`).
    """
    shown = {name: _shown(value) for name, value in values.items()}
    return (_command_catalogue(language).get(key) or _command_catalogue(FALLBACK_LANGUAGE)[key]).format(**shown)


def _shown(value: object) -> object:
    """Return a value for a message; a list has one line per member."""
    if isinstance(value, list):
        return "".join(f"\n  {visible(str(member))}" for member in value)
    return value if isinstance(value, int | float) else visible(str(value))


def _command_catalogue(language: str) -> Mapping[str, str]:
    """Return the messages of commands by key; empty if the language has no such file."""
    try:
        return cast("Mapping[str, str]", catalogue(language, "commands"))
    except FileNotFoundError:
        return {}


def failure_catalogue(language: str) -> Mapping[str, Mapping[str, str]]:
    """Return `what` and `remedy` of each failure by code, in `language` or else in English."""
    return cast("Mapping[str, Mapping[str, str]]", catalogue_or_fallback(language, "failures"))


def failure_text(failure: Failure, language: str) -> str:
    """Return message and remedy of a failure on one line."""
    entry = failure_catalogue(language)[failure.code]
    values = {name: visible(value) for name, value in failure.values.items()}
    return " ".join(part.format_map(values) for part in (entry["what"], entry["remedy"]))


def windows_language() -> str:
    """Return the language of Windows, as in de_DE; empty on other systems, which have it in LANG."""
    if sys.platform != "win32":
        return ""
    import ctypes
    import locale

    # https://learn.microsoft.com/windows/win32/api/winnls/nf-winnls-getuserdefaultuilanguage
    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")


def message_language(
    wanted: str | None, environ: Mapping[str, str], system: Callable[[], str] = windows_language
) -> str:
    """Return the language of messages: the wanted one, else the terminal's, else the system's, else English."""
    if wanted:
        return wanted
    named = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    value = next(filter(None, named), "") or system()
    code = value.partition("_")[0].partition(".")[0].lower()
    return code if code in message_languages() else FALLBACK_LANGUAGE
