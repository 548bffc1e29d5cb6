"""The planner as its page is given it: the programmes' sessions, and the tutorials that a plan can be made of.

The theme's template makes a form of it, for what an author's Markdown becomes may hold no controls; every text is
escaped for HTML here.
"""

from __future__ import annotations

from stufenweise.assemble import page_paths
from stufenweise.assemble.escaping import as_html
from stufenweise.assemble.localized_library import LocalizedLibrary
from stufenweise.assemble.template_context import TemplateContext
from stufenweise.model.facts import SessionFacts
from stufenweise.model.library import Tutorial


def planner_data(site: LocalizedLibrary, view: TemplateContext) -> dict[str, object]:
    """Return programmes with a plan, and all tutorials by level, in the site's language."""
    return {
        "programmes": [
            {
                "slug": programme.slug,
                "title": as_html(view.text(programme).title),
                "lang": site.foreign(view.text(programme).language),
                "minutes": programme.facts.minutes,
                "sessions": [_session(site, view, session) for session in programme.facts.plan],
            }
            for programme in site.library.programmes
            if programme.facts.plan
        ],
        "levels": [
            {
                "name": as_html(site.labels("level_n", n=number)),
                "tutorials": [_tutorial(site, view, tutorial) for tutorial in tutorials],
            }
            for number, tutorials in site.by_level.items()
            if tutorials
        ],
    }


def _session(site: LocalizedLibrary, view: TemplateContext, session: SessionFacts) -> dict[str, object]:
    return {
        "kind": session.kind,
        "tutorials": [_tutorial(site, view, site.tutorial[slug]) for slug in session.tutorials],
    }


def _tutorial(site: LocalizedLibrary, view: TemplateContext, tutorial: Tutorial) -> dict[str, str]:
    text = view.text(tutorial)
    steps = text.sections["steps"].steps
    parts = sorted({step.part for step in steps})
    minutes = [sum(step.minutes for step in steps if step.part == part) for part in parts]
    return {
        "slug": tutorial.slug,
        "title": as_html(text.title),
        "lang": site.foreign(text.language),
        "href": view.link(page_paths.tutorial_path(tutorial.slug)),
        "minutes": " ".join(map(str, minutes)),
        "requires": " ".join(tutorial.facts.requires),
    }
