"""Data of the planner page: the programmes' sessions. The tutorials are in a script of their own.

The theme's template builds the form, since the sanitiser removes form controls from a page's Markdown. Every text is
escaped for HTML here.
"""

from __future__ import annotations

import json

from stufenweise.assemble.public_holidays import STATES, german_holidays
from stufenweise.assemble.template_context import TemplateContext
from stufenweise.assemble.tutorial_choice import tutorial_choice
from stufenweise.localized.escaping import as_html
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model import page_paths
from stufenweise.model.facts import SessionFacts
from stufenweise.model.library import Tutorial


def planner_data(localized: LocalizedLibrary, context: TemplateContext) -> dict[str, object]:
    """Return the programmes with a plan in the site's language, and the holidays that dates can skip."""
    return {
        "programmes": [
            {
                "slug": programme.slug,
                "title": as_html(context.text(programme).title),
                "lang": localized.other_language(context.text(programme).language),
                "minutes": programme.facts.minutes,
                "first_number": programme.facts.first_number,
                "sessions": [_session(localized, context, session) for session in programme.facts.plan],
            }
            for programme in localized.library.programmes
            if programme.facts.plan
        ],
        "weekdays": [[number, localized.labels.weekday(number)] for number in (*range(1, 7), 0)],
        "states": ["none", *STATES],
        "holidays": as_html(json.dumps(_holidays(localized), separators=(",", ":"))),
    }


def _holidays(localized: LocalizedLibrary) -> dict[str, list[str]]:
    """Return the holidays by states, from the year of the latest review; none if no text is reviewed."""
    reviewed = [tutorial.facts.reviewed for tutorial in localized.library.tutorials]
    return {state: list(days) for state, days in german_holidays(max(reviewed).year).items()} if reviewed else {}


def _session(localized: LocalizedLibrary, context: TemplateContext, session: SessionFacts) -> dict[str, object]:
    return {
        "kind": session.kind,
        "tutorials": [_tutorial(localized, context, localized.tutorial_by_slug[slug]) for slug in session.tutorials],
    }


def _tutorial(localized: LocalizedLibrary, context: TemplateContext, tutorial: Tutorial) -> dict[str, str]:
    choice = {name: as_html(value) for name, value in tutorial_choice(localized, tutorial).items()}
    return {**choice, "href": context.link(page_paths.tutorial_path(tutorial.slug))}
