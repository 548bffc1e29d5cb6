"""`stufenweise handouts`: print handouts without building the site."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from stufenweise.cli.code_frame import SourceLines
from stufenweise.cli.exits import EXIT_CONTENT, refuse, with_suggestion
from stufenweise.cli.options import config_option, language_option, open_project_or_exit
from stufenweise.cli.problem_output import show_problems
from stufenweise.config.project import Project
from stufenweise.config.project_files import read_project_files
from stufenweise.core.build_date import current_day
from stufenweise.core.errors import build_errors_explained, os_errors_explained
from stufenweise.core.safe_folders import SafeFolder, output_folder
from stufenweise.handouts.handout import (
    BOOK_OF_COPY,
    COPIES,
    Handout,
    KitSheet,
    LevelBook,
    TutorialHandout,
    WordDocument,
)
from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.handouts.handout_list import kit_set, selection, tutorial_handouts
from stufenweise.handouts.pdf_cache import PrintedHandout, cache_path
from stufenweise.handouts.print_handouts import PrintedHandouts, print_chosen, print_handouts
from stufenweise.i18n.messages import command_text, message_language
from stufenweise.load.library_builder import build_library
from stufenweise.model.library import Library, Tutorial
from stufenweise.pipeline import check_content, load_project
from stufenweise.publish.workspace_lock import COMMAND_WAIT, workspace_lock

COPY_CHOICES = (*COPIES, *BOOK_OF_COPY.values())
MAX_OPENED = 10
"""Most PDFs that `--open` opens."""


@click.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@config_option
@language_option
@click.option("--language", "code", help="Language of the sheets; all if left out.")
@click.option("--copy", "copies", type=click.Choice(COPY_CHOICES), multiple=True, help="Which sheets; all if left out.")
@click.option("--bind", is_flag=True, help="Make one PDF of the tutorials, in the order given, with a cover.")
@click.option("--pairs", type=click.IntRange(1, 200), help="Only the set of sheets for pairs, counted out for so many.")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), default="handouts", show_default=True)
@click.option("--open", "open_files", is_flag=True, help="Open what was made.")
def handouts(
    slugs: tuple[str, ...],
    config_file: Path,
    lang: str | None,
    code: str | None,
    copies: tuple[str, ...],
    bind: bool,
    pairs: int | None,
    output: Path,
    open_files: bool,
) -> None:
    """Print handouts: those of the tutorials, levels or pieces of the kit named, or all.

    A level is named by its slug, such as level-1; its books and its tutorials are meant.
    """
    language = message_language(lang, os.environ)
    _refuse_contradictions(slugs, copies, language, bind=bind, pairs=pairs)
    project = open_project_or_exit(config_file, language)
    checked = check_content(load_project(read_project_files(project)), current_day(os.environ))
    if checked.blocks_build():
        show_problems(
            checked.problems, "text", language, texts=len(checked.result.texts), lines=SourceLines(project.root)
        )
        raise SystemExit(EXIT_CONTENT)
    library = build_library(checked.result, drafts=not checked.result.drafts().isdisjoint(slugs))
    _refuse_unknown(library, slugs, code, language, bind=bind)
    codes = (code,) if code else library.languages
    with build_errors_explained(project.work), workspace_lock(project.work, wait=COMMAND_WAIT):
        if pairs:
            printed = _print_set(project, library, codes, pairs)
        else:
            print_wanted = _print_bound if bind else _print_single
            printed = print_wanted(project, library, slugs, codes, copies)
        wanted = [entry for entry in printed.handouts if not copies or bind or entry.handout.kind in copies]
        folder = output_folder(output, project.root)
        with os_errors_explained(output, "output-not-written"):
            _write(wanted, folder)
    if printed.problems:
        show_problems(printed.problems, "text", language, texts=len(printed.handouts))
        raise SystemExit(EXIT_CONTENT)
    click.echo(command_text("handouts-made", language, count=len(wanted), folder=output), err=True)
    if open_files:
        for printed_handout in wanted[:MAX_OPENED]:
            click.launch(str(output / cache_path(printed_handout.handout)))


def _refuse_contradictions(
    slugs: tuple[str, ...], copies: tuple[str, ...], language: str, *, bind: bool, pairs: int | None
) -> None:
    """Exit with 2 if `--pairs` or `--bind` stands beside something that it would have to ignore."""
    if pairs:
        ignored = (*slugs, *(["--bind"] if bind else ()), *(f"--copy {copy}" for copy in copies))
        if ignored:
            refuse(command_text("handouts-pairs", language, ignored=", ".join(ignored)))
    if bind and (books := [copy for copy in copies if copy in BOOK_OF_COPY.values()]):
        refuse(command_text("handouts-bind", language, books=", ".join(books)))


def _write(handouts: Sequence[PrintedHandout], folder: SafeFolder) -> None:
    """Write the PDFs of the printable handouts."""
    for printed in handouts:
        if printed.has_file:
            folder.write(cache_path(printed.handout), printed.read())


def _refuse_unknown(library: Library, slugs: tuple[str, ...], code: str | None, language: str, *, bind: bool) -> None:
    """Exit with 2 if a slug or the language does not exist, or if there is no tutorial to bind."""
    slugs_of_library = [
        *(tutorial.slug for tutorial in library.tutorials),
        *(level.slug for level in library.levels),
        *(piece.slug for piece in library.kit),
    ]
    for slug in slugs:
        if slug not in slugs_of_library:
            message = command_text("handouts-unknown", language, slug=slug)
            refuse(with_suggestion(message, slug, slugs_of_library, language))
    if bind and slugs and not _tutorials(library, slugs):
        refuse(command_text("handouts-bind-none", language, slugs=", ".join(slugs)))
    if code and code not in library.languages:
        refuse(command_text("handouts-language", language, code=code, languages=", ".join(library.languages)))


def _tutorials(library: Library, slugs: tuple[str, ...]) -> list[Tutorial]:
    """Return the named tutorials, in this order; a level stands for its tutorials; without names, all tutorials."""
    if not slugs:
        return list(library.tutorials)
    by_slug = {tutorial.slug: (tutorial,) for tutorial in library.tutorials}
    by_level = {level.slug: library.tutorials_of(level) for level in library.levels}
    tutorials = (tutorial for slug in slugs for tutorial in by_slug.get(slug) or by_level.get(slug, ()))
    return list({tutorial.slug: tutorial for tutorial in tutorials}.values())


def _print_single(
    project: Project, library: Library, slugs: tuple[str, ...], codes: tuple[str, ...], copies: tuple[str, ...]
) -> PrintedHandouts:
    """Print single handouts, including those in books: only a single handout shows whether it is too long."""
    meant = {tutorial.slug for tutorial in _tutorials(library, slugs)}

    def select(handout: Handout) -> bool:
        if handout.language not in codes:
            return False
        if isinstance(handout, TutorialHandout):
            kinds = {handout.kind, BOOK_OF_COPY[handout.kind]}
            return handout.tutorial.slug in meant and (not copies or not kinds.isdisjoint(copies))
        if copies and handout.kind not in copies:
            return False
        match handout:
            case LevelBook(level=document) | KitSheet(piece=document) | WordDocument(piece=document):
                return not slugs or document.slug in slugs
            case _:
                return not slugs

    return print_handouts(project, library, select=select)


def _print_bound(
    project: Project, library: Library, slugs: tuple[str, ...], codes: tuple[str, ...], copies: tuple[str, ...]
) -> PrintedHandouts:
    """Print one PDF per language with all tutorials."""
    chosen = tuple(copy for copy in COPIES if copy in copies) or COPIES[:1]
    tutorials = _tutorials(library, slugs)

    def parts(branding: HandoutBranding) -> Iterator[Handout]:
        for tutorial in tutorials:
            yield from (part for part in tutorial_handouts(branding, tutorial) if part.kind in chosen)

    printed_parts = print_chosen(project, library, codes, parts)
    if not all(part.has_file for part in printed_parts.handouts):
        return PrintedHandouts(problems=printed_parts.problems)
    bound = print_chosen(project, library, codes, lambda branding: [selection(branding, tutorials, chosen)])
    return replace(bound, problems=printed_parts.problems or bound.problems)


def _print_set(project: Project, library: Library, codes: tuple[str, ...], pairs: int) -> PrintedHandouts:
    """Print the handouts for a number of pairs, one PDF per language; none if no pair needs any."""
    return print_chosen(
        project, library, codes, lambda branding: filter(lambda whole: whole.documents, [kit_set(branding, pairs)])
    )
