"""Everything below an open folder: list it, read it, remove it, and follow no link and cross no mount meanwhile."""

from __future__ import annotations

import stat
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from stufenweise.core.errors import MachineError
from stufenweise.core.open_folders import OpenFolder, is_link

REMOVING_THREADS = 4
"""Threads that remove a large folder."""
MANY_FOLDERS = 16
"""From this many subfolders on, several threads remove them."""


def walk(folder: OpenFolder, above: str) -> Iterator[tuple[str, bool]]:
    """Yield the path of each entry below the folder, inner ones first, and whether it is a folder; a link is not.

    Args:
        folder: The folder.
        above: Prefix of each path: empty, or a path with a slash at its end.

    Raises:
        MachineError: Another mount lies in it.
    """
    for _, _, path, is_folder in _walk(folder, above, folder.mount()):
        yield path, is_folder


def walk_files(folder: OpenFolder, above: str) -> Iterator[tuple[str, bytes | None]]:
    """Yield the paths of all files and links below the folder, each with its content; None if it is no plain file.

    Args:
        folder: The folder.
        above: Prefix of each path, as for `walk`.

    Raises:
        MachineError: Another mount lies in it.
    """
    for inner, name, path, is_folder in _walk(folder, above, folder.mount()):
        if not is_folder:
            plain = inner.read_plain(name)
            yield path, plain[0] if plain else None


def _walk(folder: OpenFolder, above: str, mount: str) -> Iterator[tuple[OpenFolder, str, str, bool]]:
    """Yield the open folder, name and path of each entry, inner ones first, and whether it is a folder."""
    for name, is_folder in folder.entries():
        if is_folder:
            with folder.entered(name, mount) as inner:
                yield from _walk(inner, f"{above}{name}/", mount)
        yield folder, name, f"{above}{name}", is_folder


def refuse_links(folder: OpenFolder, depth: int) -> None:
    """Make sure that no entry down to `depth` levels is a link or lies on another mount.

    Raises:
        MachineError: An entry is a link, or lies on another mount.
    """
    for name in folder.names():
        status = folder.status(name)
        if is_link(status):
            raise MachineError("folder-link", path=folder.path / name)
        if stat.S_ISDIR(status.st_mode) and depth > 1:
            with folder.entered(name, folder.mount()) as inner:
                refuse_links(inner, depth - 1)


def remove_all(folder: OpenFolder, name: str) -> None:
    """Remove an entry, and everything in it if it is a folder; links are removed, not followed.

    Several threads share many folders in a folder: a file system can let one thread wait for each of them.

    Args:
        folder: The folder that it is in.
        name: Name of the entry.

    Raises:
        MachineError: Another mount lies in it.
        OSError: Something can't be removed; `FileNotFoundError` if it is not there.
    """
    if folder.is_folder(name):
        _remove_folder(folder, name, folder.mount())
    else:
        folder.unlink(name)


def _remove_folder(folder: OpenFolder, name: str, mount: str, *, alone: bool = False) -> None:
    """Remove a folder and everything in it; `alone`, in one thread."""
    with folder.entered(name, mount) as inner:
        folders: list[str] = []
        for entry, is_folder in inner.entries():
            if is_folder:
                folders.append(entry)
            else:
                with suppress(FileNotFoundError):  # Somebody else has removed it
                    inner.unlink(entry)
        if alone or len(folders) < MANY_FOLDERS:
            _remove_folders(inner, folders, mount, alone=alone)
        else:
            # To hand over each folder by itself takes as long as to remove it.
            shares = (folders[first::REMOVING_THREADS] for first in range(REMOVING_THREADS))
            # All threads end before the folder is closed: its handle may then be that of another folder.
            with ThreadPoolExecutor(REMOVING_THREADS) as pool:
                deque(pool.map(lambda share: _remove_folders(inner, share, mount, alone=True), shares), maxlen=0)
    folder.remove_empty(name)


def _remove_folders(folder: OpenFolder, names: Sequence[str], mount: str, *, alone: bool) -> None:
    """Remove folders unless somebody else has removed them."""
    for name in names:
        with suppress(FileNotFoundError):
            _remove_folder(folder, name, mount, alone=alone)
