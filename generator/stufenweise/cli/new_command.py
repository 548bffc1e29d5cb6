"""`stufenweise new`: a file to begin with, which passes `check`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, get_args

import click
import yaml

from stufenweise.build_date import current_day
from stufenweise.cli import defaults
from stufenweise.cli.context import (
    EXIT_USAGE,
    config_option,
    language_option,
    open_project_or_exit,
    write_new_texts,
)
from stufenweise.cli.import_draft import tell_losses, with_images, without_errors
from stufenweise.cli.prompts import UnusableAnswerError, ask, choice_answer, number_answer, plain_answer
from stufenweise.config.project import Project
from stufenweise.config.project_files import read_project_files
from stufenweise.i18n.catalogue import language_folder
from stufenweise.i18n.messages import command_text, message_language
from stufenweise.importing.draft import USUAL_MINUTES, draft_body
from stufenweise.importing.foreign_file import ForeignText, ImportRefusedError, placed, read_foreign_file
from stufenweise.importing.import_plan import MAX_MINUTES, ImportPlan, read_plan
from stufenweise.load.load_result import LoadResult
from stufenweise.model.facts import LevelFacts, Orientation, is_slug
from stufenweise.model.hour_table import SHORT_HOUR, USUAL_HOUR, hour_frames
from stufenweise.model.kinds import LEVEL, TUTORIAL, Kind
from stufenweise.pipeline import load_project
from stufenweise.source.figure_drawing import FIGURES_FOLDER
from stufenweise.source.file_names import is_reserved_slug
from stufenweise.text_templates import render_text_template

T = TypeVar("T")


@click.group()
def new() -> None:
    """Write a file to begin with: it passes `check`, and waits for your words."""


@dataclass(frozen=True, slots=True)
class _NewText:
    """Asks for the facts of a new text, in a language, and writes its file."""

    project: Project
    loaded: LoadResult
    language: str

    def message(self, key: str, **values: object) -> str:
        """Return a message of the command line."""
        return command_text(key, self.language, **values)

    def stop(self, key: str, **values: object) -> SystemExit:
        """Print why nothing is written, and return the exit of the program."""
        click.echo(self.message(key, **values), err=True)
        return SystemExit(EXIT_USAGE)

    def write(self, kind: Kind, slug: str, language: str, text: str) -> None:
        """Write a new file of content; one that exists is never touched."""
        path = f"{kind.folder}/{slug}.{language}.md"
        write_new_texts(self.project, {path: text}, self.language)
        click.echo(self.message("wrote", file=f"{self.project.content_path}/{path}"))

    def read_foreign(self, file: Path) -> ForeignText:
        """Return a file of another program, or say in one line why it can't be read."""
        try:
            return read_foreign_file(file)
        except ImportRefusedError as error:
            raise self.stop(error.key, **error.values) from None
        except OSError as error:
            raise self.stop("import-unreadable", file=file.name, reason=error.strerror or "") from None

    def write_imported(
        self, slug: str, text: str, foreign: ForeignText, plan: ImportPlan, file: Path, minutes: int
    ) -> None:
        """Write a draft that was made of a file, with its images, and tell what was dropped or guessed."""
        _, head, sample = text.split("---\n", 2)
        language = self.loaded.source
        body = draft_body(plan, sample, minutes)
        alt = command_text("import-alt", language)
        body, images, missing = with_images(body, foreign, file.parent, slug, alt)
        path = f"{TUTORIAL.folder}/{slug}.{language}.md"
        content = read_project_files(self.project)
        draft, plainer = without_errors(content, path, f"---\n{head}---\n\n{body}", images, current_day(os.environ))
        write_new_texts(self.project, {path: draft, **images}, self.language)
        click.echo(self.message("wrote", file=f"{self.project.content_path}/{path}"))
        losses = [*foreign.losses, *plan.losses, *missing, *plainer]
        tell_losses([placed(one, foreign) for one in losses], file.name, self.language)

    def valid_slug(self, value: str) -> str:
        """Return a slug that was given as an argument, if it is one."""
        if key := slug_refusal(value):
            raise self.stop(key, slug=value)
        return value

    def is_in_package(self, text: str) -> bool:
        """Return whether the package has a text, given as folder/slug, that is not the company's own already."""
        source_map = self.loaded.source_map
        return bool(source_map) and f"{text}.{self.loaded.source}.md" in (source_map.base_only if source_map else ())

    def ask_text(self, key: str) -> str:
        """Ask for a line of text."""
        return ask(self.message(key), plain_answer(self.language))

    def ask_number(
        self, key: str, low: int, high: int, meanings: Sequence[tuple[int, str]] = (), default: int | None = None
    ) -> int:
        """Ask for a number after printing what each number means."""
        proposal = "" if default is None else str(default)
        return ask(self.message(key), number_answer(self.language, low, high), meanings, proposal)

    def ask_orientation(self) -> str:
        """Ask whom something serves."""
        choices = [(one, self.message(f"orientation-{one}")) for one in get_args(Orientation)]
        return ask(self.message("ask-orientation"), choice_answer(self.language, get_args(Orientation)), choices)

    def ask_slug(self, title: str) -> str:
        """Ask for the slug of a tutorial that is not there yet."""

        def read(answer: str) -> str:
            if key := slug_refusal(answer):
                raise UnusableAnswerError(self.message(key, slug=answer))
            if answer in self.loaded.slugs(TUTORIAL):
                raise UnusableAnswerError(self.message("rename-taken", slug=answer))
            return answer

        return ask(self.message("ask-slug"), read, default=defaults.slug(self.loaded, title))

    def ask_goals(self) -> list[str]:
        """Ask for company goals."""

        def read(answer: str) -> list[str]:
            codes = self.known_goals(answer)
            if isinstance(codes, str):
                raise UnusableAnswerError(codes)
            return codes

        return ask(self.message("ask-goals"), read, defaults.goals(self.loaded, self.language))

    def known_goals(self, answer: str) -> list[str] | str:
        """Return the codes of goals in a text, or why it can't be used."""
        known = ", ".join(self.loaded.goals)
        codes = list(dict.fromkeys(code.upper() for code in re.split(r"[,\s]+", answer) if code))
        unknown = next((code for code in codes if code not in self.loaded.goals), "")
        if unknown or not codes:
            return self.message("unknown-goal", code=unknown, known=known)
        return self.message("ask-goals-most") if len(codes) > 5 else codes


def slug_refusal(value: str) -> str:
    """Return the key of the message why a text can't be the name of a tutorial's file; empty if it can."""
    if not is_slug(value):
        return "bad-slug"
    return "reserved-slug" if is_reserved_slug(value) else ""


def _new_text(config_file: Path, lang: str | None) -> _NewText:
    language = message_language(lang, os.environ)
    project = open_project_or_exit(config_file, language)
    return _NewText(project, load_project(read_project_files(project)).result, language)


def _grade(value: str | None) -> int | None:
    """Return a grade of 1 to 5 that stands in a text."""
    return int(value) if value and re.fullmatch("[1-5]", value) else None


def _option_or_answer(value: T | None, ask_for: Callable[[], T]) -> T:
    """Return an option's value, or what a person answers."""
    return ask_for() if value is None else value


def starting_text(name: str, language: str, **values: object) -> str:
    """Return the skeleton of a file in `language`, or in English where there is none in it."""
    file = language_folder(language, "templates", f"{name}.j2")
    if not file.is_file():
        file = language_folder("en", "templates", f"{name}.j2")
    return render_text_template(file.read_text(encoding="utf-8"), values)


def _yaml(**facts: object) -> str:
    """Return facts as the lines of front matter."""
    lines = []
    for key, value in facts.items():
        flow = None if isinstance(value, list) else False
        lines.append(yaml.safe_dump({key: value}, allow_unicode=True, width=1000, default_flow_style=flow))
    return "".join(lines).rstrip("\n")


def split_minutes(minutes: int) -> tuple[str, str, str]:
    """Return the attributes of three steps that add up to `minutes`, with those of the 30-minute way.

    What is too long for one meeting gets a second one, and no 30-minute way.
    """
    frames = hour_frames()
    if minutes > frames[USUAL_HOUR].steps.limit:
        first, second = minutes // 6, minutes // 2 - minutes // 6
        return f"minutes={first}", f"minutes={second}", f"minutes={minutes - first - second} part=2"
    first = last = max(1, minutes // 5)
    middle = minutes - first - last
    most = frames[SHORT_HOUR].steps.limit
    if minutes <= most:
        return f"minutes={first} short={first}", f"minutes={middle} short={middle}", f"minutes={last} short={last}"
    short = min(middle, most - first)
    return f"minutes={first} short={first}", f"minutes={middle} short={short}", f"minutes={last}"


orientation_option = click.option("--orientation", type=click.Choice(get_args(Orientation)))
effort_option = click.option("--effort", type=click.IntRange(1, 5))
level_option = click.option("--level", type=click.IntRange(1, 5))
title_option = click.option("--title")
summary_option = click.option("--summary")


@new.command()
@config_option
@language_option
@click.argument("slug", required=False)
@title_option
@summary_option
@level_option
@orientation_option
@effort_option
@click.option("--minutes", type=click.IntRange(5, MAX_MINUTES))
@click.option("--goals", help="Codes of company goals, with commas.")
@click.option(
    "--from",
    "source_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file to begin with: .docx, .md, .html or .txt; tells what of it was dropped or guessed.",
)
def tutorial(
    config_file: Path,
    lang: str | None,
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
    new_text = _new_text(config_file, lang)
    if slug is not None:
        new_text.valid_slug(slug)
        if new_text.is_in_package(f"{TUTORIAL.folder}/{slug}"):
            raise new_text.stop("new-in-package", slug=slug)
    source = new_text.loaded.source
    given = new_text.known_goals(goals) if goals is not None else None
    if isinstance(given, str):
        click.echo(given, err=True)
        raise SystemExit(EXIT_USAGE)
    foreign = new_text.read_foreign(source_file) if source_file else None
    plan = read_plan(foreign.markdown, source_file.stem) if foreign and source_file else None
    if plan:
        title, summary = title or plan.title, summary or plan.summary
        minutes = minutes or plan.minutes or USUAL_MINUTES
        level, effort = level or _grade(plan.facts.get("level")), effort or _grade(plan.facts.get("effort"))
        found = plan.facts.get("orientation")
        orientation = orientation or (found if found in get_args(Orientation) else None)
        codes_found = new_text.known_goals(plan.facts.get("goals", "").strip("[]"))
        given = given or (codes_found if isinstance(codes_found, list) else None)
    own_title = _option_or_answer(title, lambda: new_text.ask_text("ask-title"))
    own_slug = _option_or_answer(slug, lambda: new_text.ask_slug(own_title))
    own_summary = _option_or_answer(summary, lambda: new_text.ask_text("ask-summary"))
    own_level = _option_or_answer(
        level, lambda: new_text.ask_number("ask-level", 1, 5, defaults.levels(new_text.loaded, new_text.language))
    )
    own_orientation = _option_or_answer(orientation, new_text.ask_orientation)
    proposal = defaults.effort(new_text.loaded, own_level)
    own_effort = _option_or_answer(
        effort, lambda: new_text.ask_number("ask-effort", 1, 5, defaults.efforts(new_text.language), proposal)
    )
    own_minutes = _option_or_answer(minutes, lambda: new_text.ask_number("ask-minutes", 5, MAX_MINUTES, default=30))
    codes = _option_or_answer(given, new_text.ask_goals)
    has_short_way = plan is None and own_minutes <= hour_frames()[USUAL_HOUR].steps.limit
    facts = _yaml(
        title=own_title,
        summary=own_summary,
        level=own_level,
        orientation=own_orientation,
        effort=own_effort,
        minutes=own_minutes,
        goals=codes,
        **({} if has_short_way else {"short_way": False}),
        draft=True,
        reviewed=current_day(os.environ),
        review_months=6,
    )
    words = new_text.loaded.guidance_words[source]
    text = starting_text("tutorial.md", source, facts=facts, steps=split_minutes(own_minutes), words=words)
    if foreign and plan and source_file:
        new_text.write_imported(own_slug, text, foreign, plan, source_file, own_minutes)
    else:
        new_text.write(TUTORIAL, own_slug, source, text)
    click.echo(new_text.message("wrote-draft"))


@new.command()
@config_option
@language_option
@title_option
@summary_option
@level_option
@orientation_option
@effort_option
@click.option("--importance", type=click.IntRange(1, 5))
def level(
    config_file: Path,
    lang: str | None,
    title: str | None,
    summary: str | None,
    level: int | None,
    orientation: str | None,
    effort: int | None,
    importance: int | None,
) -> None:
    """Begin the page of a level that has none yet."""
    new_text = _new_text(config_file, lang)
    own = _option_or_answer(level, lambda: new_text.ask_number("ask-level", 1, 5))
    for file in new_text.loaded.files_of(LEVEL):
        if isinstance(file.facts, LevelFacts) and file.facts.level == own:
            raise new_text.stop("level-taken", level=own, file=file.file)
    facts = _yaml(
        title=_option_or_answer(title, lambda: new_text.ask_text("ask-title")),
        summary=_option_or_answer(summary, lambda: new_text.ask_text("ask-summary")),
        level=own,
        orientation=_option_or_answer(orientation, new_text.ask_orientation),
        effort=_option_or_answer(
            effort, lambda: new_text.ask_number("ask-effort", 1, 5, defaults.efforts(new_text.language))
        ),
        importance=_option_or_answer(importance, lambda: new_text.ask_number("ask-importance", 1, 5)),
        reviewed=current_day(os.environ),
        review_months=24,
    )
    source = new_text.loaded.source
    new_text.write(LEVEL, f"level-{own}", source, starting_text("level.md", source, facts=facts))


@new.command()
@config_option
@language_option
@click.argument("name")
@title_option
def figure(config_file: Path, lang: str | None, name: str, title: str | None) -> None:
    """Begin a figure: a drawing with places for words, and the words beside it, a file a language."""
    new_text = _new_text(config_file, lang)
    new_text.valid_slug(name)
    own_title = _option_or_answer(title, lambda: new_text.ask_text("ask-title"))
    files = {f"{FIGURES_FOLDER}/{name}.svg": starting_text("figure.svg", new_text.language)}
    for code in new_text.loaded.languages:
        files[f"{FIGURES_FOLDER}/{name}.{code}.yml"] = starting_text("figure.yml", code, facts=_yaml(title=own_title))
    write_new_texts(new_text.project, files, new_text.language)
    for path in files:
        click.echo(new_text.message("wrote-figure", file=f"{new_text.project.content_path}/{path}"))
    click.echo(new_text.message("use-figure", name=name))
