"""Change several files together: all or none of them, even if the process is killed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TypeVar

from stufenweise.core.errors import MachineError
from stufenweise.core.safe_folders import STAGED_SUFFIX, SafeFolder, is_path_below

K = TypeVar("K", bound=str)

JOURNAL = ".changes~"
"""Name of the file that lists changes while they are made; files with such names are never read as content."""


def write_together(folder: SafeFolder, changes: Mapping[K, bytes | None], moved: Mapping[K, K] | None = None) -> None:
    """Make all changes to the files below `folder`; on any failure, all files stay as they were.

    New contents are first written beside the files, under names that are never read, so that a full disk or missing
    permissions fail before anything has changed. Then the changes are listed in a journal. If the process dies after
    that, `finish_interrupted_write` completes the listed changes.

    Args:
        folder: The folder.
        changes: Bytes by path, None for a removed file.
        moved: New paths of removed files by their old ones; these keep their permissions.

    Raises:
        MachineError: The way to a file leads through a link or a mount; nothing has changed.
        OSError: A file can't be written; nothing has changed.
    """
    fresh = {path: data for path, data in changes.items() if data is not None}
    gone = [path for path, data in changes.items() if data is None]
    made = _missing_folders(folder, fresh)
    modes = {path: mode for path in changes if (mode := folder.mode(path)) is not None}
    before = {path: folder.read(path) for path in modes}
    modes |= {new: modes[old] for old, new in (moved or {}).items() if old in modes and new not in modes}
    touched: list[K] = []
    try:
        for path, data in fresh.items():
            _stage(folder, path, data, modes.get(path))
        _write_journal(folder, changes)
        for path in fresh:
            _take_place(folder, path)
            touched.append(path)
        for path in gone:
            folder.remove(path, missing_ok=False)
            touched.append(path)
    except BaseException:
        for path in touched:
            if path in before:
                _stage(folder, path, before[path], modes[path])
                _take_place(folder, path)
            else:
                folder.remove(path)
        # A path through a link was never written.
        for temporary in (*map(_staged, fresh), JOURNAL):
            with suppress(MachineError, NotADirectoryError):
                folder.remove(temporary)
        for empty in reversed(made):
            with suppress(MachineError, NotADirectoryError):
                folder.remove_empty(empty)
        raise
    folder.remove(JOURNAL)
    _sweep(folder, gone)


def finish_interrupted_write(folder: SafeFolder) -> bool:
    """Complete the changes of a process that was killed; return whether there were any.

    The new contents were written completely before the journal, so only files have to be renamed.

    Raises:
        MachineError: The way to a file leads through a link or a mount.
        OSError: A file can't be moved or removed.
    """
    if not folder.path.is_dir() or folder.size(JOURNAL) is None:
        return False
    listed = _listed(folder)
    if not listed:
        folder.remove(JOURNAL)  # Not our journal
        return False
    written, gone = listed
    for path in written:
        if folder.size(_staged(path)) is not None:
            _take_place(folder, path)
    for path in gone:
        folder.remove(path)
    folder.remove(JOURNAL)
    _sweep(folder, gone)
    return True


def _staged(path: str) -> str:
    """Return the path of a file's new contents until they replace it."""
    place = PurePosixPath(path)
    return str(place.with_name(f".{place.name}{STAGED_SUFFIX}"))


def _stage(folder: SafeFolder, path: str, data: bytes, mode: int | None) -> None:
    """Write a file's new contents beside it, with its permissions; None for those of a new file."""
    folder.write(_staged(path), data)
    if mode is not None:
        folder.set_mode(_staged(path), mode)


def _take_place(folder: SafeFolder, path: str) -> None:
    """Put the new contents of a file in its place."""
    folder.rename(_staged(path), PurePosixPath(path).name)


def _write_journal(folder: SafeFolder, changes: Mapping[K, bytes | None]) -> None:
    """Write the journal of the changes; it exists completely or not at all."""
    written = [path for path, data in changes.items() if data is not None]
    removed = [path for path, data in changes.items() if data is None]
    folder.write(JOURNAL, json.dumps({"written": written, "removed": removed}).encode())


def _listed(folder: SafeFolder) -> tuple[list[str], list[str]] | None:
    """Return the written and removed files of the journal; None if it names anything but files of the folder."""
    try:
        listed = json.loads(folder.read(JOURNAL))
        written, gone = ([str(name) for name in listed[key]] for key in ("written", "removed"))
    except (ValueError, LookupError, TypeError):
        return None
    return (written, gone) if all(is_path_below(path) for path in (*written, *gone)) else None


def _sweep(folder: SafeFolder, gone: Iterable[str]) -> None:
    """Remove folders that have become empty."""
    for parent in {str(PurePosixPath(path).parent) for path in gone} - {"."}:
        folder.remove_empty(parent)


def _missing_folders(folder: SafeFolder, paths: Iterable[str]) -> list[str]:
    """Return the missing folders, outer ones first."""
    parents = {parent for path in paths for parent in PurePosixPath(path).parents if str(parent) != "."}
    missing = (parent for parent in parents if not folder.path.joinpath(parent).exists())
    return [str(parent) for parent in sorted(missing, key=lambda parent: len(parent.parts))]
