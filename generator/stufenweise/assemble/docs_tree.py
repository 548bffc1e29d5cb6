"""Make one language's docs folder, and write only the files of it that changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from stufenweise.assemble.localized_library import LocalizedLibrary
from stufenweise.assemble.page_list import all_pages
from stufenweise.assemble.page_source import page_source
from stufenweise.assemble.search_index import search_path, search_script
from stufenweise.assemble.tutorial_choice import tutorials_path, tutorials_script
from stufenweise.digests import file_digest
from stufenweise.result_cache import NO_CACHE, ResultCache
from stufenweise.safe_folders import SafeFolder


def docs_tree(
    localized: LocalizedLibrary, unchanged: Mapping[str, bytes] | None = None, cache: ResultCache = NO_CACHE
) -> dict[str, bytes]:
    """Return the files of one language's docs folder by their path below it.

    Args:
        localized: The library in that language.
        unchanged: Pages of tutorials as the last build made them, by their path; these are not made again.
        cache: What an earlier run found out about tutorials.
    """
    files: dict[str, bytes] = dict(unchanged or {})
    for page in all_pages(localized, frozenset(files)):
        files[page.path] = page_source(page, localized.labels).encode()
    for asset in localized.library.assets:
        files[asset.path] = asset.data
    files[search_path(localized.language)] = search_script(localized, cache)
    files[tutorials_path(localized.language)] = tutorials_script(localized)
    return files


def write_docs_tree(files: Mapping[str, bytes], folder: SafeFolder, unchanged: Collection[str] = ()) -> int:
    """Write `files` into `folder`, remove all others there, and return how many were written or removed.

    Args:
        files: The files by their path.
        folder: Where they belong.
        unchanged: Paths of files that are known to be in `folder` already.

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


def file_digests(folder: SafeFolder) -> dict[str, str]:
    """Return the digests of all files in a folder by their paths, sorted; a link has an empty one.

    Raises:
        MachineError: The folder or one in it is a link or a mount.
    """
    entries = sorted(folder.entries())
    digests = {path: "" for path, is_folder in entries if not is_folder}
    for above in ("", *(path for path, is_folder in entries if is_folder)):
        for name, data in folder.files(above).items():
            digests[f"{above}/{name}" if above else name] = file_digest(data)
    return digests


def _has_content(folder: SafeFolder, path: str, data: bytes) -> bool:
    try:
        return folder.size(path) == len(data) and folder.read(path) == data
    except OSError:
        return False
