"""Recognise the section of a tutorial that a heading means, by the words that people use for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import cast

from stufenweise.core.package_files import load_resource
from stufenweise.source.markdown.step_titles import words_and_minutes

NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?|[IVX]+\.)[ \t]+")
"""The number of a heading."""
_GOES_ON = re.compile(
    r"(?:zum|zur|für|des|der|das|dieses|von|im|in|bei|beim|mit|und|ist|this|that|the|for|of|about|in|on|and|to|with)\b"
)
"""The rest of a heading that begins with the name of a section."""


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Sequence[str]]:
    """Return the usual headings for each section, by section id."""
    return cast("Mapping[str, Sequence[str]]", load_resource(__package__, "section_words.yml"))


def is_section(name: str) -> bool:
    """Return whether a word is a section id."""
    return name in _words()


def section_of(heading: str) -> str:
    """Return the section that a heading means; empty if none."""
    if is_section(heading):
        return heading
    words = _small_words(heading)
    return next((section for section, names in _words().items() if words in names), "")


def section_begun(heading: str) -> str:
    """Return the section with whose name a heading begins, such as "Fragen zum Austausch"; empty if none."""
    words = _small_words(heading)
    for section, names in _words().items():
        for name in names:
            rest = words.removeprefix(f"{name} ")
            if rest != words and len(rest.split()) <= 4 and _GOES_ON.match(rest):
                return section
    return ""


def _small_words(heading: str) -> str:
    """Return the words of a heading in lower case, without number, minutes and punctuation."""
    words = NUMBERING.sub("", words_and_minutes(heading)[0]).casefold()
    return " ".join(re.sub(r"[^\w ]+", " ", words).split())
