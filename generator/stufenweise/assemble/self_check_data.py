"""Data of the self-check page: questions, and the levels it can recommend. The tutorials are in a script of their own.

The theme's template builds the form, since the sanitiser removes form controls from a page's Markdown. Every text is
escaped for HTML here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from stufenweise.assemble.template_context import TemplateContext
from stufenweise.localized.escaping import as_html
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model import page_paths
from stufenweise.model.data_facts import AnswerFacts
from stufenweise.model.hour_table import USUAL_HOUR
from stufenweise.model.library import Tutorial

REASONS = 3
"""Most answers that are quoted to explain whom a level suits."""
EASIEST_TUTORIALS = 3
"""Tutorials that the table names for each level, those with the least change effort."""


def self_check_data(localized: LocalizedLibrary, context: TemplateContext) -> dict[str, object]:
    """Return the questions, levels and goals of the self-check in the site's language."""
    return {
        "questions": [
            {
                "id": question.id,
                "several": question.facts.kind == "multiple",
                **_text_in(localized, "text", question.facts.text),
                "answers": [_answer(localized, name, answer) for name, answer in question.facts.answers.items()],
            }
            for question in localized.library.questions
        ],
        "levels": [
            {
                "level": level.facts.level,
                "badge": context.level_badge(level.facts.level),
                "title": as_html(context.text(level).verb or context.text(level).title),
                "lang": localized.other_language(context.text(level).language),
                "href": context.link(page_paths.level_path(level.slug)),
                "suits": list(_reasons(localized, level.facts.level)),
                "first": [
                    _tutorial_link(localized, context, tutorial)
                    for tutorial in localized.tutorials_by_level[level.facts.level][:EASIEST_TUTORIALS]
                ],
            }
            for level in localized.library.levels
        ],
        "goals": _json_attribute(
            {
                goal.code: {"title": goal.title(localized.language), "levels": goal.facts.levels}
                for goal in localized.library.goals
            }
        ),
    }


def _tutorial_link(localized: LocalizedLibrary, context: TemplateContext, tutorial: Tutorial) -> dict[str, str]:
    text = context.text(tutorial)
    return {
        "title": as_html(text.title),
        "lang": localized.other_language(text.language),
        "href": context.link(page_paths.tutorial_path(tutorial.slug)),
    }


def _answer(localized: LocalizedLibrary, name: str, answer: AnswerFacts) -> dict[str, object]:
    is_short = answer.minutes < USUAL_HOUR
    points = {
        "levels": answer.levels,
        "tutorials": answer.tutorials,
        "goals": answer.goals,
        "minutes": answer.minutes if is_short else 0,
    }
    return {
        "id": name,
        **_text_in(localized, "text", answer.text),
        **_text_in(localized, "because", answer.because),
        "points": _json_attribute({kind: weights for kind, weights in points.items() if weights}),
    }


def _reasons(localized: LocalizedLibrary, level: int) -> Iterator[str]:
    """Yield the answers that count most for a level, one per question, the strongest first."""
    reasons: list[tuple[int, str]] = []
    for question in localized.library.questions:
        answers = [
            answer for answer in question.facts.answers.values() if answer.because and answer.levels.get(level, 0) > 0
        ]
        if answers:
            best = max(answers, key=lambda answer: answer.levels[level])
            text = best.because.get(localized.language) or best.because[localized.library.source_language]
            reasons.append((-best.levels[level], as_html(text)))
    yield from (text for _, text in sorted(reasons, key=lambda pair: pair[0])[:REASONS])


def _text_in(localized: LocalizedLibrary, key: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return a text under `key` in the site's language, or in the source language, which is named beside it."""
    own = texts.get(localized.language)
    text = texts.get(localized.library.source_language, "") if own is None else own
    return {
        key: as_html(text),
        f"{key}_lang": localized.other_language(localized.library.source_language) if own is None and text else "",
    }


def _json_attribute(value: object) -> str:
    """Return a value as JSON for an attribute."""
    return as_html(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
