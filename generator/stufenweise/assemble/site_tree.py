"""Write a docs tree and a derived configuration for each language, for the builders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stufenweise.assemble.derived_config import as_yaml, config_file, derived_config
from stufenweise.assemble.docs_tree import docs_tree
from stufenweise.assemble.page_cache import cache_pages, cached_pages, page_keys, tree_key
from stufenweise.config.project import Project
from stufenweise.core.digests import digest_of, file_digest
from stufenweise.core.folder_contents import replace_contents
from stufenweise.core.result_cache import ResultCache
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.localized.localized_library import Download, LocalizedLibrary, in_language
from stufenweise.model.library import Library


@dataclass(frozen=True, slots=True)
class LanguageTree:
    """The written tree of one language."""

    pages: int
    """Number of its pages."""
    digest: str
    """Digest of its docs folder and its configuration, except for the builder's output folder."""


def write_site_tree(
    project: Project,
    library: Library,
    downloads: Mapping[str, Mapping[str, Download]],
    output: Path,
    marker_secret: str,
) -> dict[str, LanguageTree]:
    """Write docs trees and derived configurations to the work folder; return what was written by language.

    Args:
        project: The project.
        library: The content.
        downloads: The handouts that the pages offer, by language.
        output: Folder below the work folder for the builders' output, with one folder per language.
        marker_secret: Marks the text of the pages for a builder that can't sanitise pages itself; empty for other
            builders.

    Raises:
        OSError: Something could not be written.
    """
    trees = {}
    for language in library.languages:
        localized = LocalizedLibrary(
            library=in_language(library, language),
            language=language,
            labels_by_language=project.labels,
            directories=project.directories,
            downloads=downloads[language],
        )
        cache = ResultCache(project.work_folder, f"assembled-{language}")
        files = _write_docs(localized, project.work_folder.at(f"docs/{language}"), cache)
        settings = derived_config(localized, project, output / language, marker_secret)
        config = as_yaml(settings).encode()
        target = config_file(project, language)
        if target.is_symlink() or not target.is_file() or target.read_bytes() != config:
            project.work_folder.write(target.name, config)
        pages = sum(1 for path in files if path.endswith(".md"))
        trees[language] = LanguageTree(
            pages, digest_of(repr(sorted(files.items())), repr({**settings, "site_dir": ""}))
        )
    return trees


def _write_docs(localized: LocalizedLibrary, folder: SafeFolder, cache: ResultCache) -> Mapping[str, str]:
    """Write the docs folder of a language unless it is up to date; return the digests of its files."""
    key = tree_key(localized)
    last_digests = cache.get(key, dict[str, str])
    present, pages = _present(folder)
    if last_digests == present:
        return present
    keys = page_keys(localized, cache)
    unchanged = {path: pages[path] for path in cached_pages(keys, cache, present)}
    files = docs_tree(localized, unchanged, cache)
    known = {path: present[path] for path in unchanged}
    digests = {path: known.get(path) or file_digest(data) for path, data in sorted(files.items())}
    replace_contents(folder, files, {path for path, digest in digests.items() if present.get(path) == digest})
    cache_pages(keys, cache, digests)
    cache.put(key, digests, dict[str, str])
    cache.save()
    return digests


def _present(folder: SafeFolder) -> tuple[dict[str, str], dict[str, bytes]]:
    """Return the digests of all files in a docs folder by path, empty for a link, and the content of its pages."""
    digests: dict[str, str] = {}
    pages: dict[str, bytes] = {}
    for path, data in folder.files_below():
        digests[path] = "" if data is None else file_digest(data)
        if data is not None and path.endswith(".md"):
            pages[path] = data
    return digests, pages
