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
    own_content,
)
from stufenweise.cli.prompts import UnusableAnswerError, ask, choice_answer, number_answer, plain_answer
from stufenweise.config.project import Project
from stufenweise.config.project_files import read_project_files
from stufenweise.i18n.catalogue import language_folder
from stufenweise.i18n.command_text import command_text
from stufenweise.i18n.message_language import message_language
from stufenweise.load.load_result import LoadResult
from stufenweise.model.facts import SLUG_PATTERN, LevelFacts, Orientation
from stufenweise.model.kinds import LEVEL, TUTORIAL, Kind
from stufenweise.pipeline import load_project
from stufenweise.text_templates import render_text_template

T = TypeVar("T")


@click.group()
def new() -> None:
    """Write a file to begin with: it passes `check`, and waits for your words."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the commands need: the project, what its content says, the language to ask in."""

    project: Project
    reading: LoadResult
    language: str

    def said(self, key: str, **values: object) -> str:
        return command_text(key, self.language, **values)

    def stop(self, key: str, **values: object) -> SystemExit:
        """Say why nothing is written, and return the end of the program."""
        click.echo(self.said(key, **values), err=True)
        return SystemExit(EXIT_USAGE)

    def write(self, kind: Kind, slug: str, language: str, text: str) -> None:
        """Write a new file of content; one that exists is never touched."""
        path = own_content(self.project, self.language) / kind.folder / f"{slug}.{language}.md"
        shown = path.relative_to(self.project.root).as_posix()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            raise self.stop("exists", file=shown) from None
        except OSError as error:
            raise self.stop("not-writable", file=shown, reason=error.strerror) from None
        click.echo(self.said("wrote", file=shown))

    def slug(self, value: str) -> str:
        if not is_slug(value):
            raise self.stop("bad-slug", slug=value)
        return value

    def text(self, key: str) -> str:
        """Ask for a line of text."""
        return ask(self.said(key), plain_answer(self.language))

    def number(
        self, key: str, low: int, high: int, meanings: Sequence[tuple[int, str]] = (), default: int | None = None
    ) -> int:
        """Ask for a number, once each number's meaning was said."""
        usual = "" if default is None else str(default)
        return ask(self.said(key), number_answer(self.language, low, high), meanings, usual)

    def orientation(self) -> str:
        """Ask whom something serves."""
        choices = [(one, self.said(f"orientation-{one}")) for one in get_args(Orientation)]
        return ask(self.said("ask-orientation"), choice_answer(self.language, get_args(Orientation)), choices)

    def new_slug(self, title: str) -> str:
        """Ask for the slug of a tutorial that is not there yet."""

        def read(answer: str) -> str:
            if not is_slug(answer):
                raise UnusableAnswerError(self.said("bad-slug", slug=answer))
            if answer in self.reading.slugs(TUTORIAL):
                raise UnusableAnswerError(self.said("rename-taken", slug=answer))
            return answer

        return ask(self.said("ask-slug"), read, default=defaults.slug(self.reading, title))

    def goals(self) -> list[str]:
        """Ask for company goals."""

        def read(answer: str) -> list[str]:
            codes = self.known_goals(answer)
            if isinstance(codes, str):
                raise UnusableAnswerError(codes)
            return codes

        return ask(self.said("ask-goals"), read, defaults.goals(self.reading, self.language))

    def known_goals(self, answer: str) -> list[str] | str:
        """Return the codes of goals in a text, or why it can't be used."""
        known = ", ".join(self.reading.goals)
        codes = list(dict.fromkeys(code.upper() for code in re.split(r"[,\s]+", answer) if code))
        unknown = next((code for code in codes if code not in self.reading.goals), "")
        if unknown or not codes:
            return self.said("unknown-goal", code=unknown, known=known)
        return self.said("ask-goals-most") if len(codes) > 5 else codes


def is_slug(value: str) -> bool:
    """Return whether a text can be the name of a tutorial's file."""
    return bool(re.fullmatch(SLUG_PATTERN, value)) and len(value) <= 60


def _desk(config_file: Path, lang: str | None) -> _Desk:
    language = message_language(lang, os.environ)
    project = open_project_or_exit(config_file, language)
    return _Desk(project, load_project(read_project_files(project)).result, language)


def _asked(value: T | None, ask_for: Callable[[], T]) -> T:
    """Return an option's value, or what a person answers."""
    return ask_for() if value is None else value


def starting_text(name: str, language: str, **values: object) -> str:
    """Return a skeleton in `language`, or in English where there is none in it."""
    file = language_folder(language, "templates", f"{name}.md.j2")
    if not file.is_file():
        file = language_folder("en", "templates", f"{name}.md.j2")
    return render_text_template(file.read_text(encoding="utf-8"), values)


def _yaml(**facts: object) -> str:
    """Return facts as the lines of front matter."""
    lines = []
    for key, value in facts.items():
        flow = None if isinstance(value, list) else False
        lines.append(yaml.safe_dump({key: value}, allow_unicode=True, width=1000, default_flow_style=flow))
    return "".join(lines).rstrip("\n")


def split_minutes(minutes: int) -> tuple[int, int, int]:
    """Return three lengths that add up to `minutes`."""
    first = last = max(1, minutes // 5)
    return first, minutes - first - last, last


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
@click.option("--minutes", type=click.IntRange(5, 120))
@click.option("--goals", help="Codes of company goals, with commas.")
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
) -> None:
    """Begin a tutorial; asks for what is not given as an option, and says what each answer means.

    It is a draft: `serve` shows it, the built site does not, until you take `draft: true` out of it.
    """
    desk = _desk(config_file, lang)
    if slug is not None:
        desk.slug(slug)
    source = desk.reading.source
    given = desk.known_goals(goals) if goals is not None else None
    if isinstance(given, str):
        click.echo(given, err=True)
        raise SystemExit(EXIT_USAGE)
    own_title = _asked(title, lambda: desk.text("ask-title"))
    own_slug = _asked(slug, lambda: desk.new_slug(own_title))
    own_summary = _asked(summary, lambda: desk.text("ask-summary"))
    own_level = _asked(level, lambda: desk.number("ask-level", 1, 5, defaults.levels(desk.reading, desk.language)))
    own_orientation = _asked(orientation, desk.orientation)
    usual = defaults.effort(desk.reading, own_level)
    own_effort = _asked(effort, lambda: desk.number("ask-effort", 1, 5, defaults.efforts(desk.language), usual))
    own_minutes = _asked(minutes, lambda: desk.number("ask-minutes", 5, 120, default=30))
    codes = _asked(given, desk.goals)
    facts = _yaml(
        title=own_title,
        summary=own_summary,
        level=own_level,
        orientation=own_orientation,
        effort=own_effort,
        minutes=own_minutes,
        goals=codes,
        draft=True,
        reviewed=current_day(os.environ),
        review_months=6,
    )
    desk.write(
        TUTORIAL, own_slug, source, starting_text("tutorial", source, facts=facts, minutes=split_minutes(own_minutes))
    )
    click.echo(desk.said("wrote-draft"))


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
    desk = _desk(config_file, lang)
    own = _asked(level, lambda: desk.number("ask-level", 1, 5))
    for file in desk.reading.of(LEVEL):
        if isinstance(file.facts, LevelFacts) and file.facts.level == own:
            raise desk.stop("level-taken", level=own, file=file.file)
    facts = _yaml(
        title=_asked(title, lambda: desk.text("ask-title")),
        summary=_asked(summary, lambda: desk.text("ask-summary")),
        level=own,
        orientation=_asked(orientation, desk.orientation),
        effort=_asked(effort, lambda: desk.number("ask-effort", 1, 5, defaults.efforts(desk.language))),
        importance=_asked(importance, lambda: desk.number("ask-importance", 1, 5)),
        reviewed=current_day(os.environ),
        review_months=24,
    )
    source = desk.reading.source
    desk.write(LEVEL, f"level-{own}", source, starting_text("level", source, facts=facts))
