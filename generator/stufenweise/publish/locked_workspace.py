"""Prepare a project's work folder for a build, and hold it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from stufenweise.config.project import Project
from stufenweise.publish.cleanup import sweep
from stufenweise.publish.workspace_lock import workspace_lock


@contextmanager
def locked_workspace(project: Project, *, wait: float) -> Iterator[None]:
    """Lock the work folder, refuse links in it, and remove folders of killed builds.

    Args:
        project: The project.
        wait: Seconds to wait for another build to end; 0 for a single try.

    Raises:
        WorkspaceBusyError: Another build holds it, even after `wait` seconds.
        MachineError: It can't be created, or has a link in place of a folder.
    """
    with workspace_lock(project.work, wait=wait):
        project.workspace.refuse_links()
        sweep(project.work, project.site_dir)
        yield
