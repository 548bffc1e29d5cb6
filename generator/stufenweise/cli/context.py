"""What commands share: options, exit codes, opening the project, writing files."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from stufenweise.build_date import current_day
from stufenweise.check import blocking_problems
from stufenweise.cli.code_frame import SourceLines
from stufenweise.cli.problem_output import show_problems
from stufenweise.config.project import WORK_VARIABLE, Project
from stufenweise.config.project_config import CONFIG_NAME
from stufenweise.config.project_files import ProjectFiles, read_project_files
from stufenweise.errors import WorkspaceBusyError
from stufenweise.fix.atomic_write import JOURNAL, finish_interrupted_write, write_together
from stufenweise.i18n.messages import command_text, message_languages
from stufenweise.overlay.base_drift import BASE_FOLDER
from stufenweise.pipeline import check_content, load_project, open_project
from stufenweise.publish.workspace_lock import COMMAND_WAIT, CONTENT_LOCK, workspace_lock
from stufenweise.safe_folders import SafeFolder, output_folder
from stufenweise.source.content_files import ContentFiles, with_changes
from stufenweise.source.suggest import suggest

Command = TypeVar("Command", bound=Callable[..., object])

EXIT_CONTENT = 1
"""Exit code: problems in the content."""
EXIT_USAGE = 2
"""Exit code: wrong use."""
EXIT_MACHINE = 3
"""Exit code: the machine could not do it."""
EXIT_STOPPED = 130
"""Exit code: a person stopped it, by Ctrl+C or the end of the input, as shells have it."""

WORK_KEY = "stufenweise.work"
"""Key of the folder that holds the work folder in click's `meta`."""
LANGUAGE_KEY = "stufenweise.language"
"""Key of the language of messages in click's `meta`."""


def _note_work(ctx: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    """Keep the folder that holds the work folder, for the command that opens the project."""
    ctx.meta[WORK_KEY] = value


def config_option(command: Command) -> Command:
    """Add the options that say which project is meant, and where it is worked on."""
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
        help="Folder for all that is made on the way, which is written to .stufenweise in it; otherwise the project's.",
    )
    return config(work(command))


def _note_language(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Keep the language that was asked for, here or before the command, so that an error is printed in it too."""
    asked: str | None = value or ctx.meta.get(LANGUAGE_KEY)
    ctx.meta[LANGUAGE_KEY] = asked
    return asked


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
        form: One of the forms in which problems are printed, see `FORMATS`.
    """
    work_home = click.get_current_context().meta.get(WORK_KEY)
    project = open_project(config_file, current_day(os.environ), site_dir, work_home)
    if not isinstance(project, Project):
        show_problems(project, form, language, lines=SourceLines(config_file.resolve().parent))
        raise SystemExit(EXIT_USAGE)
    return project


@contextmanager
def changing_content(project: Project, language: str) -> Iterator[Path]:
    """Hold the project's own content folder for this process alone; read the content inside, and change it there.

    Exits as wrong use where the project has no content of its own, and when another process holds it for too long.
    """
    folder = project.root / project.content_path
    if project.base and not project.settings.overlay:
        click.echo(command_text("package-content", language, folder=project.content_path), err=True)
        raise SystemExit(EXIT_USAGE)
    with content_lock(project, language):
        finish_interrupted_locked(folder, language)
        yield folder


@contextmanager
def content_lock(project: Project, language: str) -> Iterator[None]:
    """Hold the lock of those who change content; exit if another process holds it for too long."""
    with ExitStack() as stack:
        try:
            stack.enter_context(workspace_lock(project.work, wait=COMMAND_WAIT, name=CONTENT_LOCK))
        except WorkspaceBusyError as error:
            click.echo(command_text("content-busy", language, process=error.failure.values["process"]), err=True)
            raise SystemExit(EXIT_MACHINE) from None
        yield


def finish_interrupted(project: Project, folder: Path, language: str) -> None:
    """Finish changes to a content folder that were cut off, and print that; exit if that can't be done.

    Where there are none, nothing is locked or written. Changes that another process is just making are waited for.
    """
    if (folder / JOURNAL).is_file():
        with content_lock(project, language):
            finish_interrupted_locked(folder, language)


def finish_interrupted_locked(folder: Path, language: str) -> None:
    """Finish changes that were cut off, with the content locked."""
    with exit_on_os_error("not-writable", folder, language):
        if finish_interrupted_write(SafeFolder(folder)):
            click.echo(command_text("write-completed", language), err=True)


def refuse(text: str) -> NoReturn:
    """Print why nothing is written, and end the program as wrong use."""
    click.echo(text, err=True)
    raise SystemExit(EXIT_USAGE)


def refuse_place(project: Project, output: Path, language: str) -> None:
    """End as wrong use if what is written would become part of the content, or go with the next build."""
    for folder in (project.site_dir, project.root / project.content_path, project.work):
        if output.resolve().is_relative_to(folder.resolve()):
            refuse(command_text("package-place", language, output=output, folder=folder))


def refuse_new_errors(before: ProjectFiles, after: ProjectFiles, language: str) -> None:
    """Print the errors that changes would bring into the content, and exit before anything is written.

    Args:
        before: The files as they are.
        after: The files as they would be.
        language: Language of the messages.
    """
    day = current_day(os.environ)
    known = Counter((one.place.file, one.code) for one in check_content(load_project(before), day).problems)
    found = blocking_problems(check_content(load_project(after), day).problems)
    new = Counter((one.place.file, one.code) for one in found) - known
    if new:
        show_problems([one for one in found if (one.place.file, one.code) in new], "text", language)
        click.echo(command_text("would-break", language), err=True)
        raise SystemExit(EXIT_CONTENT)


def write_content(folder: Path, changes: Mapping[str, bytes | None], content_path: str, language: str) -> None:
    """Make all changes to a content folder; exit if that can't be done: then nothing has changed.

    Args:
        folder: The folder.
        changes: Bytes by path, None for a file that goes.
        content_path: How people write the folder's path.
        language: Language of the messages.
    """
    with exit_on_os_error("not-writable", content_path, language):
        write_together(SafeFolder(folder), changes)


def write_new_texts(project: Project, texts: Mapping[str, str | bytes], language: str) -> None:
    """Write new files of content; exit if one exists, if they would bring an error, or if they can't be written.

    Args:
        project: The project.
        texts: What stands in the files, images as bytes, by their path below the content folder; notes of package texts
            among them.
        language: Language of the messages.
    """
    shown = project.content_path
    with changing_content(project, language) as folder:
        changes = {path: text.encode() if isinstance(text, str) else text for path, text in texts.items()}
        notes = f"{BASE_FOLDER}/"
        own = {path: data for path, data in changes.items() if not path.startswith(notes)}
        noted = {path.removeprefix(notes): data for path, data in changes.items() if path.startswith(notes)}
        for path in own:
            if (folder / path).exists() or (folder / path).is_symlink():
                click.echo(command_text("exists", language, file=f"{shown}/{path}"), err=True)
                raise SystemExit(EXIT_USAGE)
        content = read_project_files(project)
        after = replace(
            content,
            own=with_changes(content.own, own, shown),
            noted=ContentFiles({**content.noted.data, **noted}),
        )
        refuse_new_errors(content, after, language)
        write_content(folder, changes, f"{shown}/{next(iter(texts))}", language)


def write_output(folder: SafeFolder, changes: Mapping[str, bytes | None], language: str) -> None:
    """Write files to the folder of `-o`: all of them, or exit without writing any.

    Args:
        folder: The folder, see `output_folder`.
        changes: Bytes by path, None for a file that goes.
        language: Language of the messages.
    """
    with exit_on_os_error("not-written", folder.path, language):
        write_together(folder, changes)


def write_files(folder: Path, files: Mapping[str, bytes], language: str) -> None:
    """Write files by their path below a folder; exit if that can't be done."""
    with exit_on_os_error("not-writable", folder, language):
        output = output_folder(folder)
        for path, data in files.items():
            output.write(path, data)


@contextmanager
def exit_on_os_error(key: str, path: Path | str, language: str) -> Iterator[None]:
    """Print the message `key` for an OSError met inside, with `path` if it names no file, and exit."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        click.echo(command_text(key, language, file=error.filename or path, reason=reason), err=True)
        raise SystemExit(EXIT_MACHINE) from None


def with_suggestion(message: str, slug: str, known: Iterable[str], language: str) -> str:
    """Return a message about an unknown slug, with the known one that may be meant."""
    near = suggest(slug, known)
    return f"{message} {command_text('did-you-mean', language, nearest=near)}" if near else message
