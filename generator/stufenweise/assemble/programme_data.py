"""The data of the pair's page and of its card on the home page: tutorials by slug.

Which of them a pair takes, only its browser knows: the page has them all. Every text is escaped for HTML here.
"""

from __future__ import annotations

from stufenweise.assemble import page_paths
from stufenweise.assemble.escaping import as_html
from stufenweise.assemble.localized_library import Download, LocalizedLibrary
from stufenweise.assemble.template_context import TemplateContext
from stufenweise.model.library import Tutorial

MEETING_COPIES = ("mentee", "mentor")
"""The handouts that a pair takes to its meeting."""
FIRST_COPIES = ("agreement", "pocket-card", "leader-card")
"""Those that it takes to its first one, at which it gets to know each other."""


def tutorial_links(localized: LocalizedLibrary, context: TemplateContext) -> list[dict[str, str]]:
    """Return slug, title and address of all tutorials in the site's language."""
    return [
        {
            "slug": tutorial.slug,
            "title": as_html(context.text(tutorial).title),
            "lang": localized.foreign(context.text(tutorial).language),
            "href": context.link(page_paths.tutorial_path(tutorial.slug)),
        }
        for tutorial in localized.library.tutorials
    ]


def programme_data(localized: LocalizedLibrary, context: TemplateContext) -> dict[str, object]:
    """Return what the pair's page needs beside the planner's tutorials: their items and handouts, and where to go."""
    paths = {
        "begin": page_paths.BEGIN if localized.library.questions else "",
        "planner": page_paths.PLANNER,
        "tutorials": page_paths.TUTORIALS,
        "goal_sheet": page_paths.GOAL_SHEET,
        "downloads": page_paths.DOWNLOADS if localized.downloads else "",
    }
    return {
        "links": {name: context.link(path) if path else "" for name, path in paths.items()},
        "first": [_copy(context, found, found.title) for found in context.downloads(FIRST_COPIES)],
        "tutorials": [_sheets(context, tutorial) for tutorial in localized.library.tutorials],
    }


def _sheets(context: TemplateContext, tutorial: Tutorial) -> dict[str, object]:
    names = context.labels.group("download_copies")
    return {
        "slug": tutorial.slug,
        "items": " ".join(f"tutorials/{tutorial.slug}/{item.id}" for item in context.text(tutorial).items),
        "copies": [
            _copy(context, found, names.get(found.kind, found.title))
            for found in context.downloads(f"{tutorial.slug}-{kind}" for kind in MEETING_COPIES)
        ],
    }


def _copy(context: TemplateContext, found: Download, text: str) -> dict[str, str]:
    """Return the address and the words of a handout."""
    return {"href": context.download(found), "text": as_html(text)}
