"""Render Markdown to HTML, with the same extensions for the site, the checks and the handouts."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import markdown

EXTENSIONS = (
    "attr_list",
    "tables",
    "admonition",
    "def_list",
    "sane_lists",
    "toc",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "stufenweise.source.markdown.html_truncation_fix:HtmlTruncationFix",
    "stufenweise.source.markdown.plain_text_shortcuts:PlainTextShortcuts",
)
"""Names of the Python-Markdown extensions, in order."""

EXTENSION_CONFIGS: Mapping[str, Mapping[str, object]] = {
    # The theme makes the table of contents; without a marker "[TOC]" stays text.
    "toc": {"marker": ""},
    # Code is shown as it is: no lexer runs over an author's text, and no line of it gets a style or an anchor.
    "pymdownx.highlight": {"use_pygments": False},
}
"""Options of the extensions; `toc` gets more for each language."""


class UnreadableMarkdownError(Exception):
    """Python-Markdown failed on a text."""


@dataclass(frozen=True, slots=True)
class RenderedMarkdown:
    """A text as HTML, and other results of Python-Markdown."""

    html: str
    """The HTML of the site before sanitising."""
    raw: tuple[str, ...]
    """HTML copied from the text, and code blocks."""
    definitions: tuple[str, ...]
    """Names of link definitions, such as `a` of `[a]: address`."""


class _Converters(threading.local):
    """The converter of each thread: it keeps the state of the text that it is converting."""

    @cached_property
    def own(self) -> markdown.Markdown:
        """The converter of the thread that asks."""
        import markdown  # Most texts are checked without it

        configs = {name: dict(values) for name, values in EXTENSION_CONFIGS.items()}
        return markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=configs)

    def forget_own(self) -> None:
        """Make a new converter for the next text of this thread."""
        del self.own


_CONVERTERS = _Converters()


def render_markdown(text: str) -> RenderedMarkdown:
    """Render Markdown to HTML, with other results of Python-Markdown.

    Raises:
        UnreadableMarkdownError: Python-Markdown failed, for example on lists that are nested too deeply.
    """
    converter = _CONVERTERS.own
    try:
        html = converter.reset().convert(text)
    except Exception as error:
        # Its block parser keeps a stack that `reset` does not clear, which would spoil the next text.
        _CONVERTERS.forget_own()
        raise UnreadableMarkdownError(type(error).__name__) from error
    raw = tuple(piece for piece in converter.htmlStash.rawHtmlBlocks if isinstance(piece, str))
    return RenderedMarkdown(html, raw, tuple(converter.references))


def markdown_to_html(text: str) -> str:
    """Render Markdown to the HTML of the site before sanitising.

    Raises:
        UnreadableMarkdownError: Python-Markdown failed.
    """
    return render_markdown(text).html
