"""Data of the pair's page, and of its card on the home page: all tutorials by slug.

Only the pair's browser knows which of them the pair takes. Every text is escaped for HTML here.
"""

from __future__ import annotations

from stufenweise.assemble.template_context import TemplateContext
from stufenweise.localized.escaping import as_html
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model import page_paths

FIRST_COPIES = ("agreement", "pocket-card", "leader-card")
"""Handouts for a pair's first meeting."""


def tutorial_links(localized: LocalizedLibrary, context: TemplateContext) -> list[dict[str, str]]:
    """Return slug, title and address of all tutorials in the site's language."""
    return [
        {
            "slug": tutorial.slug,
            "title": as_html(context.text(tutorial).title),
            "lang": localized.other_language(context.text(tutorial).language),
            "href": context.link(page_paths.tutorial_path(tutorial.slug)),
        }
        for tutorial in localized.library.tutorials
    ]


def programme_data(localized: LocalizedLibrary, context: TemplateContext) -> dict[str, object]:
    """Return the links of the pair's page, and the handouts of a first meeting."""
    paths = {
        "begin": page_paths.BEGIN if localized.library.questions else "",
        "planner": page_paths.PLANNER,
        "tutorials": page_paths.TUTORIALS,
        "goal_sheet": page_paths.GOAL_SHEET,
        "downloads": page_paths.DOWNLOADS if localized.downloads else "",
    }
    return {
        "links": {name: context.link(path) if path else "" for name, path in paths.items()},
        "first": [
            {"href": context.download(download), "text": as_html(download.title)}
            for download in context.downloads(FIRST_COPIES)
        ],
    }
