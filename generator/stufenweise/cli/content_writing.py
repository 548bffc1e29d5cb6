"""Change the content and other folders from commands: one command at a time, all changes or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from stufenweise.cli.command_context import CommandContext
from stufenweise.cli.exits import EXIT_CONTENT
from stufenweise.cli.problem_output import show_problems
from stufenweise.config.project import Project
from stufenweise.config.project_files import ProjectFiles, read_project_files
from stufenweise.core.errors import MachineError, explain_os_error, os_errors_explained
from stufenweise.core.result_cache import ResultCache
from stufenweise.core.safe_folders import SafeFolder, output_folder
from stufenweise.fix.atomic_write import (
    ChangedMeanwhileError,
    write_together,
)
from stufenweise.model.paths import ContentPath, shown_path
from stufenweise.model.problem import blocking_problems
from stufenweise.overlay.base_drift import BASE_FOLDER
from stufenweise.source.files.content_files import ContentFiles, with_changes
from stufenweise.stages.content_stages import Caches, check_content, load_project
from stufenweise.stages.interrupted_changes import content_lock, finish_in_lock


@contextmanager
def changing_content(context: CommandContext, project: Project) -> Iterator[Path]:
    """Lock the project's own content folder and provide it; read and change the content inside the block.

    Exits with 2 if the project has no content of its own.

    Raises:
        MachineError: Another process holds it for too long, or has left a change that can't be finished.
    """
    folder = project.root / project.shown_content
    if project.base and not project.settings.overlay:
        context.refuse("package-content", folder=project.shown_content)
    with content_lock(project):
        if finished := finish_in_lock(project):
            context.print_finished_change(finished, project)
        yield folder


def refuse_output_inside_project(context: CommandContext, project: Project, output: Path) -> None:
    """Exit with 2 if `output` is in the content, the site or the work folder, where it would be read or deleted."""
    for folder in (project.site_dir, project.root / project.shown_content, project.work_folder.path):
        if output.resolve().is_relative_to(folder.resolve()):
            context.refuse("package-place", output=output, folder=folder)


def refuse_new_errors(context: CommandContext, before: ProjectFiles, after: ProjectFiles) -> None:
    """Print the errors that changes would bring into the content, and exit with 1 if there are any.

    Args:
        context: The command's context.
        before: The files as they are.
        after: The files as they would be.
    """
    caches = Caches(checks=ResultCache())
    problems_before, problems_after = (
        check_content(load_project(files), context.today, caches=caches).problems for files in (before, after)
    )
    counts_before = Counter((problem.place.file, problem.code) for problem in problems_before)
    errors = blocking_problems(problems_after)
    new = Counter((error.place.file, error.code) for error in errors) - counts_before
    if new:
        show_problems([error for error in errors if (error.place.file, error.code) in new], "text", context.language)
        context.refuse("would-break", exit_code=EXIT_CONTENT)


def write_content(
    folder: Path,
    changes: Mapping[ContentPath, bytes | None],
    content: ProjectFiles,
    moved: Mapping[ContentPath, ContentPath] | None = None,
) -> None:
    """Make all changes to a content folder, or none of them; what somebody has saved meanwhile is not written over.

    Args:
        folder: The folder.
        changes: Bytes by path, None for a file that goes.
        content: The files from which the changes were made.
        moved: New paths of moved files by their old ones.

    Raises:
        MachineError: They can't be made.
    """
    shown_content = content.project.shown_content
    base = {ContentPath(f"{BASE_FOLDER}/{path}"): data for path, data in content.reviewed_base.data.items()}
    try:
        write_together(SafeFolder(folder), changes, moved, {**base, **content.own.data})
    except ChangedMeanwhileError as error:
        raise MachineError("changed-meanwhile", path=shown_path(shown_content, ContentPath(error.path))) from error
    except OSError as error:
        file = shown_path(shown_content, ContentPath(error.filename or ""))
        raise explain_os_error(error, file, "content-not-written") from error


def write_new_texts(context: CommandContext, project: Project, texts: Mapping[ContentPath, str | bytes]) -> None:
    """Write new files of content; exit if one exists, if they would bring an error, or if they can't be written.

    Args:
        context: The command's context.
        project: The project.
        texts: Text of each file, or bytes of an image, by path below the content folder; copies of reviewed package
            texts among them.
    """
    shown_content = project.shown_content
    with changing_content(context, project) as folder:
        changes = {path: text.encode() if isinstance(text, str) else text for path, text in texts.items()}
        base_prefix = f"{BASE_FOLDER}/"
        own = {path: data for path, data in changes.items() if not path.startswith(base_prefix)}
        copies = {
            ContentPath(path.removeprefix(base_prefix)): data for path, data in changes.items() if path not in own
        }
        for path in own:
            if (folder / path).exists() or (folder / path).is_symlink():
                context.refuse("exists", file=shown_path(shown_content, path))
        content = read_project_files(project)
        after = replace(
            content,
            own=with_changes(content.own, own, shown_content),
            reviewed_base=ContentFiles({**content.reviewed_base.data, **copies}),
        )
        refuse_new_errors(context, content, after)
        write_content(folder, changes, content)


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
