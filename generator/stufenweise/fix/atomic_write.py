"""Change several files together: all of them, or none, even if the process is killed on the way."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

JOURNAL = ".changes~"
"""Name of the file that lists changes while they are being made; like all such names nobody reads it as content."""


def write_together(folder: Path, changes: Mapping[str, bytes | None]) -> None:
    """Make all changes to the files below `folder`; whatever fails, the files are as they were before.

    New contents are written beside their places first, under names that nobody reads, so that a full disk or a folder
    without rights stops it before anything has changed. Then the changes are listed: who finds that list later knows
    that they were cut off, and brings them to their end (`finish_interrupted_write`).

    Args:
        folder: The folder.
        changes: Bytes by path, None for a file that goes.

    Raises:
        OSError: A file can't be written; nothing has changed.
    """
    fresh = {folder / path: data for path, data in changes.items() if data is not None}
    gone = [folder / path for path, data in changes.items() if data is None]
    staged = {path: _staged(path) for path in fresh}
    made = _missing_folders(fresh)
    before = {path: path.read_bytes() for path in (*fresh, *gone) if path.is_file()}
    touched: list[Path] = []
    try:
        for path, data in fresh.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            staged[path].write_bytes(data)
            if path in before:
                shutil.copymode(path, staged[path])
        _list(folder, changes)
        for path in fresh:
            staged[path].replace(path)
            touched.append(path)
        for path in gone:
            path.unlink()
            touched.append(path)
    except BaseException:
        for path in touched:
            if path in before:
                path.write_bytes(before[path])
            else:
                path.unlink(missing_ok=True)
        for path in staged.values():
            path.unlink(missing_ok=True)
        (folder / JOURNAL).unlink(missing_ok=True)
        for empty in reversed(made):
            if empty.is_dir():
                empty.rmdir()
        raise
    (folder / JOURNAL).unlink()
    _sweep(folder, gone)


def finish_interrupted_write(folder: Path) -> bool:
    """Bring changes to their end that were cut off when a process was killed; return whether there were any.

    What is listed was written in full beside its place before, so nothing but its name is left to change.

    Raises:
        OSError: A file can't be moved or removed.
    """
    journal = folder / JOURNAL
    if not journal.is_file():
        return False
    listed = _listed(folder)
    if not listed:
        journal.unlink()  # No list of ours
        return False
    written, gone = listed
    for path in written:
        if _staged(path).is_file():
            _staged(path).replace(path)
    for path in gone:
        path.unlink(missing_ok=True)
    journal.unlink()
    _sweep(folder, gone)
    return True


def _staged(path: Path) -> Path:
    """Return where new contents of a file lie until they take its place."""
    return path.with_name(f".{path.name}.new~")


def _list(folder: Path, changes: Mapping[str, bytes | None]) -> None:
    """Write down which changes are about to be made; the list is there whole or not at all."""
    written = [path for path, data in changes.items() if data is not None]
    removed = [path for path, data in changes.items() if data is None]
    fresh = _staged(folder / JOURNAL)
    fresh.write_text(json.dumps({"written": written, "removed": removed}), encoding="utf-8")
    fresh.replace(folder / JOURNAL)


def _listed(folder: Path) -> tuple[list[Path], list[Path]] | None:
    """Return the files that are listed as written and as removed; None if anything but files of the folder is named."""
    try:
        listed = json.loads((folder / JOURNAL).read_text(encoding="utf-8"))
        written, gone = ([folder / name for name in listed[key]] for key in ("written", "removed"))
    except (ValueError, LookupError, TypeError):
        return None
    inside = folder.resolve()
    is_ours = all(path.parent.resolve().is_relative_to(inside) for path in (*written, *gone))
    return (written, gone) if is_ours else None


def _sweep(folder: Path, gone: list[Path]) -> None:
    """Remove the folders that are empty now."""
    for parent in {path.parent for path in gone}:
        if parent != folder and parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()


def _missing_folders(paths: Mapping[Path, bytes]) -> list[Path]:
    """Return the folders that have to be made, the outer ones first."""
    missing = {parent for path in paths for parent in path.parents if not parent.exists()}
    return sorted(missing, key=lambda path: len(path.parts))
