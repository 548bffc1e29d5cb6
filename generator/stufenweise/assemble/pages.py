"""From the library to the pages of one language: what each page says, as Markdown.

Templates hold the markup, this module what they are given.
"""

from __future__ import annotations

import datetime
import json
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from stufenweise.assemble import page_paths
from stufenweise.assemble.charts import Axis, Point, chart, levels_chart
from stufenweise.assemble.escaping import as_html, as_markdown
from stufenweise.assemble.localized_library import LocalizedLibrary
from stufenweise.assemble.planner_data import planner_data
from stufenweise.assemble.self_check_data import self_check_data
from stufenweise.assemble.template_context import TemplateContext, render_page_template, template_context
from stufenweise.assemble.tutorial_matrix import tutorial_matrix
from stufenweise.i18n.labels import Labels
from stufenweise.model.facts import Reviewed
from stufenweise.model.library import ChecklistItem, Guide, Level, Section, Step, Text, Tutorial

_WITH_SIDEBAR = ("levels/", "checklists/", "programmes/", "guides/")
"""Folders whose pages stand beside each other in the navigation; other pages have nothing to show beside them."""

_BOOSTS = {"tutorial": 4, "guide": 4, "checklist": 0.3, "checklists": 0.3, "downloads": 0.3}
"""How much a find in a page counts in the search: what is told at length before what only repeats its words."""


@dataclass(frozen=True, slots=True)
class Page:
    """One assembled page."""

    path: str
    """Path below the docs folder."""
    kind: str
    title: str
    """Plain text."""
    description: str
    """Plain text."""
    body: str
    """Markdown below the title."""
    edit_path: str = ""
    """Path of its file below the content folder; empty for a page that is made of many."""
    reviewed: datetime.date | None = None
    due: datetime.date | None = None
    level: int | None = None
    language: str = ""
    """Language of its text, where that is not the site's."""
    data: Mapping[str, object] = field(default_factory=dict)
    """What the theme is given for the page's form; every text in it is escaped for HTML."""


def pages(site: LocalizedLibrary) -> Iterator[Page]:
    """Yield all pages of the site, home first."""
    yield _home(site)
    if site.library.questions:
        yield _begin(site)
    yield _levels(site)
    for level in site.library.levels:
        yield _level(site, level)
    yield _tutorials(site)
    for tutorial in site.library.tutorials:
        yield _tutorial(site, tutorial)
    yield _checklists(site)
    for level in site.library.levels:
        yield _level_checklists(site, level)
    yield _goals(site)
    yield _programmes(site)
    yield _planner(site)
    yield _goal_sheet(site)
    if site.library.guides:
        yield _guides(site)
    for guide in site.library.guides:
        yield _guide(site, guide)
    yield _glossary(site)
    if site.downloads:
        yield _downloads(site)


def page_of(site: LocalizedLibrary, path: str) -> Page | None:
    """Return the page that a text of the content stands on, or None if it has no page of its own.

    Args:
        site: The site.
        path: Path of the text's file below the content folder, in any language.
    """
    folder, _, name = path.rpartition("/")
    slug = name.split(".")[0]
    if not folder:
        return _home(site)
    if folder == "tutorials" and slug in site.tutorial:
        return _tutorial(site, site.tutorial[slug])
    levels = {level.slug: level for level in site.library.levels}
    if folder == "levels" and slug in levels:
        return _level(site, levels[slug])
    guides = {guide.slug: guide for guide in site.library.guides}
    return _guide(site, guides[slug]) if folder == "guides" and slug in guides else None


def page_source(page: Page, words: Labels) -> str:
    """Return a page as a Markdown file with front matter; every value in it is escaped for HTML."""
    meta: dict[str, object] = {
        "title": as_html(page.title),
        "description": as_html(page.description),
        "kind": page.kind,
    }
    if page.edit_path:
        meta["edit_path"] = as_html(page.edit_path)
    if page.reviewed and page.due:
        meta["reviewed"] = page.reviewed.isoformat()
        text = words("reviewed", date=words.date(page.reviewed), due=words.date(page.due))
        meta["reviewed_text"] = as_html(text)
    if page.kind == "tutorial":
        meta["slug"] = posixpath.basename(page.path).removesuffix(".md")
    if page.level:
        meta["level"] = page.level
    if page.language:
        meta["text_language"] = page.language
    meta["search"] = {"boost": _BOOSTS.get(page.kind, 1)}
    meta |= page.data
    if not page.path.startswith(_WITH_SIDEBAR):
        meta["hide"] = ["navigation"]
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()]
    return "\n".join(("---", *lines, "---", "", f"# {as_markdown(page.title)}", "", page.body))


def _made(site: LocalizedLibrary, path: str, kind: str, title: str, description: str, **values: object) -> Page:
    """Return a page that is made of many texts."""
    view = template_context(site, path)
    return Page(path, kind, title, description, render_page_template(kind, view, **values))


def _dated(page: Page, facts: Reviewed) -> Page:
    return replace(page, reviewed=facts.reviewed, due=facts.review_due)


def _home(site: LocalizedLibrary) -> Page:
    home = site.library.home
    text = home.text(site.language)
    view = template_context(site, page_paths.HOME_PAGE, text)
    sections = _sections(view, text)
    body = render_page_template(
        "home",
        view,
        text=text,
        sections=sections,
        rows=tutorial_matrix(site),
        fallback=site.foreign(text.language),
    )
    page = Page(
        page_paths.HOME_PAGE,
        "home",
        text.title,
        text.summary,
        body,
        text.edit_path,
        language=site.foreign(text.language),
    )
    return _dated(page, home.facts)


def _begin(site: LocalizedLibrary) -> Page:
    words = site.labels
    page = _made(site, page_paths.BEGIN, "begin", words.of("begin", "title"), words.of("begin", "lead"))
    return replace(page, data={"self_check": self_check_data(site, template_context(site, page_paths.BEGIN))})


def _levels(site: LocalizedLibrary) -> Page:
    words = site.labels
    view = template_context(site, page_paths.LEVELS)
    body = render_page_template("levels", view, chart=levels_chart(site.library.levels, view.words))
    return Page(page_paths.LEVELS, "levels", words("levels_title"), words("levels_lead"), body)


def _level(site: LocalizedLibrary, level: Level) -> Page:
    path = page_paths.level_path(level.slug)
    text = level.text(site.language)
    view = template_context(site, path, text)
    order = site.library.levels
    index = order.index(level)
    weights = [(goal, goal.facts.levels.get(level.facts.level, 0)) for goal in site.library.goals]
    body = render_page_template(
        "level",
        view,
        level=level,
        text=text,
        sections=_sections(view, text),
        tutorials=site.by_level[level.facts.level],
        goals=sorted(((goal, weight) for goal, weight in weights if weight), key=lambda pair: -pair[1]),
        before=order[index - 1] if index else None,
        after=order[index + 1] if index + 1 < len(order) else None,
        chart=levels_chart(site.library.levels, view.words, level),
        fallback=site.foreign(text.language),
    )
    page = Page(
        path,
        "level",
        text.title,
        text.summary,
        body,
        text.edit_path,
        level=level.facts.level,
        language=site.foreign(text.language),
    )
    return _dated(page, level.facts)


def _tutorials(site: LocalizedLibrary) -> Page:
    words = site.labels
    title = words.of("nav", "tutorials")
    return _made(
        site, page_paths.TUTORIALS, "tutorials", title, words("tutorials_lead_plain"), rows=tutorial_matrix(site)
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A section as the templates take it: heading, and body ready for the page."""

    id: str
    heading: str
    body: str
    steps: tuple[Step, ...] = ()
    items: tuple[ChecklistItem, ...] = ()


def _sections(view: TemplateContext, text: Text) -> dict[str, _Part]:
    """Return the sections of a text, their Markdown ready for the page; terms are marked in reading order."""
    sections = list(_in_order(text))
    bodies = iter(view.bodies(body for section in sections for body in _bodies(section)))
    result: dict[str, _Part] = {}
    for section in sections:
        body = next(bodies)
        steps = tuple(replace(step, body=next(bodies)) for step in section.steps)
        items = tuple(ChecklistItem(item.id, view.item(item.text), item.line) for item in section.items)
        result[section.id] = _Part(section.id, section.heading, body, steps, items)
    return result


def _bodies(section: Section) -> Iterator[str]:
    """Yield the texts of a section in reading order."""
    yield section.body
    yield from (step.body for step in section.steps)


def _in_order(text: Text) -> Iterable[Section]:
    """Return the sections as pages show them: the mentor's part last."""
    return sorted(text.sections.values(), key=lambda section: section.id == "mentor")


def _tutorial(site: LocalizedLibrary, tutorial: Tutorial) -> Page:
    path = page_paths.tutorial_path(tutorial.slug)
    text = tutorial.text(site.language)
    view = template_context(site, path, text)
    around = site.neighbours[tutorial.slug]
    body = render_page_template(
        "tutorial",
        view,
        tutorial=tutorial,
        text=text,
        level=site.level[tutorial.facts.level],
        sections=_sections(view, text),
        goals=[site.goals[code] for code in tutorial.facts.goals],
        requires=[site.tutorial[slug] for slug in tutorial.facts.requires],
        before=[site.tutorial[slug] for slug in around.before],
        after=[site.tutorial[slug] for slug in around.after],
        related=[site.tutorial[slug] for slug in around.related],
        fallback=site.foreign(text.language),
    )
    page = Page(
        path,
        "tutorial",
        text.title,
        text.summary,
        body,
        text.edit_path,
        level=tutorial.facts.level,
        language=site.foreign(text.language),
    )
    return _dated(page, tutorial.facts)


def _checklists(site: LocalizedLibrary) -> Page:
    words = site.labels
    return _made(site, page_paths.CHECKLISTS, "checklists", words("checklists_title"), words("checklists_lead"))


def _level_checklists(site: LocalizedLibrary, level: Level) -> Page:
    words = site.labels
    title = f"{words.of('nav', 'checklists')}: {words('level_n', n=level.facts.level)}"
    page = _made(
        site,
        page_paths.checklist_path(level.slug),
        "checklist",
        title,
        words("checklist_of", name=title),
        level=level,
    )
    return replace(page, level=level.facts.level)


def _goals(site: LocalizedLibrary) -> Page:
    words = site.labels
    by_goal: dict[str, list[Tutorial]] = {goal.code: [] for goal in site.library.goals}
    for tutorial in site.library.tutorials:
        for code in tutorial.facts.goals:
            by_goal[code].append(tutorial)
    return _made(site, page_paths.GOALS, "goals", words("goals_title"), words("goals_lead"), by_goal=by_goal)


def _programmes(site: LocalizedLibrary) -> Page:
    words = site.labels
    view = template_context(site, page_paths.PROGRAMMES)
    points = [
        Point(
            view.text(programme).title,
            programme.facts.learning_effort,
            programme.facts.competence,
            number,
            current=True,
        )
        for number, programme in enumerate(site.library.programmes, 1)
    ]
    x = Axis(words("learning_effort"), words("chart_low"), words("chart_high"))
    y = Axis(words("competence"), words("chart_low"), words("chart_high"))
    drawn = chart(points, x, y, words("chart_programmes_title"), words("chart_programmes_desc"), "chart-programmes")
    entries = [(one, view.text(one), _sections(view, view.text(one))) for one in site.library.programmes]
    body = render_page_template("programmes", view, chart=drawn, programmes=entries)
    return Page(page_paths.PROGRAMMES, "programmes", words("programmes_title"), words("programmes_lead"), body)


def _planner(site: LocalizedLibrary) -> Page:
    words = site.labels
    page = _made(site, page_paths.PLANNER, "planner", words.of("planner", "title"), words.of("planner", "lead"))
    return replace(page, data={"planner": planner_data(site, template_context(site, page_paths.PLANNER))})


def _goal_sheet(site: LocalizedLibrary) -> Page:
    words = site.labels
    title, lead = words.of("goal_sheet", "title"), words.of("goal_sheet", "lead")
    page = _made(site, page_paths.GOAL_SHEET, "goal-sheet", title, lead)
    goals = [{"code": goal.code, "title": as_html(goal.title(site.language))} for goal in site.library.goals]
    ticks = template_context(site, page_paths.GOAL_SHEET).link(f"{page_paths.CHECKLISTS}#kept-ticks")
    return replace(page, data={"goals": goals, "ticks": ticks})


def _guides(site: LocalizedLibrary) -> Page:
    words = site.labels
    return _made(site, page_paths.GUIDES, "guides", words.of("nav", "guides"), words("guides_lead"))


def _guide(site: LocalizedLibrary, guide: Guide) -> Page:
    path = page_paths.guide_path(guide.slug)
    text = guide.text(site.language)
    view = template_context(site, path, text)
    body = render_page_template(
        "guide", view, text=text, sections=_sections(view, text), fallback=site.foreign(text.language)
    )
    page = Page(path, "guide", text.title, text.summary, body, text.edit_path, language=site.foreign(text.language))
    return _dated(page, guide.facts)


def _downloads(site: LocalizedLibrary) -> Page:
    words = site.labels
    return _made(site, page_paths.DOWNLOADS, "downloads", words("downloads_title"), words("downloads_lead"))


def _glossary(site: LocalizedLibrary) -> Page:
    words = site.labels
    texts = site.glossary.texts
    entries = sorted(
        ((page_paths.term_anchor(term), text.term, text.text) for term, text in texts.items()),
        key=lambda entry: entry[1].casefold(),
    )
    return _made(
        site, page_paths.GLOSSARY, "glossary", words("glossary_title"), words("glossary_lead"), entries=entries
    )
