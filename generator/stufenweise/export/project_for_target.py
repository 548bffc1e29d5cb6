"""Change a project so that its site is built for something other than a web server."""

from __future__ import annotations

from dataclasses import replace

from stufenweise.config.project import ExportTarget, Project
from stufenweise.export.courses import publisher_id


def project_for_target(project: Project, target: ExportTarget) -> Project:
    """Return a project whose site works without a server: links name files, and no address is known."""
    return replace(
        project,
        target=target,
        publisher=publisher_id(project.site_url, project.site_name),
        directories=False,
        site_url="",
        edit_root="",
        site_dir=project.work_folder.path / f"package-{target}",
    )
