"""The MkDocs plugin `stufenweise-sanitiser`: what is rendered passes an allowlist before it becomes a page.

It stands behind the checks of the content, in every derived configuration (https://www.mkdocs.org/dev-guide/plugins/).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.plugins import BasePlugin

from stufenweise.render.sanitiser import sanitise

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


class SanitiserPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Lets through only what the allowlist knows."""

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Return the page's content, sanitised."""
        return sanitise(html)
