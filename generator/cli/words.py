"""The words of the command line's own messages, one file a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

import yaml


def word(key: str, language: str, /, **values: object) -> str:
    """Return the message `key` with `values` put in, in `language` or else in English."""
    return (_words(language).get(key) or _words("en")[key]).format(**values)


@lru_cache
def _words(language: str) -> Mapping[str, str]:
    file = files(__package__).joinpath("words", f"{language}.yml")
    if not file.is_file():
        return {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # Ten times as fast
    found: Mapping[str, str] = yaml.load(file.read_text(encoding="utf-8"), loader)  # noqa: S506 -- safe
    return found
