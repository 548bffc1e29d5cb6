"""A figure is drawn into the page with the words of its language; screen readers read its label once."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT
from fontTools.ttLib import TTFont
from stufenweise.assemble.figures import figure_html, with_figures
from stufenweise.model.data_facts import FigureFacts
from stufenweise.model.library import Figure
from stufenweise.render.sanitiser import sanitise
from stufenweise.source.images.figure_drawing import WordPlace, read_drawing, set_word
from stufenweise.source.images.glyph_widths import text_width
from stufenweise.source.markdown.markdown_rendering import markdown_to_html

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 60">
  <!-- a comment -->
  <g fill="none" stroke="var(--sw-level-1, #2d6a4f)" stroke-linejoin="round"><path d="M0 0h9"/></g>
  <g font-size="13" text-anchor="middle">
    <text x="160" y="30" data-width="100" data-lines="2" fill="currentColor">{here}</text>
    <text x="9" y="9">1</text>
  </g>
</svg>
"""
WORDS = {
    "de": FigureFacts(title="Ein & Weg", alt='Ein "Kasten".', words={"here": "Von hier & dort, wo alle sind"}),
    "en": FigureFacts(title="A way", alt="A box.", words={"here": "From here"}),
}
FIGURE = Figure(name="way", drawing=DRAWING, words=WORDS, source_language="de")
FONTS = ROOT / "generator" / "stufenweise" / "core" / "fonts"
PLACE = WordPlace(key="here", x=0, y=0, width=78, lines=2, size=13, bold=False, anchor="start", presentation="")


def test_the_sanitiser_leaves_a_figure_as_it_is() -> None:
    html = figure_html(FIGURE, "de")
    page = markdown_to_html(f"Before.\n\n{html}\n\nAfter.")
    assert html in page
    kept = sanitise(page)
    for part in (
        'viewBox="0 0 320 60"',
        'role="img"',
        'aria-label="Ein',
        'stroke-linejoin="round"',
        "var(--sw-level-1",
    ):
        assert part in kept
    assert kept.count("<tspan") == html.count("<tspan") == 2


def test_a_figure_says_what_it_shows_once_and_has_no_ids() -> None:
    html = figure_html(FIGURE, "de")
    assert html.count("Kasten") == 1
    assert "<figcaption>Ein &amp; Weg</figcaption>" in html
    assert not re.search(r' (?:id|style|class|data-width)="(?!figure")', html)
    assert "comment" not in html


def test_a_text_shows_a_figure_in_its_language_and_else_in_the_source_language() -> None:
    text = "One.\n\n![](../figures/way.svg)\n\nTwo.\n\n```\n![](../figures/way.svg)\n```\n"
    english, french = (with_figures(text, {"way": FIGURE}, code) for code in ("en", "fr"))
    assert "From here" in english
    assert "Von hier" in french
    assert english.count("![]") == 1, "code stays as it is"
    assert "![" not in with_figures("![](../figures/gone.svg)", {}, "en")


def test_a_place_takes_what_its_group_says() -> None:
    (place,) = read_drawing(DRAWING).places
    assert (place.key, place.size, place.anchor, place.lines) == ("here", 13, "middle", 2)


@pytest.mark.parametrize(
    ("word", "lines", "fits"),
    [
        ("kurz", ("kurz",), True),
        ("vier kurze Wörter", ("vier kurze", "Wörter"), True),
        ("Meldeweg-Karte", ("Meldeweg-", "Karte"), True),
        ("ein Wort, das viel zu lang für seinen Platz ist", None, False),
    ],
)
def test_a_word_takes_few_lines_of_about_the_same_length(word: str, lines: tuple[str, ...] | None, fits: bool) -> None:
    found = set_word(word, PLACE)
    assert found.fits is fits
    assert " ".join(found.lines).replace("- ", "-") == word
    assert lines is None or found.lines == lines


@pytest.mark.parametrize(("style", "bold"), [("Regular", False), ("Semibold", True)])
def test_widths_are_those_of_the_font(style: str, bold: bool) -> None:
    font = TTFont(FONTS / f"StufenweiseSans-{style}.otf")
    letters = font.getBestCmap()
    em = font["head"].unitsPerEm
    for character, name in letters.items():
        if character < 0xFFFF:
            assert text_width(chr(character), em, bold=bold) == pytest.approx(font["hmtx"][name][0]), hex(character)
