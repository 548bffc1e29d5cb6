"""Pages made of many texts: lists, charts and forms. Templates hold the markup."""

from __future__ import annotations

from dataclasses import replace

from stufenweise.assemble.overviews import OVERVIEW_BY_PATH
from stufenweise.assemble.page_source import Page
from stufenweise.assemble.planner_data import planner_data
from stufenweise.assemble.programme_data import programme_data
from stufenweise.assemble.self_check_data import self_check_data
from stufenweise.assemble.template_context import render_page_template, template_context
from stufenweise.assemble.text_pages import page_sections
from stufenweise.assemble.tutorial_matrix import tutorial_matrix
from stufenweise.localized.charts import Axis, Point, chart, levels_chart
from stufenweise.localized.escaping import as_html
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model import page_paths
from stufenweise.model.facts import COORDINATOR
from stufenweise.model.library import KitPiece, Level, Tutorial


def _overview(localized: LocalizedLibrary, path: str, **values: object) -> Page:
    """Return the overview at a path: its template has the name of its kind and takes `values`."""
    overview, labels = OVERVIEW_BY_PATH[path], localized.labels
    return Page(
        path=path,
        kind=overview.kind,
        title=overview.title(labels),
        description=overview.lead(labels),
        body=render_page_template(overview.kind, template_context(localized, path), **values),
    )


def begin_page(localized: LocalizedLibrary) -> Page:
    """Return the page of the self-check."""
    page = _overview(localized, page_paths.BEGIN)
    return replace(page, data={"self_check": self_check_data(localized, template_context(localized, page_paths.BEGIN))})


def our_programme_page(localized: LocalizedLibrary) -> Page:
    """Return the pair's own page: next meeting, sessions and agreements, all stored in the pair's browser."""
    page = _overview(localized, page_paths.OUR_PROGRAMME)
    context = template_context(localized, page_paths.OUR_PROGRAMME)
    return replace(page, data={"programme": programme_data(localized, context)})


def levels_page(localized: LocalizedLibrary) -> Page:
    """Return the page of all levels, with their chart."""
    return _overview(localized, page_paths.LEVELS, chart=levels_chart(localized.library.levels, localized.labels))


def tutorials_page(localized: LocalizedLibrary) -> Page:
    """Return the page of all tutorials, with their matrix."""
    return _overview(localized, page_paths.TUTORIALS, rows=tutorial_matrix(localized))


def checklists_page(localized: LocalizedLibrary) -> Page:
    """Return the page of all checklists."""
    return _overview(localized, page_paths.CHECKLISTS)


def level_checklists_page(localized: LocalizedLibrary, level: Level) -> Page:
    """Return the page of the checklists of one level."""
    labels = localized.labels
    path = page_paths.checklist_path(level.slug)
    title = f"{labels.member('nav', 'checklists')}{labels('colon')} {labels('level_n', n=level.facts.level)}"
    return Page(
        path=path,
        kind="checklist",
        title=title,
        description=labels("checklist_of", name=title),
        body=render_page_template("checklist", template_context(localized, path), level=level),
        level=level.facts.level,
    )


def goals_page(localized: LocalizedLibrary) -> Page:
    """Return the page of the company goals, each with the tutorials that contribute to it."""
    by_goal: dict[str, list[Tutorial]] = {goal.code: [] for goal in localized.library.goals}
    for tutorial in localized.library.tutorials:
        for code in tutorial.facts.goals:
            by_goal[code].append(tutorial)
    return _overview(localized, page_paths.GOALS, by_goal=by_goal)


def programmes_page(localized: LocalizedLibrary) -> Page:
    """Return the page of the programmes, with their chart."""
    labels = localized.labels
    context = template_context(localized, page_paths.PROGRAMMES)
    programmes = [(programme, context.text(programme)) for programme in localized.library.programmes]
    points = [
        Point(
            label=text.title,
            x=programme.facts.learning_effort,
            y=programme.facts.competence,
            number=number,
            current=True,
        )
        for number, (programme, text) in enumerate(programmes, 1)
    ]
    x = Axis(labels("learning_effort"), labels("chart_low"), labels("chart_high"))
    y = Axis(labels("competence"), labels("chart_low"), labels("chart_high"))
    return _overview(
        localized,
        page_paths.PROGRAMMES,
        chart=chart(points, x, y, labels("chart_programmes_title"), "chart-programmes"),
        programmes=[
            (programme, text, page_sections(context.in_language_of(text), text)) for programme, text in programmes
        ],
    )


def planner_page(localized: LocalizedLibrary) -> Page:
    """Return the planner, which turns a programme or a selection into dates."""
    page = _overview(localized, page_paths.PLANNER)
    return replace(page, data={"planner": planner_data(localized, template_context(localized, page_paths.PLANNER))})


def goal_sheet_page(localized: LocalizedLibrary) -> Page:
    """Return the page on which a pair writes down its goals."""
    page = _overview(localized, page_paths.GOAL_SHEET)
    goals = [{"code": goal.code, "title": as_html(goal.title(localized.language))} for goal in localized.library.goals]
    ticks = template_context(localized, page_paths.GOAL_SHEET).link(f"{page_paths.CHECKLISTS}#kept-ticks")
    return replace(page, data={"goals": goals, "ticks": ticks})


def coordinators_page(localized: LocalizedLibrary) -> Page:
    """Return the coordinators' landing page: guide, kit, programmes, goals, handouts, and the tutorials' matrix."""
    guides = [guide for guide in localized.library.guides if guide.facts.audience == COORDINATOR]
    return _overview(localized, page_paths.COORDINATORS, guides=guides, rows=tutorial_matrix(localized))


def guides_page(localized: LocalizedLibrary) -> Page:
    """Return the landing page for help: all guides, and the glossary."""
    return _overview(localized, page_paths.GUIDES)


def kit_page(localized: LocalizedLibrary) -> Page:
    """Return the page of the coordinators' kit, ordered by when its pieces are needed."""
    by_phase: dict[str, list[KitPiece]] = {phase: [] for phase in localized.labels.group("kit_phases")}
    for piece in localized.library.kit:
        by_phase[piece.facts.phase].append(piece)
    return _overview(localized, page_paths.KIT_INDEX, by_phase=by_phase)


def glossary_page(localized: LocalizedLibrary) -> Page:
    """Return the glossary in alphabetical order."""
    return _overview(localized, page_paths.GLOSSARY)


def downloads_page(localized: LocalizedLibrary) -> Page:
    """Return the page of all handouts."""
    return _overview(localized, page_paths.DOWNLOADS)
