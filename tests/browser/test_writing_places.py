"""Fields and grids of a tutorial: filled in on the page, stored in this browser only, printed only on request."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import pytest
from axe import findings_in_every_look
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from .pair_page import stored
from .watched_page import Watched

WITH_PLACES = "tutorials/second/"
SENTENCE = "Zuerst die offene Frage."


@pytest.fixture
def address(small_address: str) -> str:
    """Read the small library's site here."""
    return small_address


def sentence(page: Page) -> Locator:
    return page.get_by_label("Mein Satz:")


def paper(page: Page) -> str:
    """Return the text of the printed page, with ligatures spelled out."""
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    return unicodedata.normalize("NFKC", "".join(sheet.extract_text() for sheet in sheets))


def test_entries_stay_and_show_in_both_languages(watched: Watched) -> None:
    page = watched.open(f"de/{WITH_PLACES}")
    sentence(page).fill(SENTENCE)
    page.get_by_label("Ergebnis, Wo").fill("im Heft")
    assert stored(page, "words") == {"second": {"try.1": SENTENCE, "keep.1.1.2": "im Heft"}}
    page = watched.open(f"en/{WITH_PLACES}")
    expect(page.get_by_label("My sentence:")).to_have_value(SENTENCE)
    expect(page.get_by_label("Result, Where")).to_have_value("im Heft")
    page.get_by_label("My sentence:").fill("")
    page.get_by_label("Result, Where").fill("")
    assert stored(page, "words") == {}


def test_a_cell_is_stored_under_its_grid_its_row_and_its_column(watched: Watched) -> None:
    page = watched.open(f"de/{WITH_PLACES}")
    cells = page.locator("[data-grid] ~ * td textarea")
    for number in range(cells.count()):
        cells.nth(number).fill(f"Zelle {number}")
    assert stored(page, "words") == {"second": {"keep.1.1.2": "Zelle 0", "keep.1.2.2": "Zelle 1"}}


def test_a_field_is_as_high_as_its_lines_and_the_material_has_places_too(watched: Watched) -> None:
    page = watched.open(f"de/{WITH_PLACES}")
    assert sentence(page).get_attribute("rows") == "2"
    page = watched.open("de/tutorials/third/")
    page.get_by_label("Neue Lieferzeit, Ort").fill("Netzwerk")
    assert stored(page, "words") == {"third": {"material.1.1.2": "Netzwerk"}}


def test_paper_is_empty_unless_the_pair_asks_for_its_words(watched: Watched) -> None:
    page = watched.open(f"de/{WITH_PLACES}")
    sentence(page).fill(SENTENCE)
    assert SENTENCE not in paper(page)
    expect(sentence(page)).to_have_value(SENTENCE)
    page.get_by_label("Eigene Worte mitdrucken").check()
    assert SENTENCE in paper(page)
    assert "Eigene Worte mitdrucken" not in paper(page)


def test_words_for_the_mentor_are_on_no_page_and_no_paper(watched: Watched) -> None:
    page = watched.open(f"de/{WITH_PLACES}")
    assert "Tastatur" not in page.locator("body").inner_text()
    assert "Tastatur" not in paper(page)


def test_words_for_the_mentor_are_in_the_session_with_the_notes(watched: Watched) -> None:
    page = watched.open(f"de/{WITH_PLACES}#session")
    told = page.locator(".session__notes .guidance")

    def step() -> None:
        while page.locator("dialog.session").get_attribute("data-screen") != "doing":
            page.locator("[data-turn=next]").click()

    step()
    assert told.count() == 0
    page.locator("[data-do=plan]").click()
    page.locator("[data-notes]").click()
    page.locator(".session-ask [value=show]").click()
    step()
    assert told.all_inner_texts() == [
        "Tun: Die Führungskraft hat die Tastatur.",
        "Fragen: „Was fällt auf?“",
        "Achten: Sie zeigt von selbst darauf.",
    ]
    page.keyboard.press("Escape")
    expect(page.locator(".guidance").first).to_be_hidden()


def test_half_an_hour_takes_the_short_way(watched: Watched) -> None:
    page = watched.open(f"de/{WITH_PLACES}#session")
    page.locator("[name=length]").select_option("30")
    assert page.locator("[data-step]").evaluate_all("boxes => boxes.map((box) => box.checked)") == [True, True, False]
    page.locator("[name=length]").select_option("60")
    assert page.locator("[data-step]").evaluate_all("boxes => boxes.map((box) => box.checked)") == [True] * 3


def test_entries_from_a_file_stand_beside_newer_ones(watched: Watched) -> None:
    page = watched.open(f"de/{WITH_PLACES}")
    sentence(page).fill(SENTENCE)
    page.get_by_label("Ergebnis, Wo").fill("im Heft")
    saved = page.evaluate("Date.now()")
    page = watched.open("de/checklists/#kept-ticks")
    with page.expect_download() as download:
        page.get_by_role("button", name="In Datei sichern").click()
    path = Path(download.value.path())
    page.get_by_role("button", name="Alles löschen").first.click()
    page.locator("dialog[open]").get_by_role("button", name="Alles löschen").click()
    # The page gets the dialog's answer a moment after it has closed.
    page.wait_for_function("() => !Object.values(localStorage).some((one) => one.includes('im Heft'))")
    assert stored(page, "words") is None
    page = watched.open(f"de/{WITH_PLACES}")
    # Stored times are in seconds.
    page.wait_for_function("saved => Date.now() > saved + 1000", arg=saved)
    sentence(page).fill("Neuer.")
    page = watched.open("de/checklists/#kept-ticks")
    page.locator("#kept-ticks input[type=file]").set_input_files(path)
    page.locator("dialog[open]").get_by_role("button", name="Zusammenführen").click()
    expect(page.locator("#kept-ticks > [aria-live]")).to_contain_text("Geladen")
    assert stored(page, "words") == {"second": {"try.1": "Neuer.", "keep.1.1.2": "im Heft"}}


@pytest.mark.parametrize("watched", [{"scripts": False}], indirect=True)
def test_lines_are_shown_without_scripts(watched: Watched) -> None:
    page = watched.open(f"de/{WITH_PLACES}")
    assert page.locator("textarea").filter(visible=True).count() == 0

    def height(which: str) -> float:
        box = page.locator(which).bounding_box()
        assert box
        return box["height"]

    assert height("[data-place='try.1']") > 3 * height(".steps-total")
    assert page.get_by_text("Eigene Worte mitdrucken").is_hidden()


def test_axe_finds_nothing(watched: Watched) -> None:
    for path in (WITH_PLACES, "tutorials/third/"):
        page = watched.open(f"de/{path}")
        assert findings_in_every_look(page) == [], path
    page.locator(".session-start button").click()
    page.locator("[data-turn=next]").click()
    page.locator("[data-turn=next]").click()
    page.locator("[data-turn=next]").click()
    assert findings_in_every_look(page) == []
