"""A pair finds its tutorials: by facts, words and ticks, in an address that can be shared and goes back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from axe import findings_in_every_look
from playwright.sync_api import Browser, Locator, Page, expect
from waiting import wait_until

from .watched_page import Watched

LIST = "de/tutorials/"
ROWS = "tr[data-tutorial]"


def found(page: Page) -> list[str]:
    """Return the slugs that the table shows."""
    rows = page.locator(f"{ROWS}:not([hidden])")
    return [str(slug) for slug in rows.evaluate_all("rows => rows.map((row) => row.dataset.tutorial)")]


def dots(page: Page) -> list[str]:
    links = page.locator("li:not([hidden]) > .matrix__dot")
    return [str(slug) for slug in links.evaluate_all("links => links.map((link) => link.dataset.tutorial)")]


def facts(page: Page, name: str) -> set[str]:
    rows = page.locator(f"{ROWS}:not([hidden])")
    return set(rows.evaluate_all("(rows, name) => rows.map((row) => row.dataset[name])", name))


def choose(page: Page, name: str, value: str) -> None:
    page.locator(".find__more").evaluate("node => (node.open = true)")
    page.locator(f".find select[name={name}]").select_option(value)


def status(page: Page) -> Locator:
    return page.locator(".find [aria-live]")


def test_all_are_there_at_first_and_counted(watched: Watched) -> None:
    page = watched.open(LIST)
    n = page.locator(ROWS).count()
    assert len(found(page)) == n > 30
    expect(status(page)).to_have_text(f"{n} von {n} Tutorials")
    expect(page.get_by_role("button", name="Alle zeigen")).to_be_hidden()


def test_each_fact_narrows_and_all_of_them_together(watched: Watched) -> None:
    page = watched.open(LIST)
    page.get_by_label("Stufe 2").check()
    page.get_by_label("Stufe 4").check()
    assert facts(page, "level") == {"2", "4"}
    choose(page, "effort", "3")
    assert facts(page, "effort") <= {"1", "2", "3"}
    choose(page, "minutes", "45")
    assert all(int(minutes) <= 45 for minutes in facts(page, "minutes"))
    choose(page, "orientation", "operational")
    assert facts(page, "orientation") <= {"operational", "both"}
    goal = sorted(facts(page, "goals"))[0].split()[0]
    choose(page, "goal", goal)
    assert all(goal in goals.split() for goals in facts(page, "goals"))
    left = found(page)
    assert left
    assert sorted(dots(page)) == sorted(left), "the matrix shows the same"
    expect(status(page)).to_have_text(f"{len(left)} von {page.locator(ROWS).count()} Tutorials")


@pytest.mark.parametrize("words", ["Profil", "profil", "PROFIL anlegen", "anlegen profil", "Profilbild", "profli"])
def test_words_are_found_as_the_search_finds_them(watched: Watched, words: str) -> None:
    page = watched.open(LIST)
    n = page.locator(ROWS).count()
    page.get_by_role("searchbox").fill(words)
    expect(status(page)).not_to_have_text(f"{n} von {n} Tutorials")
    assert "set-up-my-profile" in found(page)


def test_an_umlaut_may_be_spelled_out(watched: Watched) -> None:
    page = watched.open(LIST)
    for words in ("bändigen", "BAENDIGEN"):
        page.get_by_role("searchbox").fill(words)
        expect(status(page)).to_contain_text("1 von ")
        assert found(page) == ["tame-notifications"]
        page.get_by_role("button", name="Alle zeigen").click()


def test_finished_tutorials_can_be_left_out(watched: Watched) -> None:
    page = watched.open("de/tutorials/set-up-my-profile/")
    for box in page.locator("input[data-item]").all():
        box.check()
    watched.open("de/tutorials/find-people/").locator("input[data-item]").first.check()
    page = watched.open(LIST)
    n = page.locator(ROWS).count()
    choose(page, "state", "done")
    assert found(page) == ["set-up-my-profile"]
    choose(page, "state", "started")
    assert found(page) == ["find-people"]
    choose(page, "state", "open")
    assert len(found(page)) == n - 1
    assert "set-up-my-profile" not in found(page)


def test_the_address_is_shared_and_goes_back(watched: Watched, browser: Browser) -> None:
    page = watched.open(LIST)
    page.get_by_label("Stufe 3").check()
    choose(page, "minutes", "30")
    page.get_by_role("searchbox").press_sequentially("Netzwerk")
    other = browser.new_page()
    other.goto(page.url)
    wait_until(lambda: found(other) == found(page), lambda: "The address does not say what was chosen.")
    expect(other.locator(".find select[name=minutes]")).to_be_visible()
    expect(other.get_by_label("Stufe 3")).to_be_checked()
    expect(other.get_by_role("searchbox")).to_have_value("Netzwerk")
    other.close()
    page.go_back()
    expect(page.locator(".find select[name=minutes]")).to_have_value("")
    assert facts(page, "level") == {"3"}
    page.go_back()
    expect(page.get_by_label("Stufe 3")).not_to_be_checked()
    page.go_forward()
    expect(page.get_by_label("Stufe 3")).to_be_checked()


def test_unknown_choices_in_the_address_are_ignored(watched: Watched) -> None:
    page = watched.open(LIST)
    shown = page.locator(f"{ROWS}:not([hidden])")
    everything = shown.count()
    for said in ("level=9", "goal=X1", "minutes=%3Cb%3E", "effort", "q=", "=&&=", "constructor=1", "%E0%A4%A"):
        page.evaluate("location.hash = 'level=1'")
        expect(shown).not_to_have_count(everything)
        page.evaluate("(said) => (location.hash = said)", said)
        expect(shown).to_have_count(everything)


def test_nothing_found_says_what_to_do_and_one_button_clears_all(watched: Watched) -> None:
    page = watched.open(f"{LIST}#level=1&goal=S4&q=quux&state=done")
    assert found(page) == []
    expect(status(page)).to_have_text("Kein Tutorial passt zu allen Angaben. Weniger Angaben finden mehr.")
    page.get_by_role("button", name="Alle zeigen").click()
    expect(page.locator(f"{ROWS}:not([hidden])")).to_have_count(page.locator(ROWS).count())
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_label("Stufe 1")).not_to_be_checked()


def test_sorting_and_narrowing_go_together(watched: Watched) -> None:
    page = watched.open(f"{LIST}#level=1,2")
    page.get_by_role("button", name="Dauer").click()
    minutes = page.locator(f"{ROWS}:not([hidden])").evaluate_all("rows => rows.map((row) => +row.dataset.minutes)")
    assert minutes == sorted(minutes)
    assert facts(page, "level") == {"1", "2"}


@pytest.mark.parametrize("watched", [{"scripts": False}], indirect=True)
def test_the_whole_table_is_shown_without_scripts(watched: Watched) -> None:
    page = watched.open(LIST)
    expect(page.locator(".find")).to_be_hidden()
    assert len(found(page)) > 30


def test_the_filter_works_from_a_folder(browser: Browser, built_site: Path) -> None:
    page = browser.new_page()
    page.goto((built_site / "en" / "tutorials" / "index.html").as_uri())
    page.get_by_label("Level 5").check()
    page.get_by_role("searchbox").fill("team")
    assert facts(page, "level") == {"5"}
    assert "level=5" in page.url
    page.reload()
    expect(page.get_by_label("Level 5")).to_be_checked()
    page.close()


def test_nothing_of_the_search_is_stored(watched: Watched) -> None:
    page = watched.open(f"{LIST}#level=1&q=geheim")
    choose(page, "goal", "O1")
    everything = json.dumps(page.evaluate("[{...localStorage}, {...sessionStorage}]"))
    assert "geheim" not in everything
    assert "O1" not in everything


@pytest.mark.parametrize("path", ["de/tutorials/#level=1&q=profil", "en/tutorials/#q=nothingatall"])
def test_the_form_is_accessible_in_every_look(watched: Watched, path: str) -> None:
    page = watched.open(path)
    expect(page.get_by_role("button", name="Alle zeigen" if path.startswith("de") else "Show all")).to_be_visible()
    assert findings_in_every_look(page) == []
