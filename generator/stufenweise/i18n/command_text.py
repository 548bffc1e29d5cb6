"""Messages of the command line, one file a language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from stufenweise.i18n.catalogue import catalogue
from stufenweise.model.problem import visible


def command_text(key: str, language: str, /, **values: object) -> str:
    """Return the message `key` with `values` put in, in `language` or else in English.

    A value is often a name that a stranger gave: no character of it moves the cursor or ends the line.
    """
    shown = {name: _shown(value) for name, value in values.items()}
    return (_words(language).get(key) or _words("en")[key]).format(**shown)


def _shown(value: object) -> object:
    """Return a value as a message shows it; several names stand on a line each."""
    if isinstance(value, list):
        return "".join(f"\n  {visible(str(one))}" for one in value)
    return value if isinstance(value, int | float) else visible(str(value))


def _words(language: str) -> Mapping[str, str]:
    try:
        return cast("Mapping[str, str]", catalogue(language, "commands"))
    except FileNotFoundError:
        return {}
