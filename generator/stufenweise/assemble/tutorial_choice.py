"""Data of all tutorials as a script: for planner, self-check, the pair's page, and the end of a session.

Pages load it on demand or after their first view. As a part of the pages it would be most of their size, and every
change of a tutorial would change them all.
"""

from __future__ import annotations

import re

from stufenweise.assemble.data_script import data_script
from stufenweise.assemble.template_context import TemplateContext, template_context
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model import page_paths
from stufenweise.model.hour_table import least_length, meeting_minutes, short_minutes
from stufenweise.model.library import Tutorial

MEETING_COPIES = ("mentee", "mentor")
"""The handouts that a pair takes to its meeting."""
_MARKUP = re.compile(
    r"\[(?P<text>[^\]]*)\]\([^)]*\)|(?<!\w)[*_`]+|[*_`]+(?!\w)|\{:?[^}]*\}|^\s*(?:[-*]|\d+\.)\s+", re.MULTILINE
)
"""Markup that is removed in calendar entries; a link keeps its text."""


def tutorials_path(language: str) -> str:
    """Return the path of the script below the folder of its language."""
    return f"assets/tutorials/{language}.js"


def tutorials_script(localized: LocalizedLibrary) -> bytes:
    """Return all tutorials as a script."""
    context = template_context(localized, page_paths.HOME_PAGE)
    choices = [
        {**tutorial_choice(localized, tutorial), **_more(context, tutorial)}
        for tutorial in localized.tutorials_in_order
    ]
    return data_script("tutorials", choices)


def _more(context: TemplateContext, tutorial: Tutorial) -> dict[str, object]:
    """Return a tutorial's facts, items and handouts; addresses are relative to the language's folder."""
    directories = context.localized.directories
    names = context.labels.group("download_copies")
    short = short_minutes(tutorial)
    return {
        "href": page_paths.address(page_paths.tutorial_path(tutorial.slug), directories=directories),
        "level": tutorial.facts.level,
        "requires": tutorial.facts.requires,
        "goals": tutorial.facts.goals,
        "least": least_length(tutorial),
        "time": context.labels("minutes", n=tutorial.facts.minutes),
        "shortTime": context.labels("minutes", n=short) if short else "",
        "items": [item.id for item in context.text(tutorial).items],
        "handouts": [
            {"href": download.path, "text": names.get(download.kind, download.title)}
            for download in context.downloads(f"{tutorial.slug}-{kind}" for kind in MEETING_COPIES)
        ],
    }


def tutorial_choice(localized: LocalizedLibrary, tutorial: Tutorial) -> dict[str, str]:
    """Return a tutorial's title, minutes, requirements and preparation in the site's language."""
    text = tutorial.text(localized.language)
    return {
        "slug": tutorial.slug,
        "level": str(tutorial.facts.level),
        "title": text.title,
        "lang": localized.other_language(text.language),
        "minutes": " ".join(map(str, meeting_minutes(tutorial))),
        "short": str(short_minutes(tutorial) or ""),
        "requires": " ".join(tutorial.facts.requires),
        "prepare": _plain(text.sections["prepare"].body) if "prepare" in text.sections else "",
    }


def _plain(markdown: str) -> str:
    """Return a short text as one line without markup."""
    return " ".join(_MARKUP.sub(lambda match: match["text"] or "", markdown).split())
