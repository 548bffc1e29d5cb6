"""Insert figures into pages, with text in the page's language.

The SVG is inline, so that its colours follow the reader's colour scheme; its label describes it.
"""

from __future__ import annotations

from collections.abc import Mapping

from stufenweise.localized.escaping import as_html
from stufenweise.model.library import Figure
from stufenweise.source.images.figure_drawing import drawing_svg, read_drawing, replace_figures


def with_figures(markdown: str, figures: Mapping[str, Figure], language: str) -> str:
    """Draw the figures of a text in `language`; a figure without text in any language is left out."""
    return replace_figures(markdown, lambda name: figure_html(figures[name], language) if name in figures else "")


def figure_html(figure: Figure, language: str) -> str:
    """Return a figure with its title below it, on one line."""
    text = figure.text(language)
    svg = drawing_svg(read_drawing(figure.drawing), text.words, f'role="img" aria-label="{as_html(text.alt)}"')
    return f'<figure class="figure">{svg}<figcaption>{as_html(text.title)}</figcaption></figure>'
