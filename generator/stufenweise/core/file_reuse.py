"""Take over files of an earlier site or cache: they are hard-linked, or copied where the system can't link.

Nothing may write into a file of either folder afterwards; `SafeFolder.write` replaces the file instead.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from typing import TypeAlias

from stufenweise.core.digests import file_digest
from stufenweise.core.errors import MachineError
from stufenweise.core.open_folders import OpenFolder
from stufenweise.core.path_trees import PathTree, path_tree
from stufenweise.core.safe_folders import SafeFolder

FileTest = Callable[[OpenFolder, str], os.stat_result | None]
"""Accepts a file of an open folder by returning its status; returns None for other files."""
FileTree: TypeAlias = "PathTree[FileTest]"


def reuse_files(source: SafeFolder, target: SafeFolder, wanted: Mapping[str, FileTest]) -> set[str]:
    """Take over wanted files of one folder into another; return the paths of the files taken over.

    Args:
        source: The folder that has them.
        target: The folder that gets them; none of them may exist in it.
        wanted: The test of each wanted file, by its path.

    Raises:
        MachineError: The path in `target` leads through a link or a mount.
        OSError: They can't be written.
    """
    tree = path_tree(wanted)
    with ExitStack() as opened:
        try:
            source_folder = opened.enter_context(source.opened())
        except (OSError, MachineError):
            return set()
        target_folder = opened.enter_context(target.opened(make=True))
        return {*_reused(source_folder, target_folder, tree, "", (source_folder.mount(), target_folder.mount()))}


def find_files(folder: SafeFolder, wanted: Mapping[str, FileTest]) -> dict[str, os.stat_result]:
    """Return the status of each file below a folder that is wanted, by its path.

    Args:
        folder: The folder.
        wanted: The test of each file, by its path.
    """
    with suppress(OSError, MachineError), folder.opened() as opened:
        return dict(_found(opened, path_tree(wanted), "", opened.mount()))
    return {}


def with_digest(digest: str) -> FileTest:
    """Return a test that accepts a plain file with this digest."""

    def status(folder: OpenFolder, name: str) -> os.stat_result | None:
        plain = folder.read_plain(name)
        return plain[1] if plain and file_digest(plain[0]) == digest else None

    return status


def with_status(known: os.stat_result) -> FileTest:
    """Return a test that accepts a file that nobody has written to since it had this status."""

    def status(folder: OpenFolder, name: str) -> os.stat_result | None:
        with suppress(OSError):
            current = folder.status(name)
            return current if _is_same_file(current, known) else None
        return None

    return status


def _found(folder: OpenFolder, wanted: FileTree, above: str, mount: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the path and status of each wanted file below an open folder.

    Args:
        folder: The folder.
        wanted: By name: the test of a file, or the wanted entries of a folder.
        above: Prefix of each path: empty, or a path with a slash at its end.
        mount: The mount that all of it has to lie on.
    """
    for name, test in wanted.items():
        if isinstance(test, dict):
            with suppress(OSError, MachineError), folder.entered(name, mount) as inner:
                yield from _found(inner, test, f"{above}{name}/", mount)
        elif (status := test(folder, name)) is not None:
            yield f"{above}{name}", status


def _reused(
    source: OpenFolder, target: OpenFolder, wanted: FileTree, above: str, mounts: tuple[str, str]
) -> Iterator[str]:
    """Take over wanted files of one open folder into another, and yield their paths.

    Args:
        source: The folder that has them.
        target: The folder that gets them.
        wanted: By name: the test of a file, or the wanted entries of a folder.
        above: Prefix of each path, as for `_found`.
        mounts: The mounts that `source` and `target` have to lie on.

    Raises:
        MachineError: The way there in `target` leads through a link or a mount.
        OSError: They can't be written.
    """
    for name, test in wanted.items():
        if not isinstance(test, dict):
            if _link_or_copy(source, target, name, test):
                yield f"{above}{name}"
            continue
        with ExitStack() as opened:
            try:
                source_folder = opened.enter_context(source.entered(name, mounts[0]))
            except (OSError, MachineError):
                continue
            target_folder = opened.enter_context(target.entered(name, mounts[1], make=True))
            yield from _reused(source_folder, target_folder, test, f"{above}{name}/", mounts)


def _link_or_copy(source: OpenFolder, target: OpenFolder, name: str, is_wanted: FileTest) -> bool:
    """Take over a file if it is wanted; where it can't be linked, it is copied."""
    status = is_wanted(source, name)
    if status is None:
        return False
    if not target.link_from(source, name, status):
        plain = source.read_plain(name)
        if plain is None or not _is_same_file(plain[1], status):
            return False
        target.create(name, plain[0])
    return True


def _is_same_file(status: os.stat_result, other: os.stat_result) -> bool:
    """Return whether two statuses are those of one file that nobody has written to between them."""
    return os.path.samestat(status, other) and (status.st_size, status.st_mtime_ns) == (
        other.st_size,
        other.st_mtime_ns,
    )
