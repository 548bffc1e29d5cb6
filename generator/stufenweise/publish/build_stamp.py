"""Stamp the published site with a digest of its input, so that an unchanged site is not built again.

A stamp is in the work folder, one for each place of publication. It has a digest of all inputs of the site, what
tells the published site from another one, a digest over its files, and the warnings of the build.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import TypeAdapter

from stufenweise.config.project import Project
from stufenweise.core.digests import digest_of, program_versions
from stufenweise.model.problem import Problem
from stufenweise.source.files.content_files import ContentFiles

_PROBLEMS: TypeAdapter[tuple[Problem, ...]] = TypeAdapter(tuple[Problem, ...])
_PACKAGE = Path(__file__).resolve().parent.parent


def site_digest(
    project: Project, today: datetime.date, content: Iterable[ContentFiles], *, builder: str, drafts: str
) -> str:
    """Return a digest of all inputs of a site.

    Args:
        project: The project.
        today: The day against which reviews are due.
        content: The files of the content, layer by layer.
        builder: The program that renders.
        drafts: Treatment of draft tutorials.
    """
    inputs: list[str | bytes] = [program_versions(), builder, drafts, today.isoformat(), str(project)]
    for files in content:
        inputs.append(repr([problem.code + str(problem.place) for problem in files.problems]))
        inputs += (part for path, data in files.data.items() for part in (path, data))
    for place in (*project.overrides, _PACKAGE):
        inputs += sorted(_files_below(place, f"{place}/"))
    return digest_of(*inputs)


def problems_if_unchanged(project: Project, digest: str) -> tuple[Problem, ...] | None:
    """Return the problems of the last build if the published site was made of the same inputs, otherwise None.

    Where other code runs (`Project.runs_other_code`), nobody knows all inputs.
    """
    if project.runs_other_code:
        return None
    try:
        match project.work_folder.read_json(_file_name(project)):
            case {"inputs": inputs, "files": files, "problems": list(problems)} if inputs == digest:
                return _PROBLEMS.validate_python(problems) if files == _files_digest(project) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return None


def is_last_site(project: Project) -> bool:
    """Return whether the published site is still the one that the last build published; files in it may be others.

    A repository could contain a site and a stamp, but not a file's inode and time of change on this machine.
    """
    stamp = project.work_folder.read_json(_file_name(project))
    try:
        return isinstance(stamp, dict) and stamp.get("site") == _site_identity(project)
    except OSError:
        return False


def remember_site(project: Project, digest: str, problems: Sequence[Problem]) -> None:
    """Write the stamp of the site that was just published.

    Args:
        project: The project.
        digest: Digest of all inputs, see `site_digest`; empty if the next build must not be skipped.
        problems: Problems of the content.

    Raises:
        OSError: It can't be written.
    """
    stamp = {
        "inputs": digest,
        "site": _site_identity(project),
        "files": _files_digest(project),
        "problems": _PROBLEMS.dump_python(tuple(problems), mode="json"),
    }
    project.work_folder.write(_file_name(project), json.dumps(stamp, ensure_ascii=False).encode())


def _file_name(project: Project) -> str:
    """Return the name of the stamp, one for each place of publication."""
    return f"stamp-{project.site_key}.json"


def _site_identity(project: Project) -> list[int]:
    """Return values of the published start page that another site in its place does not have."""
    status = (project.site_dir / "index.html").stat()
    return [status.st_ino, status.st_mtime_ns, status.st_size]


def _files_digest(project: Project) -> str:
    """Return a digest over the paths, sizes and times of change of all files of the published site."""
    return digest_of(*sorted(_files_below(project.site_dir, "")))


def _files_below(folder: Path, above: str) -> Iterator[str]:
    """Yield path, size and time of change of each file below a folder; links are not followed.

    Python's compiled modules are left out: an import writes them.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            path = f"{above}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _files_below(Path(entry.path), f"{path}/")
            elif not entry.name.endswith(".pyc"):
                status = entry.stat(follow_symlinks=False)
                yield f"{path} {status.st_size} {status.st_mtime_ns}"
