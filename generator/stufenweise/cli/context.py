"""What every command needs first: the project, the day, the language of its messages."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from stufenweise.build_date import current_day
from stufenweise.cli.code_frame import SourceLines
from stufenweise.cli.problem_output import show_problems
from stufenweise.config.project import Project
from stufenweise.config.project_config import CONFIG_NAME
from stufenweise.fix.atomic_write import finish_interrupted_write, write_together
from stufenweise.i18n.command_text import command_text
from stufenweise.i18n.problem_messages import message_languages
from stufenweise.pipeline import open_project
from stufenweise.source.suggest import suggest

EXIT_CONTENT = 1
"""Exit code: problems in the content."""
EXIT_USAGE = 2
"""Exit code: wrong use."""
EXIT_MACHINE = 3
"""Exit code: the machine could not do it."""

config_option = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=CONFIG_NAME,
    show_default=True,
    help="The site's configuration.",
)
LANGUAGE_KEY = "stufenweise.language"
"""Key of the language of messages in click's `meta`."""


def _note_language(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Keep the language that was wanted, for what is said when a command ends early."""
    ctx.meta[LANGUAGE_KEY] = value
    return value


language_option = click.option(
    "--lang",
    type=click.Choice(message_languages()),
    callback=_note_language,
    help="Language of the messages; otherwise that of the terminal.",
)


def open_project_or_exit(config_file: Path, language: str, site_dir: Path | None = None, form: str = "text") -> Project:
    """Return the project; print what is wrong with its configuration and content, and end the program as wrong use.

    Args:
        config_file: Path of the configuration.
        language: Language of the messages.
        site_dir: Folder to publish to, if not the configuration's own.
        form: One of the forms in which problems are said.
    """
    project = open_project(config_file, current_day(os.environ), site_dir)
    if not isinstance(project, Project):
        show_problems(project, form, language, lines=SourceLines(config_file.resolve().parent))
        raise SystemExit(EXIT_USAGE)
    return project


def own_content(project: Project, language: str) -> Path:
    """Return the project's own content folder; where it has none, that is said, and ends the program as wrong use."""
    folder = project.root / project.shown_content
    if project.base and not project.settings.overlay:
        click.echo(command_text("package-content", language, folder=project.shown_content), err=True)
        raise SystemExit(EXIT_USAGE)
    finish_interrupted(folder, language)
    return folder


def finish_interrupted(folder: Path, language: str) -> None:
    """Bring changes to a content folder that were cut off to their end, and say so; the program ends if it can't."""
    with exit_on_os_error("not-writable", folder, language):
        if finish_interrupted_write(folder):
            click.echo(command_text("write-completed", language), err=True)


def write_content(folder: Path, changes: Mapping[str, bytes | None], shown: str, language: str) -> None:
    """Make all changes to a content folder; if that can't be, nothing has changed: it is said, and ends the program.

    Args:
        folder: The folder.
        changes: Bytes by path, None for a file that goes.
        shown: How people write the folder's path.
        language: Language of the messages.
    """
    with exit_on_os_error("not-writable", shown, language):
        write_together(folder, changes)


def write_output(folder: Path, changes: Mapping[str, bytes | None], language: str) -> None:
    """Write what was asked for with `-o`, by path below a folder: all of it, or nothing, which ends the program.

    Args:
        folder: The folder.
        changes: Bytes by path, None for a file that goes.
        language: Language of the messages.
    """
    with exit_on_os_error("not-written", folder, language):
        write_together(folder, changes)


def write_files(folder: Path, files: Mapping[str, bytes], language: str) -> None:
    """Write files by their path below a folder; if that can't be, it is said, and ends the program."""
    with exit_on_os_error("not-writable", folder, language):
        for path, data in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


@contextmanager
def exit_on_os_error(key: str, shown: Path | str, language: str) -> Iterator[None]:
    """Say by the message `key` what the machine refused, `shown` if it names no file, and end the program."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        click.echo(command_text(key, language, file=error.filename or shown, reason=reason), err=True)
        raise SystemExit(EXIT_MACHINE) from None


def with_suggestion(said: str, slug: str, known: Iterable[str], language: str) -> str:
    """Return what is said of a slug that is not known, and the known one that may be meant."""
    near = suggest(slug, known)
    return f"{said} {command_text('did-you-mean', language, nearest=near)}" if near else said
