"""The files of a published site, and the metadata of its pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT
from html_pages import pages, read, words_of
from other_base import INSTALLED, shipped_on_another_base

SITE_URL = "https://intranet.example.org/rm/"
STOCK = 65_600
"""Bytes that stock Material loads for a page without text of its own (benchmarks/weight.py)."""
HEAVIER = 20_000
"""By how many bytes the first view may be heavier."""
FORMS = ("begin/", "our-programme/", "programmes/planner/", "programmes/goal-sheet/")
"""Pages whose text is a form of ours, so that all that they weigh is ours to answer for."""


def test_the_languages_have_the_same_pages(built_site: Path) -> None:
    german = {str(page.relative_to(built_site / "de")) for page in pages(built_site / "de")}
    english = {str(page.relative_to(built_site / "en")) for page in pages(built_site / "en")}
    assert german == english


def test_every_page_says_the_same_word_for_word_on_another_base(
    built_project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """So all other tests of pages hold for that base, too."""
    site, other = built_project / "site", shipped_on_another_base(tmp_path_factory, built_project)
    [script] = INSTALLED.glob("material/templates/assets/javascripts/bundle.*.min.js")
    assert not (site / "de" / "assets" / "javascripts" / script.name).exists()
    assert (other / "de" / "assets" / "javascripts" / script.name).is_file(), "It is the other theme."
    expected = {page.relative_to(site): words_of(page) for page in pages(site)}
    assert {page.relative_to(other): words_of(page) for page in pages(other)} == expected


def test_all_tutorials_and_levels_of_the_content_have_a_page(built_site: Path) -> None:
    content = Path(__file__).parent.parent.parent / "content"
    for folder in ("tutorials", "levels"):
        slugs = {path.name.split(".")[0] for path in (content / folder).glob("*.de.md")}
        assert len(slugs) >= (8 if folder == "tutorials" else 5)
        for slug in slugs:
            for language in ("de", "en"):
                assert (built_site / language / folder / slug / "index.html").is_file()


def test_there_are_no_source_maps_and_no_leftovers(built_site: Path) -> None:
    names = [path.name for path in built_site.rglob("*") if path.is_file()]
    assert [name for name in names if name.endswith((".map", ".gz", ".md", ".py"))] == []


def test_the_site_map_names_every_page_in_both_languages(built_site: Path) -> None:
    text = (built_site / "sitemap.xml").read_text(encoding="utf-8")
    locations = set(re.findall(r"<loc>([^<]+)</loc>", text))
    expected = {
        SITE_URL + str(page.relative_to(built_site)).removesuffix("index.html")
        for language in ("de", "en")
        for page in pages(built_site / language)
        if page.name != "404.html"
    }
    assert locations == expected
    assert "hreflang=" in text
    assert "<lastmod>2026-11-23</lastmod>" in text


def test_a_page_names_its_twin(built_site: Path) -> None:
    page = read(built_site / "de" / "tutorials" / "find-people" / "index.html")
    twins = {
        tag.attributes["hreflang"]: tag.attributes["href"]
        for tag in page.tags
        if tag.name == "link" and "hreflang" in tag.attributes
    }
    assert twins["en"] == f"{SITE_URL}en/tutorials/find-people/"
    assert twins["de"] == f"{SITE_URL}de/tutorials/find-people/"
    assert "../../../en/tutorials/find-people/" in page.links


def test_a_page_leads_to_its_file_in_the_content(built_site: Path) -> None:
    for language in ("de", "en"):
        page = read(built_site / language / "tutorials" / "find-people" / "index.html")
        edit = f"https://git.example.org/x/edit/main/content/tutorials/find-people.{language}.md"
        assert edit in page.links


def test_a_pages_date_is_that_of_its_review(built_site: Path) -> None:
    page = read(built_site / "de" / "tutorials" / "find-people" / "index.html")
    assert any("Geprüft am 28. November 2026" in word for word in page.words)


def test_each_language_has_a_404_that_leads_home(site_on_each_base: Path) -> None:
    for language in ("de", "en"):
        page = read(site_on_each_base / language / "404.html")
        assert f"/rm/{language}/" in [link.replace("/./", "/").removesuffix(".") for link in page.links]


def test_the_start_page_leads_to_each_language_without_a_script(built_site: Path) -> None:
    links = {link.removesuffix("index.html") for link in read(built_site / "index.html").links}
    assert {"de/", "en/"} <= links


def test_each_mentors_part_is_folded_away(built_site: Path) -> None:
    for page in pages(built_site / "de" / "tutorials"):
        if page.parent.name != "tutorials":
            details = [tag for tag in read(page).tags if tag.name == "details"]
            mentors = [tag for tag in details if tag.attributes.get("class") == "mentor"]
            assert len(mentors) == 1, page
            assert all("open" not in tag.attributes for tag in details), page


def test_every_box_has_a_label_and_can_be_ticked(built_site: Path) -> None:
    for page in pages(built_site / "de" / "tutorials"):
        tags = read(page).tags
        labels = {tag.attributes.get("for") for tag in tags if tag.name == "label"}
        boxes = [tag for tag in tags if tag.name == "input" and "data-item" in tag.attributes]
        if page.parent.name != "tutorials":
            assert len(boxes) >= 3, page
        assert all(box.attributes["id"] in labels and "disabled" not in box.attributes for box in boxes)


def test_terms_are_explained_where_they_occur_and_lead_to_the_glossary(built_site: Path) -> None:
    explained = 0
    known = read(built_site / "de" / "glossary" / "index.html").ids
    for page in pages(built_site / "de" / "tutorials"):
        html = read(page)
        terms = [tag for tag in html.tags if tag.name == "a" and tag.attributes.get("class") == "term"]
        assert all(tag.attributes["href"].removeprefix("../../glossary/#") in known for tag in terms), page
        assert all(tag.attributes["title"] and tag.attributes["data-term"] for tag in terms), page
        explained += len(terms)
    assert explained > 0


def test_both_charts_stand_beside_a_table(built_site: Path) -> None:
    for path in ("levels/index.html", "programmes/index.html"):
        tags = read(built_site / "de" / path).tags
        drawings = [index for index, tag in enumerate(tags) if tag.attributes.get("role") == "img"]
        assert len(drawings) == 1, path
        assert "table" in [tag.name for tag in tags[drawings[0] :]]


@pytest.mark.parametrize("path", FORMS)
def test_the_first_view_of_a_form_is_not_much_heavier_than_an_empty_page(
    path: str, built_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    from weight import weight

    for language in ("de", "en"):
        assert weight(built_project / "site" / language / path / "index.html") <= STOCK + HEAVIER, language
