"""What every command knows, and the options that it comes from: language, configuration and work folder."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import update_wrapper
from pathlib import Path
from typing import Concatenate, NoReturn, ParamSpec, TypeVar

import click

from stufenweise.cli.code_frame import SourceLines
from stufenweise.cli.exits import EXIT_USAGE
from stufenweise.cli.problem_output import show_problems
from stufenweise.config.project import WORK_VARIABLE, Project
from stufenweise.config.project_config import CONFIG_NAME
from stufenweise.core.build_date import current_day
from stufenweise.fix.atomic_write import FinishedWrite
from stufenweise.i18n.messages import command_text, message_language, message_languages
from stufenweise.source.suggest import suggest
from stufenweise.stages.interrupted_changes import finished_change_notes
from stufenweise.stages.project_stage import open_project

P = ParamSpec("P")
Command = TypeVar("Command", bound=Callable[..., object])

CONFIG_KEY = "stufenweise.config"
"""Key of the configuration file in click's `meta`."""
LANGUAGE_KEY = "stufenweise.language"
"""Key of the language of `--lang` in click's `meta`."""
WORK_KEY = "stufenweise.work"
"""Key of the folder of `--work` in click's `meta`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandContext:
    """The options that all commands share, and messages in the person's language."""

    named_language: str | None
    """Language of `--lang`; None without it."""
    config_file: Path
    """Path of the configuration."""
    work_parent: Path | None
    """Folder that holds the work folder, if not the project's."""

    @classmethod
    def of(cls, click_context: click.Context) -> CommandContext:
        """Return the context of a command line."""
        meta = click_context.meta
        return cls(
            named_language=meta.get(LANGUAGE_KEY),
            config_file=meta.get(CONFIG_KEY) or Path(CONFIG_NAME),
            work_parent=meta.get(WORK_KEY),
        )

    @property
    def language(self) -> str:
        """Language of messages: the named one, otherwise that of the terminal."""
        return message_language(self.named_language, os.environ)

    @property
    def today(self) -> datetime.date:
        """Day of the command."""
        return current_day(os.environ)

    def message(self, key: str, /, **values: object) -> str:
        """Return a message, see `command_text`."""
        return command_text(key, self.language, **values)

    def print_message(self, key: str, /, **values: object) -> None:
        """Print a message to standard output."""
        click.echo(self.message(key, **values))

    def print_note(self, key: str, /, **values: object) -> None:
        """Print a message to standard error."""
        click.echo(self.message(key, **values), err=True)

    def refuse(self, key: str, /, *, exit_code: int = EXIT_USAGE, **values: object) -> NoReturn:
        """Print a message to standard error, and exit."""
        self.print_note(key, **values)
        raise SystemExit(exit_code)

    def print_finished_change(self, finished: FinishedWrite, project: Project) -> None:
        """Print to standard error what became of an interrupted change."""
        for note in finished_change_notes(finished, project, self.language):
            click.echo(note, err=True)

    def with_suggestion(self, message: str, slug: str, known: Iterable[str]) -> str:
        """Return a message about an unknown slug, with the known one that may be meant."""
        suggestion = suggest(slug, known)
        return f"{message} {self.message('did-you-mean', nearest=suggestion)}" if suggestion else message

    def open_project(self, site_dir: Path | None = None, output_format: str = "text") -> Project:
        """Return the project; if its configuration has problems, print them and exit with 2.

        Args:
            site_dir: Folder to publish to, if not the configuration's own.
            output_format: Output format of problems, see `FORMATS`.
        """
        opened = open_project(
            self.config_file, self.today, site_dir, self.work_parent, on_finished=self.print_finished_change
        )
        if opened.value is None:
            lines = SourceLines(self.config_file.resolve().parent)
            show_problems(opened.problems, output_format, self.language, lines=lines)
            raise SystemExit(EXIT_USAGE)
        return opened.value


def project_options(command: Command) -> Command:
    """Add the options for the configuration file and for the folder to work in."""
    config = click.option(
        "-f",
        "--config-file",
        type=click.Path(path_type=Path, dir_okay=False),
        default=CONFIG_NAME,
        show_default=True,
        expose_value=False,
        callback=_note(CONFIG_KEY),
        help="The site's configuration.",
    )
    work = click.option(
        "--work",
        type=click.Path(path_type=Path, file_okay=False),
        envvar=WORK_VARIABLE,
        show_envvar=True,
        expose_value=False,
        callback=_note(WORK_KEY),
        help="Folder in which the work folder .stufenweise is made; otherwise the project's.",
    )
    return config(work(command))


def with_context(command: Callable[Concatenate[CommandContext, P], None]) -> Callable[P, None]:
    """Add the option for the language of messages, and give a command its context."""

    def call(*args: P.args, **kwargs: P.kwargs) -> None:
        command(CommandContext.of(click.get_current_context()), *args, **kwargs)

    language = click.option(
        "--lang",
        type=click.Choice(message_languages()),
        expose_value=False,
        callback=_note(LANGUAGE_KEY),
        help="Language of the messages; otherwise that of the terminal.",
    )
    return language(update_wrapper(call, command))


def _note(key: str) -> Callable[[click.Context, click.Parameter, object], None]:
    """Return a callback that remembers the value of an option; a value from before the command stays without it."""

    def note(click_context: click.Context, _parameter: click.Parameter, value: object) -> None:
        click_context.meta[key] = value or click_context.meta.get(key)

    return note
