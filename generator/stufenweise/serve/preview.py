"""Re-render single saved pages while a site is served, before the whole site is rebuilt.

MkDocs has no function for one page, so this repeats what its build does for each
(https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/commands/build.py). The configuration, the navigation and the
theme's templates are read once.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.structure.files import File, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page as MkDocsPage

from stufenweise.assemble.derived_config import config_file
from stufenweise.assemble.page_list import page_of_text
from stufenweise.assemble.page_source import Page, page_source
from stufenweise.config.project import Project
from stufenweise.core.result_cache import ResultCache
from stufenweise.core.safe_folders import SafeFolder, output_folder
from stufenweise.handouts.print_handouts import PrintedHandouts, copy_handouts, print_handouts, shows_text
from stufenweise.handouts.typeset_pool import PRINTERS
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model.library import Library
from stufenweise.model.problem import Problem
from stufenweise.source.files.content_files import ContentFiles
from stufenweise.source.files.text_paths import EXTENSION_SUFFIX, TextPath
from stufenweise.stages.content_stages import check_changes, site_library
from stufenweise.stages.stage_results import LoadedProject, PrintedContent

PREVIEW_CACHE = "handouts-preview"
"""Folder in the work folder for handouts of previews: a whole build may be writing to the other cache."""


class PageRenderer:
    """Renders single pages of one language like a whole build."""

    def __init__(self, config: Path, site_folder: SafeFolder) -> None:
        """Read a derived configuration; pages are written to `site_folder`, its language's folder."""
        self.site_folder = site_folder
        self.config = load_config(str(config), site_dir=str(site_folder.path))
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
            # Every page shows its title in the navigation.
            page.read_source(self.config)
        self.nav = self.config.plugins.on_nav(nav, config=self.config, files=self.files)
        self.env = self.config.plugins.on_env(env, config=self.config, files=self.files)

    def make(self, path: str, markdown: str) -> None:
        """Write the page at `path` below the docs folder from its Markdown."""
        existing_file = self.files.get_file_from_path(path)
        existing_page = existing_file.page if existing_file else None
        file = File.generated(self.config, path, content=markdown, inclusion=InclusionLevel.INCLUDED)
        # The page keeps its place in the navigation.
        page = existing_page or MkDocsPage(None, file, self.config)
        original_file, page.file, page.active = page.file, file, True
        try:
            html = self._html(page)
        finally:
            page.file, page.active = original_file, False
        self.site_folder.write(file.dest_uri, html.encode(errors="xmlcharrefreplace"))

    def _html(self, page: MkDocsPage) -> str:
        config, files, plugins = self.config, self.files, self.config.plugins
        page = plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        page.markdown = plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        page.render(config, files)
        page.content = plugins.on_page_content(page.content or "", page=page, config=config, files=files)
        context = get_context(self.nav, files.documentation_pages(), config, page)
        template = self.env.get_template(page.meta.get("template", "main.html"))
        context = plugins.on_page_context(context, page=page, config=config, nav=self.nav)
        return plugins.on_post_page(template.render(context), page=page, config=config)


@dataclass
class Preview:
    """A served site and its content."""

    loaded_project: LoadedProject
    renderers: Mapping[str, PageRenderer]
    """Renderers by language."""
    handouts: PrintedHandouts
    """Handouts of the whole build."""
    site: SafeFolder
    """The served site."""
    check_cache: ResultCache
    """What the checks of earlier saves found, which this one adds to."""

    @property
    def project(self) -> Project:
        """The project as it was built."""
        return self.loaded_project.project

    @property
    def own(self) -> ContentFiles:
        """The project's own files that the site shows."""
        return self.loaded_project.files.own

    def close(self) -> None:
        """Shut down the plugins of the builders."""
        for renderer in self.renderers.values():
            renderer.config.plugins.on_shutdown()

    def follow(self, own: ContentFiles, today: datetime.date) -> list[Problem] | None:
        """Make the pages of changed texts, unless one has an error; return their problems.

        Returns None if anything else than texts with pages of their own has changed: only a whole build can show that.

        Raises:
            OSError: A page can't be written.
        """
        changed = {path for path, data in own.data.items() if self.own.data.get(path) != data}
        if own.data.keys() != self.own.data.keys() or own.problems != self.own.problems:
            return None
        if not all(path.endswith(".md") and not path.endswith(EXTENSION_SUFFIX) for path in changed):
            return None
        if (source_map := self.loaded_project.result.source_map) and not changed.isdisjoint(source_map.lines):
            return None  # Merged with a text of the package or with an extension
        checked = check_changes(self.loaded_project, own, today, self.check_cache)
        if checked.blocks_build():
            return [*checked.problems]
        library = site_library(checked, "marked")
        handout_problems = self.show(library, changed)
        if handout_problems is None:
            return None
        self.loaded_project = checked.loaded_project
        return [*checked.problems, *checked.result.locate(handout_problems)]

    def show(self, library: Library, paths: Collection[str]) -> tuple[Problem, ...] | None:
        """Make pages and handouts of texts; return problems of the handouts, or None if a text has no page.

        Args:
            library: The content.
            paths: Paths of the texts' files below the content folder.

        Raises:
            OSError: A page can't be written.
        """
        # A source text's facts are printed on its handouts in all languages.
        stems = {text.stem for path in paths if (text := TextPath.parse(path))}
        texts = {path for path in self.own.data if (text := TextPath.parse(path)) and text.stem in stems}
        handouts = print_handouts(
            self.project,
            library,
            used_by="preview",
            select=lambda handout: shows_text(handout, texts),
            cache=self.project.work_folder.at(PREVIEW_CACHE),
        )
        pages = self.pages_of(library, paths, handouts)
        if pages is None:
            return None
        copy_handouts(self.site, handouts)
        self.write_pages(pages)
        return handouts.problems

    def pages_of(
        self, library: Library, paths: Collection[str], handouts: PrintedHandouts
    ) -> list[tuple[LocalizedLibrary, Page]] | None:
        """Return the pages that show texts, each with the library in its language; None if a text has no page.

        Args:
            library: The content.
            paths: Paths of the texts' files below the content folder.
            handouts: Handouts newer than those of the whole build.
        """
        pages: list[tuple[LocalizedLibrary, Page]] = []
        for language in library.languages:
            downloads = {**self.handouts.downloads(language), **handouts.downloads(language)}
            localized = LocalizedLibrary(
                library=library,
                language=language,
                labels_by_language=self.project.labels,
                directories=self.project.directories,
                downloads=downloads,
            )
            for path in paths:
                page = page_of_text(localized, path) if _shows(localized, path) else None
                if page:
                    pages.append((localized, page))
                elif _shows(localized, path):
                    return None
        return pages

    def write_pages(self, pages: Iterable[tuple[LocalizedLibrary, Page]]) -> None:
        """Write pages to the served site.

        Raises:
            OSError: A page can't be written.
        """
        for localized, page in pages:
            self.renderers[localized.language].make(page.path, page_source(page, localized.labels))


def _shows(localized: LocalizedLibrary, path: str) -> bool:
    """Return whether a language's pages show a text: it is in that language, or has the facts."""
    text = TextPath.parse(path)
    return text is not None and text.language in {localized.language, localized.library.source_language}


def preview_of(printed: PrintedContent, check_cache: ResultCache) -> Preview:
    """Prepare to show saves in the site that has just been built from this content.

    Args:
        printed: The content.
        check_cache: What the checks of earlier saves found.

    Raises:
        OSError: A page can't be written.
    """
    project, library = printed.project, printed.library
    site = output_folder(project.site_dir, project.work_parent)
    renderers = {
        language: PageRenderer(config_file(project, language), site.at(language))
        for language in project.settings.languages
    }
    preview = Preview(printed.checked.loaded_project, renderers, printed.handouts, site, check_cache)
    # The first page takes longest. Make it now, so that no author has to wait for it.
    paths = [text.path for tutorial in library.tutorials[:1] for text in tutorial.texts.values()]
    preview.write_pages(preview.pages_of(library, paths, PrintedHandouts()) or ())
    if project.settings.handouts:
        PRINTERS.start_worker()
    return preview
