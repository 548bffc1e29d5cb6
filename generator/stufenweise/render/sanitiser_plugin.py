"""The MkDocs plugin `stufenweise-sanitiser`: filter rendered pages by an allowlist.

It is in every derived configuration, as a second defence after the checks of the content
(https://www.mkdocs.org/dev-guide/plugins/). In a builder of our own build it also skips unchanged pages, see
`unchanged_pages`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

from mkdocs.plugins import BasePlugin

from stufenweise.core.template_bytecode import TemplateBytecode
from stufenweise.render.mkdocs_adapter import list_no_icons
from stufenweise.render.sanitiser import sanitise
from stufenweise.render.unchanged_pages import UnchangedPages, unchanged_pages
from stufenweise.source.markdown.line_breaks import html_with_no_break_spaces

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext


class SanitiserPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Sanitises pages, and skips unchanged ones."""

    unchanged: UnchangedPages | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Skip pages only if the build has asked for it."""
        self.unchanged = unchanged_pages(os.environ)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Save the builder the time to list icons."""
        if self.unchanged:
            list_no_icons(config.theme)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Record which files pages look up."""
        return self.unchanged.record_lookups(files) if self.unchanged else files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Choose the pages that are made."""
        if self.unchanged:
            self.unchanged.choose(nav, config)
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Compile the theme's templates once for all builds, unless another plugin changes them."""
        if self.unchanged:
            env.bytecode_cache = TemplateBytecode(type(config).__module__, env)
        return env

    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Start recording what the page depends on."""
        if self.unchanged:
            self.unchanged.begin(page)
        return page

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Return the page's content, sanitised and with non-breaking spaces."""
        if self.unchanged:
            self.unchanged.end()
        return html_with_no_break_spaces(sanitise(html))

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Start recording what the page depends on."""
        if self.unchanged:
            self.unchanged.begin(page)
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Stop recording, and note the finished page."""
        if self.unchanged:
            self.unchanged.end(output)
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Add the pages that were left out."""
        if self.unchanged:
            self.unchanged.finish(config)
