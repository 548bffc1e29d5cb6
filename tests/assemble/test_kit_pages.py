"""The kit has its pages below the guides, and a plan's dates are read from its text."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import ROOT
from stufenweise.assemble.navigation import navigation
from stufenweise.assemble.page_list import all_pages, page_of_text
from stufenweise.assemble.page_source import page_source
from stufenweise.assemble.text_pages import milestones
from stufenweise.i18n.labels import package_labels
from stufenweise.load.library_builder import build_library
from stufenweise.load.loader import load_content
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model.paths import ContentPath
from stufenweise.model.text import Section, Text
from stufenweise.source.files.content_files import read_content_files

LANGUAGES = ("de", "en")


def text_with(body: str) -> Text:
    section = Section(id="milestones", heading="Dates", body=body, line=1)
    return Text(
        language="en",
        title="Plan",
        summary="A plan.",
        path=ContentPath("kit/plan.en.md"),
        sections={"milestones": section},
        digest="0" * 12,
    )


@pytest.fixture(scope="module")
def localized() -> LocalizedLibrary:
    library = build_library(load_content(read_content_files(ROOT / "content"), LANGUAGES))
    return LocalizedLibrary(
        library=library, language="en", labels_by_language={code: package_labels(code) for code in LANGUAGES}
    )


def test_each_piece_has_a_page_and_stands_behind_the_coordinators_door(localized: LocalizedLibrary) -> None:
    paths = [page.path for page in all_pages(localized) if page.path.startswith("kit/")]
    assert paths == ["kit/index.md", *(f"kit/{piece.slug}.md" for piece in localized.library.kit)]
    tabs: dict[str, Any] = {name: pages for entry in navigation(localized) for name, pages in entry.items()}
    assert [*tabs] == ["Start", "Our programme", "Tutorials", "For coordinators", "Help"]
    assert {"Coordinator’s kit": paths} in tabs["For coordinators"]
    assert "guides/where-this-comes-from.md" in tabs["Help"]
    page = page_of_text(localized, "kit/interest.de.md")
    assert page
    assert page.path == "kit/interest.md"


def test_the_place_of_the_sheets_is_there_without_sheets(localized: LocalizedLibrary) -> None:
    """Texts link to it."""
    page = next(page for page in all_pages(localized) if page.path == "kit/index.md")
    source = page_source(page, localized.labels)
    assert "## Sheets for the pairs {#sheets}\n\nThis site has no sheets" in source


def test_both_languages_of_the_plan_have_the_same_weeks(localized: LocalizedLibrary) -> None:
    plan = next(piece for piece in localized.library.kit if piece.slug == "half-year-plan")
    weeks = {code: [milestone["week"] for milestone in milestones(plan.texts[code])] for code in LANGUAGES}
    assert weeks["de"] == weeks["en"] == sorted(weeks["de"])
    assert len(weeks["de"]) == len(plan.texts["de"].sections["milestones"].body.splitlines())


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("- **Week 3:** Ask & match", [{"week": 3, "what": "Ask &amp; match"}]),
        ("* **3. Woche** [Paare](matching.de.md) bilden", [{"week": 3, "what": "Paare bilden"}]),
        ("- Week 3: no bold words", []),
        ("- **Soon:** no number", []),
    ],
)
def test_an_item_begins_with_its_week_in_bold(line: str, found: list[dict[str, object]]) -> None:
    assert milestones(text_with(line)) == found


def test_a_text_without_such_a_list_has_no_dates() -> None:
    assert (
        milestones(
            Text(
                language="en",
                title="Plan",
                summary="A plan.",
                path=ContentPath("kit/plan.en.md"),
                sections={},
                digest="0" * 12,
            )
        )
        == []
    )
