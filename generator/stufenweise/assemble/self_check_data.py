"""The self-check as its page is given it: questions, and the levels and tutorials that it can recommend.

The theme's template makes a form of it, for what an author's Markdown becomes may hold no controls; every text is
escaped for HTML here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from stufenweise.assemble import page_paths
from stufenweise.assemble.escaping import as_html
from stufenweise.assemble.localized_library import LocalizedLibrary
from stufenweise.assemble.template_context import TemplateContext
from stufenweise.model.facts import AnswerFacts
from stufenweise.model.library import Tutorial

SUITS = 3
"""How many answers say for each level whom it suits."""
FIRST = 3
"""How many tutorials the table names for each level, those that ask least."""


def self_check_data(site: LocalizedLibrary, view: TemplateContext) -> dict[str, object]:
    """Return the questions, levels, tutorials and goals of the self-check in the site's language."""
    return {
        "questions": [
            {
                "id": question.id,
                "several": question.facts.kind == "multiple",
                **_said(site, "text", question.facts.text),
                "answers": [_answer(site, name, answer) for name, answer in question.facts.answers.items()],
            }
            for question in site.library.questions
        ],
        "levels": [
            {
                "level": level.facts.level,
                "badge": view.level_badge(level.facts.level),
                "title": as_html(view.text(level).title),
                "lang": site.foreign(view.text(level).language),
                "href": view.link(page_paths.level_path(level.slug)),
                "suits": list(_suits(site, level.facts.level)),
                "first": [_linked(site, view, tutorial) for tutorial in site.by_level[level.facts.level][:FIRST]],
            }
            for level in site.library.levels
        ],
        "tutorials": [
            {
                "slug": tutorial.slug,
                "level": tutorial.facts.level,
                "requires": " ".join(tutorial.facts.requires),
                "goals": " ".join(tutorial.facts.goals),
                **_linked(site, view, tutorial),
                "minutes": view.minutes(tutorial.facts.minutes),
            }
            for tutorial in site.library.tutorials
        ],
        "goals": _json(
            {
                goal.code: {"title": goal.title(site.language), "levels": goal.facts.levels}
                for goal in site.library.goals
            }
        ),
    }


def _linked(site: LocalizedLibrary, view: TemplateContext, tutorial: Tutorial) -> dict[str, str]:
    text = view.text(tutorial)
    return {
        "title": as_html(text.title),
        "lang": site.foreign(text.language),
        "href": view.link(page_paths.tutorial_path(tutorial.slug)),
    }


def _answer(site: LocalizedLibrary, name: str, answer: AnswerFacts) -> dict[str, object]:
    points = {"levels": answer.levels, "tutorials": answer.tutorials, "goals": answer.goals}
    return {
        "id": name,
        **_said(site, "text", answer.text),
        **_said(site, "because", answer.because),
        "points": _json({kind: found for kind, found in points.items() if found}),
    }


def _suits(site: LocalizedLibrary, level: int) -> Iterator[str]:
    """Yield what speaks most for a level, from the answers to different questions."""
    found: list[tuple[int, str]] = []
    for question in site.library.questions:
        answers = [one for one in question.facts.answers.values() if one.because and one.levels.get(level, 0) > 0]
        if answers:
            best = max(answers, key=lambda one: one.levels[level])
            text = best.because.get(site.language) or best.because[site.library.source]
            found.append((-best.levels[level], as_html(text)))
    yield from (text for _, text in sorted(found, key=lambda pair: pair[0])[:SUITS])


def _said(site: LocalizedLibrary, key: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return a text under `key` in the site's language, or in the source language, which is named beside it."""
    own = texts.get(site.language)
    text = texts.get(site.library.source, "") if own is None else own
    return {key: as_html(text), f"{key}_lang": site.foreign(site.library.source) if own is None and text else ""}


def _json(value: object) -> str:
    """Return a value as JSON for an attribute."""
    return as_html(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
