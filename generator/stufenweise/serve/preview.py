"""Single pages made anew while a site is served: what an author saved is seen before the whole site is built.

MkDocs has no public way to make one page, so this uses the two functions that its own build calls for each page
(https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/commands/build.py). The configuration, the navigation and the
theme's templates are read once.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config import load_config
from mkdocs.structure.files import File, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page as MkDocsPage

from stufenweise.assemble.derived_config import config_file
from stufenweise.assemble.draft_marks import mark_drafts
from stufenweise.assemble.localized_library import LocalizedLibrary
from stufenweise.assemble.page_list import page_of_text
from stufenweise.assemble.page_source import Page, page_source
from stufenweise.check import blocking_problems, check
from stufenweise.checked import read_texts
from stufenweise.config.project import Project
from stufenweise.handouts.print_handouts import PrintedHandouts, copy_handouts, print_handouts, shows_text
from stufenweise.load.load_result import LoadResult
from stufenweise.load.loader import reload_texts
from stufenweise.model.library import Library
from stufenweise.model.problem import Problem
from stufenweise.overlay.base_drift import EXTENSION_SUFFIX
from stufenweise.source.content_files import ContentFiles

PREVIEW_CACHE = "handouts-preview"
"""Folder in the work folder for the handouts of single pages: a whole build may be writing to the other cache."""


class PageBuilder:
    """Makes single pages of one language, as a whole build makes them."""

    def __init__(self, config: Path, site: Path) -> None:
        """Read a derived configuration; pages are written to `site`, its language's folder."""
        self.config = load_config(str(config), site_dir=str(site))
        self.config.plugins.on_startup(command="build", dirty=False)
        self.config = self.config.plugins.on_config(self.config)
        self.config.plugins.on_pre_build(config=self.config)
        env = self.config.theme.get_env()
        files = get_files(self.config)
        files.add_files_from_theme(env, self.config)
        self.files = self.config.plugins.on_files(files, config=self.config)
        set_exclusions(self.files, self.config)
        nav = get_navigation(self.files, self.config)
        for page in nav.pages:
            # Its title stands in the navigation of every page.
            page.read_source(self.config)
        self.nav = self.config.plugins.on_nav(nav, config=self.config, files=self.files)
        self.env = self.config.plugins.on_env(env, config=self.config, files=self.files)

    def make(self, path: str, source: str) -> None:
        """Write the page at `path` below the docs folder, of the Markdown `source`."""
        known = self.files.get_file_from_path(path)
        place = known.page if known else None
        file = File.generated(self.config, path, content=source, inclusion=InclusionLevel.INCLUDED)
        # A page of the navigation keeps its place there.
        page = place or MkDocsPage(None, file, self.config)
        kept, page.file = page.file, file
        try:
            _populate_page(page, self.config, self.files)
            _build_page(page, self.config, self.files.documentation_pages(), self.nav, self.env)
        finally:
            page.file = kept


@dataclass
class Preview:
    """A served site, and what stands behind its pages."""

    project: Project
    files: ContentFiles
    reading: LoadResult
    printers: Mapping[str, PageBuilder]
    """By language."""
    paper: PrintedHandouts = field(default_factory=PrintedHandouts)
    """The sheets of the whole build."""

    def follow(self, files: ContentFiles, today: datetime.date) -> list[Problem] | None:
        """Make the pages of texts that have changed; return the problems of these texts.

        With an error among them nothing is made. None means that more has changed than texts with a page of their own,
        so that only a whole build can show it.

        Raises:
            OSError: A page can't be written.
        """
        changed = {path: data for path, data in files.data.items() if self.files.data.get(path) != data}
        if files.data.keys() != self.files.data.keys() or files.problems != self.files.problems:
            return None
        if not all(path.endswith(".md") and not path.endswith(EXTENSION_SUFFIX) for path in changed):
            return None
        reading = reload_texts(self.reading, changed)
        problems = check(reading, today, {f"{reading.content_path}/{path}" for path in changed})
        if blocking_problems(problems):
            return problems
        found = self.show(mark_drafts(reading.library(drafts=True), self.project.labels), changed)
        if found is None:
            return None
        self.files, self.reading = files, reading
        return [*problems, *reading.locate(found)]

    def show(self, library: Library, paths: Collection[str]) -> tuple[Problem, ...] | None:
        """Make the pages and sheets of texts; return what is wrong with the sheets, or None if a text has no page.

        Args:
            library: What the content says.
            paths: Paths of the texts' files below the content folder.

        Raises:
            OSError: A page can't be written.
        """
        cache = self.project.work / PREVIEW_CACHE
        # The facts of a text stand on its sheets in all languages.
        stems = {path.split(".")[0] for path in paths}
        texts = {path for path in self.files.data if path.split(".")[0] in stems}
        paper = print_handouts(
            self.project, library, wanted=lambda one: shows_text(one, texts), sweep=False, cache=cache
        )
        made: list[tuple[LocalizedLibrary, Page]] = []
        for language in library.languages:
            downloads = {**self.paper.downloads(language), **paper.downloads(language)}
            site = LocalizedLibrary(library, language, self.project.labels, self.project.directories, downloads)
            for path in paths:
                page = page_of_text(site, path) if _shows(site, path) else None
                if page:
                    made.append((site, page))
                elif _shows(site, path):
                    return None
        copy_handouts(self.project.site_dir, paper)
        for site, page in made:
            self.printers[site.language].make(page.path, page_source(page, site.labels))
        return paper.problems


def _shows(site: LocalizedLibrary, path: str) -> bool:
    """Return whether a text is seen in a site: in its own language, or in any if its file holds the facts."""
    return path.split(".")[-2] in {site.language, site.library.source}


def preview_of(project: Project, files: ContentFiles) -> Preview:
    """Return what is needed to follow the site of `project`, which was built of `files` a moment ago.

    Raises:
        OSError: A page can't be written.
    """
    printers = {
        language: PageBuilder(config_file(project, language), project.site_dir / language)
        for language in project.settings.languages
    }
    reading = read_texts(project, files)
    library = mark_drafts(reading.library(drafts=True), project.labels)
    preview = Preview(project, files, reading, printers, print_handouts(project, library, sweep=False))
    # Whatever is loaded at the first page is loaded before an author waits for it.
    preview.show(library, [text.path for one in library.tutorials[:1] for text in one.texts.values()])
    return preview
