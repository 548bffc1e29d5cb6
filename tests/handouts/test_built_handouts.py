"""The printed handouts: page counts, fonts, order, and no mentor text on the leader's sheet."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pymupdf
import pytest
from conftest import ROOT
from stufenweise.handouts.printed_figures import figure_names
from stufenweise.load.library_builder import build_library
from stufenweise.load.loader import load_content
from stufenweise.model.library import Library, Tutorial
from stufenweise.source.files.content_files import read_content_files
from stufenweise.source.markdown.writing_places import Field, read_places

pytestmark = pytest.mark.xdist_group("built handouts")  # So one process reads each PDF once

LANGUAGES = ("de", "en")
A4 = (595.28, 841.89)
A3_WIDE = (1190.55, 841.89)
NEXT = {"de": "Mein nächster Schritt bis", "en": "My next step, by"}
NOTES = {"de": "Notizen", "en": "Notes"}
MIN_SIZE = 10.5
"""Smallest type on a handout, in points."""


@pytest.fixture(scope="session")
def content() -> Library:
    return build_library(load_content(read_content_files(ROOT / "content"), LANGUAGES))


def sheet(handouts: Path, language: str, name: str) -> Path:
    return handouts / language / "handouts" / f"{name}.pdf"


@cache
def opened(file: Path) -> pymupdf.Document:
    return pymupdf.open(file)


@cache
def pages(file: Path) -> tuple[str, ...]:
    """Return the text of each page."""
    return tuple(page.get_text() for page in opened(file).pages())


def lines(file: Path) -> str:
    return "\n".join(pages(file))


def sizes(file: Path) -> set[float]:
    """Return the sizes of all type, in points."""
    blocks = (block for page in opened(file).pages() for block in page.get_text("dict", flags=0)["blocks"])
    spans = (span for block in blocks for line in block["lines"] for span in line["spans"])
    return {round(span["size"], 2) for span in spans if span["text"].strip()}


def words(text: str) -> str:
    """Return text without anything that depends on where lines end."""
    return re.sub(r"[^\w]", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tutorial_has_one_page_for_the_mentee_and_two_for_the_mentor(
    language: str, handouts: Path, content: Library
) -> None:
    """Practice material has a page of its own behind them, and so has its key."""
    assert content.tutorials
    for tutorial in content.tutorials:
        sections = tutorial.text(language).sections
        more = {"mentee": "material" in sections, "mentor": sections["mentor"].key is not None}
        for copy, count in (("mentee", 1), ("mentor", 2)):
            boxes = _boxes(sheet(handouts, language, f"{tutorial.slug}-{copy}"))
            assert boxes == [pytest.approx(A4, abs=0.1)] * (count + more[copy])


def _boxes(file: Path) -> list[tuple[float, float]]:
    return [(page.rect.width, page.rect.height) for page in opened(file).pages()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_books_and_forms_have_the_pages_they_promise(language: str, handouts: Path, content: Library) -> None:
    for level in content.levels:
        own = [tutorial.slug for tutorial in content.tutorials if tutorial.facts.level == level.facts.level]
        # Cover and aims, the sheets, and in the leader's book the checklist.
        for book, copy, extra in (("workbook", "mentee", 3), ("mentor-book", "mentor", 2)):
            sheets = sum(len(opened(sheet(handouts, language, f"{slug}-{copy}"))) for slug in own)
            file = sheet(handouts, language, f"{level.slug}-{book}")
            figures = _pages_of_figures(file, content, language) if book == "workbook" else 0
            assert len(opened(file)) == sheets + extra + figures
    assert len(opened(sheet(handouts, language, "checklists"))) == len(content.levels)
    for programme in content.programmes:
        slugs = {slug for session in programme.facts.plan for slug in session.tutorials}
        names = [f"{slug}-{copy}" for slug in slugs for copy in ("mentee", "mentor")]
        sheets = sum(len(opened(sheet(handouts, language, name))) for name in names)
        assert len(opened(sheet(handouts, language, f"{programme.slug}-sheets"))) == sheets + 1
    for name in ("agreement", "pocket-card", "leader-card"):
        assert _boxes(sheet(handouts, language, name)) == [pytest.approx(A4, abs=0.1)]
    assert _boxes(sheet(handouts, language, "poster")) == [pytest.approx(A3_WIDE, abs=0.1)]


def _pages_of_figures(file: Path, content: Library, language: str) -> int:
    """Return how many pages of a workbook show figures; those of practice texts have room for notes, too."""
    titles = {words(figure.text(language).title) for figure in content.figures}
    return sum(NOTES[language] not in page and any(title in words(page) for title in titles) for page in pages(file))


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_stand_beside_practice_texts_and_in_the_workbook(
    language: str, handouts: Path, content: Library
) -> None:
    figures = {figure.name: figure.text(language) for figure in content.figures}
    books = {level.facts.level: sheet(handouts, language, f"{level.slug}-workbook") for level in content.levels}
    for tutorial in content.tutorials:
        text = tutorial.text(language)
        shown = [figures[name] for name in figure_names(text)]
        book = words(lines(books[tutorial.facts.level]))
        assert [drawing.title for drawing in shown if words(drawing.title) not in book] == [], tutorial.slug
        if "material" in text.sections:
            text_there = words(lines(sheet(handouts, language, f"{tutorial.slug}-mentee")))
            assert [drawing.title for drawing in shown if words(drawing.title) not in text_there] == [], tutorial.slug
    assert len(figures) == sum(len([*figure_names(item.text(language))]) for item in content.tutorials)


@pytest.mark.parametrize("language", LANGUAGES)
def test_handouts_are_named_and_in_their_language(language: str, handouts: Path) -> None:
    """PDF/UA-1 requires tags and a shown title: see test_standards.py."""
    for file in sorted((handouts / language / "handouts").glob("*.pdf")):
        found = opened(file)
        assert found.xref_get_key(found.pdf_catalog(), "Lang") == ("string", language), file.name
        assert found.metadata
        assert found.metadata["title"].endswith(" – Stufenweise"), file.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_type_is_large_enough_and_every_font_comes_along(language: str, handouts: Path) -> None:
    for file in sorted((handouts / language / "handouts").glob("*.pdf")):
        assert min(sizes(file)) >= MIN_SIZE, (file.name, sizes(file))
        fonts = {(name, ending) for page in opened(file).pages() for _, ending, _, name, *_ in page.get_fonts()}
        assert fonts
        for name, ending in fonts:
            assert re.search("StufenweiseSans|DejaVuSansMono", name), (file.name, name)
            # The kind of the font's file in there, "n/a" if there is none.
            assert ending in {"cff", "cid", "otf", "ttf"}, (file.name, name, ending)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_as_many_boxes_as_checklist_items(language: str, handouts: Path, content: Library) -> None:
    for tutorial in content.tutorials:
        items = len(tutorial.text(language).items)
        for copy in ("mentee", "mentor"):
            assert lines(sheet(handouts, language, f"{tutorial.slug}-{copy}")).count("☐") == items
    for page, level in zip(pages(sheet(handouts, language, "checklists")), content.levels, strict=True):
        own = [candidate for candidate in content.tutorials if candidate.facts.level == level.facts.level]
        expected = len(level.text(language).items) + sum(len(other.text(language).items) for other in own)
        assert page.count("☐") == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_leader_reads_case_steps_checklist_and_next_step_in_this_order(
    language: str, handouts: Path, content: Library
) -> None:
    for tutorial in content.tutorials:
        text = tutorial.text(language)
        found = words(lines(sheet(handouts, language, f"{tutorial.slug}-mentee"))).replace("_", "")
        case = re.sub(r"[*_]", "", text.sections["why"].body.partition("\n\n")[0])
        parts = [text.title, case, *_titles(tutorial, language), text.sections["checklist"].heading, NEXT[language]]
        place = 0
        for part in parts:
            place = found.find(words(part), place)
            assert place >= 0, (tutorial.slug, part)


def _titles(tutorial: Tutorial, language: str) -> list[str]:
    return [re.sub(r"[*_]", "", step.title) for step in tutorial.text(language).steps]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_leaders_sheets_and_books_have_nothing_of_the_mentors_part(
    language: str, handouts: Path, content: Library
) -> None:
    books = {
        level.facts.level: words(lines(sheet(handouts, language, f"{level.slug}-workbook"))) for level in content.levels
    }
    for tutorial in content.tutorials:
        section = tutorial.text(language).sections["mentor"]
        told = [step.guidance for step in tutorial.text(language).steps if step.guidance]
        said = [
            *section.body.splitlines(),
            *(line for guidance in told for line in (guidance.do, guidance.ask, guidance.watch)),
        ]
        plain = [words(re.sub(r"[*_]|\(.*?\)|\[|\]", "", line)) for line in said]
        long = [line for line in plain if len(line) > 30]
        assert long
        mentee = words(lines(sheet(handouts, language, f"{tutorial.slug}-mentee")))
        mentor = words(lines(sheet(handouts, language, f"{tutorial.slug}-mentor")))
        assert not [part for part in long if part in mentee or part in books[tutorial.facts.level]], tutorial.slug
        assert sum(part in mentor for part in long) >= len(long) - 2, tutorial.slug


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_to_write_in_is_on_the_leaders_sheet(language: str, handouts: Path, content: Library) -> None:
    for tutorial in content.tutorials:
        found = words(lines(sheet(handouts, language, f"{tutorial.slug}-mentee")))
        for step in tutorial.text(language).steps:
            for place in read_places(step.body, step.id):
                given = (
                    [place.label] if isinstance(place, Field) else [*place.head, *(c for r in place.rows for c in r)]
                )
                plain = (words(re.sub(r"[*_]|\]\(.*?\)", "", line)) for line in given)
                assert not [line for line in plain if line not in found], (tutorial.slug, step.id, place)


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbooks_can_be_leafed_through_by_bookmarks(language: str, handouts: Path, content: Library) -> None:
    level = content.levels[0]
    for book in ("workbook", "mentor-book"):
        names = [title for _, title, _ in opened(sheet(handouts, language, f"{level.slug}-{book}")).get_toc()]
        for tutorial in (candidate for candidate in content.tutorials if candidate.facts.level == level.facts.level):
            title = tutorial.text(language).title
            assert sum(name == title for name in names) == 1, (title, names)


def test_the_code_leads_to_the_page_in_words_too(handouts: Path) -> None:
    file = sheet(handouts, "de", "find-people-mentee")
    assert "intranet.example.org/rm/de/tutorials/find-people/" in lines(file)
    links = [link["uri"] for link in opened(file)[0].get_links()]
    assert links == ["https://intranet.example.org/rm/de/tutorials/find-people/"]


def test_no_handout_asks_for_a_name_a_score_or_a_signature(handouts: Path) -> None:
    for form in ("*-mentee", "agreement", "kit-feedback-*"):
        for file in sorted(handouts.glob(f"*/handouts/{form}.pdf")):
            text = lines(file)
            asked = re.search(
                r"\b(unterschrift|signature|punktzahl|score|name: *$)", text, re.IGNORECASE | re.MULTILINE
            )
            assert not asked, file.name


def _lines_above(height: float, heights: set[float], gap: float) -> int:
    """Return how many lines stand one `gap` above the other from `height` on; other things may stand between them."""
    count = 1
    while any(abs(other - height - count * gap) < 0.4 for other in heights):
        count += 1
    return count


def test_a_fifth_of_the_leaders_page_is_for_notes(handouts: Path) -> None:
    """On lines 8 mm apart."""
    gap = 8 / 25.4 * 72
    for file in sorted(handouts.glob("*/handouts/*-mentee.pdf")):
        data = opened(file)[0].read_contents().decode("latin-1")
        heights = {float(y) for y in re.findall(r"[\d.]+ [\d.]+ [\d.-]+ [\d.-]+ [\d.-]+ ([\d.]+) cm", data)}
        longest = max(_lines_above(height, heights, gap) for height in heights)
        assert longest * gap >= A4[1] / 5 - gap, (file.name, heights)
