"""Make a folder hold certain files and no others, and tell what it holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from stufenweise.core.digests import file_digest
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
    changed = 0
    for path, data in files.items():
        if path not in unchanged and not _has_content(folder, path, data):
            folder.write(path, data)
            changed += 1
    for path, is_folder in list(folder.entries()):
        if is_folder:
            folder.remove_empty(path)
        elif path not in files:
            folder.remove(path)
            changed += 1
    return changed


def content_digests(folder: SafeFolder) -> dict[str, str]:
    """Return the digests of all files in a folder by their paths, sorted; a link has an empty one.

    Raises:
        MachineError: The folder or one in it is a link or a mount.
    """
    digests = {path: "" if data is None else file_digest(data) for path, data in folder.files_below()}
    return dict(sorted(digests.items()))


def _has_content(folder: SafeFolder, path: str, data: bytes) -> bool:
    try:
        return folder.size(path) == len(data) and folder.read(path) == data
    except OSError:
        return False
