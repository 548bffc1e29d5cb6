"""A problem of a handout is named once, by the smallest handout that has it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from day import TODAY
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.handouts.handout import (
    COPIES,
    FormHandout,
    Handout,
    KitSet,
    LevelBook,
    Selection,
    TutorialHandout,
)
from stufenweise.handouts.handout_problems import handout_problems
from stufenweise.handouts.pdf_cache import CacheEntry, PrintedHandout
from stufenweise.model.facts import FormFacts
from stufenweise.model.library import Form, Library
from stufenweise.model.paths import ContentPath
from stufenweise.model.text import Text
from stufenweise.stages.project_stage import open_project
from texts import SMALL_LIBRARY

from .conftest import library

REFUSED = CacheEntry(key="", typst_error="no such thing")
FACTS = FormFacts(title="Karte", summary="Kurz.", reviewed=TODAY, review_months=12)
TEXT = Text(
    language="de", title="Karte", summary="", path=ContentPath("forms/pocket-card.de.md"), sections={}, digest=""
)
CARD = Form(slug="pocket-card", facts=FACTS, texts={"de": TEXT}, source_language="de")


@pytest.fixture
def found(project: Callable[..., Path], tmp_path: Path) -> Callable[..., list[str]]:
    """Return a function that gives the titles of the handouts that are named if all of these are refused."""
    opened = open_project(project(content=SMALL_LIBRARY), TODAY).value
    assert opened

    def titles(*handouts: Handout) -> list[str]:
        printed = [PrintedHandout(handout=handout, cache=SafeFolder(tmp_path), entry=REFUSED) for handout in handouts]
        return [problem.message_values["name"] for problem in handout_problems(printed, opened)]

    return titles


@pytest.fixture(scope="module")
def texts() -> Library:
    return library(SMALL_LIBRARY)


def sheet(texts: Library, language: str = "de") -> TutorialHandout:
    first = texts.tutorials[0]
    return TutorialHandout(kind="mentee", name="s", language=language, title=f"sheet {language}", tutorial=first)


def book(texts: Library, language: str = "de") -> LevelBook:
    level = texts.levels[0]
    bound, copies = texts.tutorials_of(level), COPIES[:1]
    title = f"book {language}"
    return LevelBook(kind="workbook", name="b", language=language, title=title, level=level, bound=bound, copies=copies)


def card(language: str = "de") -> FormHandout:
    return FormHandout(kind=CARD.slug, name=CARD.slug, language=language, title=f"card {language}", form=CARD)


def kit_set(language: str = "de") -> KitSet:
    return KitSet(name="kit-set", language=language, title=f"set {language}", forms=(CARD,), pieces=(), pairs=10)


def test_a_book_is_named_only_if_none_of_its_tutorials_is(found: Callable[..., list[str]], texts: Library) -> None:
    assert found(sheet(texts), book(texts)) == ["sheet de"]
    assert found(book(texts)) == ["book de"]


def test_a_selection_of_one_tutorial_does_not_stand_for_its_sheet(
    found: Callable[..., list[str]], texts: Library
) -> None:
    one = Selection(name="x", language="de", title="selection de", bound=texts.tutorials[:1], copies=COPIES)
    assert found(one, sheet(texts)) == ["sheet de"]
    assert found(one, book(texts)) == ["selection de", "book de"]


def test_a_set_is_named_only_if_none_of_its_sheets_is(found: Callable[..., list[str]]) -> None:
    assert found(card(), kit_set()) == ["card de"]
    assert found(kit_set()) == ["set de"]


def test_each_language_is_named_by_itself(found: Callable[..., list[str]], texts: Library) -> None:
    assert found(kit_set("de"), kit_set("en")) == ["set de", "set en"]
    assert found(sheet(texts, "de"), book(texts, "en")) == ["sheet de", "book en"]
