"""`stufenweise handouts`: only the sheets for paper, in a second."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click

from generator.assemble.project import Project
from generator.cli.excerpt import Lines
from generator.cli.problems import message_language, show
from generator.cli.session import CONTENT, MACHINE, config_option, language_option, open_project, today, with_nearest
from generator.cli.words import word
from generator.handouts.sheets import Copy, Sheet, selection, tutorial_sheets
from generator.handouts.shelf import Made, stock
from generator.model.library import Library, Tutorial
from generator.render.checked import read_and_check
from generator.render.faults import explain
from generator.render.lock import workspace_lock
from generator.render.paper import Paper, imprint, paper_problems, print_all, shelf_of

COPIES = ("mentee", "mentor", "workbook")
WAIT = 60.0
"""Seconds to wait for a build in the same project."""


@click.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@config_option
@language_option
@click.option("--language", "code", help="Language of the sheets; all if left out.")
@click.option("--copy", "copies", type=click.Choice(COPIES), multiple=True, help="Which sheets; all if left out.")
@click.option("--bind", is_flag=True, help="Make one PDF of the tutorials, in the order given, with a cover.")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), default="handouts", show_default=True)
@click.option("--open", "open_files", is_flag=True, help="Open what was made.")
def handouts(
    slugs: tuple[str, ...],
    config_file: Path,
    lang: str | None,
    code: str | None,
    copies: tuple[Copy, ...],
    bind: bool,
    output: Path,
    open_files: bool,
) -> None:
    """Make sheets for paper: those of the tutorials or levels named, or all.

    A level is named by its slug, such as level-1; its workbook and its tutorials are meant.
    """
    language = message_language(lang, os.environ)
    project = open_project(config_file, language)
    checked = read_and_check(project, today(os.environ))
    if checked.stops(strict=False):
        show(checked.problems, "text", language, texts=len(checked.reading.texts), lines=Lines(project.root))
        raise SystemExit(CONTENT)
    library = checked.reading.library(drafts=not checked.reading.drafts().isdisjoint(slugs))
    _refuse_unknown(library, slugs, code, language)
    codes = (code,) if code else library.languages
    try:
        with workspace_lock(project.work, wait=WAIT):
            made = (
                _bound(project, library, slugs, codes, copies)
                if bind
                else _loose(project, library, slugs, codes, copies)
            )
            asked = [one for one in made.made if not copies or bind or one.sheet.copy in copies]
            for one in asked:
                if one.ok:
                    _deliver(one, output)
    except OSError as error:
        click.echo(str(explain(error, project.work)), err=True)
        raise SystemExit(MACHINE) from None
    if made.problems:
        show(made.problems, "text", language, texts=len(made.made))
        raise SystemExit(CONTENT)
    click.echo(word("handouts-made", language, count=len(asked), folder=output), err=True)
    if open_files:
        for one in asked[:10]:
            click.launch(str(_target(one, output)))


def _refuse_unknown(library: Library, slugs: tuple[str, ...], code: str | None, language: str) -> None:
    """End as wrong use if there is no such tutorial, level or language."""
    known = [*(one.slug for one in library.tutorials), *(one.slug for one in library.levels)]
    for slug in slugs:
        if slug not in known:
            raise click.UsageError(with_nearest(word("handouts-unknown", language, slug=slug), slug, known, language))
    if code and code not in library.languages:
        raise click.UsageError(word("handouts-language", language, code=code, languages=", ".join(library.languages)))


def _tutorials(library: Library, slugs: tuple[str, ...]) -> list[Tutorial]:
    """Return the tutorials named, in that order; a level means its tutorials; all if none is named."""
    by_slug = {one.slug: one for one in library.tutorials}
    levels = {one.slug: one.facts.level for one in library.levels}
    if not slugs:
        return list(library.tutorials)
    found: dict[str, Tutorial] = {}
    for slug in slugs:
        members = (
            [by_slug[slug]] if slug in by_slug else [t for t in library.tutorials if t.facts.level == levels[slug]]
        )
        found |= {one.slug: one for one in members}
    return list(found.values())


def _loose(
    project: Project, library: Library, slugs: tuple[str, ...], codes: tuple[str, ...], copies: tuple[Copy, ...]
) -> Paper:
    """Make single sheets; those in a workbook too, since they alone tell what is too long."""
    meant = {one.slug for one in _tutorials(library, slugs)}

    def wanted(sheet: Sheet) -> bool:
        if sheet.language not in codes:
            return False
        if sheet.copy in {"mentee", "mentor"}:
            return sheet.tutorials[0].slug in meant and (sheet.copy in copies or "workbook" in copies or not copies)
        if copies and sheet.copy not in copies:
            return False
        return not slugs or (sheet.copy == "workbook" and sheet.levels[0].slug in slugs)

    return print_all(project, library, wanted=wanted, sweep=False)


def _bound(
    project: Project, library: Library, slugs: tuple[str, ...], codes: tuple[str, ...], copies: tuple[Copy, ...]
) -> Paper:
    """Make one PDF a language."""
    chosen: tuple[Copy, ...] = tuple(copy for copy in copies if copy != "workbook") or ("mentee",)
    tutorials = _tutorials(library, slugs)
    orders = [(one, selection(one, tutorials, chosen)) for one in (imprint(project, library, code) for code in codes)]
    singles = [(one, sheet) for one, _ in orders for tutorial in tutorials for sheet in tutorial_sheets(one, tutorial)]
    problems = paper_problems(
        stock([(one, sheet) for one, sheet in singles if sheet.copy in chosen], shelf_of(project)), project
    )
    made = stock(orders, shelf_of(project)) if not problems else []
    return Paper(tuple(made), tuple(problems or paper_problems(made, project)))


def _target(one: Made, output: Path) -> Path:
    return output / one.sheet.language / f"{one.sheet.name}.pdf"


def _deliver(one: Made, output: Path) -> None:
    target = _target(one, output)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(one.file, target)
