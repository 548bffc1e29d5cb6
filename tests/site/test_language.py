"""Each page speaks one language: no English word on a German page, and none in German on an English one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import material
import pytest
from html_pages import pages, read
from stufenweise.i18n.labels import Label, package_labels

THEME = Path(material.__file__).parent / "templates" / "partials" / "languages"
# The last three are names in the browser's storage.
SHARED = {
    "Start",
    "Tutorial",
    "Tutorials",
    "English",
    "Deutsch",
    "–",
    "Initialisierung",
    "Level",
    "Pause",
    "Do",
    "plan",
    "sessions",
    "ticks",
}


def own_words(language: str) -> set[str]:
    """Return the labels of our pages in a language, without those that take values."""
    result: set[str] = set()

    def add(words: Mapping[str, Label] | Mapping[str | int, str]) -> None:
        for word in words.values():
            if isinstance(word, str):
                result.add(word)
            else:
                add(word)

    add(package_labels(language).words)
    return {word for word in result if "{" not in word}


def theme_words(language: str) -> set[str]:
    """Return the words of the theme in a language."""
    text = (THEME / f"{language}.html").read_text(encoding="utf-8")
    found = re.findall(r'"[\w.]+": "([^"]+)"', text)
    return {word for word in found if len(word) > 3 and "#" not in word}


@pytest.mark.parametrize(("language", "other"), [("de", "en"), ("en", "de")])
def test_no_page_shows_a_word_of_the_other_language(built_site: Path, language: str, other: str) -> None:
    own = own_words(language) | theme_words(language) | SHARED
    foreign = (own_words(other) | theme_words(other)) - own
    assert len(foreign) > 50
    for page in pages(built_site / language):
        assert foreign & set(read(page).words) == set(), page


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_page_names_its_language(built_site: Path, language: str) -> None:
    for page in pages(built_site / language):
        html = next(tag for tag in read(page).tags if tag.name == "html")
        assert html.attributes["lang"] == language, page


DATIVE = re.compile(r"\b(?:aus|bei|in|mit|nach|seit|von|vor|zu) \d+ (?:Monate|Tage|Jahre)\b")


def test_numbers_stand_in_their_case(built_site: Path) -> None:
    """A label with a number is put into sentences that ask for another form of its word."""
    for page in pages(built_site / "de"):
        assert [words for words in read(page).words if DATIVE.search(words)] == [], page
