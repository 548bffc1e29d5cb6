"""Change several files together: all or none of them, even if the process is killed, and never a text that is new.

New contents and copies of the old ones are first written beside the files, under names that are never read. From then
on files are only renamed and removed, which needs no space. A journal tells the next command what was going on.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

from stufenweise.core.digests import file_digest
from stufenweise.core.errors import MachineError
from stufenweise.core.open_folders import STAGED_SUFFIX
from stufenweise.core.safe_folders import SafeFolder, is_path_below

K = TypeVar("K", bound=str)

JOURNAL = ".changes~"
"""Name of the file that lists changes while they are made; files with such names are never read as content."""
UNDO_JOURNAL = ".undo~"
"""Name of this file while changes are undone."""
OLD_SUFFIX = ".old~"
"""End of the name of a copy of a file as it was before."""


class ChangedMeanwhileError(MachineError):
    """Somebody has changed the file at `path`, below the folder, since it was read."""

    def __init__(self, folder: SafeFolder, path: str) -> None:
        """Take the folder and the file's path."""
        super().__init__("changed-meanwhile", path=folder.path / path)
        self.path = path


@dataclass(frozen=True, slots=True)
class _Change:
    """A file before and after, by digests; empty where there is no file."""

    path: str
    old: str
    new: str

    @property
    def new_copy(self) -> str:
        """Path of the new content until it takes the file's place."""
        return _beside(self.path, STAGED_SUFFIX)

    @property
    def old_copy(self) -> str:
        """Path of the copy of the old content."""
        return _beside(self.path, OLD_SUFFIX)


@dataclass(frozen=True, slots=True)
class FinishedWrite:
    """What `finish_interrupted_write` did."""

    is_undone: bool
    """Whether files were put back; otherwise they got their new content."""
    left: Mapping[str, str]
    """Files that somebody has changed since and that stay, each with the path of what it would have become, if any."""
    unlisted: tuple[str, ...] = ()
    """Copies of old and new contents that stay because the journal, which listed the changes, is damaged."""


def write_together(
    folder: SafeFolder,
    changes: Mapping[K, bytes | None],
    moved: Mapping[K, K] | None = None,
    as_read: Mapping[K, bytes] | None = None,
) -> None:
    """Make all changes to the files below `folder`; on any failure, all files stay as they were.

    If the process dies meanwhile, `finish_interrupted_write` completes or undoes the changes.

    Args:
        folder: The folder.
        changes: Bytes by path, None for a removed file.
        moved: New paths of removed files by their old ones; these keep their permissions.
        as_read: The files that the changes were made from; one that is another by now is not written over.

    Raises:
        ChangedMeanwhileError: Somebody has changed a file; nothing else has changed.
        MachineError: The way to a file leads through a link or a mount; nothing has changed. Or the files could be
            neither changed nor put back: then the next command puts them back.
        OSError: A file can't be written; nothing has changed. Its `filename` is the file's path below the folder.
    """
    made = _missing_folders(folder, (path for path, data in changes.items() if data is not None))
    modes = {path: mode for path in changes if (mode := folder.mode(path)) is not None}
    before = {path: folder.read(path) for path in modes}
    _refuse_surprises(folder, changes, before, as_read)
    modes |= {new: modes[old] for old, new in (moved or {}).items() if old in modes and new not in modes}
    real_changes = {path: data for path, data in changes.items() if data != before.get(path)}
    listed = [_Change(path, _digest(before.get(path)), _digest(data)) for path, data in real_changes.items()]
    try:
        for change, (path, data) in zip(listed, real_changes.items(), strict=True):
            if data is None:
                continue  # It will be renamed
            with _named_in_errors(path):
                _write_copy(folder, change.new_copy, data, modes.get(path))
                if path in before:
                    _write_copy(folder, change.old_copy, before[path], modes[path])
        with _named_in_errors(""):
            folder.write(JOURNAL, json.dumps([[change.path, change.old, change.new] for change in listed]).encode())
        _refuse_left(folder, _carry_out(folder, listed))
    except BaseException:
        try:
            if folder.size(JOURNAL) is not None:
                folder.rename(JOURNAL, UNDO_JOURNAL)
                _carry_out(folder, listed, back=True)
        except (OSError, MachineError) as error:
            raise MachineError("change-half-undone", path=folder.path, reason=error) from error
        _clean_up(folder, listed)
        for empty in reversed(made):
            with suppress(MachineError, OSError):
                folder.remove_empty(empty)
        raise
    _clean_up(folder, listed)
    _remove_emptied(folder, listed)


def finish_interrupted_write(folder: SafeFolder) -> FinishedWrite | None:
    """Complete the changes of a process that was killed, or put back what another could not; None if there are none.

    A file that somebody has changed since stays as it is. If the journal is damaged, all files and copies do.

    Raises:
        MachineError: The way to a file leads through a link or a mount.
        OSError: A file can't be moved or removed.
    """
    if not is_interrupted(folder):
        return None
    is_undone = folder.size(UNDO_JOURNAL) is not None
    listed = _listed(folder, UNDO_JOURNAL if is_undone else JOURNAL)
    if listed is None:
        unlisted = tuple(sorted(path for path, _ in folder.entries() if path.endswith((STAGED_SUFFIX, OLD_SUFFIX))))
        _clean_up(folder, ())
        return FinishedWrite(False, {}, unlisted) if unlisted else None
    left = _carry_out(folder, listed, back=is_undone)
    _clean_up(folder, listed, kept={*left.values()})
    _remove_emptied(folder, listed)
    return FinishedWrite(is_undone, left) if listed else None


def is_interrupted(folder: SafeFolder) -> bool:
    """Return whether a process has left changes in a folder that are not finished."""
    return folder.path.is_dir() and any(folder.size(journal) is not None for journal in (JOURNAL, UNDO_JOURNAL))


def _refuse_surprises(
    folder: SafeFolder, changes: Mapping[K, bytes | None], before: Mapping[K, bytes], as_read: Mapping[K, bytes] | None
) -> None:
    """Make sure that files to remove are there, and that nobody has changed a file since it was read."""
    for path, data in changes.items():
        if data is None and path not in before:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        if as_read is not None and before.get(path) != as_read.get(path):
            raise ChangedMeanwhileError(folder, path)


def _refuse_left(folder: SafeFolder, left: Mapping[str, str]) -> None:
    """Make sure that nobody has changed a file while others were changed."""
    for path in left:
        raise ChangedMeanwhileError(folder, path)


def _carry_out(folder: SafeFolder, changes: Sequence[_Change], *, back: bool = False) -> dict[str, str]:
    """Give files their new content, or their old one back; return those that somebody has changed, see `FinishedWrite`.

    What has been done already is not done again.
    """
    left: dict[str, str] = {}
    for change in changes:
        wanted, copy = (change.old, change.old_copy) if back else (change.new, change.new_copy)
        with _named_in_errors(change.path):
            present = _digest(folder.read(change.path) if folder.size(change.path) is not None else None)
            if present == wanted:
                continue
            if present not in {change.old, change.new} or (wanted and folder.size(copy) is None):
                left[change.path] = copy if folder.size(copy) is not None else ""
            elif wanted:
                folder.rename(copy, PurePosixPath(change.path).name)
            elif back:
                folder.remove(change.path)
            else:
                folder.rename(change.path, PurePosixPath(change.old_copy).name)
    return left


@contextmanager
def _named_in_errors(path: str) -> Iterator[None]:
    """Give an `OSError` inside the block the path of the file that was to change, not that of a copy."""
    try:
        yield
    except OSError as error:
        error.filename = path
        raise


def _beside(path: str, suffix: str) -> str:
    """Return the path of a copy beside a file."""
    file = PurePosixPath(path)
    return str(file.with_name(f".{file.name}{suffix}"))


def _digest(data: bytes | None) -> str:
    return "" if data is None else file_digest(data)


def _write_copy(folder: SafeFolder, path: str, data: bytes, mode: int | None) -> None:
    """Write a copy of a file with its permissions; None for those of a new file."""
    folder.write(path, data)
    if mode is not None:
        folder.set_mode(path, mode)


def _listed(folder: SafeFolder, journal: str) -> list[_Change] | None:
    """Return the changes in a journal; None if it is damaged, or names anything but files of the folder."""
    listed = folder.read_json(journal)
    try:
        changes = [_Change(*map(str, entry)) for entry in listed] if isinstance(listed, list) else None
    except TypeError:
        return None
    return changes if changes is not None and all(is_path_below(change.path) for change in changes) else None


def _clean_up(folder: SafeFolder, changes: Iterable[_Change], kept: Collection[str] = ()) -> None:
    """Remove journals, and copies except those `kept`; what can't be removed is never read."""
    copies = {copy for change in changes for copy in (change.new_copy, change.old_copy)}
    for path in (*(copies - {*kept}), JOURNAL, UNDO_JOURNAL):
        with suppress(MachineError, OSError):
            folder.remove(path)


def _remove_emptied(folder: SafeFolder, changes: Collection[_Change]) -> None:
    """Remove the folders that have become empty; one that is in use, as by a terminal on Windows, stays."""
    for parent in {str(PurePosixPath(change.path).parent) for change in changes if not change.new} - {"."}:
        with suppress(MachineError, OSError):
            folder.remove_empty(parent)


def _missing_folders(folder: SafeFolder, paths: Iterable[str]) -> list[str]:
    """Return the missing folders, outer ones first."""
    parents = {parent for path in paths for parent in PurePosixPath(path).parents if str(parent) != "."}
    missing = (parent for parent in parents if not folder.path.joinpath(parent).exists())
    return [str(parent) for parent in sorted(missing, key=lambda parent: len(parent.parts))]
