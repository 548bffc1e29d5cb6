"""The search dialog: keyboard, screen reader, small screens, privacy."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from axe import findings, looks
from playwright.sync_api import Browser, Locator, Page, expect

from .watched_page import Watched

HOME = "de/"


def search(page: Page, words: str) -> None:
    page.get_by_role("button", name=re.compile("^(Suchen|Search)")).click()
    page.get_by_role("combobox").fill(words)


def count(page: Page) -> Locator:
    return page.locator(".search__count")


def chosen(page: Page) -> Locator:
    return page.locator("[role=option][aria-selected=true]")


def test_results_show_while_typing_and_enter_follows_the_first(watched: Watched) -> None:
    page = watched.open(HOME)
    page.keyboard.press("/")
    page.keyboard.type("Profilbild")
    first = page.get_by_role("option").first
    expect(first).to_have_accessible_name(
        re.compile(r"^Ein Profil anlegen, das andere finden Stufe \d, \d+ Minuten .+\.$")
    )
    expect(page.locator(".search mark").first).to_have_text("Profil")
    page.keyboard.press("Enter")
    page.wait_for_url("**/de/tutorials/set-up-my-profile/")


def test_arrows_go_through_the_results_and_back_to_the_field(watched: Watched) -> None:
    page = watched.open(HOME)
    search(page, "Kununu")
    field = page.get_by_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_have_count(1)
    assert field.get_attribute("aria-activedescendant") == chosen(page).get_attribute("id")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(chosen(page)).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect(chosen(page)).to_be_in_viewport()
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")


def test_the_results_that_come_later_stand_there_too_and_none_of_an_earlier_query(watched: Watched) -> None:
    page = watched.open(HOME)
    search(page, "Profil")
    expect(count(page)).to_have_text(re.compile("^Die besten 12 von"))
    expect(page.locator(".search__page")).to_have_count(12)
    page.get_by_role("combobox").fill("Kununu")
    page.get_by_role("combobox").fill("Quarkspeise")
    expect(count(page)).to_have_text(re.compile("^Nichts gefunden"))
    expect(page.get_by_role("option")).to_have_count(0)


def test_a_section_is_named_by_its_page_and_leads_to_its_heading(watched: Watched) -> None:
    page = watched.open("de/tutorials/find-people/")
    search(page, "Kununu")
    section = page.locator(".search__section").first
    expect(section).to_have_accessible_name(re.compile("^Kununu lesen und daraus etwas ändern: .+"))
    section.click()
    page.wait_for_url(re.compile("/de/tutorials/read-kununu/#.+"))


def test_a_section_of_the_page_itself_closes_the_dialog(watched: Watched) -> None:
    page = watched.open("de/tutorials/read-kununu/")
    search(page, "Kununu")
    page.locator(".search__section").first.click()
    expect(page.locator("dialog.search")).to_be_hidden()
    assert "#" in page.url


def test_the_count_is_announced_when_typing_stops(watched: Watched) -> None:
    page = watched.open(HOME)
    search(page, "Kununu")
    expect(count(page)).to_have_text(re.compile(r"^(\d+ Treffer|Die besten 12 von \d+ Treffern)$"))
    expect(count(page)).to_have_attribute("aria-live", "polite")
    page.get_by_role("combobox").fill("Profil anlegen Quarkspeise ")
    expect(count(page)).to_have_text(re.compile("Treffer ohne: quarkspeise$"))
    expect(page.get_by_role("option").first).to_contain_text("ohne: quarkspeise")
    page.get_by_role("combobox").fill("")
    expect(count(page)).to_be_empty()


def test_no_results_lead_to_all_tutorials(watched: Watched) -> None:
    page = watched.open(HOME)
    search(page, "Kommonikazoin")
    expect(count(page)).to_have_text("Nichts gefunden zu „Kommonikazoin“.")
    expect(page.get_by_role("link", name="Alle Tutorials nach Stufe, Dauer und Ziel eingrenzen")).to_be_visible()
    expect(page.get_by_role("link", name="Der Leitfaden für Koordinierende sagt, wer hilft.")).to_be_visible()
    page.locator(".search__suggestion").first.click()
    expect(page.get_by_role("option").first).to_be_visible()
    expect(page.get_by_role("combobox")).to_be_focused()


def test_escape_and_a_click_beside_it_close_it_and_the_focus_returns(watched: Watched) -> None:
    page = watched.open(HOME)
    button = page.get_by_role("button", name="Suchen")
    search(page, "Profil")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.search")).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    page.mouse.click(5, 400)
    expect(page.locator("dialog.search")).to_be_hidden()


def test_the_key_means_nothing_in_a_field_and_can_be_switched_off_for_good(watched: Watched) -> None:
    page = watched.open("de/tutorials/")
    field = page.locator("[data-find]").get_by_role("searchbox")
    field.press_sequentially("a/b")
    expect(field).to_have_value("a/b")
    page.get_by_role("button", name="Suchen").click()
    page.get_by_label("Die Taste „/“ öffnet die Suche").uncheck()
    page = watched.open(HOME)
    page.keyboard.press("/")
    expect(page.locator("dialog.search")).to_be_hidden()
    page.get_by_role("button", name="Suchen").click()
    page.get_by_label("Die Taste „/“ öffnet die Suche").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()


def test_nothing_is_loaded_before_it_is_needed_and_nothing_typed_is_kept(watched: Watched) -> None:
    page = watched.open(HOME)
    loaded = (
        "performance.getEntriesByType('resource').map((one) => one.name).filter((one) => /[/]search[./-]/.test(one))"
    )
    assert page.evaluate(loaded) == []
    search(page, "geheim")
    expect(count(page)).not_to_be_empty()
    assert len(page.evaluate(loaded)) >= 2
    assert "geheim" not in json.dumps(page.evaluate("[{...localStorage}, {...sessionStorage}, location.href]"))


def test_the_search_works_from_a_folder(browser: Browser, built_site: Path) -> None:
    page = browser.new_page()
    page.goto((built_site / "en" / "levels" / "index.html").as_uri())
    search(page, "works council")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/en/kit/works-council-page/**")
    page.close()


@pytest.mark.parametrize("watched", [{"scripts": False}], indirect=True)
def test_without_script_a_link_leads_to_all_tutorials(watched: Watched) -> None:
    page = watched.open("de/levels/")
    expect(page.get_by_role("button", name="Suchen")).to_be_hidden()
    page.get_by_role("banner").get_by_role("link", name="Alle Tutorials").click()
    page.wait_for_url("**/de/tutorials/")


def test_a_failed_load_is_reported_and_tried_again(watched: Watched) -> None:
    page = watched.page
    page.route("**/assets/search/de.js", lambda route: route.fulfill(status=404))
    watched.open(HOME)
    search(page, "Profil")
    expect(count(page)).to_have_text("Die Suche lässt sich nicht laden.")
    watched.faults.clear()
    page.unroute("**/assets/search/de.js")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("option").first).to_be_visible()


@pytest.mark.parametrize("words", ["Profil", "Kommonikazoin"])
def test_the_dialog_is_accessible_and_fits_in_every_look(watched: Watched, words: str) -> None:
    page = watched.open(HOME)
    search(page, words)
    expect(count(page)).not_to_be_empty()
    page.keyboard.press("ArrowDown")
    for look in looks(page):
        assert findings(page) == [], look
        for element in ("html", "dialog.search"):
            fits = page.locator(element).evaluate("({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth")
            assert fits, (element, look)
