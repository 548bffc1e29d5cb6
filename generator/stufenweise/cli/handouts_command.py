"""`stufenweise handouts`: print handouts without building the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click

from stufenweise.cli.code_frame import SourceLines
from stufenweise.cli.command_context import CommandContext, project_options, with_context
from stufenweise.cli.exits import EXIT_CONTENT, refuse
from stufenweise.cli.problem_output import announce_printing, show_problems
from stufenweise.config.project import Project
from stufenweise.config.project_files import read_project_files
from stufenweise.core.errors import os_errors_explained
from stufenweise.core.safe_folders import output_folder
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
from stufenweise.handouts.handout_list import all_handouts, kit_set, selection, tutorial_handouts
from stufenweise.handouts.pdf_cache import handout_path
from stufenweise.handouts.print_handouts import ChooseHandouts
from stufenweise.model.library import MAX_TUTORIALS_WITH_BOOKS, Level, Library, Tutorial
from stufenweise.model.outcome import Outcome
from stufenweise.publish.locked_work_folder import locked_work_folder
from stufenweise.publish.work_folder_lock import COMMAND_WAIT
from stufenweise.stages.content_stages import Caches, check_content, load_project, site_library
from stufenweise.stages.handout_stages import print_chosen_content
from stufenweise.stages.stage_results import Drafts, PrintedContent

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
    caches = Caches.of(project)
    checked = check_content(load_project(read_project_files(project), caches), context.today, caches=caches)
    show = partial(
        show_problems,
        output_format="text",
        language=context.language,
        texts=len(checked.result.texts),
        lines=SourceLines(project.root),
    )
    if checked.blocks_build():
        show(checked.problems)
        raise SystemExit(EXIT_CONTENT)
    drafts: Drafts = "left out" if checked.result.drafts().isdisjoint(slugs) else "included"
    library = site_library(checked, drafts)
    _refuse_unknown(context, library, slugs, content_language, bind=bind)
    languages = (content_language,) if content_language else library.languages
    print_these = partial(
        print_chosen_content,
        checked,
        languages,
        drafts=drafts,
        on_printing=lambda count: announce_printing(count, context.language),
    )
    folder = output_folder(output, project.root)
    with locked_work_folder(project, wait=COMMAND_WAIT):
        printing = (
            print_these(lambda branding: filter(lambda whole: whole.documents, [kit_set(branding, pairs)]))
            if pairs
            else _print_bound(print_these, slugs, copies)
            if bind
            else print_these(lambda branding: _single_handouts(branding, project, slugs, copies))
        )
        made = printing.value.handouts.handouts if printing.value else ()
        wanted = [sheet for sheet in made if sheet.has_file and (not copies or bind or sheet.handout.kind in copies)]
        with os_errors_explained(output, "output-not-written"):
            for sheet in wanted:
                folder.write(handout_path(sheet.handout), sheet.read())
    if printing.problems:
        show(printing.problems)
    context.print_note("handouts-made", count=len(wanted), folder=output)
    for level in () if bind or pairs else _unbound_levels(library, slugs):
        count = len(library.tutorials_of(level))
        for copy in _copies_of_books(copies):
            context.print_note(
                "handouts-unbound", level=level.slug, count=count, most=MAX_TUTORIALS_WITH_BOOKS, copy=copy
            )
    for sheet in wanted[:MAX_OPENED] if open_files else ():
        click.launch(str(output / handout_path(sheet.handout)))


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


def _single_handouts(
    branding: HandoutBranding, project: Project, slugs: tuple[str, ...], copies: tuple[str, ...]
) -> Iterator[Handout]:
    """Yield single handouts, including those in books: only a single handout shows whether it is too long."""
    meant = {tutorial.slug for tutorial in _tutorials(branding.localized.library, slugs)}
    for handout in all_handouts(branding) if project.settings.handouts else ():
        if isinstance(handout, TutorialHandout):
            kinds = {handout.kind, BOOK_OF_COPY[handout.kind]}
            if handout.tutorial.slug in meant and (not copies or not kinds.isdisjoint(copies)):
                yield handout
        elif not copies or handout.kind in copies:
            match handout:
                case LevelBook(level=document) | KitHandout(piece=document) | WordDocument(piece=document):
                    if not slugs or document.slug in slugs:
                        yield handout
                case _ if not slugs:
                    yield handout


def _unbound_levels(library: Library, slugs: tuple[str, ...]) -> list[Level]:
    """Return the levels among those asked for that have too many tutorials for books."""
    return [level for level in library.levels if (not slugs or level.slug in slugs) and not library.is_bound(level)]


def _copies_of_books(copies: tuple[str, ...]) -> list[str]:
    """Return the copies whose books were asked for: all if none is named."""
    return [copy for copy, book in BOOK_OF_COPY.items() if not copies or book in copies]


def _print_bound(
    print_these: Callable[[ChooseHandouts], Outcome[PrintedContent]], slugs: tuple[str, ...], copies: tuple[str, ...]
) -> Outcome[PrintedContent]:
    """Print one PDF per language with all tutorials, once each of its handouts can be printed by itself."""
    chosen = tuple(copy for copy in COPIES if copy in copies) or COPIES[:1]

    def parts(branding: HandoutBranding) -> Iterator[Handout]:
        for tutorial in _tutorials(branding.localized.library, slugs):
            yield from (part for part in tutorial_handouts(branding, tutorial) if part.kind in chosen)

    def bound(branding: HandoutBranding) -> Iterator[Handout]:
        yield selection(branding, _tutorials(branding.localized.library, slugs), chosen)

    of_parts = print_these(parts)
    if of_parts.value is None or not all(part.has_file for part in of_parts.value.handouts.handouts):
        return Outcome.failure(*of_parts.problems)
    of_whole = print_these(bound)
    return Outcome(of_whole.value, of_parts.problems if of_parts.value.handouts.problems else of_whole.problems)
