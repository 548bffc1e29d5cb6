"""Finish changes of the content that were interrupted, before anybody reads half of one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from stufenweise.config.project import Project
from stufenweise.core.errors import MachineError, WorkFolderBusyError, os_errors_explained
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.fix.atomic_write import FinishedWrite, finish_interrupted_write, is_interrupted
from stufenweise.i18n.messages import command_text
from stufenweise.model.paths import ContentPath, shown_path
from stufenweise.publish.work_folder_lock import COMMAND_WAIT, CONTENT_LOCK, work_folder_lock


@contextmanager
def content_lock(project: Project) -> Iterator[None]:
    """Lock the content against other processes that change it.

    Raises:
        MachineError: One holds it for too long.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(work_folder_lock(project.work_folder.path, wait=COMMAND_WAIT, name=CONTENT_LOCK))
        except WorkFolderBusyError as error:
            raise MachineError("content-busy", process=error.process) from None
        yield


def finish_in_lock(project: Project) -> FinishedWrite | None:
    """Finish an interrupted change of the content; the caller holds the lock. Return None if there is none.

    Raises:
        MachineError: It can't be finished.
    """
    with os_errors_explained(project.shown_content, "content-not-written"):
        return finish_interrupted_write(SafeFolder(project.content))


def finish_interrupted_change(project: Project) -> FinishedWrite | None:
    """Finish a change of the content that a killed process left; without one, nothing is locked or written.

    Raises:
        MachineError: It can't be finished, or another process holds the content for too long.
    """
    if not is_interrupted(SafeFolder(project.content)):
        return None
    with content_lock(project):
        return finish_in_lock(project)


def finished_change_notes(finished: FinishedWrite, project: Project, language: str) -> Iterator[str]:
    """Yield lines that say what became of an interrupted change."""
    if finished.unlisted:
        copies = [shown_path(project.shown_content, ContentPath(path)) for path in finished.unlisted]
        yield command_text("write-unlisted", language, files=", ".join(copies))
        return
    yield command_text("write-undone" if finished.is_undone else "write-completed", language)
    for path, copy in finished.left.items():
        yield command_text("write-left", language, file=shown_path(project.shown_content, ContentPath(path)))
        if copy:
            file = shown_path(project.shown_content, ContentPath(copy))
            yield command_text("write-left-copy", language, file=file)
