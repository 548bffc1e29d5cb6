"""Stamp the published site with a digest of its input, so that an unchanged site is not built again.

A stamp is in the work folder, one for each place of publication. It has a digest of all inputs of the site, a
fingerprint of the published folder, and the warnings of the build.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from stufenweise.config.project import Project
from stufenweise.core.digests import program_versions
from stufenweise.model.problem import Problem, as_data, from_data
from stufenweise.source.content_files import ContentFiles

_PACKAGE = Path(__file__).resolve().parent.parent


def site_digest(
    project: Project, today: datetime.date, content: Iterable[ContentFiles], *, builder: str, drafts: bool
) -> str:
    """Return a digest of all inputs of a site.

    Args:
        project: The project.
        today: The day against which reviews are due.
        content: The files of the content, layer by layer.
        builder: The program that renders.
        drafts: Whether drafts are part of the site.
    """
    result = hashlib.sha256()
    result.update(json.dumps([program_versions(), builder, drafts, today.isoformat(), str(project)]).encode())
    for files in content:
        result.update(f"\1{[one.code + str(one.place) for one in files.problems]}".encode())
        for path, data in files.data.items():
            result.update(f"\0{path}\0{len(data)}\0".encode())
            result.update(data)
    hooks = [project.config_file.parent / hook for hook in project.hooks]
    for place in (*hooks, *project.overrides, _PACKAGE):
        for file in sorted([place, *place.rglob("*")]):
            if file.is_file() and file.suffix != ".pyc":
                status = file.stat()
                result.update(f"\0{file}\0{status.st_size}\0{status.st_mtime_ns}".encode())
    return result.hexdigest()


def problems_if_unchanged(project: Project, digest: str) -> tuple[Problem, ...] | None:
    """Return the problems of the last build if the published site was made of the same inputs, otherwise None."""
    try:
        stamp = json.loads(_file(project).read_text(encoding="utf-8"))
        if stamp["inputs"] != digest or stamp["site"] != _site_mark(project):
            return None
        return tuple(from_data(one) for one in stamp["problems"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_last_site(project: Project) -> bool:
    """Return whether the published folder is still the one that the last build published.

    A repository could contain a site and a stamp, but not the folder's inode and time of change on this machine.
    """
    try:
        return bool(json.loads(_file(project).read_text(encoding="utf-8"))["site"] == _site_mark(project))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def remember_site(project: Project, digest: str, problems: Sequence[Problem]) -> None:
    """Write the stamp of the site that was just published.

    Raises:
        OSError: It can't be written.
    """
    stamp = {
        "inputs": digest,
        "site": _site_mark(project),
        "problems": [as_data(one) for one in problems],
    }
    project.workspace.write(_file(project).name, json.dumps(stamp, ensure_ascii=False).encode())


def _file(project: Project) -> Path:
    """Return the name of the stamp, one for each place of publication."""
    return project.work / f"stamp-{project.site_key}.json"


def _site_mark(project: Project) -> list[int]:
    """Return values that identify the published folder; another folder in its place has others."""
    status = (project.site_dir / "index.html").stat()
    return [status.st_ino, status.st_mtime_ns, status.st_size]
