"""Ticks are stored in this browser only: shown on every page with the item, in every tab, until wiped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import LOOKS_OF, findings_in_every_look
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, expect

from .pair_page import press
from .watched_page import FORBIDDEN_STORAGE, Watched

TUTORIAL = "tutorials/set-up-my-profile"
LEVEL = "levels/level-1"
PHOTO = f"{TUTORIAL}/photo"
GONE = "tutorials/that-was-taken-out/first"
OVERVIEW = "de/checklists/#set-up-my-profile"
"""All checklists, with that of the tutorial unfolded."""
WITH_BOXES = (f"{TUTORIAL}/", f"{LEVEL}/", "checklists/level-1/", "checklists/")
OURS = ":is(.ticks, .ticks-total, .ticks-note, .ticks-trouble, .kept)"


def box(page: Page, item: str = PHOTO) -> Locator:
    return page.locator(f"input[data-item='{item}']")


def unfold(page: Page) -> None:
    page.locator("details.folded").evaluate_all("all => all.forEach((one) => (one.open = true))")


def items(page: Page, beginning: str = "") -> list[str]:
    """Return the ids of the page's boxes, in their order."""
    found = page.locator("input[data-item]").evaluate_all("boxes => boxes.map((box) => box.dataset.item)")
    return [item for item in found if item.startswith(beginning)]


def local_storage(page: Page) -> dict[str, str]:
    """Return what this site has put into the browser's storage; the theme keeps the colours there."""
    everything = page.evaluate("Object.fromEntries(Object.entries(localStorage))")
    return {key: text for key, text in everything.items() if not key.endswith("__palette")}


def ticks(page: Page) -> set[str]:
    texts = [text for key, text in local_storage(page).items() if key.endswith(":ticks")]
    return {item for text in texts for item in json.loads(text)["value"]}


def put(page: Page, text: str) -> None:
    """Put a text where the ticks are kept, and open the page again."""
    box(page).check()
    page.evaluate(
        "(text) => localStorage.setItem(Object.keys(localStorage).find((key) => /ticks/.test(key)), text)", text
    )
    page.reload()


def file(text: str) -> FilePayload:
    return {"name": "Haken.json", "mimeType": "application/json", "buffer": text.encode()}


def saved(*found: object, version: int = 1) -> FilePayload:
    return file(json.dumps({"format": "stufenweise", "version": version, "ticks": found}))


WRONG = (
    file(""),
    file("Haken"),
    file("null"),
    file('{"ticks": []}'),
    file('{"format": "stufenweise", "version": 1}'),
    file('{"format": "stufenweise", "version": 1, "ticks": "a"}'),
    saved(PHOTO, 1),
    saved([PHOTO]),
    saved("goals/a/b"),
    saved('tutorials/a/"]'),
    saved(*[PHOTO] * 50_000),
)
"""Files that did not come from here."""


def load(page: Page, payload: FilePayload) -> None:
    page.locator("#kept-ticks input[type=file]").set_input_files(payload)


def said(page: Page) -> Locator:
    return page.locator("#kept-ticks > [aria-live]")


def question(page: Page) -> Locator:
    return page.locator("dialog[open]")


def answer(page: Page, name: str) -> None:
    question(page).get_by_role("button", name=name, exact=True).click()


def dont_save(page: Page) -> None:
    page.get_by_role("checkbox", name="Auf diesem Gerät nichts speichern").click()


# Ticks


def test_a_tick_stays_when_the_page_is_left_and_opened_again(watched: Watched) -> None:
    page = watched.open(f"de/{TUTORIAL}/")
    box(page).check()
    watched.open("de/")
    assert box(watched.open(f"de/{TUTORIAL}/")).is_checked()
    box(page).uncheck()
    page.reload()
    assert not box(page).is_checked()


def test_a_tick_shows_at_every_place_of_its_item(watched: Watched) -> None:
    page = watched.open(f"de/{TUTORIAL}/")
    box(page).check()
    for path in ("de/checklists/level-1/", OVERVIEW, f"en/{TUTORIAL}/", "en/checklists/"):
        watched.open(path)
        assert box(page).is_checked(), path
        assert page.locator("input[data-item]:checked").count() == 1, path
    box(page).uncheck()
    assert not box(watched.open(f"de/{TUTORIAL}/")).is_checked()


def test_the_items_of_a_level_can_be_ticked_on_its_own_page(watched: Watched) -> None:
    page = watched.open(f"de/{LEVEL}/")
    item = items(page)[0]
    assert item.startswith(f"{LEVEL}/")
    box(page, item).check()
    assert box(watched.open(OVERVIEW), item).is_checked()


def test_two_tabs_agree_at_once(watched: Watched) -> None:
    first = watched.open(f"de/{TUTORIAL}/")
    second = first.context.new_page()
    second.goto(watched.address + OVERVIEW)
    box(first).check()
    expect(box(second)).to_be_checked()
    level = items(second, LEVEL)[0]
    second.goto(f"{watched.address}de/checklists/#level-1-checklist")
    box(second, level).check()
    box(first).uncheck()
    expect(box(second)).not_to_be_checked()
    assert ticks(first) == {level}


def test_a_page_that_the_browser_brings_back_shows_what_was_ticked_meanwhile(watched: Watched) -> None:
    page = watched.open(f"de/{TUTORIAL}/")
    box(watched.open(OVERVIEW)).check()
    page.go_back()
    expect(box(page)).to_be_checked()


def test_only_the_ids_of_what_is_ticked_are_kept_under_the_sites_path(watched: Watched) -> None:
    page = watched.open(f"de/{TUTORIAL}/")
    assert local_storage(page) == {}
    box(page).check()
    [(key, text)] = local_storage(page).items()
    assert key == "stufenweise:/rm/:ticks"
    found = json.loads(text)
    assert found.keys() == {"version", "value", "times"}
    assert found["value"] == [*found["times"]] == [PHOTO]
    assert page.evaluate("sessionStorage.length") == 0
    assert page.evaluate("document.cookie") == ""


def test_files_keep_ticks_too_and_two_sites_do_not_mix(browser: Browser, built_site: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).symlink_to(built_site)
    page = browser.new_page()
    address = tmp_path.as_uri() + "/{site}/{path}index.html"
    page.goto(address.format(site="one", path=f"de/{TUTORIAL}/"))
    box(page).check()
    overview = OVERVIEW.partition("#")[0]
    for site, path, ticked in (("one", overview, 1), ("one", f"en/{TUTORIAL}/", 1), ("other", f"de/{TUTORIAL}/", 0)):
        page.goto(address.format(site=site, path=path))
        assert page.locator("input[data-item]:checked").count() == ticked, (site, path)
    page.close()


# Progress


def test_each_list_shows_its_progress(watched: Watched) -> None:
    page = watched.open(f"de/{TUTORIAL}/")
    progress = page.locator("ul:has([data-item]) + .ticks")
    every = items(page)
    assert progress.inner_text().split() == ["0", "von", str(len(every)), "abgehakt"]
    box(page).check()
    assert progress.inner_text().startswith(f"1 von {len(every)} abgehakt")
    for item in every:
        box(page, item).check()
    assert progress.inner_text().endswith(f"{len(every)} von {len(every)} abgehakt ✓ erledigt")
    assert progress.locator("[aria-live=polite]").count() == 1
    box(page).uncheck()
    assert "erledigt" not in progress.inner_text()


def test_the_overview_shows_progress_by_level_and_in_all(watched: Watched) -> None:
    page = watched.open(f"en/{TUTORIAL}/")
    for item in items(page):
        box(page, item).check()
    done = len(items(page))
    page = watched.open("en/checklists/")
    in_level = len(items(watched.open("en/checklists/level-1/")))
    assert page.locator(".ticks-total").inner_text().split() == ["In", "all", str(done), "of", str(in_level), "ticked"]
    page = watched.open("en/checklists/")
    levels = [text.split()[2:] for text in page.locator(".md-typeset > .folded > summary").all_inner_texts()]
    assert levels[0] == [str(done), "of", str(in_level), "ticked"]
    assert [level[0] for level in levels[1:]] == ["0"] * 4
    assert page.locator(".ticks-total").inner_text().split()[2:] == [str(done), "of", str(len(items(page))), "ticked"]
    assert sum(int(level[2]) for level in levels) == len(items(page))


def test_the_overview_opens_the_next_list_and_folds_the_others(watched: Watched) -> None:
    def unfolded(page: Page) -> list[str]:
        boxes = page.locator(".folded .folded[open] input[data-item]:visible")
        return list(boxes.evaluate_all("boxes => [...new Set(boxes.map((box) => box.dataset.item.split('/')[1]))]"))

    page = watched.open("de/checklists/")
    [first] = unfolded(page)
    assert page.locator(".md-typeset > .folded[open]").count() == 1
    for item in items(page, f"tutorials/{first}/"):
        box(page, item).check()
    page.reload()
    [second] = unfolded(page)
    assert second != first
    # What has been begun comes before what stands next to it, on a later level too.
    later = items(page, "tutorials/read-kununu/")[0]
    page.goto(f"{watched.address}de/checklists/#read-kununu")
    box(page, later).check()
    watched.open("de/")
    assert unfolded(watched.open("de/checklists/")) == ["read-kununu"]


@pytest.mark.parametrize("path", ["de/tutorials/", f"de/{LEVEL}/"])
def test_a_tutorials_row_says_in_words_that_it_is_done(watched: Watched, path: str) -> None:
    page = watched.open(f"de/{TUTORIAL}/")
    every = items(page)
    for item in every[1:]:
        box(page, item).check()
    row = "table.tutorials tr:has(a[href$='set-up-my-profile/'] ) th"
    page = watched.open(path)
    assert "erledigt" not in page.locator("table.tutorials").inner_text()
    second = page.context.new_page()
    second.goto(f"{watched.address}de/{TUTORIAL}/")
    box(second, every[0]).check()
    expect(page.locator(row).first).to_contain_text("✓ erledigt")
    assert page.locator("table.tutorials").inner_text().count("erledigt") == 1


def test_an_id_that_no_page_has_is_kept_and_counts_nowhere(watched: Watched) -> None:
    page = watched.open(OVERVIEW)
    put(page, json.dumps({"version": 1, "value": [GONE]}))
    assert page.locator(".ticks-total").inner_text().split()[1] == "0"
    box(page).check()
    box(page).uncheck()
    box(page).check()
    assert page.locator(".ticks-total").inner_text().split()[1] == "1"
    assert ticks(page) == {GONE, PHOTO}


# What a page says about it


@pytest.mark.parametrize(
    ("language", "sentence", "link"),
    [
        ("de", "Die Haken bleiben in diesem Browser auf diesem Gerät; niemand sonst sieht sie.", "Haken sichern"),
        ("en", "Ticks stay in this browser on this device; nobody else sees them.", "Save, load or delete"),
    ],
)
def test_each_page_with_boxes_says_where_ticks_are_kept(
    watched: Watched, language: str, sentence: str, link: str
) -> None:
    for path in WITH_BOXES:
        page = watched.open(f"{language}/{path}")
        assert page.get_by_text(sentence).filter(visible=True).count() == 1, path
    watched.open(f"{language}/{TUTORIAL}/").get_by_role("link", name=link).click()
    assert page.url == f"{watched.address}{language}/checklists/#kept-ticks"
    expect(page.locator("#kept-ticks")).to_be_in_viewport()


@pytest.mark.parametrize("watched", [{"scripts": False}], indirect=True)
def test_without_scripts_nothing_is_promised(watched: Watched) -> None:
    for path in WITH_BOXES:
        page = watched.open(f"de/{path}")
        assert page.locator("input[data-item]").first.is_visible(), path
        assert page.locator(OURS).filter(visible=True).count() == 0, path


def test_printed_boxes_are_empty_and_show_no_progress(watched: Watched) -> None:
    looks = "node => { const s = getComputedStyle(node); return [s.appearance, s.backgroundImage, s.backgroundColor] }"
    line = "node => getComputedStyle(node.nextElementSibling).textDecorationLine"
    for path in WITH_BOXES:
        page = watched.open(f"de/{path}")
        first = box(page, str(page.locator("input[data-item]:visible").first.get_attribute("data-item")))
        first.check()
        assert page.locator(OURS).filter(visible=True).count() > 0, path
        page.emulate_media(media="print")
        assert first.evaluate(looks) == ["none", "none", "rgba(0, 0, 0, 0)"], path
        assert first.evaluate(line) == "none", path
        assert page.locator(OURS).filter(visible=True).count() == 0, path
        page.emulate_media(media="screen")


# To a file, from a file, wiped


def test_ticks_go_to_a_file_and_come_back(watched: Watched) -> None:
    page = watched.open(OVERVIEW)
    box(page).check()
    with page.expect_download() as download:
        press(page, "In Datei sichern")
    assert download.value.suggested_filename == "stufenweise-haken.json"
    text = Path(download.value.path()).read_text(encoding="utf-8")
    found = json.loads(text)
    assert found.pop("times").keys() == {"ticks"}
    assert found == {"format": "stufenweise", "version": 1, "name": "", "ticks": [PHOTO]}
    assert said(page).inner_text() == "Gesichert in der Datei stufenweise-haken.json. Haken: 1."
    press(page, "Alles löschen")
    answer(page, "Alles löschen")
    load(page, file(text))
    expect(box(page)).to_be_checked()
    assert said(page).inner_text() == "Geladen. Haken jetzt: 1."


def test_a_wrong_file_is_refused_by_name_and_changes_nothing(watched: Watched) -> None:
    page = watched.open(OVERVIEW)
    unfold(page)
    level = items(page, LEVEL)[0]
    box(page, level).check()
    for number, payload in enumerate(WRONG):
        name = f"{number}.json"
        load(page, {**payload, "name": name})
        expect(said(page)).to_have_text(re.compile(f"Geändert wurde nichts: {name} ist keine Datei"))
        assert ticks(page) == {level}, payload


def test_a_file_of_a_newer_version_is_refused_as_such(watched: Watched) -> None:
    page = watched.open(OVERVIEW)
    load(page, saved(PHOTO, version=2))
    expect(said(page)).to_have_text(re.compile("Haken.json stammt aus einer neueren Fassung"))
    assert local_storage(page) == {}


@pytest.mark.parametrize(
    ("chosen", "own", "loaded"),
    [("Zusammenführen", True, True), ("Ersetzen", False, True), ("Abbrechen", True, False)],
)
def test_a_file_is_merged_or_replaces_as_the_answer_says(
    watched: Watched, chosen: str, own: bool, loaded: bool
) -> None:
    page = watched.open(OVERVIEW)
    unfold(page)
    level = items(page, LEVEL)[0]
    box(page, level).check()
    load(page, saved(PHOTO))
    expect(question(page)).to_contain_text("Haken in Haken.json: 1. Haken hier: 1.")
    answer(page, chosen)
    expect(question(page)).to_have_count(0)
    assert (box(page, level).is_checked(), box(page).is_checked()) == (own, loaded)
    assert ticks(page) == {item for item, there in ((level, own), (PHOTO, loaded)) if there}


def test_ids_of_a_file_that_no_page_has_are_kept_and_named(watched: Watched) -> None:
    page = watched.open(OVERVIEW)
    load(page, saved(PHOTO, GONE))
    expect(said(page)).to_have_text(re.compile(r"Haken jetzt: 1\. Behalten, aber nicht gezählt: 1 "))
    assert ticks(page) == {PHOTO, GONE}


def test_ticks_are_wiped_once_confirmed(watched: Watched) -> None:
    page = watched.open(OVERVIEW)
    box(page).check()
    wipe = page.locator("#kept-ticks").get_by_role("button", name="Alles löschen").first
    wipe.focus()
    page.keyboard.press("Enter")
    expect(question(page)).to_contain_text("1 Haken")
    assert page.evaluate("document.activeElement.textContent") == "Abbrechen"
    page.keyboard.press("Escape")
    expect(wipe).to_be_focused()
    assert ticks(page) == {PHOTO}
    press(page, "Alles löschen")
    answer(page, "Alles löschen")
    expect(said(page)).to_have_text("Alles ist gelöscht, was diese Seiten in diesem Browser gespeichert hatten.")
    assert not box(page).is_checked()
    assert local_storage(page) == {}


# A borrowed PC


def test_nothing_is_saved_while_saving_is_switched_off(watched: Watched) -> None:
    page = watched.open(OVERVIEW)
    dont_save(page)
    assert question(page).count() == 0
    box(page).check()
    expect(page.locator(".ticks-total")).to_contain_text("1 von")
    expect(page.locator("#kept-ticks")).to_contain_text("Die Haken werden gerade nicht gespeichert")
    assert local_storage(page) == {}
    page = watched.open(f"de/{TUTORIAL}/")
    assert not box(page).is_checked()
    expect(page.locator(".ticks-note")).to_contain_text("Die Haken werden gerade nicht gespeichert")
    box(page).check()
    assert local_storage(page) == {}
    assert page.evaluate("JSON.stringify(sessionStorage)") == '{"stufenweise:/rm/:":"forget"}'


def test_switching_saving_off_can_delete_what_is_saved(watched: Watched) -> None:
    page = watched.open(OVERVIEW)
    box(page).check()
    dont_save(page)
    answer(page, "Abbrechen")
    switch = page.get_by_role("checkbox", name="Auf diesem Gerät nichts speichern")
    expect(switch).not_to_be_checked()
    assert ticks(page) == {PHOTO}
    dont_save(page)
    answer(page, "Entfernen")
    expect(switch).to_be_checked()
    assert box(page).is_checked()
    assert local_storage(page) == {}


def test_the_choice_holds_for_this_tab_alone(watched: Watched) -> None:
    page = watched.open(OVERVIEW)
    dont_save(page)
    page.reload()
    assert page.get_by_role("checkbox", name="Auf diesem Gerät nichts speichern").is_checked()
    second = page.context.new_page()
    second.goto(f"{watched.address}de/{TUTORIAL}/")
    box(second).check()
    assert ticks(second) == {PHOTO}


def test_when_saving_begins_again_nothing_is_lost_in_either_tab(watched: Watched) -> None:
    page = watched.open(OVERVIEW)
    unfold(page)
    level = items(page, LEVEL)[0]
    dont_save(page)
    box(page, level).check()
    second = page.context.new_page()
    second.goto(f"{watched.address}de/{TUTORIAL}/")
    box(second).check()
    dont_save(page)
    assert ticks(page) == {level, PHOTO}
    assert box(page).is_checked()


# A storage that fails


def trouble(page: Page) -> Locator:
    return page.get_by_role("alert").filter(visible=True)


def test_a_full_storage_is_reported_and_ticks_hold_until_the_page_is_left(watched: Watched) -> None:
    page = watched.open(OVERVIEW)
    page.evaluate(
        """() => {
          let text = "x".repeat(1 << 22);
          for (let n = 0; text; n += 1) {
            try { localStorage.setItem(`other-${n}`, text); } catch { text = text.slice(text.length / 2 + 0.5); }
          }
        }"""
    )
    assert trouble(page).count() == 0
    box(page).check()
    expect(trouble(page)).to_contain_text("Der Speicher dieses Browsers ist voll.")
    expect(trouble(page)).to_be_in_viewport()
    assert box(page).is_checked()
    assert page.locator(".ticks-total").inner_text().split()[1] == "1"
    page.evaluate("localStorage.removeItem('other-0')")
    box(page).uncheck()
    box(page).check()
    assert trouble(page).count() == 0
    page.reload()
    assert box(page).is_checked()


@pytest.fixture
def forbidding(browser: Browser, address: str) -> Iterator[Page]:
    """Return a page of a browser that forbids storage; no script complains of it, the theme's neither."""
    context: BrowserContext = browser.new_context()
    context.add_init_script(FORBIDDEN_STORAGE)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(error.stack or str(error)))
    page.goto(f"{address}{OVERVIEW}")
    yield page
    context.close()
    assert faults == []


def test_search_and_colours_work_where_storage_is_forbidden(forbidding: Page) -> None:
    forbidding.keyboard.press("/")
    expect(forbidding.get_by_role("combobox")).to_be_focused()
    forbidding.keyboard.type("Profil", delay=50)
    expect(forbidding.get_by_role("option").first).to_be_visible()
    forbidding.keyboard.press("Escape")
    before = forbidding.locator("body").get_attribute("data-md-color-media")
    forbidding.locator("[data-colours]").click()
    expect(forbidding.locator("body")).not_to_have_attribute("data-md-color-media", str(before))


def test_a_forbidden_storage_is_reported_at_once_and_ticks_hold(forbidding: Page) -> None:
    expect(trouble(forbidding)).to_contain_text("Dieser Browser lässt diese Seiten nichts speichern.")
    box(forbidding).check()
    assert forbidding.locator(".ticks-total").inner_text().split()[1] == "1"
    load(forbidding, saved(f"{TUTORIAL}/x"))
    answer(forbidding, "Zusammenführen")
    expect(said(forbidding)).to_contain_text("Haken jetzt: 1.")
    dont_save(forbidding)
    assert box(forbidding).is_checked()


def test_unreadable_storage_is_reported_and_kept(watched: Watched) -> None:
    """Node tests what else can't be read (store.test.mjs)."""
    page, text = watched.open(OVERVIEW), "{"
    put(page, text)
    expect(trouble(page)).to_contain_text("Die gespeicherten Haken lassen sich nicht lesen")
    box(page).check()
    assert box(page).is_checked()
    assert [*local_storage(page).values()] == [text]
    press(page, "Alles löschen")
    answer(page, "Alles löschen")
    assert trouble(page).count() == 0
    box(page).check()
    assert ticks(page) == {PHOTO}


# For all, and light


def test_axe_finds_nothing_in_any_state(watched: Watched) -> None:
    page = watched.open(f"de/{TUTORIAL}/")
    for item in items(page):
        box(page, item).check()
    assert findings_in_every_look(page) == []
    page = watched.open(OVERVIEW)
    unfold(page)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); } }")
    box(page, items(page)[-1]).check()
    load(page, file(""))
    expect(trouble(page)).to_be_in_viewport()
    assert findings_in_every_look(page) == []
    press(page, "Alles löschen")
    assert findings_in_every_look(page, LOOKS_OF["de"]) == []


def test_the_scripts_are_only_where_there_are_checklists(watched: Watched) -> None:
    """What reads storage is on every page, for the search; what ticks boxes is not."""
    for path, there in ((OVERVIEW, True), ("de/glossary/", False)):
        assert watched.open(path).evaluate("'saveFile' in (globalThis.stufenweise ?? {})") == there, path
