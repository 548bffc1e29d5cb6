"""Files changed together: all of them, or none."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path


def put(folder: Path, changes: Mapping[str, bytes | None]) -> None:
    """Make all changes to the files below `folder`; whatever fails, the files are as they were before.

    New contents are written beside their places first, under names that nobody reads, so that a full disk or a folder
    without rights stops it before anything has changed.

    Args:
        folder: The folder.
        changes: Bytes by path, None for a file that goes.

    Raises:
        OSError: A file can't be written; nothing has changed.
    """
    fresh = {folder / path: data for path, data in changes.items() if data is not None}
    gone = [folder / path for path, data in changes.items() if data is None]
    staged = {path: path.with_name(f".{path.name}.new~") for path in fresh}
    made = _missing_folders(fresh)
    before = {path: path.read_bytes() for path in (*fresh, *gone) if path.is_file()}
    touched: list[Path] = []
    try:
        for path, data in fresh.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            staged[path].write_bytes(data)
            if path in before:
                shutil.copymode(path, staged[path])
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
        for empty in reversed(made):
            if empty.is_dir():
                empty.rmdir()
        raise
    for parent in {path.parent for path in gone}:
        if parent != folder and not any(parent.iterdir()):
            parent.rmdir()


def _missing_folders(paths: Mapping[Path, bytes]) -> list[Path]:
    """Return the folders that have to be made, the outer ones first."""
    missing = {parent for path in paths for parent in path.parents if not parent.exists()}
    return sorted(missing, key=lambda path: len(path.parts))
