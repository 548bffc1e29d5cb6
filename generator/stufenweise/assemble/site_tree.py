"""Write what builders need: for each language a docs tree and a derived configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stufenweise.assemble.derived_config import as_yaml, config_file, derived_config
from stufenweise.assemble.docs_tree import docs_tree, file_digests, write_docs_tree
from stufenweise.assemble.kept_pages import known_pages, note_pages, page_keys, tree_key
from stufenweise.assemble.localized_library import Download, LocalizedLibrary, in_language
from stufenweise.config.project import Project
from stufenweise.digests import key_of
from stufenweise.kept_results import KeptResults
from stufenweise.model.library import Library
from stufenweise.safe_folders import SafeFolder


@dataclass(frozen=True, slots=True)
class LanguageTree:
    """What a builder is given of one language."""

    pages: int
    """Number of its pages."""
    digest: str
    """Digest of its docs folder and its configuration, but for the place that the builder writes to."""


def write_site_tree(
    project: Project,
    library: Library,
    downloads: Mapping[str, Mapping[str, Download]],
    output: Path,
    marker_secret: str,
    *,
    trusted: bool = False,
) -> dict[str, LanguageTree]:
    """Write docs trees and derived configurations to the work folder; return what was written by language.

    Args:
        project: The project.
        library: What the content says.
        downloads: The handouts that the pages offer, by language.
        output: Folder below the work folder that the builders write to, one folder a language.
        marker_secret: Marks the text of the pages for a builder that can't sanitise it itself; empty for one that can.
        trusted: Whether the last build of this machine left what is kept in the work folder.

    Raises:
        OSError: Something could not be written.
    """
    trees = {}
    for language in library.languages:
        site = LocalizedLibrary(
            library=in_language(library, language),
            language=language,
            labels_by_language=project.labels,
            directories=project.directories,
            downloads=downloads[language],
        )
        kept = KeptResults(project.workspace, f"assembled-{language}", trusted=trusted)
        files = _write_docs(site, project.workspace.at(f"docs/{language}"), kept)
        settings = derived_config(site, project, output / language, marker_secret)
        config = as_yaml(settings, site.labels).encode()
        target = config_file(project, language)
        if target.is_symlink() or not target.is_file() or target.read_bytes() != config:
            project.workspace.write(target.name, config)
        pages = sum(1 for path in files if path.endswith(".md"))
        trees[language] = LanguageTree(pages, key_of(repr(sorted(files.items())), repr({**settings, "site_dir": ""})))
    return trees


def _write_docs(site: LocalizedLibrary, folder: SafeFolder, kept: KeptResults) -> Mapping[str, str]:
    """Write the docs folder of a language, if it is not there as it would be made; return its files' digests."""
    key = tree_key(site)
    before = kept.known(key)
    if isinstance(before, dict) and before == file_digests(folder):
        return before
    keys = page_keys(site)
    known = known_pages(keys, kept, folder)
    files = docs_tree(site, known, kept)
    write_docs_tree(files, folder, known)
    note_pages(keys, kept, files)
    digests = file_digests(folder)
    kept.note(key, digests)
    kept.keep()
    return digests
