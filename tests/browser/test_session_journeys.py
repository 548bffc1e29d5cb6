"""Sessions in practice: small screens, a break overnight, two meetings, the end and the next meeting."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .pair_page import press, stored
from .session_page import FIND, TABLE, TWO_MEETINGS, at_ten, forward, table, title
from .watched_page import Watched

HOME = "de/"
OURS = "de/our-programme/"
COVERED = """() => [...document.querySelectorAll('.session__bar, .session__foot')]
    .filter((node) => getComputedStyle(node).position === 'sticky')
    .reduce((sum, node) => sum + node.getBoundingClientRect().height, 0)"""


def marks(page: Page) -> list[str]:
    return list(page.locator("[data-rail] > li").evaluate_all("items => items.map((item) => item.dataset.mark)"))


# Small and wide screens


def test_every_screen_keeps_room_for_its_text_at_400_percent(watched: Watched) -> None:
    page = watched.open(f"de/{FIND}/#session")
    for width, height in ((640, 400), (320, 256), (844, 390)):
        page.set_viewport_size({"width": width, "height": height})
        for screen in ("Der Plan für die Sitzung", "2. Vom Namen zum Thema suchen"):
            forward(page, screen)
            assert page.evaluate(COVERED) <= height * 0.35, (width, screen)
            box = title(page).bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= height * 0.75, (width, screen)
            assert page.locator("dialog.session").evaluate("view => view.scrollWidth <= view.clientWidth"), (
                width,
                screen,
            )
        press(page, "Plan")
    page.set_viewport_size({"width": 320, "height": 256})
    page.locator("[data-turn=next]").scroll_into_view_if_needed()
    expect(page.locator("[data-turn=next]")).to_be_in_viewport()


def test_the_steps_stand_at_the_side_and_lead_to_each_of_them(watched: Watched) -> None:
    page = at_ten(watched, f"de/{FIND}")
    page.get_by_role("checkbox", name="3. Prüfen, wer passt").uncheck()
    forward(page, "4. Freundlich anfragen")
    assert marks(page) == ["done"] * 4 + ["out", "now"] + ["open"] * 3
    rail = page.get_by_role("navigation", name="Schritte dieser Sitzung")
    assert rail.get_by_role("link").count() == 8
    expect(rail.locator("[aria-current=step]")).to_have_text("4. Freundlich anfragen")
    text = page.locator(".session__page").bounding_box()
    side = rail.bounding_box()
    assert side is not None
    assert text is not None
    assert side["x"] + side["width"] <= text["x"]
    rail.get_by_role("link", name="1. Die offene Frage").click()
    expect(title(page)).to_have_text("1. Die offene Frage aufschreiben")
    page.go_back()
    expect(title(page)).to_have_text("4. Freundlich anfragen")
    page.set_viewport_size({"width": 390, "height": 844})
    dots = [box for item in rail.locator("li").all() if (box := item.bounding_box())]
    assert len({box["y"] for box in dots}) == 1
    assert min(min(box["width"], box["height"]) for box in dots) >= 24


def test_a_step_that_is_done_looks_done_where_the_system_sets_the_colours(watched: Watched) -> None:
    page = watched.open(f"de/{FIND}/#session")
    page.emulate_media(forced_colors="active")
    page.set_viewport_size({"width": 390, "height": 844})
    forward(page, "2. Vom Namen zum Thema suchen")
    grounds = page.locator("[data-rail] > li > *").evaluate_all(
        "steps => steps.map((step) => getComputedStyle(step, '::before').background)"
    )
    page.emulate_media(forced_colors="none")
    assert len(set(grounds)) == 3, "done, now, to come"


def test_a_session_that_opens_says_its_title(watched: Watched) -> None:
    page = watched.open(f"de/{FIND}/")
    press(page, "Sitzung beginnen")
    expect(title(page)).to_be_focused()
    expect(page.get_by_role("dialog", name="Der Plan für die Sitzung")).to_be_visible()


# Breaks


def test_another_tutorial_leaves_a_paused_session_alone(watched: Watched) -> None:
    page = watched.open(f"de/{FIND}/#session")
    forward(page, "2. Vom Namen zum Thema suchen")
    watched.open(f"de/{TABLE}/#session")
    expect(title(page)).to_have_text("Der Plan für die Sitzung")
    press(page, "Los geht’s")
    watched.open(HOME)
    card = page.locator("[data-go-on]")
    expect(card.locator("[data-what]")).to_have_text("Benachrichtigungen bändigen")
    card.get_by_role("link", name="Zu einem Thema die richtige Person finden").click()
    expect(title(page)).to_have_text("2. Vom Namen zum Thema suchen")


def test_the_plan_of_the_next_day_is_of_what_is_left(watched: Watched) -> None:
    page = at_ten(watched, f"de/{FIND}")
    forward(page, "2. Vom Namen zum Thema suchen")
    press(page, "+5 Min.")
    page.clock.fast_forward("23:59:00")
    expect(title(page)).to_have_text("Der Plan für die Sitzung")
    rows = table(page)
    assert rows[0] == "✓ Ankommen 5"
    assert "10:00 2. Vom Namen zum Thema suchen 8" in rows
    assert rows[-2:] == ["10:41 Puffer 19", "11:00 Ende"]
    expect(page.locator(".session__fit")).to_have_text("Passt, mit 19 Min. Puffer am Ende.")
    press(page, "Fortsetzen")
    expect(page.get_by_role("timer")).to_have_text("noch 8 Min.")


def test_only_tutorials_that_fit_and_come_later_are_offered_after_an_hour(watched: Watched) -> None:
    page = at_ten(watched, f"de/{FIND}")
    before = page.locator("a[rel=prev][data-slug]").first.get_attribute("data-slug")
    assert page.locator(f"[data-follow='{before}']").count() == 0
    offered = page.locator(".session__more label:not([hidden]) input")
    few = offered.count()
    page.get_by_label("Länge").select_option("90")
    slugs = offered.evaluate_all("boxes => boxes.map((box) => box.dataset.follow)")
    assert len(slugs) > few
    page.get_by_text("Danach noch").click()
    for slug in slugs:
        box = page.locator(f"[data-follow='{slug}']")
        box.check()
        expect(page.locator(".session__fit")).not_to_contain_text("zu lang")
        box.uncheck()


# Two meetings, and the first of all


def test_the_first_of_two_meetings_is_remembered(watched: Watched) -> None:
    page = watched.open(f"en/{TWO_MEETINGS}/#session")
    expect(page.locator("[data-first]")).to_have_count(1)
    while page.locator("dialog.session").get_attribute("data-screen") != "next":
        page.locator("[data-turn=next]").click()
        if page.locator("dialog.session").get_attribute("data-screen") == "checkin":
            expect(page.get_by_text("what stays between the two of you")).to_be_visible()
            expect(page.get_by_text("worked since last time")).to_be_hidden()
    expect(page.locator("[name=add]")).to_have_value(TWO_MEETINGS.split("/")[1])
    press(page, "Finish the session")
    expect(page).to_have_url(re.compile("/our-programme/$"))
    watched.open(f"en/{TWO_MEETINGS}/#session")
    expect(page.get_by_label("Meeting")).to_have_value("2")
    assert page.locator("[data-step]").count() == 3
    press(page, "Let’s begin")
    expect(page.get_by_text("worked since last time")).to_be_visible()
    watched.open("en/our-programme/")
    expect(page.locator("[data-line] > li").first).to_contain_text("part 1")


# The end


@pytest.fixture
def ended(watched: Watched) -> Page:
    """Return a page at a session's end, one step of which was left out."""
    page = at_ten(watched, f"de/{FIND}")
    page.get_by_role("checkbox", name="3. Prüfen, wer passt").uncheck()
    forward(page, "Checkliste")
    page.locator(".session input[data-item]").first.check()
    forward(page, "Nächster Schritt")
    return page


def test_the_end_says_what_was_done_and_what_comes_next(ended: Page) -> None:
    page = ended
    done = page.locator("[data-done] > li").all_inner_texts()
    assert [" ".join(line.split()) for line in done][2] == "3. Prüfen, wer passt (ausgelassen)"
    assert len(done) == 4
    expect(page.locator(".session__paper .ticks")).to_contain_text("1 von 4 abgehakt")
    press(page, "Termin in den Kalender")
    expect(page.locator(".session__end [data-said]")).to_contain_text("braucht es eine Vereinbarung")
    page.get_by_label("Was ist vereinbart?").fill("Nathalie danken")
    page.locator(".session__end [name=add]").select_option("ai-in-my-area")
    expect(page.locator("ul[data-prepare]")).to_contain_text("Vorbereiten: ")
    page.locator(".session__end [name=day]").fill("2026-12-08")
    page.locator(".session__end [name=at]").fill("09:00")
    with page.expect_download() as download:
        press(page, "Termin in den Kalender")
    text = Path(download.value.path()).read_bytes().decode().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 2
    assert "SUMMARY:Nächster Schritt: Nathalie danken" in text
    assert "Vorbereiten: " in text
    moment = datetime.datetime(2026, 12, 8, 9).astimezone(datetime.UTC)
    assert moment.strftime("DTSTART:%Y%m%dT%H%M%SZ") in text
    page.get_by_role("link", name="Unser Programm", exact=True).last.click()
    expect(page.locator("[data-line] > li").first).to_have_attribute("data-state", "done")
    expect(page.locator("[data-line] > li").nth(1)).to_contain_text("8. Dez. 2026 09:00")
    expect(page.get_by_text("Nathalie danken")).to_be_visible()
    assert stored(page, "session") is None, "who goes on to the programme has ended the session"


def test_the_state_is_taken_along_from_the_end(ended: Page) -> None:
    page = ended
    with page.expect_download() as download:
        press(page, "In Datei sichern")
    assert '"sessions"' in Path(download.value.path()).read_text(encoding="utf-8")
    press(page, "Code und Link zeigen")
    expect(page.get_by_role("dialog", name="Mitnehmen").locator(".code__image")).to_be_visible()
    assert "our-programme/#stand=1c." in page.locator(".session-share [data-code-link]").input_value()
    press(page, "Schließen")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.session")).to_be_hidden()
    # The close event fires a moment later. A finished session is not resumed.
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.endsWith(':session'))")


def test_a_session_that_is_finished_ends_once(ended: Page) -> None:
    page = ended
    # Without its link the page stays, and its dialog closes. Each end asks the browser once to keep the data.
    page.evaluate("""() => {
      document.querySelector("a[data-do=leave]").removeAttribute("href");
      window.ends = 0;
      navigator.storage.persist = async () => { window.ends += 1; };
      const dialog = document.querySelector("dialog.session");
      window.closed = new Promise((resolve) => dialog.addEventListener("close", () => resolve()));
    }""")
    press(page, "Sitzung abschließen")
    page.evaluate("window.closed")
    assert page.evaluate("window.ends") == 1
