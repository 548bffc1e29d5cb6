"""Write what builders need: for each language a docs tree and a derived configuration."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from stufenweise.assemble.derived_config import as_yaml, config_file, derived_config
from stufenweise.assemble.docs_tree import docs_tree, write_docs_tree
from stufenweise.assemble.kept_pages import known_pages, note_pages, tutorial_keys
from stufenweise.assemble.localized_library import Download, LocalizedLibrary
from stufenweise.config.project import Project
from stufenweise.kept_results import KeptResults
from stufenweise.model.library import Library


def write_site_tree(
    project: Project,
    library: Library,
    downloads: Mapping[str, Mapping[str, Download]],
    output: Path,
    marker_secret: str,
    *,
    trusted: bool = False,
) -> int:
    """Write docs trees and derived configurations to the work folder; return the number of pages of all languages.

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
    pages = 0
    for language in library.languages:
        site = LocalizedLibrary(
            library=library,
            language=language,
            labels_by_language=project.labels,
            directories=project.directories,
            downloads=downloads[language],
        )
        folder = project.workspace.at(f"docs/{language}")
        kept = KeptResults(project.workspace, f"assembled-{language}", trusted=trusted)
        keys = tutorial_keys(site)
        known = known_pages(keys, kept, folder)
        files = docs_tree(site, known, kept)
        write_docs_tree(files, folder, known)
        note_pages(keys, kept, files)
        kept.keep()
        config = as_yaml(derived_config(site, project, output / language, marker_secret), site.labels).encode()
        target = config_file(project, language)
        if target.is_symlink() or not target.is_file() or target.read_bytes() != config:
            project.workspace.write(target.name, config)
        pages += sum(1 for path in files if path.endswith(".md"))
    return pages
