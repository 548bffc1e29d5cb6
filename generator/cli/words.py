"""The words of the command line's own messages, one file a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import cast

from generator.messages.packaged import packaged


def word(key: str, language: str, /, **values: object) -> str:
    """Return the message `key` with `values` put in, in `language` or else in English."""
    return (_words(language).get(key) or _words("en")[key]).format(**values)


@lru_cache
def _words(language: str) -> Mapping[str, str]:
    try:
        return cast("Mapping[str, str]", packaged(__package__, "words", f"{language}.yml"))
    except FileNotFoundError:
        return {}
