"""At 400 percent axe-core finds nothing either, in whatever state a page is: dialogs, errors, several pairs."""

from __future__ import annotations

from axe import LOOKS, MAGNIFIED, findings_in_every_look
from playwright.sync_api import Page, expect
from searching import search
from session_page import FIND, TABLE, press, title

# ruff: noqa: ANN001 -- `watched` is a fixture's class

ALSO_WIDE = (LOOKS[0], MAGNIFIED)
"""For states that no other test looks at."""
OURS = "de/our-programme/"


def is_sound(page: Page, *, also_wide: bool = False) -> None:
    assert findings_in_every_look(page, ALSO_WIDE if also_wide else (MAGNIFIED,)) == [], page.url


def test_pages_and_what_opens_in_them(watched) -> None:
    page = watched.open(f"de/{FIND}/")
    page.locator("details.mentor > summary").click()
    page.locator("a.term").first.click()
    is_sound(page)
    for path in ("de/", "de/tutorials/#level=1&q=profil", "de/coordinators/", "de/programmes/goal-sheet/"):
        is_sound(watched.open(path))
    page = watched.open("de/checklists/")
    page.evaluate("document.querySelectorAll('article details').forEach((one) => { one.open = true; })")
    is_sound(page, also_wide=True)


def test_the_search_with_results_and_without(watched) -> None:
    page = watched.open("de/levels/")
    search(page, "Profil")
    is_sound(page)
    page.locator(".search input").first.fill("Kommonikazoin")
    expect(page.get_by_text("Vielleicht gemeint")).to_be_visible()
    is_sound(page)


def test_the_self_check_and_the_planner_with_an_error_and_a_result(watched) -> None:
    page = watched.open("de/begin/")
    press(page, "Vorschlag zeigen")
    is_sound(page)
    for question in page.locator("#self-check fieldset").all()[:3]:
        question.locator("input").first.check()
    press(page, "Vorschlag zeigen")
    expect(page.locator("#recommendation")).to_be_visible()
    is_sound(page)
    page = watched.open("de/programmes/planner/#tutorials=my-dialogue-format_gone&minutes=30&land=BY")
    expect(page.locator(".planned__hint").first).to_be_visible()
    is_sound(page)
    page.get_by_label("Erster Termin").fill("")
    expect(page.get_by_text("Es fehlt ein gültiger erster Termin.")).to_be_visible()
    is_sound(page, also_wide=True)


def test_a_session_from_its_plan_to_its_end(watched) -> None:
    watched.page.emulate_media(reduced_motion="reduce")
    page = watched.open(f"de/{TABLE}/#session")
    expect(page.locator("dialog.session")).to_be_visible()
    is_sound(page)
    page.locator("[data-notes]").click()
    is_sound(page, also_wide=True)
    page.locator(".session-ask [value=show]").click()
    while page.locator("dialog.session").get_attribute("data-screen") != "next":
        page.locator("[data-turn=next]").click()
        is_sound(page)
        if title(page).inner_text().startswith("2."):
            press(page, "Anhalten")
            press(page, "Schritt teilen")
            expect(page.locator(".session-share .code__image")).to_be_visible()
            is_sound(page, also_wide=True)
            press(page, "Schließen")
            press(page, "Fortsetzen")


def test_our_programme_empty_with_several_pairs_and_with_something_missing(watched) -> None:
    is_sound(watched.open(OURS), also_wide=True)
    page = watched.open("de/programmes/planner/#programme=web-2-0&from=2030-01-07")
    press(page, "Als unser Programm übernehmen")
    page.wait_for_url(f"**/{OURS}")
    page.get_by_label("Name des Paares").fill("Jörg")
    press(page, "Weiteres Paar anlegen")
    page.get_by_role("button", name="Zu diesem Paar wechseln").first.click()
    page.locator(".our__line summary").first.click()
    is_sound(page, also_wide=True)
    press(page, "Alles löschen")
    is_sound(page, also_wide=True)
    press(page, "Abbrechen")
    page.evaluate("localStorage.removeItem('stufenweise:/rm/:sessions')")
    page.reload()
    expect(page.get_by_text("Hier stand etwas, das dieser Browser nicht mehr hat")).to_be_visible()
    is_sound(page, also_wide=True)
