"""Messages for people in their language: problems, commands and failures.

Each catalogue maps a key to sentences with values in braces. A problem always shows `what` and `remedy`. Any other
sentence is named after a value and is added to the remedy if that value is not empty: `nearest`, for example, if there
is a word similar to a misspelt one. `other` is added if none of them is. Sentences keep the order of the catalogue.

A message that a language lacks is shown in English. One that English lacks, too, is shown as its key and values, since
telling of a fault must not raise another one; tests look for such keys.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from stufenweise.core.errors import Failure
from stufenweise.i18n.catalogue import FALLBACK_LANGUAGE, Catalogue
from stufenweise.model.problem import Problem, visible

PROBLEM_TEXTS = Catalogue("problems", dict[str, str])
"""Sentences of each problem, by its code."""
COMMAND_TEXTS = Catalogue("commands", str)
"""Messages of commands."""
FAILURE_TEXTS = Catalogue("failures", dict[str, str])
"""`what` and `remedy` of each failure, by its code."""
MAX_VALUE = 2000
"""Most characters of a value in a message."""


@dataclass(frozen=True, slots=True)
class Message:
    """The message of a problem."""

    what: str
    """The mistake."""
    remedy: str
    """The remedy; empty if there is nothing to add."""


class _Values(dict[str, object]):
    """The values of a message; a missing one is shown as its name in braces instead of raising KeyError."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def message_languages() -> tuple[str, ...]:
    """Return the languages that have messages."""
    return PROBLEM_TEXTS.languages


def problem_message(problem: Problem, language: str) -> Message:
    """Return the message of a problem."""
    entry = PROBLEM_TEXTS.complete(language).get(problem.code)
    values = _Values((name, visible(str(value))[:MAX_VALUE]) for name, value in problem.message_values.items())
    if entry is None:
        return Message(problem.code, _listed(values))
    named = {name for name in entry if name not in {"what", "remedy", "other"} and values.get(name)}
    parts = [
        part for name, part in entry.items() if name in named or name == "remedy" or (name == "other" and not named)
    ]
    return Message(entry["what"].format_map(values), " ".join(part.format_map(values) for part in parts))


def command_text(key: str, language: str, /, **values: object) -> str:
    """Return the message of a command with `values` filled in.

    Control characters in values, which are often names from files, are escaped (`visible`).
    """
    text = COMMAND_TEXTS.complete(language).get(key)
    printed = _Values((name, _printed(value)) for name, value in values.items())
    return _unknown(key, printed) if text is None else text.format_map(printed)


def failure_text(failure: Failure, language: str) -> str:
    """Return message and remedy of a failure on one line."""
    entry = FAILURE_TEXTS.complete(language).get(failure.code)
    values = _Values((name, visible(value)) for name, value in failure.values.items())
    if entry is None:
        return _unknown(failure.code, values)
    return " ".join(part.format_map(values) for part in (entry["what"], entry["remedy"]))


def _unknown(key: str, values: Mapping[str, object]) -> str:
    return f"{key} ({_listed(values)})" if values else key


def _listed(values: Mapping[str, object]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in values.items())


def _printed(value: object) -> object:
    """Return a value for a message; a list has one line per member."""
    if isinstance(value, list):
        return "".join(f"\n  {visible(str(member))}" for member in value)
    return value if isinstance(value, int | float) else visible(str(value))


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
