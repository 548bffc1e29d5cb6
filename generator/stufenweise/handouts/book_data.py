"""Data of bound handouts for `templates/books.typ`: covers, checklists of levels, figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

from stufenweise.handouts.handout import BoundHandout, Copy, LevelBook, Selection, copy_pages
from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.handouts.printed_figures import SVG_STYLE, PrintedFigure, printed_figures
from stufenweise.handouts.printed_tutorial import PageReference, SourceLine, TutorialData
from stufenweise.handouts.text_trees import text_trees
from stufenweise.handouts.tree_nodes import Nodes
from stufenweise.handouts.tutorial_data import page_reference
from stufenweise.localized.charts import levels_chart
from stufenweise.localized.level_names import level_name
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model import page_paths
from stufenweise.model.library import Level, Tutorial


class ContentsRow(TypedDict):
    """A tutorial in the table of contents."""

    title: str
    number: str
    """Level and place in it, such as 1.3."""
    effort: int
    """Change effort, 1 to 5."""
    effort_words: str
    minutes: str
    page: int
    """The page with which it begins."""


class Cover(SourceLine):
    """The cover of a bound handout."""

    title: str
    summary: str
    chart: str
    """The chart of the levels (SVG); empty if there is none."""
    chart_alt: str
    contents: Sequence[ContentsRow]


class LevelCover(Cover, PageReference):
    """The cover of a level's book, and what the level asks for."""

    level_number: int
    asks: Nodes
    goals: Nodes
    goals_heading: str


class SelectionCover(Cover):
    """The cover of a selection."""

    copies: Sequence[Copy]
    """The handouts of each tutorial in it."""


class ChecklistPart(TypedDict):
    """The checklist of a tutorial."""

    title: str
    items: Sequence[Nodes]


class LevelChecklist(SourceLine, PageReference):
    """The checklists of a level and its tutorials, on a page of their own."""

    level_number: int
    title: str
    summary: str
    heading: str
    """Heading of the level's own checklist."""
    items: Sequence[Nodes]
    """The level's own checklist."""
    parts: Sequence[ChecklistPart]


class TutorialFigure(PrintedFigure):
    """A figure at the end of a workbook."""

    tutorial: str
    """Number and title of its tutorial."""


def contents(bound: BoundHandout, tutorials: Mapping[str, TutorialData]) -> list[ContentsRow]:
    """Return the table of contents of a bound handout; `tutorials` has the data of each by slug."""
    rows: list[ContentsRow] = []
    page = bound.front_pages + 1
    for tutorial in bound.bound:
        data = tutorials[tutorial.slug]
        rows.append(
            {
                "title": data["title"],
                "number": data["number"],
                "effort": data["effort"],
                "effort_words": data["effort_words"],
                "minutes": data["minutes"],
                "page": page,
            }
        )
        page += sum(copy_pages(tutorial, copy, bound.language) for copy in bound.copies)
    return rows


def level_cover(branding: HandoutBranding, book: LevelBook, rows: Sequence[ContentsRow]) -> LevelCover:
    """Return the cover of a level's book with its table of contents, and the level's requirements."""
    level, labels = book.level, branding.localized.labels
    text = level.text(branding.language)
    trees = text_trees(branding, text)
    chart = levels_chart(branding.localized.library.levels, labels, level)
    return {
        **page_reference(branding, text, page_paths.level_path(level.slug)),
        "source": labels("level_n", n=level.facts.level),
        "level_number": level.facts.level,
        "title": book.title,
        "summary": text.summary,
        "chart": chart.replace("<svg ", f"<svg {SVG_STYLE} ", 1),
        "chart_alt": labels("chart_levels_desc"),
        "contents": rows,
        "asks": trees.section("asks"),
        "goals": trees.section("learning-goals"),
        "goals_heading": text.sections["learning-goals"].heading,
        "version": labels("handout_date", date=labels.date(level.facts.reviewed)),
    }


def selection_cover(branding: HandoutBranding, chosen: Selection, rows: Sequence[ContentsRow]) -> SelectionCover:
    """Return the cover of a selection with its table of contents."""
    minutes = sum(tutorial.facts.minutes for tutorial in chosen.bound)
    labels = branding.localized.labels
    return {
        "title": chosen.title,
        "summary": f"{labels('tutorials', n=len(chosen.bound))}, {labels('minutes', n=minutes)}",
        "chart": "",
        "chart_alt": "",
        "contents": rows,
        "copies": chosen.copies,
        "source": "",
        "version": "",
    }


def level_checklist(branding: HandoutBranding, level: Level, parts: Sequence[ChecklistPart]) -> LevelChecklist:
    """Return the checklists of a level: its own, and `parts`, those of its tutorials."""
    text = level.text(branding.language)
    trees = text_trees(branding, text)
    labels = branding.localized.labels
    return {
        **page_reference(branding, text, page_paths.checklist_path(level.slug)),
        "source": labels("level_n", n=level.facts.level),
        "level_number": level.facts.level,
        "title": labels("checklist_of", name=level_name(labels, level, branding.language)),
        "summary": text.summary,
        "heading": labels("checklist_of_level"),
        "items": trees.items,
        "parts": parts,
        "version": labels("handout_date", date=labels.date(level.facts.reviewed)),
    }


def tutorial_figures(localized: LocalizedLibrary, tutorial: Tutorial) -> Iterator[TutorialFigure]:
    """Yield the figures of a tutorial, each with the tutorial's name."""
    for figure in printed_figures(localized.figure_by_name, tutorial.text(localized.language)):
        yield {**figure, "tutorial": numbered_title(localized, tutorial)}


def numbered_title(localized: LocalizedLibrary, tutorial: Tutorial) -> str:
    """Return number and title of a tutorial."""
    return f"{localized.tutorial_numbers[tutorial.slug]} {tutorial.text(localized.language).title}"
