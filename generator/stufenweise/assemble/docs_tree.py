"""The docs folder of one language: its files, and writing those that changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from stufenweise.assemble.localized_library import LocalizedLibrary
from stufenweise.assemble.page_list import all_pages
from stufenweise.assemble.page_source import page_source


def docs_tree(localized: LocalizedLibrary) -> dict[str, bytes]:
    """Return the files of one language's docs folder by their path below it."""
    files: dict[str, bytes] = {}
    for page in all_pages(localized):
        files[page.path] = page_source(page, localized.labels).encode()
    for asset in localized.library.assets:
        files[asset.path] = asset.data
    return files


def tree_digest(files: Mapping[str, bytes]) -> str:
    """Return a digest over names and contents of files."""
    result = hashlib.sha256()
    for path, data in sorted(files.items()):
        result.update(f"{path}\0{len(data)}\0".encode())
        result.update(data)
    return result.hexdigest()


def write_docs_tree(files: Mapping[str, bytes], folder: Path) -> int:
    """Write `files` into `folder`, remove all others there, and return how many were written or removed.

    Raises:
        OSError: A file could not be written.
    """
    changed = 0
    kept: set[Path] = set()
    for path, data in files.items():
        target = folder / path
        kept.add(target)
        if not _has_content(target, data):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            changed += 1
    for found in sorted(folder.rglob("*"), reverse=True):
        if found.is_symlink() or (found.is_file() and found not in kept):
            found.unlink()
            changed += 1
        elif found.is_dir() and not any(found.iterdir()):
            found.rmdir()
    return changed


def _has_content(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
