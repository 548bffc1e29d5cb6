"""Complete the site: add the files that are not pages of a language."""

from __future__ import annotations

from pathlib import Path

from stufenweise.config.brand_colours import start_styles
from stufenweise.config.project import Project
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.handouts.print_handouts import PrintedHandouts, copy_handouts
from stufenweise.model import page_paths
from stufenweise.model.library import Library
from stufenweise.publish.redirects import write_redirects
from stufenweise.publish.sitemap import write_sitemap
from stufenweise.publish.start_page import write_start_pages
from stufenweise.render.builder_cleanup import remove_builder_files


def complete_site(
    site_folder: Path, library: Library, project: Project, handouts: PrintedHandouts, last_site: Path | None = None
) -> None:
    """Add handouts, site map, redirects and the start page to the rendered languages.

    Args:
        site_folder: Folder with the rendered languages.
        library: The content.
        project: The project.
        handouts: Its handouts.
        last_site: The site that this one replaces; equal handouts are hard-linked from it.

    Raises:
        OSError: They can't be written.
    """
    copy_handouts(site_folder, handouts, last_site)
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
