"""Printing a page in the browser: all of the text, nothing else, with boxes to tick and addresses to type."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, PdfMargins
from pypdf import PdfReader

TUTORIAL = "tutorials/build-my-network/"


@pytest.fixture
def paper_page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 794, "height": 1123})
    page.goto(f"{address}de/{TUTORIAL}")
    page.emulate_media(media="print")
    yield page
    page.close()


def printed(page: Page) -> PdfReader:
    margin: PdfMargins = {"top": "15mm", "bottom": "15mm", "left": "15mm", "right": "15mm"}
    return PdfReader(io.BytesIO(page.pdf(format="A4", margin=margin)))


def words(reader: PdfReader) -> list[str]:
    return ["".join(page.extract_text().split()) for page in reader.pages]


def test_navigation_is_not_printed(paper_page: Page) -> None:
    hidden = ".md-header, .md-tabs, .md-sidebar, .md-footer, .breadcrumb, .steps-nav, .headerlink, ul.downloads"
    assert paper_page.locator(hidden).count() > 3
    assert [element for element in paper_page.locator(hidden).all() if element.is_visible()] == []


def test_the_mentors_part_is_printed_while_it_is_open_and_not_while_it_is_folded(paper_page: Page) -> None:
    mentor = paper_page.locator("details.mentor")
    assert not mentor.evaluate("node => node.open")
    text = "".join(words(printed(paper_page)))
    assert "WahrscheinlicheFragen" not in text
    assert "FürdieMentorin" not in text
    assert "kommtnuraufsPapier" not in text
    assert "kommt nur aufs Papier" in paper_page.locator(".place-words").inner_text()
    paper_page.emulate_media(media="screen")
    mentor.locator("summary").first.click()
    paper_page.wait_for_selector("details.mentor:not([data-folded])")
    text = "".join(words(printed(paper_page)))
    assert "WahrscheinlicheFragen" in text
    assert "RoteLinien" in text


def test_folded_parts_are_opened_while_the_page_is_printed(paper_page: Page) -> None:
    """Not every browser shows it by a style alone; the mentor's part is opened too, and hidden."""
    seen = []
    for event in ("beforeprint", "afterprint"):
        paper_page.evaluate(f"dispatchEvent(new Event('{event}'))")
        mentor = paper_page.locator("details.mentor")
        seen.append((mentor.evaluate("node => node.open"), mentor.is_visible()))
    assert seen == [(True, False), (False, False)]


@pytest.mark.parametrize("lower", [0, 14, 126, 252, 350, 406])
def test_no_page_ends_inside_of_a_step(lower: int, paper_page: Page) -> None:
    # Wherever the ends of pages fall: all that follows the title is moved down by some pixels.
    paper_page.evaluate("lower => (document.querySelector('h1').style.paddingTop = `${lower}px`)", lower)
    pages = words(printed(paper_page))
    steps = paper_page.evaluate(
        """() => {
          const result = [];
          for (const heading of document.querySelectorAll("h2#steps ~ h3")) {
            if (heading.compareDocumentPosition(document.getElementById("checklist")) & 2) break;
            const blocks = [heading.firstChild.textContent];
            let node = heading.nextElementSibling;
            for (; node && !/^H[23]$/.test(node.tagName); node = node.nextElementSibling) {
              if (!node.hidden) blocks.push(node.textContent);
            }
            result.push(blocks);
          }
          return result;
        }"""
    )
    assert len(steps) == 5
    for blocks in steps:
        first, last = ("".join(block.split()) for block in (blocks[0], blocks[-1]))
        assert [first in page and last[-25:] in page for page in pages].count(True) == 1, first


def test_the_page_is_unchanged_after_printing(paper_page: Page) -> None:
    paper_page.wait_for_selector(".md-typeset__scrollwrap", state="attached")  # The theme adds it after loading
    before = paper_page.inner_html("article")
    printed(paper_page)
    assert paper_page.inner_html("article") == before


def test_the_address_of_a_link_outside_is_printed(browser: Browser, built_site: Path) -> None:
    page = browser.new_page()
    page.goto((built_site / "de" / "tutorials" / "build-my-network" / "index.html").as_uri())
    page.emulate_media(media="print")
    said = page.evaluate(
        """() => {
          const link = document.createElement("a");
          link.href = "https://example.org/a";
          document.querySelector(".md-typeset p").append(link);
          return getComputedStyle(link, "::after").content;
        }"""
    )
    page.close()
    assert "https://example.org/a" in said


def test_no_column_of_a_table_is_cut_off(browser: Browser, built_site: Path) -> None:
    page = browser.new_page(viewport={"width": 680, "height": 900})  # A4 less its margins
    page.emulate_media(media="print")
    for path in ("programmes", "goals", "tutorials", "levels"):
        page.goto((built_site / "de" / path / "index.html").as_uri())
        wide = page.locator(".table-scroll").evaluate_all("all => all.map((one) => one.scrollWidth - one.clientWidth)")
        assert wide, path
        assert max(wide) <= 0, path
    page.close()
