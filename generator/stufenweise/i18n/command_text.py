"""The words of the command line's own messages, one file a language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from stufenweise.i18n.catalogue import catalogue


def command_text(key: str, language: str, /, **values: object) -> str:
    """Return the message `key` with `values` put in, in `language` or else in English."""
    return (_words(language).get(key) or _words("en")[key]).format(**values)


def _words(language: str) -> Mapping[str, str]:
    try:
        return cast("Mapping[str, str]", catalogue(language, "commands"))
    except FileNotFoundError:
        return {}
