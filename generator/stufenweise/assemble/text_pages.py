"""Pages of one text each: home, levels, tutorials and guides. Templates hold the markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypedDict

from stufenweise.assemble.hour_picture import hour_picture
from stufenweise.assemble.page_source import Page, with_review
from stufenweise.assemble.place_markdown import places_as_markdown
from stufenweise.assemble.programme_data import tutorial_links
from stufenweise.assemble.template_context import TemplateContext, render_page_template, template_context
from stufenweise.localized.charts import levels_chart
from stufenweise.localized.escaping import as_html
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model import page_paths
from stufenweise.model.facts import COORDINATOR
from stufenweise.model.kinds import KIT_MILESTONES
from stufenweise.model.library import Guide, KitPiece, Level, Tutorial
from stufenweise.model.text import ChecklistItem, Section, SolutionKey, Step, Text

_MILESTONE = re.compile(r"[-*+][ \t]+\*\*[^*\d]*(?P<week>\d{1,3})[^*\d]*\*\*[ \t]*(?P<what>.+)")
_MARKUP = re.compile(r"[*_`]|\[(?=[^\]]*\]\()|\]\([^()]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSection:
    """A section for the templates: heading, and body ready for the page."""

    id: str
    heading: str
    body: str
    steps: tuple[Step, ...] = ()
    items: tuple[ChecklistItem, ...] = ()
    key: SolutionKey | None = None


def page_sections(context: TemplateContext, text: Text, *, writing: bool = False) -> dict[str, PageSection]:
    """Return the sections of a text by id, ready for the page, the mentor's last; terms are marked in this order.

    Args:
        context: The page.
        text: The text on it.
        writing: Whether every section has places to write in, not only steps and practice material.
    """
    sections = sorted(text.sections.values(), key=lambda section: section.id == "mentor")
    bodies = iter(context.blocks(body for section in sections for body in _bodies(section)))
    result: dict[str, PageSection] = {}
    for section in sections:
        body = next(bodies)
        body = places_as_markdown(body, section.id) if section.id == "material" or writing else body
        steps = tuple(_page_step(context, step, next(bodies)) for step in section.steps)
        key = replace(section.key, body=context.with_page_links(section.key.body)) if section.key else None
        items = tuple(ChecklistItem(item.id, context.with_page_links(item.text), item.line) for item in section.items)
        result[section.id] = PageSection(
            id=section.id,
            heading=context.with_page_links(section.heading),
            body=body,
            steps=steps,
            items=items,
            key=key,
        )
    return result


def _page_step(context: TemplateContext, step: Step, body: str) -> Step:
    """Return a step with its body and its guidance for the mentor ready for the page."""
    guidance = step.guidance.map(context.with_page_links) if step.guidance else None
    return replace(
        step, title=context.with_page_links(step.title), body=places_as_markdown(body, step.id), guidance=guidance
    )


def _bodies(section: Section) -> Iterator[str]:
    """Yield the texts of a section in reading order."""
    yield section.body
    yield from (step.body for step in section.steps)


def home_page(localized: LocalizedLibrary) -> Page:
    """Return the home page."""
    home = localized.library.home
    text = home.text(localized.language)
    context = template_context(localized, page_paths.HOME_PAGE, text)
    body = render_page_template(
        "home",
        context,
        text=text,
        sections=page_sections(context, text),
        first=next(iter(localized.tutorials_in_order), None),
        hour=hour_picture(context.labels),
        fallback=localized.other_language(text.language),
    )
    page = _text_page(localized, page_paths.HOME_PAGE, "home", text, body)
    return with_review(replace(page, data={"tutorials": tutorial_links(localized, context)}), home.facts)


def level_page(localized: LocalizedLibrary, level: Level) -> Page:
    """Return the page of a level: its requirements, its place among the levels, its tutorials and goals."""
    path = page_paths.level_path(level.slug)
    text = level.text(localized.language)
    context = template_context(localized, path, text)
    levels = localized.library.levels
    index = levels.index(level)
    weights = [(goal, goal.facts.levels.get(level.facts.level, 0)) for goal in localized.library.goals]
    body = render_page_template(
        "level",
        context,
        level=level,
        text=text,
        sections=page_sections(context, text),
        tutorials=localized.tutorials_by_level[level.facts.level],
        goals=sorted(((goal, weight) for goal, weight in weights if weight), key=lambda pair: -pair[1]),
        before=levels[index - 1] if index else None,
        after=levels[index + 1] if index + 1 < len(levels) else None,
        chart=levels_chart(levels, context.labels, level),
        fallback=localized.other_language(text.language),
    )
    page = _text_page(localized, path, "level", text, body)
    return with_review(replace(page, level=level.facts.level), level.facts)


def tutorial_page(localized: LocalizedLibrary, tutorial: Tutorial) -> Page:
    """Return the page of a tutorial: its sections, the tutorials around it and the goals it contributes to."""
    path = page_paths.tutorial_path(tutorial.slug)
    text = tutorial.text(localized.language)
    context = template_context(localized, path, text)
    neighbours = localized.neighbours[tutorial.slug]
    body = render_page_template(
        "tutorial",
        context,
        tutorial=tutorial,
        text=text,
        level=localized.level_by_number[tutorial.facts.level],
        sections=page_sections(context, text),
        goals=[localized.goal_by_code[code] for code in tutorial.facts.goals],
        requires=[localized.tutorial_by_slug[slug] for slug in tutorial.facts.requires],
        before=[localized.tutorial_by_slug[slug] for slug in neighbours.before],
        after=[localized.tutorial_by_slug[slug] for slug in neighbours.after],
        related=[localized.tutorial_by_slug[slug] for slug in neighbours.related],
        fallback=localized.other_language(text.language),
    )
    page = _text_page(localized, path, "tutorial", text, body)
    return with_review(replace(page, level=tutorial.facts.level), tutorial.facts)


def guide_page(localized: LocalizedLibrary, guide: Guide) -> Page:
    """Return the page of a guide."""
    is_coordinators = guide.facts.audience == COORDINATOR
    return _one_text_page(
        localized,
        page_paths.guide_path(guide.slug),
        "guide",
        guide,
        tab="coordinators" if is_coordinators else "help",
        tab_path=page_paths.COORDINATORS if is_coordinators else page_paths.GUIDES,
    )


def kit_piece_page(localized: LocalizedLibrary, piece: KitPiece) -> Page:
    """Return the page of a piece of the coordinators' kit: its text, its files, and its dates for the calendar."""
    files = [f"kit-{piece.slug}", f"kit-{piece.slug}.docx"]
    page = _one_text_page(localized, page_paths.kit_path(piece.slug), "kit-piece", piece, writing=True, files=files)
    dates = milestones(piece.text(localized.language))
    return replace(page, data={"milestones": dates, "piece": piece.slug}) if dates else page


def _one_text_page(
    localized: LocalizedLibrary,
    path: str,
    kind: str,
    source: Guide | KitPiece,
    *,
    writing: bool = False,
    **values: object,
) -> Page:
    """Return the page of a text; its template has the name of its kind and takes `values`."""
    text = source.text(localized.language)
    context = template_context(localized, path, text)
    sections = page_sections(context, text, writing=writing)
    fallback = localized.other_language(text.language)
    body = render_page_template(kind, context, text=text, sections=sections, fallback=fallback, **values)
    return with_review(_text_page(localized, path, kind, text, body), source.facts)


def _text_page(localized: LocalizedLibrary, path: str, kind: str, text: Text, body: str) -> Page:
    """Return the page of a text with title, summary and file of the text."""
    other_language = localized.other_language(text.language)
    return Page(
        path=path,
        kind=kind,
        title=text.title,
        description=text.summary,
        body=body,
        edit_path=text.edit_path,
        language=other_language,
    )


class Milestone(TypedDict):
    """A date of a plan."""

    week: int
    """Counted from 1."""
    what: str
    """The task, escaped for HTML."""


def milestones(text: Text) -> list[Milestone]:
    """Return the dates of a plan; none without a list."""
    section = text.section(KIT_MILESTONES)
    matches = (_MILESTONE.fullmatch(line.strip()) for line in section.body.splitlines()) if section else ()
    return [{"week": int(match["week"]), "what": as_html(_MARKUP.sub("", match["what"]))} for match in matches if match]
