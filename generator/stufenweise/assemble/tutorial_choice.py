"""Data of all tutorials for choosing one: in the planner, and at the end of a session.

A session's page loads them as a script when the session is opened. As a part of the page they would make every
tutorial's page change with every other one.
"""

from __future__ import annotations

import json
import re

from stufenweise.assemble import page_paths
from stufenweise.assemble.localized_library import LocalizedLibrary
from stufenweise.model.hour_table import meeting_minutes, short_minutes
from stufenweise.model.library import Tutorial

_SCRIPT = "globalThis.stufenweise = Object.freeze({{ ...globalThis.stufenweise, tutorials: {} }});\n"
_MARKUP = re.compile(
    r"\[(?P<text>[^\]]*)\]\([^)]*\)|(?<!\w)[*_`]+|[*_`]+(?!\w)|\{:?[^}]*\}|^\s*(?:[-*]|\d+\.)\s+", re.MULTILINE
)
"""Markup of Markdown that a calendar's entry does without; a link keeps its text."""


def tutorials_path(language: str) -> str:
    """Return the path of the script below the folder of its language."""
    return f"assets/tutorials/{language}.js"


def tutorials_script(localized: LocalizedLibrary) -> bytes:
    """Return all tutorials as a script: a page in a folder can't fetch, but load scripts."""
    found = [
        {
            **tutorial_choice(localized, tutorial),
            "href": page_paths.address(page_paths.tutorial_path(tutorial.slug), directories=localized.directories),
        }
        for tutorial in localized.tutorials_in_order
    ]
    return _SCRIPT.format(json.dumps(found, ensure_ascii=False, separators=(",", ":"))).encode()


def tutorial_choice(localized: LocalizedLibrary, tutorial: Tutorial) -> dict[str, str]:
    """Return a tutorial's title, minutes, what it requires and what to prepare, in the site's language."""
    text = tutorial.text(localized.language)
    return {
        "slug": tutorial.slug,
        "level": str(tutorial.facts.level),
        "title": text.title,
        "lang": localized.foreign(text.language),
        "minutes": " ".join(map(str, meeting_minutes(tutorial))),
        "short": str(short_minutes(tutorial) or ""),
        "requires": " ".join(tutorial.facts.requires),
        "prepare": _plain(text.sections["prepare"].body) if "prepare" in text.sections else "",
    }


def _plain(markdown: str) -> str:
    """Return a short text as one line without markup."""
    return " ".join(_MARKUP.sub(lambda found: found["text"] or "", markdown).split())
