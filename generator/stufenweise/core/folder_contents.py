"""Make a folder hold certain files and no others, and tell what it holds."""

from __future__ import annotations

import stat
from collections.abc import Collection, Mapping
from contextlib import suppress

from stufenweise.core.digests import file_digest
from stufenweise.core.open_folders import OpenFolder
from stufenweise.core.path_trees import PathTree, path_tree
from stufenweise.core.safe_folders import SafeFolder


def replace_contents(folder: SafeFolder, files: Mapping[str, bytes], unchanged: Collection[str] = ()) -> int:
    """Make `files` the only files in a folder, and return how many were written or removed.

    Args:
        folder: The folder.
        files: The files by their path.
        unchanged: Paths of files that are known to be in it already.

    Raises:
        MachineError: The folder or one in it is a link or a mount.
        OSError: A file could not be written.
    """
    tree = path_tree(files)
    with folder.opened(make=True) as opened:
        return _replace_contents(opened, tree, "", unchanged, opened.mount())


def _replace_contents(
    folder: OpenFolder, files: PathTree[bytes], above: str, unchanged: Collection[str], mount: str
) -> int:
    """Do the work of `replace_contents` in an open folder.

    Args:
        folder: The folder.
        files: The files by the names of entries.
        above: Prefix of each path: empty, or a path with a slash at its end.
        unchanged: Paths of files that are known to be there already.
        mount: The mount that all of it has to lie on.
    """
    changed = 0
    for name, data in files.items():
        if isinstance(data, dict):
            with folder.entered(name, mount, make=True) as inner:
                changed += _replace_contents(inner, data, f"{above}{name}/", unchanged, mount)
        elif f"{above}{name}" not in unchanged and not _has_content(folder, name, data):
            folder.write(name, data)
            changed += 1
    for name, is_folder in folder.entries():
        if name in files:
            continue
        if is_folder:
            with folder.entered(name, mount) as inner:
                changed += _replace_contents(inner, {}, "", (), mount)
            folder.remove_if_empty(name)
        else:
            with suppress(FileNotFoundError):
                folder.unlink(name)
            changed += 1
    return changed


def content_digests(folder: SafeFolder) -> dict[str, str]:
    """Return the digests of all files in a folder by their paths, sorted; a link has an empty one.

    Raises:
        MachineError: The folder or one in it is a link or a mount.
    """
    digests = {path: "" if data is None else file_digest(data) for path, data in folder.files_below()}
    return dict(sorted(digests.items()))


def _has_content(folder: OpenFolder, name: str, data: bytes) -> bool:
    """Return whether an entry of an open folder is a plain file with this content."""
    try:
        status = folder.status(name)
    except OSError:
        return False
    if not stat.S_ISREG(status.st_mode) or status.st_size != len(data):
        return False
    plain = folder.read_plain(name)
    return plain is not None and plain[0] == data
