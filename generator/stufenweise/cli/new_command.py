"""`stufenweise new`: write a new text that passes `check`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import click

from stufenweise.cli.command_context import CommandContext, project_options, with_context
from stufenweise.cli.content_arguments import slug_refusal
from stufenweise.cli.content_writing import write_new_texts
from stufenweise.cli.exits import refuse
from stufenweise.cli.new_text_prompts import (
    ORIENTATIONS,
    NewTextPrompts,
    TutorialAnswers,
    TutorialOptions,
    ask_for_missing,
    with_imported_facts,
)
from stufenweise.cli.prompts import UnusableAnswerError
from stufenweise.config.project import Project
from stufenweise.config.project_files import ProjectFiles, read_project_files
from stufenweise.fix.starting_text import facts_as_yaml, split_minutes, starting_text
from stufenweise.i18n.messages import command_text
from stufenweise.importing.checked_draft import DraftContent, imported_draft
from stufenweise.importing.foreign_file import ForeignText, Loss, read_foreign_file
from stufenweise.importing.import_plan import MAX_MINUTES, ImportPlan, read_plan
from stufenweise.load.load_result import LoadResult
from stufenweise.model.facts import (
    LEVEL_NUMBERS,
    MAX_GRADE,
    MIN_GRADE,
    MIN_TUTORIAL_MINUTES,
    OTHER_REVIEW_MONTHS,
    TUTORIAL_REVIEW_MONTHS,
    LevelFacts,
)
from stufenweise.model.hour_table import USUAL_HOUR, hour_frames
from stufenweise.model.kinds import LEVEL, TUTORIAL, Kind
from stufenweise.model.paths import ContentPath, shown_path
from stufenweise.source.files.content_files import ContentFiles
from stufenweise.source.files.text_paths import TextPath
from stufenweise.source.images.figure_drawing import drawing_path, words_path
from stufenweise.stages.content_stages import load_project


@dataclass(frozen=True, slots=True)
class _Opened:
    """The project that gets a new text."""

    context: CommandContext
    content: ProjectFiles
    loaded: LoadResult

    @property
    def project(self) -> Project:
        """The project."""
        return self.content.project

    @property
    def prompts(self) -> NewTextPrompts:
        """Questions about a new text."""
        return NewTextPrompts(self.loaded, self.context.language)

    def source_path(self, kind: Kind, slug: str) -> ContentPath:
        """Return the path of a text in the source language."""
        return TextPath(kind.folder, slug, self.loaded.source_language).path

    def has_only_package_text(self, kind: Kind, slug: str) -> bool:
        """Return whether a text exists only in the package, without a version of the company."""
        base_only = self.loaded.source_map.base_only if self.loaded.source_map else ()
        return self.source_path(kind, slug) in base_only

    def write(self, path: ContentPath, text: str) -> None:
        """Write a new file of content; an existing file is never touched."""
        write_new_texts(self.context, self.project, {path: text})
        self.context.print_message("wrote", file=shown_path(self.project.shown_content, path))


@click.group()
def new() -> None:
    """Write a file to begin with: it passes `check`, and waits for your words."""


def _open(context: CommandContext) -> _Opened:
    content = read_project_files(context.open_project())
    return _Opened(context, content, load_project(content).result)


orientation_option = click.option("--orientation", type=click.Choice(ORIENTATIONS))
effort_option = click.option("--effort", type=click.IntRange(MIN_GRADE, MAX_GRADE))
level_option = click.option("--level", type=click.IntRange(LEVEL_NUMBERS[0], LEVEL_NUMBERS[-1]))
title_option = click.option("--title")
summary_option = click.option("--summary")


@new.command()
@project_options
@with_context
@click.argument("slug", required=False)
@title_option
@summary_option
@level_option
@orientation_option
@effort_option
@click.option("--minutes", type=click.IntRange(MIN_TUTORIAL_MINUTES, MAX_MINUTES))
@click.option("--goals", help="Codes of company goals, with commas.")
@click.option(
    "--from",
    "source_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file to begin with: .docx, .md, .html or .txt; tells what of it was dropped or guessed.",
)
def tutorial(
    context: CommandContext,
    slug: str | None,
    title: str | None,
    summary: str | None,
    level: int | None,
    orientation: str | None,
    effort: int | None,
    minutes: int | None,
    goals: str | None,
    source_file: Path | None,
) -> None:
    """Begin a tutorial; asks for what is not given as an option, and says what each answer means.

    It is a draft: `serve` shows it, the built site does not, until you take `draft: true` out of it.
    """
    opened = _open(context)
    if slug is not None:
        _refuse_bad_slug(context, slug)
        if opened.has_only_package_text(TUTORIAL, slug):
            context.refuse("new-in-package", slug=slug)
    options = TutorialOptions(
        slug=slug,
        title=title,
        summary=summary,
        level=level,
        orientation=orientation,
        effort=effort,
        minutes=minutes,
        goals=None if goals is None else _given_goals(goals, opened.prompts),
    )
    if source_file:
        foreign = _read_foreign(context, source_file)
        plan = read_plan(foreign.markdown, source_file.stem)
        answers = ask_for_missing(opened.prompts, with_imported_facts(options, plan, opened.prompts))
        _write_imported(opened, answers, foreign, plan, source_file)
    else:
        answers = ask_for_missing(opened.prompts, options)
        has_short_way = answers.minutes <= hour_frames()[USUAL_HOUR].steps.maximum
        opened.write(
            opened.source_path(TUTORIAL, answers.slug), _tutorial_text(opened, answers, short_way=has_short_way)
        )
    context.print_message("wrote-draft")


def _refuse_bad_slug(context: CommandContext, slug: str) -> None:
    """Exit with 2 if a text can't be the name of a file of content."""
    if key := slug_refusal(slug):
        context.refuse(key, slug=slug)


def _given_goals(goals: str, prompts: NewTextPrompts) -> list[str]:
    """Return the codes of the option `--goals`; exit with 2 if they can't be used."""
    try:
        return prompts.read_goals(goals)
    except UnusableAnswerError as error:
        refuse(str(error))


def _read_foreign(context: CommandContext, file: Path) -> ForeignText:
    """Import a file of another program; exit with 2 if it is unreadable."""
    try:
        return read_foreign_file(file)
    except OSError as error:
        context.refuse("import-unreadable", file=file.name, reason=error.strerror or "")


def _tutorial_text(opened: _Opened, answers: TutorialAnswers, *, short_way: bool) -> str:
    """Return the text of a new draft, in the source language."""
    facts = facts_as_yaml(
        title=answers.title,
        summary=answers.summary,
        level=answers.level,
        orientation=answers.orientation,
        effort=answers.effort,
        minutes=answers.minutes,
        goals=answers.goals,
        **({} if short_way else {"short_way": False}),
        draft=True,
        reviewed=opened.context.today,
        review_months=TUTORIAL_REVIEW_MONTHS,
    )
    source_language = opened.loaded.source_language
    words = opened.loaded.guidance_words[source_language]
    return starting_text("tutorial.md", source_language, facts=facts, steps=split_minutes(answers.minutes), words=words)


def _write_imported(
    opened: _Opened, answers: TutorialAnswers, foreign: ForeignText, plan: ImportPlan, file: Path
) -> None:
    """Write a draft made from a file, with its images, and print all losses and guesses."""
    path = opened.source_path(TUTORIAL, answers.slug)
    text = _tutorial_text(opened, answers, short_way=False)
    content = DraftContent(
        files=opened.content.own.data,
        shown_content=opened.project.shown_content,
        load=lambda data: load_project(replace(opened.content, own=ContentFiles(dict(data)))).result,
        day=opened.context.today,
        alt=command_text("import-alt", opened.loaded.source_language),
    )
    draft = imported_draft(content, path, text, foreign, plan, file.parent, answers.minutes)
    write_new_texts(opened.context, opened.project, {path: draft.text, **draft.images})
    opened.context.print_message("wrote", file=shown_path(opened.project.shown_content, path))
    _print_losses(opened.context, draft.losses, file.name)


def _print_losses(context: CommandContext, losses: list[Loss], name: str) -> None:
    """Print what was dropped from a file or guessed, each with its place."""
    distinct = list(dict.fromkeys(losses))
    context.print_note("import-report", file=name, count=len(distinct))
    for loss in distinct:
        place = f"{name}:{loss.line}" if loss.line else name
        if loss.paragraph:
            place = context.message("import-place", file=name, heading=loss.heading or "–", paragraph=loss.paragraph)
        click.echo(f"  {place}: {context.message(loss.kind, text=loss.text)}", err=True)


@new.command()
@project_options
@with_context
@title_option
@summary_option
@level_option
@orientation_option
@effort_option
@click.option("--importance", type=click.IntRange(MIN_GRADE, MAX_GRADE))
def level(
    context: CommandContext,
    title: str | None,
    summary: str | None,
    level: int | None,
    orientation: str | None,
    effort: int | None,
    importance: int | None,
) -> None:
    """Begin the page of a level that has none yet."""
    opened = _open(context)
    prompts = opened.prompts
    number = prompts.new_level() if level is None else level
    for file in opened.loaded.files_of(LEVEL):
        if isinstance(file.facts, LevelFacts) and file.facts.level == number:
            context.refuse("level-taken", level=number, file=file.shown_path)
    facts = facts_as_yaml(
        title=prompts.title() if title is None else title,
        summary=prompts.summary() if summary is None else summary,
        level=number,
        orientation=prompts.orientation() if orientation is None else orientation,
        effort=prompts.effort() if effort is None else effort,
        importance=prompts.importance() if importance is None else importance,
        reviewed=context.today,
        review_months=OTHER_REVIEW_MONTHS,
    )
    source_language = opened.loaded.source_language
    opened.write(
        opened.source_path(LEVEL, f"level-{number}"),
        starting_text("level.md", source_language, facts=facts),
    )


@new.command()
@project_options
@with_context
@click.argument("name")
@title_option
def figure(context: CommandContext, name: str, title: str | None) -> None:
    """Begin a figure: a drawing with places for words, and the words beside it, one file per language."""
    opened = _open(context)
    _refuse_bad_slug(context, name)
    facts = facts_as_yaml(title=opened.prompts.title() if title is None else title)
    files = {drawing_path(name): starting_text("figure.svg", context.language)}
    for content_language in opened.loaded.languages:
        files[words_path(name, content_language)] = starting_text("figure.yml", content_language, facts=facts)
    write_new_texts(context, opened.project, files)
    for path in files:
        context.print_message("wrote-figure", file=shown_path(opened.project.shown_content, path))
    context.print_message("use-figure", name=name)
