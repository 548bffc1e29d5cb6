"""Each shipped figure has a job: a text shows it in both languages, and all its words exist and fit."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT
from stufenweise.load.library_builder import build_library
from stufenweise.load.loader import load_content
from stufenweise.model.library import Figure
from stufenweise.source.files.content_files import read_content_files
from stufenweise.source.images.figure_drawing import FIGURE_LINE, read_drawing, set_word

from .conftest import CONTENT, LANGUAGES

FIGURES = build_library(load_content(read_content_files(ROOT / "content"), LANGUAGES)).figures


def shown(language: str) -> list[str]:
    """Return the figures that the texts of a language show, in order."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(CONTENT.rglob(f"*.{language}.md")))
    return [match["name"] for text in texts for match in FIGURE_LINE.finditer(text)]


def test_there_are_enough_figures() -> None:
    assert len(FIGURES) >= 16


def test_every_figure_is_shown_at_the_same_place_in_both_languages() -> None:
    german, english = shown("de"), shown("en")
    assert german == english
    assert set(german) == {figure.name for figure in FIGURES}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_a_figure_has_all_its_words_in_both_languages_and_they_fit(figure: Figure) -> None:
    places = read_drawing(figure.drawing).places
    assert set(figure.words) == {*LANGUAGES}
    for facts in figure.words.values():
        assert set(facts.words) == {place.key for place in places}
        assert [place.key for place in places if not set_word(facts.words[place.key], place).fits] == []
        assert len(facts.alt) >= 80, "a text alternative says what the figure shows"


def test_a_figure_is_never_the_instruction_of_a_step() -> None:
    """The first paragraph of a step stands on the leader's sheet."""
    for path in sorted(CONTENT.glob("tutorials/*.md")):
        assert not re.search(r"^### [^\n]*\n+!\[\]", path.read_text(encoding="utf-8"), re.MULTILINE), path.name
