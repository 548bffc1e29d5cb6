"""What every command needs first: the project, the day, the language of its messages."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from generator.assemble.project import Project
from generator.cli.excerpt import Lines
from generator.cli.problems import show
from generator.cli.words import word
from generator.load.nearest import nearest
from generator.mend.put import finish, put
from generator.messages import languages
from generator.render.project import CONFIG_NAME, read_project

CONTENT = 1
"""Exit code: problems in the content."""
USE = 2
"""Exit code: wrong use."""
MACHINE = 3
"""Exit code: the machine could not do it."""

config_option = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=CONFIG_NAME,
    show_default=True,
    help="The site's configuration.",
)
language_option = click.option(
    "--lang", type=click.Choice(languages()), help="Language of the messages; otherwise that of the terminal."
)


def open_project(config_file: Path, language: str, site_dir: Path | None = None, form: str = "text") -> Project:
    """Return the project; what is wrong with its configuration is said, and ends the program as wrong use.

    What is wrong with its content is said in the same run.

    Args:
        config_file: Path of the configuration.
        language: Language of the messages.
        site_dir: Folder to publish to, if not the configuration's own.
        form: One of the forms in which problems are said.
    """
    project = read_project(config_file, site_dir, today(os.environ))
    if isinstance(project, list):
        show(project, form, language, lines=Lines(config_file.resolve().parent))
        raise SystemExit(USE)
    return project


def own_content(project: Project, language: str) -> Path:
    """Return the project's own content folder; where it has none, that is said, and ends the program as wrong use."""
    folder = project.root / project.shown_content
    if project.beneath and not project.settings.overlay:
        click.echo(word("package-content", language, folder=project.shown_content), err=True)
        raise SystemExit(USE)
    bring_to_end(folder, language)
    return folder


def bring_to_end(folder: Path, language: str) -> None:
    """Bring changes to a content folder that were cut off to their end, and say so; the program ends if it can't."""
    with told("not-writable", folder, language):
        if finish(folder):
            click.echo(word("finished", language), err=True)


def put_together(folder: Path, changes: Mapping[str, bytes | None], shown: str, language: str) -> None:
    """Make all changes to a content folder; if that can't be, nothing has changed: it is said, and ends the program.

    Args:
        folder: The folder.
        changes: Bytes by path, None for a file that goes.
        shown: How people write the folder's path.
        language: Language of the messages.
    """
    with told("not-writable", shown, language):
        put(folder, changes)


def write_whole(folder: Path, changes: Mapping[str, bytes | None], language: str) -> None:
    """Write what was asked for with `-o`, by path below a folder: all of it, or nothing, which ends the program.

    Args:
        folder: The folder.
        changes: Bytes by path, None for a file that goes.
        language: Language of the messages.
    """
    with told("unwritten", folder, language):
        put(folder, changes)


def write_files(folder: Path, files: Mapping[str, bytes], language: str) -> None:
    """Write files by their path below a folder; if that can't be, it is said, and ends the program."""
    with told("not-writable", folder, language):
        for path, data in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


@contextmanager
def told(key: str, shown: Path | str, language: str) -> Iterator[None]:
    """Say by the message `key` what the machine refused, `shown` if it names no file, and end the program."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        click.echo(word(key, language, file=error.filename or shown, reason=reason), err=True)
        raise SystemExit(MACHINE) from None


def with_nearest(said: str, slug: str, known: Iterable[str], language: str) -> str:
    """Return what is said of a slug that is not known, and the known one that may be meant."""
    near = nearest(slug, known)
    return f"{said} {word('handouts-nearest', language, nearest=near)}" if near else said


def today(environ: Mapping[str, str]) -> datetime.date:
    """Return the day against which reviews are due: that of `SOURCE_DATE_EPOCH` if it is set, otherwise today."""
    if environ.get("SOURCE_DATE_EPOCH", "").strip():
        from generator.render.builders import source_date_epoch

        return datetime.datetime.fromtimestamp(source_date_epoch(environ, ()), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()
