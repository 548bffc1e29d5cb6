"""A tutorial as a session: its timetable, one step at a time, resumed where it was left, the next step agreed."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Literal

import pytest
from axe import LOOKS_OF, findings, findings_in_every_look, looks
from playwright.sync_api import Browser, expect

from .pair_page import press, stored
from .session_page import FIND, TABLE, TWO_MEETINGS, at_ten, forward, table, timer, title
from .watched_page import FORBIDDEN_STORAGE, Watched

AFTER_FIND = "find-experts"
SCREENS = [
    "Ankommen",
    "Worum es geht",
    "1. Die offene Frage aufschreiben",
    "2. Vom Namen zum Thema suchen",
    "3. Prüfen, wer passt",
    "4. Freundlich anfragen",
    "Darüber sprechen",
    "Checkliste",
    "Nächster Schritt",
]


# A whole session


def test_a_pair_does_a_whole_session_by_keyboard_alone(watched: Watched) -> None:
    page = watched.open(f"de/{FIND}/")
    page.get_by_role("button", name="Sitzung beginnen").focus()
    page.keyboard.press("Enter")
    expect(title(page)).to_be_focused()
    expect(title(page)).to_have_text("Der Plan für die Sitzung")
    assert page.url.endswith("/#session")
    for number, screen in enumerate(SCREENS, 1):
        page.keyboard.press("ArrowRight")
        expect(title(page)).to_have_text(screen)
        expect(title(page)).to_be_focused()
        assert page.locator(".session__count").inner_text() == f"{number} von {len(SCREENS)}"
        if screen == "Checkliste":
            page.keyboard.press("Tab")
            page.keyboard.press("Space")
    box = page.locator("input[name=by]")
    page.locator("textarea[name=text]").focus()
    page.keyboard.type("Antwort abwarten")
    page.keyboard.press("ArrowLeft")
    assert title(page).inner_text() == SCREENS[-1], "arrows move in a text, not through the session"
    assert box.input_value() > str(datetime.datetime.now(tz=datetime.UTC).date())
    finish = page.get_by_role("button", name="Sitzung abschließen")
    finish.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/de/our-programme/$"))
    assert stored(page, "session") is None
    lines = page.locator("[data-line] > li")
    expect(lines.first).to_contain_text("1 von 4 abgehakt")
    expect(lines.last).to_contain_text("als Nächstes")
    watched.open(f"de/{FIND}/")
    expect(page.get_by_role("button", name="Sitzung beginnen")).to_be_visible()
    assert page.locator("#checklist ~ ul input[data-item]").first.is_checked()


def test_keys_turn_the_steps_and_escape_keeps_the_place(watched: Watched) -> None:
    page = at_ten(watched, f"de/{FIND}")
    for key in ("ArrowRight", "PageDown", "PageDown"):
        page.keyboard.press(key)
    while title(page).inner_text() == SCREENS[1]:
        page.keyboard.press("PageDown")
    expect(title(page)).to_have_text(SCREENS[2])
    page.keyboard.press("PageUp")
    expect(title(page)).to_have_text(SCREENS[1])
    page.keyboard.press("ArrowLeft")
    expect(title(page)).to_have_text(SCREENS[0])
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.session")).to_be_hidden()
    press(page, "Sitzung fortsetzen")
    expect(title(page)).to_have_text(SCREENS[1])
    page.go_back()
    expect(page.locator("dialog.session")).to_be_hidden()
    page.go_forward()
    expect(title(page)).to_have_text(SCREENS[1])


def test_the_themes_keys_and_held_keys_do_not_leave_the_session(watched: Watched) -> None:
    page = at_ten(watched, f"de/{FIND}")
    for key in ("n", "p", "s", "Shift+ArrowRight", "Control+ArrowRight"):
        page.keyboard.press(key)
    expect(title(page)).to_have_text("Der Plan für die Sitzung")


def test_the_page_has_its_text_back_when_the_session_is_left(watched: Watched) -> None:
    page = watched.open(f"de/{FIND}/")
    text = "document.querySelector('article').innerText"
    before = page.evaluate(text)
    press(page, "Sitzung beginnen")
    forward(page, SCREENS[3])
    assert page.locator("[id=search]").count() == 1
    forward(page, "Checkliste")
    press(page, "Verlassen")
    expect(page.get_by_role("button", name="Sitzung fortsetzen")).to_be_visible()
    assert page.evaluate(text).replace("Sitzung fortsetzen", "Sitzung beginnen") == before


def test_a_term_is_explained_without_leaving_the_step(watched: Watched) -> None:
    page = at_ten(watched, f"en/{TWO_MEETINGS}")
    forward(page, "2. Choose a format")
    term = page.locator(".session__text a.term").first
    term.click()
    expect(term).to_have_attribute("aria-expanded", "true")
    assert page.locator(".session__text .term-note").inner_text().lower().startswith("blog ")
    term.click()
    expect(page.locator(".term-note")).to_have_count(0)
    expect(title(page)).to_have_text("2. Choose a format")


# The hour


def test_the_plan_shows_the_clocks_times_and_the_steps_within(watched: Watched) -> None:
    page = at_ten(watched, f"de/{FIND}")
    assert table(page) == [
        "10:00 Ankommen 5",
        "10:05 Wozu 10",
        "10:15 Ausprobieren 25",
        "10:15 1. Die offene Frage aufschreiben 4",
        "10:19 2. Vom Namen zum Thema suchen 8",
        "10:27 3. Prüfen, wer passt 5",
        "10:32 4. Freundlich anfragen 8",
        "10:40 Darüber sprechen 10",
        "10:50 Nächster Schritt 10",
        "10:50 Checkliste 3",
        "10:53 Nächsten Schritt vereinbaren 7",
        "11:00 Ende",
    ]
    assert page.get_by_text(
        "zuerst kürzen: Wozu (−7), Ankommen (−2), Checkliste (−1), Nächster Schritt (−2), Darüber sprechen (−3)"
    ).is_visible()
    page.get_by_label("Beginn").fill("14:30")
    assert table(page)[1] == "14:35 Wozu 10"
    expect(page.locator(".parts"), "what leads to the page's parts is no help in a session").to_be_hidden()


def test_half_an_hour_leaves_steps_out_and_one_can_be_taken_in(watched: Watched) -> None:
    page = at_ten(watched, f"de/{FIND}")
    page.get_by_label("Länge").select_option("30")
    expect(page.get_by_text("Passt, mit 1 Min. Puffer am Ende.")).to_be_visible()
    assert "– 3. Prüfen, wer passt –" in table(page)
    page.get_by_role("checkbox", name="3. Prüfen, wer passt").check()
    expect(page.get_by_text("Passt genau, ohne Puffer.")).to_be_visible()
    page.get_by_label("Länge").select_option("45")
    page.get_by_label("Länge").select_option("30")
    assert "10:30 Ende" in table(page)
    forward(page, SCREENS[3])
    page.keyboard.press("ArrowRight")
    expect(title(page)).to_have_text(SCREENS[5])
    assert page.locator(".session__count").inner_text() == "5 von 8"


def test_a_plan_that_is_too_long_says_by_how_much(watched: Watched) -> None:
    page = at_ten(watched, f"en/{TWO_MEETINGS}")
    page.get_by_label("Length").select_option("30")
    expect(page.locator(".session__fit")).to_contain_text("min too long")


def test_a_tutorial_of_two_meetings_asks_which(watched: Watched) -> None:
    page = at_ten(watched, f"en/{TWO_MEETINGS}")
    assert page.locator("[data-step]").count() == 3
    page.get_by_label("Meeting").select_option(label="Meeting 2")
    assert any(" 4. " in row for row in table(page))
    assert page.locator("[data-step]").count() == 3
    page.get_by_label("Meeting").select_option(label="both in one")
    page.get_by_label("Length").select_option("90")
    assert page.locator("[data-step]").count() == 6
    expect(page.get_by_text("It fits exactly")).to_be_visible()


def test_two_tutorials_share_a_session_over_both_pages(watched: Watched) -> None:
    page = at_ten(watched, f"de/{FIND}")
    page.get_by_label("Länge").select_option("90")
    page.get_by_text("Danach noch").click()
    other = page.locator(f"[data-follow='{AFTER_FIND}']")
    name = other.get_attribute("data-title")
    assert name
    other.check()
    assert sum(name in row for row in table(page)) == 1
    forward(page, "Checkliste")
    on = page.get_by_role("button", name=f"Weiter: {name}")
    page.clock.run_for(60_000)
    on.click()
    expect(title(page)).to_have_text("Worum es geht")
    assert page.url.endswith(f"/{AFTER_FIND}/#session/why")
    press(page, "Plan")
    assert table(page)[0] == "✓ Ankommen 4"
    assert "10:01 Wozu 2" in table(page)
    press(page, "Fortsetzen")
    press(page, "Zurück")
    expect(title(page)).to_have_text("Checkliste")
    assert page.url.endswith(f"/{FIND}/#session/check")
    page.locator("[data-turn=next]").click()
    expect(title(page)).to_have_text("Worum es geht")
    forward(page, "Nächster Schritt")
    press(page, "Sitzung abschließen")
    expect(page).to_have_url(re.compile("/our-programme/$"))
    assert stored(page, "session") is None


# Time


def test_the_timer_counts_down_and_then_says_quietly_that_time_is_up(watched: Watched) -> None:
    page = at_ten(watched, f"de/{FIND}")
    page.keyboard.press("ArrowRight")
    expect(timer(page)).to_have_text("noch 5 Min.")
    assert timer(page).get_attribute("aria-live") == "off"
    assert page.locator(".session__ends").inner_text() == "Ende gegen 11:00"
    page.clock.run_for(61_000)
    expect(timer(page)).to_have_text("noch 4 Min.")
    page.clock.run_for(240_000)
    expect(timer(page)).to_have_text("Zeit ist um")
    page.clock.run_for(180_000)
    expect(timer(page)).to_have_text("3 Min. überzogen")
    expect(page.locator(".session__ends")).to_have_text("Ende gegen 11:03 · 3 Min. später als geplant")
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.locator(".session__foot").evaluate("foot => foot.scrollWidth <= foot.clientWidth")


def test_pausing_stops_the_clock_and_five_more_minutes_shift_the_rest(watched: Watched) -> None:
    page = at_ten(watched, f"de/{FIND}")
    page.keyboard.press("ArrowRight")
    page.clock.run_for(60_000)
    press(page, "Anhalten")
    page.clock.run_for(600_000)
    expect(timer(page)).to_have_text("noch 4 Min.")
    expect(page.locator(".session__ends")).to_contain_text("Ende gegen 11:10")
    press(page, "Fortsetzen")
    page.clock.run_for(1000)
    press(page, "+5 Min.")
    expect(timer(page)).to_have_text("noch 9 Min.")
    press(page, "Plan")
    assert "10:20 Wozu 10" in table(page)
    assert "11:15 Ende" in table(page)


@pytest.mark.parametrize("paused", [False, True])
def test_a_reload_keeps_the_place_and_the_minutes(watched: Watched, paused: bool) -> None:
    page = at_ten(watched, f"de/{FIND}")
    forward(page, SCREENS[3])
    page.clock.run_for(120_000)
    if paused:
        press(page, "Anhalten")
    page.reload()
    expect(title(page)).to_have_text(SCREENS[3])
    expect(timer(page)).to_have_text("noch 6 Min.")
    page.clock.run_for(120_000)
    expect(timer(page)).to_have_text("noch 6 Min." if paused else "noch 4 Min.")
    watched.open(f"en/{FIND}/#session")
    expect(title(page)).to_have_text("2. Search from name to topic")


def test_a_session_of_another_day_resumes_at_its_plan(watched: Watched) -> None:
    page = at_ten(watched, f"de/{FIND}")
    forward(page, SCREENS[3])
    page.clock.fast_forward("26:00:00")
    page.reload()
    expect(title(page)).to_have_text("Der Plan für die Sitzung")
    press(page, "Fortsetzen")
    expect(title(page)).to_have_text(SCREENS[3])


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_where_no_motion_is_wanted(watched: Watched, motion: Literal["reduce", "no-preference"]) -> None:
    page = at_ten(watched, f"de/{FIND}")
    page.emulate_media(reduced_motion=motion)
    page.keyboard.press("ArrowRight")
    page.clock.run_for(30_000)
    value = page.locator(".session__left").evaluate("bar => bar.value")
    assert value == (5 if motion == "reduce" else pytest.approx(4.5, abs=0.05))


# Fingers


@pytest.mark.parametrize(
    ("way", "screen"), [((-200, 20), SCREENS[1]), ((-30, 0), SCREENS[0]), ((-120, 100), SCREENS[0])]
)
def test_a_swipe_turns_the_page_and_scrolling_does_not(
    browser: Browser, address: str, way: tuple[int, int], screen: str
) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 360, "height": 740}, locale="de-DE")
    page = context.new_page()
    page.goto(f"{address}de/{FIND}/#session")
    page.locator("[data-turn=next]").tap()
    touch = context.new_cdp_session(page)

    def send(kind: str, *points: dict[str, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", {"x": 280, "y": 400})
    for part in (0.3, 0.6, 1):
        send("touchMove", {"x": 280 + way[0] * part, "y": 400 + way[1] * part})
    send("touchEnd")
    expect(title(page)).to_have_text(screen)
    context.close()


# The mentor's notes


def test_the_mentors_notes_are_there_only_where_the_mentor_said_so(watched: Watched) -> None:
    page = at_ten(watched, f"de/{FIND}")
    forward(page, SCREENS[3])
    assert page.locator(".session details.mentor").count() == 0
    press(page, "Plan")
    switch = page.get_by_role("switch", name="Hinweise für Mentorin oder Mentor")
    switch.click()
    assert page.evaluate("document.activeElement.textContent") == "Ja, nicht zeigen"
    page.keyboard.press("Escape")
    expect(switch).not_to_be_checked()
    expect(switch).to_be_focused()
    assert stored(page, "mentor") is None
    page.keyboard.press("Space")
    press(page, "Nein, Hinweise zeigen")
    expect(switch).to_be_checked()
    forward(page, "Checkliste")
    notes = page.locator(".session details.mentor")
    assert not notes.evaluate("details => details.open")
    notes.locator("summary").click()
    assert notes.get_by_text("Wenn die Zeit knapp wird").is_visible()
    page.keyboard.press("ArrowLeft")
    assert not notes.evaluate("details => details.open"), "each screen begins with the notes folded"
    press(page, "Plan")
    switch.uncheck()
    assert page.locator(".session details.mentor").count() == 0
    assert stored(page, "mentor") is None
    switch.click()
    press(page, "Nein, Hinweise zeigen")
    watched.open(f"de/{TABLE}/#session")
    expect(switch).not_to_be_checked()
    assert stored(page, "mentor") is None, "another session begins without them, for the screen may be another"


# The next step


def test_the_next_step_is_kept_saved_as_an_entry_and_shown_at_the_next_check_in(watched: Watched) -> None:
    page = at_ten(watched, f"de/{FIND}")
    forward(page, "Nächster Schritt")
    assert page.locator("input[name=by]").input_value() == "2026-12-01"
    page.locator("input[name=by]").fill("2026-12-03")
    page.locator("textarea[name=text]").fill("Nathalie danken;\nnachfragen")
    with page.expect_download() as download:
        press(page, "Termin in den Kalender")
    assert download.value.suggested_filename == "find-people.ics"
    lines = Path(download.value.path()).read_bytes().decode().replace("\r\n ", "").split("\r\n")
    assert "DTSTART;VALUE=DATE:20261203" in lines
    assert "DTEND;VALUE=DATE:20261204" in lines
    assert "SUMMARY:Nächster Schritt: Nathalie danken\\;\\nnachfragen" in lines
    address = page.url.split("#")[0]
    assert (
        "DESCRIPTION:Nathalie danken\\;\\nnachfragen\\nZu einem Thema die richtige Person finden\\n" + address in lines
    )
    page.reload()
    expect(page.locator("textarea[name=text]")).to_have_value("Nathalie danken;\nnachfragen")
    assert page.locator("input[name=by]").input_value() == "2026-12-03"
    assert stored(page, "next-steps") == {"find-people": {"by": "2026-12-03", "text": "Nathalie danken;\nnachfragen"}}
    watched.open(f"de/{TABLE}/#session")
    press(page, "Los geht’s")
    expect(page.locator(".session__agreed")).to_contain_text("Vereinbart war bis 3. Dezember 2026: Nathalie danken")
    watched.open(f"de/{FIND}/#session")
    forward(page, "Nächster Schritt")
    page.locator("textarea[name=text]").fill("")
    assert stored(page, "next-steps") == {}


def test_the_next_step_prints_with_the_checklist_and_nothing_else(watched: Watched) -> None:
    page = at_ten(watched, f"de/{FIND}")
    forward(page, "Checkliste")
    page.locator(".session input[data-item]").first.check()
    forward(page, "Nächster Schritt")
    page.locator("textarea[name=text]").fill("Antwort abwarten")
    assert not page.locator(".session input[data-item]").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator(".session input[data-item]").filter(visible=True).count() == 4
    assert page.locator("textarea[name=text]").is_visible()
    assert page.get_by_text("Zu einem Thema die richtige Person finden").filter(visible=True).count() == 1
    hidden = ".session button, .session [role=timer], .md-content__inner > :not(.session)"
    assert page.locator(hidden).filter(visible=True).count() == 0
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1


# Everywhere


@pytest.mark.parametrize("language", ["de", "en"])
def test_axe_finds_nothing_on_any_screen(watched: Watched, language: str) -> None:
    watched.page.emulate_media(reduced_motion="reduce")
    page = watched.open(f"{language}/{TWO_MEETINGS}/#session")
    page.locator("[data-notes]").click()
    assert findings_in_every_look(page, LOOKS_OF[language]) == []
    page.locator(".session-ask [value=show]").click()
    page.locator("[name=length]").select_option("90")
    page.locator(".session__more summary").click()
    page.locator("[name=length]").select_option("30")
    assert findings_in_every_look(page, LOOKS_OF[language]) == []
    for screen in ("doing", "next"):
        while page.locator("dialog.session").get_attribute("data-screen") != screen:
            page.locator("[data-turn=next]").click()
        if screen == "doing":
            page.keyboard.press("ArrowRight")
            page.locator(".session__notes summary").click()
            expect(title(page)).to_have_text(re.compile("^2\\."))
        for look in looks(page, LOOKS_OF[language]):
            assert findings(page) == [], (screen, look)
            wide = "node => node.scrollWidth <= node.clientWidth"
            assert page.locator("dialog.session").evaluate(wide), (screen, look)
            small = page.locator("dialog.session :is(button, summary, input)").filter(visible=True)
            assert [
                element for element in small.all() if (element.bounding_box() or {"height": 24})["height"] < 20
            ] == []


def test_a_session_works_from_a_folder(browser: Browser, built_site: Path) -> None:
    page = browser.new_page(locale="de-DE")
    page.goto((built_site / "de" / FIND / "index.html").as_uri() + "#session")
    page.locator("[name=length]").select_option("90")
    page.get_by_text("Danach noch").click()
    page.locator(f"[data-follow='{AFTER_FIND}']").check()
    forward(page, "Checkliste")
    page.locator("[data-turn=next]").click()
    expect(title(page)).to_have_text("Worum es geht")
    assert page.url.endswith(f"/{AFTER_FIND}/index.html#session/why")
    forward(page, "Nächster Schritt")
    page.locator("textarea[name=text]").fill("Weiter so")
    with page.expect_download() as download:
        press(page, "Termin in den Kalender")
    assert "file:" not in Path(download.value.path()).read_text(encoding="utf-8")
    page.close()


def test_a_session_works_where_storage_is_forbidden(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="de-DE")
    context.add_init_script(FORBIDDEN_STORAGE)
    page = context.new_page()
    # As wide as the frame of a platform: the foot has two lines.
    page.set_viewport_size({"width": 640, "height": 666})
    page.goto(f"{address}de/{FIND}/#session")
    forward(page, "Checkliste")
    expect(page.locator(".session [data-trouble]")).to_contain_text("lässt diese Seiten nichts speichern")
    expect(page.locator(".session [data-trouble]")).to_be_in_viewport(ratio=1)
    page.locator(".session input[data-item]").first.check()
    press(page, "Verlassen")
    press(page, "Sitzung fortsetzen")
    expect(title(page)).to_have_text("Checkliste")
    assert page.locator(".session input[data-item]").first.is_checked()
    context.close()


@pytest.mark.parametrize("watched", [{"scripts": False}], indirect=True)
def test_without_scripts_the_page_is_the_whole_text(watched: Watched) -> None:
    page = watched.open(f"de/{FIND}/#session")
    assert page.locator(".session, .session-start").filter(visible=True).count() == 0
    assert page.get_by_role("heading", name="Freundlich anfragen").is_visible()


def test_session_scripts_are_loaded_when_it_begins(watched: Watched) -> None:
    for path in (f"de/{FIND}/", "de/checklists/"):
        assert not watched.open(path).evaluate("'hour' in globalThis.stufenweise"), path
