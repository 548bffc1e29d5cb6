"""Prepare a project's work folder for a build, and hold it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from stufenweise.config.project import Project
from stufenweise.publish.cleanup import sweep
from stufenweise.publish.work_folder_lock import work_folder_lock


@contextmanager
def locked_work_folder(project: Project, *, wait: float) -> Iterator[None]:
    """Lock the work folder, refuse links in it, and remove folders of killed builds.

    Args:
        project: The project.
        wait: Seconds to wait for another build to end; 0 for a single try.

    Raises:
        WorkFolderBusyError: Another build holds it, even after `wait` seconds.
        MachineError: It can't be created, or has a link in place of a folder.
    """
    with work_folder_lock(project.work_folder.path, wait=wait):
        project.work_folder.refuse_links()
        sweep(project.work_folder.path, project.site_dir)
        yield
