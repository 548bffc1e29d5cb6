"""`stufenweise handouts`: print handouts without building the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from stufenweise.cli.code_frame import SourceLines
from stufenweise.cli.command_context import CommandContext, project_options, with_context
from stufenweise.cli.exits import EXIT_CONTENT, refuse
from stufenweise.cli.problem_output import show_problems
from stufenweise.config.project import Project
from stufenweise.config.project_files import read_project_files
from stufenweise.core.errors import os_errors_explained
from stufenweise.core.safe_folders import SafeFolder, output_folder
from stufenweise.handouts.handout import (
    BOOK_OF_COPY,
    COPIES,
    Handout,
    KitHandout,
    LevelBook,
    TutorialHandout,
    WordDocument,
)
from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.handouts.handout_list import kit_set, selection, tutorial_handouts
from stufenweise.handouts.pdf_cache import PrintedHandout, handout_path
from stufenweise.handouts.print_handouts import PrintedHandouts, print_chosen, print_handouts
from stufenweise.load.library_builder import build_library
from stufenweise.model.library import Library, Tutorial
from stufenweise.publish.locked_work_folder import locked_work_folder
from stufenweise.publish.work_folder_lock import COMMAND_WAIT
from stufenweise.stages.content_stages import check_content, load_project

COPY_CHOICES = (*COPIES, *BOOK_OF_COPY.values())
MAX_OPENED = 10
"""Most PDFs that `--open` opens."""


@click.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@project_options
@with_context
@click.option("--language", "content_language", help="Language of the handouts; all if left out.")
@click.option(
    "--copy", "copies", type=click.Choice(COPY_CHOICES), multiple=True, help="Which handouts; all if left out."
)
@click.option("--bind", is_flag=True, help="Make one PDF of the tutorials, in the order given, with a cover.")
@click.option(
    "--pairs", type=click.IntRange(1, 200), help="Only the set of handouts for pairs, counted out for so many."
)
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), default="handouts", show_default=True)
@click.option("--open", "open_files", is_flag=True, help="Open what was made.")
def handouts(
    context: CommandContext,
    slugs: tuple[str, ...],
    content_language: str | None,
    copies: tuple[str, ...],
    bind: bool,
    pairs: int | None,
    output: Path,
    open_files: bool,
) -> None:
    """Print handouts: those of the tutorials, levels or pieces of the kit named, or all.

    A level is named by its slug, such as level-1; its books and its tutorials are meant.
    """
    _refuse_contradictions(context, slugs, copies, bind=bind, pairs=pairs)
    project = context.open_project()
    checked = check_content(load_project(read_project_files(project)), context.today)
    if checked.blocks_build():
        show_problems(
            checked.problems, "text", context.language, texts=len(checked.result.texts), lines=SourceLines(project.root)
        )
        raise SystemExit(EXIT_CONTENT)
    library = build_library(checked.result, drafts=not checked.result.drafts().isdisjoint(slugs))
    _refuse_unknown(context, library, slugs, content_language, bind=bind)
    languages = (content_language,) if content_language else library.languages
    with os_errors_explained(project.work_folder.path), locked_work_folder(project, wait=COMMAND_WAIT):
        if pairs:
            printed = _print_set(project, library, languages, pairs)
        else:
            print_wanted = _print_bound if bind else _print_single
            printed = print_wanted(project, library, slugs, languages, copies)
        wanted = [entry for entry in printed.handouts if not copies or bind or entry.handout.kind in copies]
        folder = output_folder(output, project.root)
        with os_errors_explained(output, "output-not-written"):
            _write(wanted, folder)
    if printed.problems:
        show_problems(printed.problems, "text", context.language, texts=len(printed.handouts))
        raise SystemExit(EXIT_CONTENT)
    context.print_note("handouts-made", count=len(wanted), folder=output)
    if open_files:
        for printed_handout in wanted[:MAX_OPENED]:
            click.launch(str(output / handout_path(printed_handout.handout)))


def _refuse_contradictions(
    context: CommandContext, slugs: tuple[str, ...], copies: tuple[str, ...], *, bind: bool, pairs: int | None
) -> None:
    """Exit with 2 if `--pairs` or `--bind` stands beside something that it would have to ignore."""
    if pairs:
        ignored = (*slugs, *(["--bind"] if bind else ()), *(f"--copy {copy}" for copy in copies))
        if ignored:
            context.refuse("handouts-pairs", ignored=", ".join(ignored))
    if bind and (books := [copy for copy in copies if copy in BOOK_OF_COPY.values()]):
        context.refuse("handouts-bind", books=", ".join(books))


def _write(handouts: Sequence[PrintedHandout], folder: SafeFolder) -> None:
    """Write the PDFs of the printable handouts."""
    for printed in handouts:
        if printed.has_file:
            folder.write(handout_path(printed.handout), printed.read())


def _refuse_unknown(
    context: CommandContext, library: Library, slugs: tuple[str, ...], content_language: str | None, *, bind: bool
) -> None:
    """Exit with 2 if a slug or the language does not exist, or if there is no tutorial to bind."""
    slugs_of_library = [
        *(tutorial.slug for tutorial in library.tutorials),
        *(level.slug for level in library.levels),
        *(piece.slug for piece in library.kit),
    ]
    for slug in slugs:
        if slug not in slugs_of_library:
            message = context.message("handouts-unknown", slug=slug)
            refuse(context.with_suggestion(message, slug, slugs_of_library))
    if bind and slugs and not _tutorials(library, slugs):
        context.refuse("handouts-bind-none", slugs=", ".join(slugs))
    if content_language and content_language not in library.languages:
        context.refuse("handouts-language", code=content_language, languages=", ".join(library.languages))


def _tutorials(library: Library, slugs: tuple[str, ...]) -> list[Tutorial]:
    """Return the named tutorials, in this order; a level stands for its tutorials; without names, all tutorials."""
    if not slugs:
        return list(library.tutorials)
    by_slug = {tutorial.slug: (tutorial,) for tutorial in library.tutorials}
    by_level = {level.slug: library.tutorials_of(level) for level in library.levels}
    tutorials = (tutorial for slug in slugs for tutorial in by_slug.get(slug) or by_level.get(slug, ()))
    return list({tutorial.slug: tutorial for tutorial in tutorials}.values())


def _print_single(
    project: Project,
    library: Library,
    slugs: tuple[str, ...],
    languages: tuple[str, ...],
    copies: tuple[str, ...],
) -> PrintedHandouts:
    """Print single handouts, including those in books: only a single handout shows whether it is too long."""
    meant = {tutorial.slug for tutorial in _tutorials(library, slugs)}

    def select(handout: Handout) -> bool:
        if handout.language not in languages:
            return False
        if isinstance(handout, TutorialHandout):
            kinds = {handout.kind, BOOK_OF_COPY[handout.kind]}
            return handout.tutorial.slug in meant and (not copies or not kinds.isdisjoint(copies))
        if copies and handout.kind not in copies:
            return False
        match handout:
            case LevelBook(level=document) | KitHandout(piece=document) | WordDocument(piece=document):
                return not slugs or document.slug in slugs
            case _:
                return not slugs

    return print_handouts(project, library, select=select)


def _print_bound(
    project: Project,
    library: Library,
    slugs: tuple[str, ...],
    languages: tuple[str, ...],
    copies: tuple[str, ...],
) -> PrintedHandouts:
    """Print one PDF per language with all tutorials."""
    chosen = tuple(copy for copy in COPIES if copy in copies) or COPIES[:1]
    tutorials = _tutorials(library, slugs)

    def parts(branding: HandoutBranding) -> Iterator[Handout]:
        for tutorial in tutorials:
            yield from (part for part in tutorial_handouts(branding, tutorial) if part.kind in chosen)

    printed_parts = print_chosen(project, library, languages, parts)
    if not all(part.has_file for part in printed_parts.handouts):
        return PrintedHandouts(problems=printed_parts.problems)
    bound = print_chosen(project, library, languages, lambda branding: [selection(branding, tutorials, chosen)])
    return replace(bound, problems=printed_parts.problems or bound.problems)


def _print_set(project: Project, library: Library, languages: tuple[str, ...], pairs: int) -> PrintedHandouts:
    """Print the handouts for a number of pairs, one PDF per language; none if no pair needs any."""
    return print_chosen(
        project,
        library,
        languages,
        lambda branding: filter(lambda whole: whole.documents, [kit_set(branding, pairs)]),
    )
