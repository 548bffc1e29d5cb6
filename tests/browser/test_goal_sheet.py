"""The pair's goal sheet: stored in this browser, printed on one page, exported with the ticks."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pypdf
import pytest
from axe import findings_in_every_look
from playwright.sync_api import Browser, FilePayload, Page, expect

from .watched_page import Watched

SHEET = "de/programmes/goal-sheet/"
OVERVIEW = "de/checklists/"
ABLE = "Was möchte die Führungskraft danach selbst können?"
GOAL = "1. Ziel: Was möchten wir erreichen?"
LONG = "Selbst im Netzwerk fragen und antworten, statt Rundmails zu schreiben. " * 8


def field(page: Page, name: str) -> str:
    return page.locator(f"[name={name}]").input_value()


def all_stored(page: Page) -> dict[str, object]:
    """Return what the site has stored, by its kind."""
    texts = page.evaluate("({...localStorage})")
    return {
        key.split(":")[-1]: json.loads(text)["value"] for key, text in texts.items() if key.startswith("stufenweise")
    }


def fill(page: Page) -> None:
    page.get_by_label(ABLE).fill("Selbst fragen")
    page.get_by_label(GOAL).fill("Jede Woche eine Frage")
    page.get_by_label("Bis wann?").first.fill("2027-01-15")
    page.get_by_label("Zu welchem Unternehmensziel").first.select_option("O1")


def test_entries_stay_and_are_the_same_in_both_languages(watched: Watched) -> None:
    page = watched.open(SHEET)
    assert page.get_by_text("Das Blatt bleibt in diesem Browser").is_visible()
    fill(page)
    expected = {"able": "Selbst fragen", "reach-1": "Jede Woche eine Frage", "by-1": "2027-01-15", "company-1": "O1"}
    assert all_stored(page) == {"goals": expected}
    page = watched.open(SHEET.replace("de/", "en/"))
    assert {name: field(page, name) for name in expected} == expected


def test_two_tabs_agree(watched: Watched) -> None:
    page = watched.open(SHEET)
    second = page.context.new_page()
    second.goto(page.url)
    fill(page)
    expect(second.locator("[name=able]")).to_have_value("Selbst fragen")


def test_the_sheet_says_when_nothing_is_saved(watched: Watched) -> None:
    page = watched.open(OVERVIEW)
    page.get_by_role("checkbox", name="Auf diesem Gerät nichts speichern").check()
    page = watched.open(SHEET)
    expect(page.locator(".goal-sheet__note")).to_contain_text("Das Blatt wird gerade nicht gespeichert")
    fill(page)
    assert all_stored(page) == {}


def test_the_sheet_goes_to_the_file_of_the_ticks_and_comes_back(watched: Watched) -> None:
    page = watched.open(SHEET)
    fill(page)
    before = all_stored(page)
    page = watched.open(OVERVIEW)
    with page.expect_download() as download:
        page.get_by_role("button", name="In Datei sichern").click()
    path = Path(download.value.path())
    assert json.loads(path.read_text(encoding="utf-8"))["goals"] == before["goals"]
    page.get_by_role("button", name="Alles löschen").first.click()
    expect(page.locator("dialog[open]")).to_contain_text("Zielblatt")
    page.locator("dialog[open]").get_by_role("button", name="Alles löschen").click()
    assert all_stored(page) == {}
    page.locator("#kept-ticks input[type=file]").set_input_files(path)
    expect(page.locator("#kept-ticks > [aria-live]")).to_contain_text("Geladen")
    assert all_stored(page)["goals"] == before["goals"]


def test_merged_with_a_file_what_was_written_here_stays(watched: Watched) -> None:
    page = watched.open(SHEET)
    page.get_by_label(ABLE).fill("Hier")
    page = watched.open(OVERVIEW)
    found = {"format": "stufenweise", "version": 1, "ticks": [], "goals": {"able": "Dort", "first": "Darum"}}
    payload: FilePayload = {"name": "Haken.json", "mimeType": "application/json", "buffer": json.dumps(found).encode()}
    page.locator("#kept-ticks input[type=file]").set_input_files(payload)
    page.locator("dialog[open]").get_by_role("button", name="Zusammenführen").click()
    expect(page.locator("#kept-ticks > [aria-live]")).to_contain_text("Geladen")
    assert all_stored(page)["goals"] == {"able": "Hier", "first": "Darum"}


def test_a_file_with_a_broken_goal_sheet_is_refused(watched: Watched) -> None:
    """Node tests what else is broken (kept-state.test.mjs)."""
    page = watched.open(OVERVIEW)
    found = {"format": "stufenweise", "version": 1, "ticks": [], "goals": {"able": 1}}
    payload: FilePayload = {"name": "Haken.json", "mimeType": "application/json", "buffer": json.dumps(found).encode()}
    page.locator("#kept-ticks input[type=file]").set_input_files(payload)
    expect(page.locator("#kept-ticks > [aria-live]")).to_contain_text("Geändert wurde nichts")
    assert all_stored(page) == {}


@pytest.mark.parametrize("able", ["", LONG], ids=["empty", "long"])
def test_the_goal_sheet_is_printed_whole(browser: Browser, built_site: Path, able: str) -> None:
    page = browser.new_page()
    page.goto((built_site / "de" / "programmes" / "goal-sheet" / "index.html").as_uri())
    page.get_by_label(ABLE).fill(able)
    expect(page.get_by_role("button", name="Drucken")).to_be_visible()
    pages = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    text = " ".join(sheet.extract_text() for sheet in pages)
    if able:
        assert " ".join(text.split()).count("Selbst im Netzwerk fragen") == 8
    else:
        assert len(pages) == 1
        assert "mm/dd/yyyy" not in text
    assert "3. Ziel" in text
    assert "Drucken" not in text
    page.close()


@pytest.mark.parametrize("watched", [{"scripts": False}], indirect=True)
def test_without_script_it_can_be_filled_in_and_promises_nothing(watched: Watched) -> None:
    page = watched.open(SHEET)
    page.get_by_label(ABLE).fill("Selbst fragen")
    assert not page.get_by_text("Das Blatt bleibt in diesem Browser").is_visible()


def test_a_filled_sheet_is_accessible_in_every_look(watched: Watched) -> None:
    page = watched.open(SHEET)
    fill(page)
    assert findings_in_every_look(page) == []
