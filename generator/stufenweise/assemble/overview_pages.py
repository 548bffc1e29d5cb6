"""Pages made of many texts: lists, charts and forms. Templates hold the markup."""

from __future__ import annotations

from dataclasses import replace

from stufenweise.assemble.navigation import COORDINATOR
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
from stufenweise.model.library import KitPiece, Level, Tutorial


def _overview(
    localized: LocalizedLibrary, path: str, kind: str, title: str, description: str, **values: object
) -> Page:
    """Return an overview page: its template has the name of its kind and takes `values`."""
    context = template_context(localized, path)
    return Page(
        path=path, kind=kind, title=title, description=description, body=render_page_template(kind, context, **values)
    )


def begin_page(localized: LocalizedLibrary) -> Page:
    """Return the page of the self-check."""
    labels = localized.labels
    page = _overview(
        localized, page_paths.BEGIN, "begin", labels.member("begin", "title"), labels.member("begin", "lead")
    )
    return replace(page, data={"self_check": self_check_data(localized, template_context(localized, page_paths.BEGIN))})


def our_programme_page(localized: LocalizedLibrary) -> Page:
    """Return the pair's own page: next meeting, sessions and agreements, all stored in the pair's browser."""
    labels = localized.labels
    title, lead = labels.member("our_programme", "title"), labels.member("our_programme", "lead")
    page = _overview(localized, page_paths.OUR_PROGRAMME, "our-programme", title, lead)
    context = template_context(localized, page_paths.OUR_PROGRAMME)
    return replace(page, data={"programme": programme_data(localized, context)})


def levels_page(localized: LocalizedLibrary) -> Page:
    """Return the page of all levels, with their chart."""
    labels = localized.labels
    drawn = levels_chart(localized.library.levels, labels)
    return _overview(localized, page_paths.LEVELS, "levels", labels("levels_title"), labels("levels_lead"), chart=drawn)


def tutorials_page(localized: LocalizedLibrary) -> Page:
    """Return the page of all tutorials, with their matrix."""
    labels = localized.labels
    return _overview(
        localized,
        page_paths.TUTORIALS,
        "tutorials",
        labels.member("nav", "tutorials"),
        labels("tutorials_lead_plain"),
        rows=tutorial_matrix(localized),
    )


def checklists_page(localized: LocalizedLibrary) -> Page:
    """Return the page of all checklists."""
    labels = localized.labels
    return _overview(
        localized, page_paths.CHECKLISTS, "checklists", labels("checklists_title"), labels("checklists_lead")
    )


def level_checklists_page(localized: LocalizedLibrary, level: Level) -> Page:
    """Return the page of the checklists of one level."""
    labels = localized.labels
    path = page_paths.checklist_path(level.slug)
    title = f"{labels.member('nav', 'checklists')}{labels('colon')} {labels('level_n', n=level.facts.level)}"
    page = _overview(localized, path, "checklist", title, labels("checklist_of", name=title), level=level)
    return replace(page, level=level.facts.level)


def goals_page(localized: LocalizedLibrary) -> Page:
    """Return the page of the company goals, each with the tutorials that contribute to it."""
    labels = localized.labels
    by_goal: dict[str, list[Tutorial]] = {goal.code: [] for goal in localized.library.goals}
    for tutorial in localized.library.tutorials:
        for code in tutorial.facts.goals:
            by_goal[code].append(tutorial)
    return _overview(localized, page_paths.GOALS, "goals", labels("goals_title"), labels("goals_lead"), by_goal=by_goal)


def programmes_page(localized: LocalizedLibrary) -> Page:
    """Return the page of the programmes, with their chart."""
    labels = localized.labels
    context = template_context(localized, page_paths.PROGRAMMES)
    programmes = [(one, context.text(one)) for one in localized.library.programmes]
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
    body = render_page_template(
        "programmes",
        context,
        chart=chart(points, x, y, labels("chart_programmes_title"), "chart-programmes"),
        programmes=[(programme, text, page_sections(context.of_text(text), text)) for programme, text in programmes],
    )
    return Page(
        path=page_paths.PROGRAMMES,
        kind="programmes",
        title=labels("programmes_title"),
        description=labels("programmes_lead"),
        body=body,
    )


def planner_page(localized: LocalizedLibrary) -> Page:
    """Return the planner, which turns a programme or a selection into dates."""
    labels = localized.labels
    page = _overview(
        localized, page_paths.PLANNER, "planner", labels.member("planner", "title"), labels.member("planner", "lead")
    )
    return replace(page, data={"planner": planner_data(localized, template_context(localized, page_paths.PLANNER))})


def goal_sheet_page(localized: LocalizedLibrary) -> Page:
    """Return the page on which a pair writes down its goals."""
    labels = localized.labels
    title, lead = labels.member("goal_sheet", "title"), labels.member("goal_sheet", "lead")
    page = _overview(localized, page_paths.GOAL_SHEET, "goal-sheet", title, lead)
    goals = [{"code": goal.code, "title": as_html(goal.title(localized.language))} for goal in localized.library.goals]
    ticks = template_context(localized, page_paths.GOAL_SHEET).link(f"{page_paths.CHECKLISTS}#kept-ticks")
    return replace(page, data={"goals": goals, "ticks": ticks})


def coordinators_page(localized: LocalizedLibrary) -> Page:
    """Return the coordinators' landing page: guide, kit, programmes, goals, handouts, and the tutorials' matrix."""
    labels = localized.labels
    title, lead = labels.member("nav", "coordinators"), labels("coordinators_lead")
    guides = [guide for guide in localized.library.guides if guide.facts.audience == COORDINATOR]
    return _overview(
        localized,
        page_paths.COORDINATORS,
        "coordinators",
        title,
        lead,
        guides=guides,
        rows=tutorial_matrix(localized),
    )


def guides_page(localized: LocalizedLibrary) -> Page:
    """Return the landing page for help: all guides, and the glossary."""
    labels = localized.labels
    return _overview(localized, page_paths.GUIDES, "guides", labels.member("nav", "help"), labels("guides_lead"))


def kit_page(localized: LocalizedLibrary) -> Page:
    """Return the page of the coordinators' kit, ordered by when its pieces are needed."""
    labels = localized.labels
    by_phase: dict[str, list[KitPiece]] = {phase: [] for phase in labels.group("kit_phases")}
    for piece in localized.library.kit:
        by_phase[piece.facts.phase].append(piece)
    title, lead = labels.member("nav", "kit"), labels("kit_lead")
    return _overview(localized, page_paths.KIT_INDEX, "kit", title, lead, by_phase=by_phase)


def glossary_page(localized: LocalizedLibrary) -> Page:
    """Return the glossary in alphabetical order."""
    labels = localized.labels
    return _overview(localized, page_paths.GLOSSARY, "glossary", labels("glossary_title"), labels("glossary_lead"))


def downloads_page(localized: LocalizedLibrary) -> Page:
    """Return the page of all handouts."""
    labels = localized.labels
    return _overview(localized, page_paths.DOWNLOADS, "downloads", labels("downloads_title"), labels("downloads_lead"))
