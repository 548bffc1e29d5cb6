"""Books of a level with many tutorials are split into printable parts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from stufenweise.assemble.page_list import all_pages
from stufenweise.assemble.page_source import page_source
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.handouts.cache_keys import CacheKeys
from stufenweise.handouts.cached_printing import print_jobs, print_missing, try_printing
from stufenweise.handouts.handout import BOOK_OF_COPY, Checklists, LevelBook, Poster
from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.handouts.handout_data import HandoutDataFactory
from stufenweise.handouts.handout_list import MAX_IN_ONE_BOOK, PER_PART, all_handouts
from stufenweise.handouts.pdf_cache import PdfCache
from stufenweise.handouts.text_trees import item_trees
from stufenweise.handouts.tutorial_data import tutorial_data
from stufenweise.handouts.typeset import page_count
from stufenweise.handouts.typst_compiler import TypstCompiler
from stufenweise.i18n.labels import package_labels
from stufenweise.load.library_builder import build_library
from stufenweise.load.loader import load_content
from stufenweise.localized.localized_library import Download, LocalizedLibrary
from stufenweise.model import page_paths
from stufenweise.model.data_facts import FigureFacts
from stufenweise.model.library import MAX_TUTORIALS_WITH_BOOKS, Figure, Library, Tutorial
from stufenweise.source.files.content_files import read_content_files
from texts import SMALL_LIBRARY


def small_library() -> Library:
    """Return the library of three tutorials that most tests use."""
    return build_library(load_content(read_content_files(SMALL_LIBRARY), ("de", "en")))


def branding_of(count: int) -> HandoutBranding:
    """Return the branding of a library with `count` tutorials in its first level, and one in the second."""
    library = small_library()
    first, *_, last = library.tutorials
    many = [replace(first, slug=f"t-{number:02}") for number in range(count)]
    library = replace(library, tutorials=(*many, last))
    labels = {code: package_labels(code) for code in library.languages}
    return HandoutBranding(
        localized=LocalizedLibrary(library=library, language="en", labels_by_language=labels),
        name="Haus",
        root_url="",
        logo=b"",
        colour="#000000",
        accent="",
    )


def books(branding: HandoutBranding, kind: str) -> list[LevelBook]:
    """Return the books of a kind for the first level."""
    found = (book for book in all_handouts(branding) if isinstance(book, LevelBook))
    return [book for book in found if book.kind == kind and book.level.facts.level == 1]


@pytest.mark.parametrize("kind", ["workbook", "mentor-book"])
def test_a_level_that_fits_on_a_cover_has_one_book(kind: str) -> None:
    [book] = books(branding_of(MAX_IN_ONE_BOOK), kind)
    assert book.name == f"level-1-{kind}"
    assert len(book.tutorials) == MAX_IN_ONE_BOOK
    assert not book.is_part


@pytest.mark.parametrize("kind", ["workbook", "mentor-book"])
def test_a_larger_one_has_parts_with_each_tutorial_in_one_of_them(kind: str) -> None:
    branding = branding_of(2 * PER_PART + 3)
    parts = books(branding, kind)
    assert [part.name for part in parts] == [f"level-1-{kind}-{number}" for number in (1, 2, 3)]
    assert [len(part.tutorials) for part in parts] == [PER_PART, PER_PART, 3]
    bound = [tutorial.slug for part in parts for tutorial in part.tutorials]
    assert bound == [member.slug for member in branding.localized.tutorials_by_level[1]]
    assert parts[1].title.endswith(", tutorials 1.11 to 1.20")
    assert all(part.is_part for part in parts)


@pytest.mark.parametrize("kind", ["workbook", "mentor-book"])
def test_a_level_of_hundreds_of_pages_has_no_book(kind: str) -> None:
    assert len(books(branding_of(MAX_TUTORIALS_WITH_BOOKS), kind)) == MAX_TUTORIALS_WITH_BOOKS // PER_PART
    branding = branding_of(MAX_TUTORIALS_WITH_BOOKS + 1)
    assert books(branding, kind) == []
    assert {handout.kind for handout in all_handouts(branding)} >= {"mentee", "mentor", kind}, "other levels have books"


def test_a_part_lists_its_own_checklists_alone() -> None:
    branding = branding_of(MAX_IN_ONE_BOOK + 1)
    second = books(branding, "workbook")[1]
    data: Mapping[str, Any] = HandoutDataFactory(branding).build(second)
    [checklists] = data["checklists"]
    assert len(checklists["parts"]) == len(second.tutorials) == 2


@pytest.mark.parametrize("content", ["content", "tests/library/content"])
def test_items_that_are_converted_alone_are_those_of_the_whole_text(content: str) -> None:
    """After an edit, the checklists of all levels are printed anew, and nothing else of most tutorials."""
    library = build_library(load_content(read_content_files(ROOT / content), ("de", "en")))
    labels = {code: package_labels(code) for code in library.languages}
    branding = HandoutBranding(
        localized=LocalizedLibrary(library=library, language="de", labels_by_language=labels),
        name="Haus",
        root_url="https://intranet.example.org/",
    )
    for tutorial in library.tutorials:
        assert item_trees(branding, tutorial.text("de")) == tutorial_data(branding, tutorial)["items"], tutorial.slug


def test_pages_offer_all_parts_in_order() -> None:
    branding = branding_of(MAX_IN_ONE_BOOK + 1)
    downloads = {
        handout.name: Download(
            kind=handout.kind, path=handout.path, title=handout.title, pages=1, size=1, is_part=handout.is_part
        )
        for handout in all_handouts(branding)
    }
    localized = replace(branding.localized, downloads=downloads)
    first, second = localized.library.levels
    assert localized.level_books(first) == [
        "level-1-workbook-1", "level-1-workbook-2", "level-1-mentor-book-1", "level-1-mentor-book-2",
    ]  # fmt: skip
    assert localized.level_books(second) == ["level-2-workbook", "level-2-mentor-book"]


@pytest.mark.parametrize("path", ["levels/level-1.md", page_paths.DOWNLOADS])
def test_pages_say_why_a_level_has_no_books(path: str) -> None:
    branding = branding_of(MAX_TUTORIALS_WITH_BOOKS + 1)
    downloads = {
        handout.name: Download(kind=handout.kind, path=handout.path, title=handout.title, pages=1, size=1)
        for handout in all_handouts(branding)
    }
    library = branding.localized.library
    named_on_pages = small_library().tutorials[:2]
    copies = library.tutorials[len(named_on_pages) :]
    library = replace(library, tutorials=(*named_on_pages, *copies))
    localized = replace(branding.localized, library=library, downloads=downloads)
    [page] = [page for page in all_pages(localized) if page.path == path]
    reason = f"{MAX_TUTORIALS_WITH_BOOKS + 1} tutorials are too many for one workbook. Each has its own sheets."
    assert page_source(page, localized.labels).replace("\\", "").count(reason) == 1
    others = [page_source(page, localized.labels) for page in all_pages(localized) if page.path == "levels/level-2.md"]
    assert not any("too many" in source for source in others)


def guides(title: str = "") -> tuple[LevelBook, str]:
    """Return a mentor's book, with the title of its first tutorial or another, and its data."""
    branding = branding_of(2)
    [book] = books(branding, "mentor-book")
    data: Mapping[str, Any] = HandoutDataFactory(branding).build(book)
    tutorials = [{**tutorial, "title": title or tutorial["title"]} for tutorial in data["tutorials"]]
    return book, json.dumps({**data, "tutorials": tutorials}, ensure_ascii=False)


@pytest.mark.typst
def test_a_book_in_which_everything_fits_is_the_same_with_and_without_a_measure() -> None:
    book, data = guides()
    compiler = TypstCompiler()
    measured = compiler.typeset_json(data)
    assert compiler.typeset_json(data, bound_pages=book.bound_pages) == measured
    assert page_count(measured) == LevelBook.front_pages + book.bound_pages


@pytest.mark.typst
def test_a_book_in_which_something_is_too_long_is_measured() -> None:
    book, data = guides("Long " * 400)
    compiler = TypstCompiler()
    measured = compiler.typeset_json(data)
    assert page_count(measured) > LevelBook.front_pages + book.bound_pages
    assert compiler.typeset_json(data, bound_pages=book.bound_pages) == measured


def odd_level(branding: HandoutBranding) -> HandoutBranding:
    """Return a branding whose first level has a character in its summary that is missing from all fonts."""
    library = branding.localized.library
    first, *others = library.levels
    text = replace(first.texts["en"], summary="A unicorn \U0001f984.")
    levels = (replace(first, texts={**first.texts, "en": text}), *others)
    return replace(branding, localized=replace(branding.localized, library=replace(library, levels=levels)))


@pytest.mark.typst
def test_of_a_book_that_nobody_needs_only_the_front_is_printed(tmp_path: Path) -> None:
    branding, folder = odd_level(branding_of(2)), SafeFolder(tmp_path)
    jobs = print_jobs(branding, [book for kind in BOOK_OF_COPY.values() for book in books(branding, kind)])
    fronts = try_printing(jobs, PdfCache(folder, "site"))
    assert not any(result.has_file or result.file.exists() for result in fronts)
    again = try_printing(jobs, PdfCache(folder, "site"))
    assert all(result.from_cache and result.entry.is_front for result in again)
    whole = print_missing(jobs, PdfCache(folder, "site"))
    assert all(result.has_file for result in whole)
    assert all(result.entry.pages == page_count(result.read()) > LevelBook.front_pages for result in whole)
    # What is wrong with a book is wrong with its front.
    for printed in (fronts, again, whole):
        assert [result.entry.characters for result in printed] == [("\U0001f984",)] * 2
    assert all(result.from_cache and result.has_file for result in try_printing(jobs, PdfCache(folder, "site")))


def longer(tutorial: Tutorial) -> Tutorial:
    """Return a tutorial with one more sentence, so that its checklist stands further below."""
    text = tutorial.texts["en"]
    why = replace(text.sections["why"], body=f"{text.sections['why'].body}\n\nMore.")
    moved = {name: replace(section, line=section.line + 2) for name, section in text.sections.items()}
    return replace(tutorial, texts={**tutorial.texts, "en": replace(text, sections={**moved, "why": why})})


def ticked_off(tutorial: Tutorial) -> Tutorial:
    """Return a tutorial with another first item in its checklist."""
    text = tutorial.texts["en"]
    first, *rest = text.items
    checklist = replace(text.sections["checklist"], items=(replace(first, text="Another thing"), *rest))
    return replace(
        tutorial, texts={**tutorial.texts, "en": replace(text, sections={**text.sections, "checklist": checklist})}
    )


@pytest.mark.parametrize("kind", [Checklists, Poster])
@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        (longer, True),
        (ticked_off, False),
        (lambda tutorial: replace(tutorial, facts=tutorial.facts.model_copy(update={"minutes": 35})), False),
    ],
    ids=["a sentence", "the checklist", "minutes"],
)
def test_a_list_of_all_tutorials_is_printed_anew_when_it_shows_something_else(
    kind: type[Checklists | Poster], change: Callable[[Tutorial], Tutorial], is_same: bool
) -> None:
    def printed(branding: HandoutBranding) -> tuple[str, object]:
        [handout] = [candidate for candidate in all_handouts(branding) if isinstance(candidate, kind)]
        whole = replace(handout, listed=branding.localized.library.tutorials)
        data = HandoutDataFactory(branding).build(handout)
        assert data == HandoutDataFactory(branding).build(whole)
        return CacheKeys(branding).key(handout), data

    before = branding_of(2)
    library = before.localized.library
    changed = replace(library, tutorials=(change(library.tutorials[0]), *library.tutorials[1:]))
    (key, data), (new_key, new_data) = (
        printed(before),
        printed(replace(before, localized=replace(before.localized, library=changed))),
    )
    assert (key == new_key) is is_same
    assert key != new_key or data == new_data


def test_a_workbook_is_printed_anew_when_a_word_in_a_figure_changes() -> None:
    def key(word: str) -> tuple[str, str]:
        words = FigureFacts(title="Rings", alt="Rings around a person.", words={"ring": word})
        drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
        figure = Figure(name="rings", drawing=drawing, words={"en": words}, source_language="en")
        branding = branding_of(2)
        library = replace(branding.localized.library, figures=(figure,))
        shown = [with_figure(tutorial) for tutorial in library.tutorials]
        localized = replace(branding.localized, library=replace(library, tutorials=tuple(shown)))
        branding = replace(branding, localized=localized)
        found = {handout.name: CacheKeys(branding).key(handout) for handout in all_handouts(branding)}
        return found["level-1-workbook"], found["checklists"]

    (book, checklists), (new_book, new_checklists) = key("open"), key("closed")
    assert book != new_book
    assert checklists == new_checklists


def with_figure(tutorial: Tutorial) -> Tutorial:
    """Return a tutorial whose first step shows a figure."""
    text = tutorial.texts["en"]
    steps = text.sections["steps"]
    first = replace(steps.steps[0], body=f"{steps.steps[0].body}\n\n![](../figures/rings.svg)")
    sections = {**text.sections, "steps": replace(steps, steps=(first, *steps.steps[1:]))}
    return replace(tutorial, texts={**tutorial.texts, "en": replace(text, sections=sections)})
