"""Figures on paper: beside a practice text that leaves room, and on the last pages of a level's workbook.

A worksheet's first page has no figure: next to the steps and the fifth of the page for notes, the words of a figure
would be smaller than all other type.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import TypedDict

from stufenweise.handouts.paper_metrics import LEAST_POINTS, LINE_HEIGHT, MILLIMETRES_PER_POINT
from stufenweise.model.library import Figure
from stufenweise.model.text import Text
from stufenweise.source.images.figure_drawing import MIN_TYPE_SIZE, drawing_svg, read_drawing, replace_figures

SVG_STYLE = 'xmlns="http://www.w3.org/2000/svg" font-family="Stufenweise Sans" color="#23292b"'
"""Attributes of a printed drawing, which has no style sheet."""
_UNIT = LEAST_POINTS * MILLIMETRES_PER_POINT / MIN_TYPE_SIZE
"""Millimetres per unit of a drawing, so that its smallest words have the size of all other type."""
_TITLE_LETTERS, _TITLE_GAP = 54, 2
"""Letters in a line of a figure's title, and the space above the title (`figure-block` in templates/page.typ)."""
_COLOUR = re.compile(r"var\(--[\w-]+, ?(#[0-9a-f]+)\)")


class PrintedFigure(TypedDict):
    """A figure for the templates."""

    svg: str
    alt: str
    title: str
    width: float
    """Width of the drawing in millimetres."""
    height: float
    """Height of the drawing and its title in millimetres."""


def printed_figures(figures: Mapping[str, Figure], text: Text) -> Iterator[PrintedFigure]:
    """Yield the figures of a text, in order; each is drawn on demand."""
    return (printed_figure(figures[name], text.language) for name in figure_names(text) if name in figures)


def figure_names(text: Text) -> Iterator[str]:
    """Yield the names of the figures of a text, in order."""
    names: list[str] = []

    def note(name: str) -> str:
        names.append(name)
        return ""

    for section in text.sections.values():
        for body in [step.body for step in section.steps] or [section.body]:
            replace_figures(body, note)
    yield from dict.fromkeys(names)


def printed_figure(figure: Figure, language: str) -> PrintedFigure:
    """Return a figure at the size at which its words are as large as all other type."""
    words = figure.text(language)
    drawing = read_drawing(figure.drawing)
    svg = drawing_svg(drawing, words.words, SVG_STYLE)
    title = math.ceil(len(words.title) / _TITLE_LETTERS) * LINE_HEIGHT + _TITLE_GAP
    return {
        "svg": _COLOUR.sub(r"\1", svg),
        "alt": words.alt,
        "title": words.title,
        "width": round(drawing.width * _UNIT, 1),
        "height": round(drawing.height * _UNIT + title, 1),
    }
