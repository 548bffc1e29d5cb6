"""List the files of a content folder, and refuse some before opening them."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stufenweise.model.outcome import Outcome
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.source.files.attachments import ATTACHMENT_SUFFIXES, MAX_ATTACHMENT_BYTES
from stufenweise.source.files.decoding import MAX_DATA_BYTES, MAX_TEXT_BYTES, MAX_YAML_BYTES, too_large_problem
from stufenweise.source.files.file_names import RESERVED_FOLDERS, in_ascii, windows_device

MAX_PATH = 120
"""Longest path below the content folder, in characters: longer ones fail on Windows shares."""
MAX_FOLDERS = 4
"""Deepest nesting of folders."""
CONTENT = ShownPath("content")
"""Usual name of the content folder."""
IMAGE_SUFFIXES = (".svg", ".png", ".jpg", ".jpeg", ".webp")

_LIMITS = {
    ".md": MAX_TEXT_BYTES, ".yml": MAX_YAML_BYTES, **dict.fromkeys(ATTACHMENT_SUFFIXES, MAX_ATTACHMENT_BYTES),
}  # fmt: skip
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_IGNORED = re.compile(r"\..*|.*~|Thumbs\.db|desktop\.ini", re.IGNORECASE)


@dataclass
class ContentFiles:
    """The regular files of a content folder by path below it (with forward slashes, sorted), and their problems."""

    data: dict[ContentPath, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: list[ContentPath] = field(default_factory=list)
    """Paths of regular files that exist but could not be read."""


def read_content_files(content: Path, shown_content: ShownPath = CONTENT) -> ContentFiles:
    """Return the bytes of every file below `content`; links and special files are never opened.

    Args:
        content: The content folder.
        shown_content: Its path as shown in problems.
    """
    files = ContentFiles()
    if not content.is_dir():
        files.problems.append(new_problem(Place(shown_content), "content-folder-missing"))
        return files
    twins: dict[str, ContentPath] = {}
    for entry, path in _entries(content, "", 0, files.problems, shown_content):
        where = Place(_printable(shown_path(shown_content, path)))
        files.problems += _twins(twins, path, where, shown_content)
        refusal = _refusal(entry.name, path, where)
        if refusal:
            files.problems.append(refusal)
            files.refused.append(path)
            continue
        read = _bytes(Path(entry.path), where)
        files.problems += read.problems
        if read.value is None:
            files.refused.append(path)
        else:
            files.data[path] = read.value
    return files


def with_changes(
    files: ContentFiles, changes: Mapping[ContentPath, bytes | None], shown_content: ShownPath
) -> ContentFiles:
    """Return the files after changes, with the problems that their new names would have.

    Args:
        files: The files before.
        changes: Bytes by path, None for a removed file.
        shown_content: The folder's path as shown in problems.
    """
    after = ContentFiles(dict(files.data), list(files.problems), list(files.refused))
    twins = {_twin_key(path): path for path in (*files.data, *files.refused) if path not in changes}
    for path, data in changes.items():
        after.data.pop(path, None)
        if data is None:
            continue
        where = Place(shown_path(shown_content, path))
        after.problems += _twins(twins, path, where, shown_content)
        if refusal := _refusal(path.rpartition("/")[2], path, where):
            after.problems.append(refusal)
            after.refused.append(path)
        else:
            after.data[path] = data
    after.data = dict(sorted(after.data.items()))
    return after


def _printable(path: ShownPath) -> ShownPath:
    """Return a path with `?` for what no encoding has: bytes of a name that are not UTF-8."""
    return ShownPath(path.encode("utf-8", "replace").decode())


def _twin_key(path: ContentPath) -> str:
    """Return a key that is equal for paths that some file systems can't tell apart."""
    return unicodedata.normalize("NFC", path).casefold()


def _twins(
    seen: dict[str, ContentPath], path: ContentPath, where: Place, shown_content: ShownPath
) -> Iterator[Problem]:
    """Yield the problem that some systems confuse a file with an earlier one in `seen`; note its path there."""
    first = seen.setdefault(_twin_key(path), path)
    if first != path:
        other = shown_path(shown_content, first)
        yield new_problem(where, "twin-files", other=other)
        yield new_problem(Place(other), "twin-files", other=where.file)


def _entries(
    folder: Path, below: str, depth: int, problems: list[Problem], shown_content: ShownPath
) -> Iterator[tuple[os.DirEntry[str], ContentPath]]:
    """Yield the regular files below `folder` in order, with their path."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        problems.append(
            new_problem(
                Place(shown_path(shown_content, ContentPath(below.rstrip("/"))) if below else shown_content),
                "unreadable",
                reason=error.strerror,
            )
        )
        return
    for entry in entries:
        if _IGNORED.fullmatch(entry.name):
            continue
        path = ContentPath(f"{below}{entry.name}")
        where = Place(_printable(shown_path(shown_content, path)))
        if entry.is_symlink():
            problems.append(new_problem(where, "symlink"))
        elif entry.is_dir(follow_symlinks=False):
            if depth >= MAX_FOLDERS:
                problems.append(new_problem(where, "too-deep", limit=MAX_FOLDERS))
            else:
                yield from _entries(Path(entry.path), f"{path}/", depth + 1, problems, shown_content)
        elif not entry.is_file(follow_symlinks=False):
            problems.append(new_problem(where, "not-a-file"))
        else:
            yield entry, path


def _refusal(name: str, path: ContentPath, where: Place) -> Problem | None:
    """Return why a file of this name isn't read, or None."""
    if len(path) > MAX_PATH:
        return new_problem(where, "path-too-long", limit=MAX_PATH, length=len(path))
    device = next(filter(None, map(windows_device, path.split("/"))), "")
    if device or not _NAME.fullmatch(name):
        printable = name.encode("utf-8", "replace").decode()
        lock = printable if name.startswith(("~$", ".~lock.")) else ""
        usable, letters = ("", "") if device or lock else (_usable(printable), "a-z")
        values = {"device": device, "lock": lock, "right": usable, "letters": letters}
        return new_problem(where, "bad-file-name", name=printable, **values)
    folder = path.partition("/")[0]
    if folder in RESERVED_FOLDERS and folder != name:
        return new_problem(where, "reserved-name", name=folder, right="images")
    return None


def _usable(name: str) -> str:
    """Return a name like `name` that works on every system; empty if nothing is left of it."""
    return re.sub(r"-*\.-*", ".", re.sub(r"[^a-z0-9.]+", "-", in_ascii(name))).strip("-.")


def _bytes(path: Path, where: Place) -> Outcome[bytes]:
    """Return the bytes of a regular file, unless it became a link or a pipe since it was listed."""
    limit = _LIMITS.get(path.suffix.lower(), MAX_DATA_BYTES)
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
        with open(handle, "rb", buffering=0) as file:  # noqa: PTH123 -- a handle, not a path
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                return Outcome.failure(new_problem(where, "not-a-file"))
            if status.st_size > limit:
                return Outcome.failure(too_large_problem(where, status.st_size, limit))
            return Outcome(file.readall())
    except OSError as error:
        return Outcome.failure(new_problem(where, "unreadable", reason=error.strerror))
