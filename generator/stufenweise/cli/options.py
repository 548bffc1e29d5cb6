"""Common options of commands, and the project that they name."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from stufenweise.cli.code_frame import SourceLines
from stufenweise.cli.exits import EXIT_USAGE
from stufenweise.cli.problem_output import show_problems
from stufenweise.config.project import WORK_VARIABLE, Project
from stufenweise.config.project_config import CONFIG_NAME
from stufenweise.core.build_date import current_day
from stufenweise.i18n.messages import message_languages
from stufenweise.pipeline import open_project

Command = TypeVar("Command", bound=Callable[..., object])

WORK_KEY = "stufenweise.work"
"""Key of the folder that holds the work folder in click's `meta`."""
LANGUAGE_KEY = "stufenweise.language"
"""Key of the language of messages in click's `meta`."""


def _note_work(ctx: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    """Remember the folder of `--work` for `open_project_or_exit`."""
    ctx.meta[WORK_KEY] = value


def config_option(command: Command) -> Command:
    """Add the options for the configuration file and for the folder to work in."""
    config = click.option(
        "-f",
        "--config-file",
        type=click.Path(path_type=Path, dir_okay=False),
        default=CONFIG_NAME,
        show_default=True,
        help="The site's configuration.",
    )
    work = click.option(
        "--work",
        type=click.Path(path_type=Path, file_okay=False),
        envvar=WORK_VARIABLE,
        show_envvar=True,
        expose_value=False,
        callback=_note_work,
        help="Folder in which the work folder .stufenweise is made; otherwise the project's.",
    )
    return config(work(command))


def _note_language(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Remember the language given here or before the command, so that errors are printed in it, too."""
    language: str | None = value or ctx.meta.get(LANGUAGE_KEY)
    ctx.meta[LANGUAGE_KEY] = language
    return language


language_option = click.option(
    "--lang",
    type=click.Choice(message_languages()),
    callback=_note_language,
    help="Language of the messages; otherwise that of the terminal.",
)


def open_project_or_exit(config_file: Path, language: str, site_dir: Path | None = None, form: str = "text") -> Project:
    """Return the project; if its configuration has problems, print them and exit with 2.

    Args:
        config_file: Path of the configuration.
        language: Language of the messages.
        site_dir: Folder to publish to, if not the configuration's own.
        form: Output format of problems, see `FORMATS`.
    """
    work_home = click.get_current_context().meta.get(WORK_KEY)
    project = open_project(config_file, current_day(os.environ), site_dir, work_home)
    if not isinstance(project, Project):
        show_problems(project, form, language, lines=SourceLines(config_file.resolve().parent))
        raise SystemExit(EXIT_USAGE)
    return project
