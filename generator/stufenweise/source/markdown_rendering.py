"""The one way that content becomes HTML: the same extensions for the site, the checks and the handouts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
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
    "stufenweise.source.html_truncation_fix",
    "stufenweise.source.plain_text_shortcuts",
)
"""Names of the Python-Markdown extensions, in order."""

EXTENSION_CONFIGS: Mapping[str, Mapping[str, object]] = {
    # A page has its table of contents from the theme; without a marker "[TOC]" stays text.
    "toc": {"marker": ""},
    # Code is shown as it is: no lexer runs over an author's text, and no line of it gets a style or an anchor.
    "pymdownx.highlight": {"use_pygments": False},
}
"""Options of the extensions that need any; `toc` gets more per language."""


class UnreadableMarkdownError(Exception):
    """Python-Markdown gave up on a text."""


@dataclass(frozen=True, slots=True)
class RenderedMarkdown:
    """A text as HTML, and what else Python-Markdown knows of it."""

    html: str
    """What the site shows; nothing is sanitised."""
    raw: tuple[str, ...]
    """The pieces of the HTML that were taken over as they stand in the text, and the blocks of code."""
    definitions: tuple[str, ...]
    """Names of the link definitions, such as a for `[a]: address`."""


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    import markdown  # Most texts are judged without it

    configs = {name: dict(values) for name, values in EXTENSION_CONFIGS.items()}
    return markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=configs)


def render_markdown(text: str) -> RenderedMarkdown:
    """Return Markdown as HTML, with what Python-Markdown knows of it.

    Raises:
        UnreadableMarkdownError: Python-Markdown met something that it can't handle, such as lists nested too deep.
    """
    converter = _converter()
    try:
        html = converter.reset().convert(text)
    except Exception as error:
        # Its block parser keeps a stack that `reset` does not clear; what was left on it would spoil the next text.
        _converter.cache_clear()
        raise UnreadableMarkdownError(type(error).__name__) from error
    raw = tuple(piece for piece in converter.htmlStash.rawHtmlBlocks if isinstance(piece, str))
    return RenderedMarkdown(html, raw, tuple(converter.references))


def markdown_to_html(text: str) -> str:
    """Return Markdown as HTML, as the site has it; nothing is sanitised.

    Raises:
        UnreadableMarkdownError: Python-Markdown met something that it can't handle.
    """
    return render_markdown(text).html
