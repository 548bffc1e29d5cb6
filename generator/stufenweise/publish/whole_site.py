"""Complete the site: add the files that are not pages of a language."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from stufenweise.config.brand_colours import start_styles
from stufenweise.config.project import Project
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.model import page_paths
from stufenweise.model.library import Library
from stufenweise.publish.redirects import write_redirects
from stufenweise.publish.sitemap import write_sitemap
from stufenweise.publish.start_page import write_start_pages
from stufenweise.render.builder_cleanup import remove_builder_files

HANDOUTS_STAGING = ".handouts"
"""Folder in a site in which the handouts wait while builders write its pages, one folder per language."""


def complete_site(site_folder: Path, library: Library, project: Project) -> None:
    """Add handouts, site map, redirects and the start page to the rendered languages.

    Args:
        site_folder: Folder with the rendered languages, and the handouts beside them.
        library: The content.
        project: The project.

    Raises:
        OSError: They can't be written.
    """
    _move_handouts(SafeFolder(site_folder), library.languages)
    facts = {page_paths.level_path(level.slug): level.facts.reviewed for level in library.levels}
    facts |= {page_paths.tutorial_path(tutorial.slug): tutorial.facts.reviewed for tutorial in library.tutorials}
    facts |= {page_paths.guide_path(guide.slug): guide.facts.reviewed for guide in library.guides}
    facts |= {page_paths.kit_path(piece.slug): piece.facts.reviewed for piece in library.kit}
    facts[page_paths.HOME_PAGE] = library.home.facts.reviewed
    reviewed = {page_paths.address(path, directories=project.directories): day for path, day in facts.items()}
    for language in library.languages:
        remove_builder_files(SafeFolder(site_folder).at(language))
    write_sitemap(site_folder, library.languages, project.site_url, reviewed)
    write_redirects(site_folder, library, project)
    colours = start_styles(project.settings.colour)
    write_start_pages(site_folder, project.site_name, [*project.labels.values()], project.site_url, colours)


def remove_other_languages(site_folder: Path, languages: Collection[str]) -> None:
    """Remove the folders of all but these languages from a site of ours, and handouts that a killed build left.

    Raises:
        MachineError: The site has a mount in it.
        OSError: One can't be removed.
    """
    for folder in [path.name for path in site_folder.iterdir() if path.is_dir() and path.name not in languages]:
        SafeFolder(site_folder).remove_tree(folder)


def _move_handouts(site: SafeFolder, languages: Sequence[str]) -> None:
    """Move the handouts into the folders of their languages, in the place of those that a dirty build left there."""
    for language in languages:
        staged, place = (f"{start}{language}/{page_paths.HANDOUTS}" for start in (f"{HANDOUTS_STAGING}/", ""))
        with suppress(FileNotFoundError):
            site.remove_tree(place)
        with suppress(FileNotFoundError):
            site.move(staged, place)
    with suppress(FileNotFoundError):
        site.remove_tree(HANDOUTS_STAGING)
