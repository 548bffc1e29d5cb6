"""Change the content and other folders from commands: one command at a time, all changes or none."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import click

from stufenweise.cli.exits import EXIT_CONTENT, EXIT_MACHINE, refuse
from stufenweise.cli.problem_output import show_problems
from stufenweise.config.project import Project
from stufenweise.config.project_files import ProjectFiles, read_project_files
from stufenweise.core.build_date import current_day
from stufenweise.core.errors import WorkspaceBusyError, os_errors_explained
from stufenweise.core.safe_folders import SafeFolder, output_folder
from stufenweise.fix.atomic_write import JOURNAL, finish_interrupted_write, write_together
from stufenweise.i18n.messages import command_text
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.model.problem import blocking_problems
from stufenweise.overlay.base_drift import BASE_FOLDER
from stufenweise.pipeline import check_content, load_project
from stufenweise.publish.workspace_lock import COMMAND_WAIT, CONTENT_LOCK, workspace_lock
from stufenweise.source.files.content_files import ContentFiles, with_changes


@contextmanager
def changing_content(project: Project, language: str) -> Iterator[Path]:
    """Lock the project's own content folder and provide it; read and change the content inside the block.

    Exits with 2 if the project has no content of its own, with 3 if another process holds it for too long.
    """
    folder = project.root / project.shown_content
    if project.base and not project.settings.overlay:
        refuse(command_text("package-content", language, folder=project.shown_content))
    with content_lock(project, language):
        finish_interrupted_in_lock(folder, language)
        yield folder


@contextmanager
def content_lock(project: Project, language: str) -> Iterator[None]:
    """Lock the content against other commands that change it; exit with 3 if one holds it for too long."""
    with ExitStack() as stack:
        try:
            stack.enter_context(workspace_lock(project.work, wait=COMMAND_WAIT, name=CONTENT_LOCK))
        except WorkspaceBusyError as error:
            refuse(command_text("content-busy", language, process=error.failure.values["process"]), EXIT_MACHINE)
        yield


def finish_interrupted(project: Project, folder: Path, language: str) -> None:
    """Finish changes to a content folder after an interrupted command, and print that.

    Without such changes nothing is locked or written. Exits with 3 if they can't be finished, or if another process
    holds the content for too long.
    """
    if (folder / JOURNAL).is_file():
        with content_lock(project, language):
            finish_interrupted_in_lock(folder, language)


def finish_interrupted_in_lock(folder: Path, language: str) -> None:
    """Finish interrupted changes; the caller holds the lock."""
    with os_errors_explained(folder, "content-not-written"):
        if finish_interrupted_write(SafeFolder(folder)):
            click.echo(command_text("write-completed", language), err=True)


def refuse_output_inside_project(project: Project, output: Path, language: str) -> None:
    """Exit with 2 if `output` is in the content, the site or the work folder, where it would be read or deleted."""
    for folder in (project.site_dir, project.root / project.shown_content, project.work):
        if output.resolve().is_relative_to(folder.resolve()):
            refuse(command_text("package-place", language, output=output, folder=folder))


def refuse_new_errors(before: ProjectFiles, after: ProjectFiles, language: str) -> None:
    """Print the errors that changes would bring into the content, and exit with 1 if there are any.

    Args:
        before: The files as they are.
        after: The files as they would be.
        language: Language of the messages.
    """
    day = current_day(os.environ)
    counts_before = Counter(
        (problem.place.file, problem.code) for problem in check_content(load_project(before), day).problems
    )
    errors = blocking_problems(check_content(load_project(after), day).problems)
    new = Counter((error.place.file, error.code) for error in errors) - counts_before
    if new:
        show_problems([error for error in errors if (error.place.file, error.code) in new], "text", language)
        refuse(command_text("would-break", language), EXIT_CONTENT)


def write_content(folder: Path, changes: Mapping[ContentPath, bytes | None], shown_content: ShownPath) -> None:
    """Make all changes to a content folder, or none of them.

    Args:
        folder: The folder.
        changes: Bytes by path, None for a file that goes.
        shown_content: The folder's path as people write it.

    Raises:
        MachineError: They can't be made.
    """
    with os_errors_explained(shown_content, "content-not-written"):
        write_together(SafeFolder(folder), changes)


def write_new_texts(project: Project, texts: Mapping[ContentPath, str | bytes], language: str) -> None:
    """Write new files of content; exit if one exists, if they would bring an error, or if they can't be written.

    Args:
        project: The project.
        texts: Text of each file, or bytes of an image, by path below the content folder; copies of reviewed package
            texts among them.
        language: Language of the messages.
    """
    shown = project.shown_content
    with changing_content(project, language) as folder:
        changes = {path: text.encode() if isinstance(text, str) else text for path, text in texts.items()}
        base_prefix = f"{BASE_FOLDER}/"
        own = {path: data for path, data in changes.items() if not path.startswith(base_prefix)}
        copies = {
            ContentPath(path.removeprefix(base_prefix)): data for path, data in changes.items() if path not in own
        }
        for path in own:
            if (folder / path).exists() or (folder / path).is_symlink():
                refuse(command_text("exists", language, file=shown_path(shown, path)))
        content = read_project_files(project)
        after = replace(
            content,
            own=with_changes(content.own, own, shown),
            reviewed_base=ContentFiles({**content.reviewed_base.data, **copies}),
        )
        refuse_new_errors(content, after, language)
        write_content(folder, changes, shown_path(shown, next(iter(texts))))


def write_output(folder: SafeFolder, changes: Mapping[str, bytes | None]) -> None:
    """Write files to the folder of `-o`: all of them, or none.

    Args:
        folder: The folder, see `output_folder`.
        changes: Bytes by path, None for a file that goes.

    Raises:
        MachineError: They can't be written.
    """
    with os_errors_explained(folder.path, "output-not-written"):
        write_together(folder, changes)


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their path below a folder.

    Raises:
        MachineError: They can't be written.
    """
    with os_errors_explained(folder, "output-not-written"):
        output = output_folder(folder)
        for path, data in files.items():
            output.write(path, data)
