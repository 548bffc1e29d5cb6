"""The pair's page: next meeting, sessions, agreements, all from this browser's storage; calendar, pairs, export."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe import findings_in_every_look
from icalendar import Calendar, Event
from playwright.sync_api import Browser, Page, expect

from .pair_page import press, stored
from .watched_page import Watched

OURS = "de/our-programme/"
PLANNER = "de/programmes/planner/"
PLAN_IN_WEEKS = "de/kit/half-year-plan/"
PLAN = "tutorials=platform-tour_find-people_set-up-my-profile&from=2030-01-07&at=10.00&every=2&minutes=60"
LINE = ".our__line > li"
TOUR = "Sich auf der Plattform zurechtfinden"


def line(page: Page) -> list[str]:
    """Return the lines in the list of sessions, once it is drawn."""
    expect(page.locator(f"{LINE} > div").first).to_be_attached()
    return [" ".join(text.split()) for text in page.locator(f"{LINE} > div").all_inner_texts()]


def planned(watched: Watched) -> Page:
    """Store a plan from the planner, as a pair does."""
    page = watched.open(f"{PLANNER}#{PLAN}")
    press(page, "Als unser Programm übernehmen")
    page.wait_for_url(f"**/{OURS}")
    return page


def saved_dates(page: Page) -> list[Event]:
    with page.expect_download() as download:
        press(page, "Termine in den Kalender")
    return Calendar.from_ical(Path(download.value.path()).read_bytes()).events


# What it shows


def test_an_empty_programme_has_three_ways_in(watched: Watched) -> None:
    page = watched.open(OURS)
    expect(page.get_by_text("Noch kein Plan.")).to_be_visible()
    for name, path in (("Fragen beantworten", "begin/"), ("Programm wählen", "programmes/planner/")):
        page.get_by_role("link", name=name).click()
        page.wait_for_url(f"**/de/{path}")
        page.go_back()
    page.get_by_role("link", name="Nur ein Tutorial").click()
    page.wait_for_url("**/de/tutorials/")
    expect(watched.open("de/").locator(".go-on")).to_be_hidden()


@pytest.mark.parametrize("watched", [{"scripts": False}], indirect=True)
def test_without_scripts_the_page_says_so_and_has_the_ways_in(watched: Watched) -> None:
    page = watched.open(OURS)
    assert "dazu braucht sie JavaScript" in page.locator("article").inner_text()
    assert page.get_by_role("link", name="Fragen beantworten").is_visible()
    assert page.locator(".our form, .our button").locator("visible=true").count() == 0


def test_a_plan_is_kept_and_begun_with_one_click(watched: Watched) -> None:
    page = planned(watched)
    expect(page.locator(".our__next .our__lead")).to_have_text("Mo., 7. Jan. 2030 10:00")
    assert len(line(page)) == 5
    assert line(page)[1].startswith(f"später: {TOUR} Mo., 21. Jan. 2030 10:00 0 von ")
    press(page, "Als gehalten abhaken")
    assert line(page)[0].startswith("gehalten: Kennenlernen und Vereinbarung")
    assert line(page)[1].startswith(f"als Nächstes: {TOUR}")
    page.get_by_role("link", name="Sitzung beginnen").click()
    expect(page.locator("dialog.session")).to_be_visible()
    press(page, "Los geht’s")
    page = watched.open("de/")
    expect(page.locator(".go-on__what")).to_have_text(TOUR)
    page.get_by_role("link", name="Sitzung fortsetzen").click()
    expect(page.locator(".session__title")).to_have_text("Ankommen")
    while page.locator("dialog.session").is_visible():
        page.locator("[data-turn=next]").click()
    page = watched.open(OURS)
    assert line(page)[1].startswith(f"gehalten: {TOUR}")
    expect(page.get_by_text("2 von 5 gehalten")).to_be_visible()


def test_a_meeting_whose_day_is_past_is_not_called_the_next(watched: Watched) -> None:
    page = watched.open(f"{PLANNER}#programme=web-2-0&from=2020-01-07")
    press(page, "Als unser Programm übernehmen")
    expect(page.locator(".our__next .our__lead")).to_have_text("Geplant war Di., 7. Jan. 2020 10:00.")
    expect(watched.open("de/").locator(".go-on [data-when]")).to_have_text("Geplant war Di., 7. Januar 10:00.")


def test_a_session_without_a_plan_is_in_the_line_too_and_what_it_proposed_comes_next(watched: Watched) -> None:
    page = watched.open("de/tutorials/find-people/#session")
    expect(page.locator("dialog.session")).to_be_visible()
    page.locator("[data-turn=next]").click()
    page = watched.open(OURS)
    expect(page.get_by_text("Begonnen: Zu einem Thema die richtige Person finden")).to_be_visible()
    expect(page.get_by_text("Noch kein Plan.")).to_be_hidden()
    page.get_by_role("link", name="Sitzung fortsetzen").click()
    while "our-programme" not in page.url:
        page.locator("[data-turn=next]").click()
    held, proposed = line(page)
    assert held.startswith("gehalten: Zu einem Thema die richtige Person finden")
    assert proposed.startswith("als Nächstes: Mit einer offenen Frage Fachleute erreichen")


def test_each_session_is_changed_where_it_stands_and_the_focus_stays(watched: Watched) -> None:
    page = planned(watched)
    row = page.locator(LINE).nth(1)
    row.locator("summary").click()
    row.get_by_label("Tag").fill("2030-01-22")
    row.get_by_label("Uhrzeit").fill("14:30")
    expect(row).to_contain_text("Di., 22. Jan. 2030 14:30")
    expect(row.get_by_label("Uhrzeit")).to_be_focused()
    row.get_by_role("button", name="nach hinten").focus()
    page.keyboard.press("Enter")
    moved = page.locator(LINE).nth(2)
    assert TOUR in moved.inner_text()
    expect(moved.get_by_role("button", name="nach hinten")).to_be_focused()
    expect(moved).to_contain_text("Mo., 4. Feb. 2030")
    moved.get_by_role("button", name="herausnehmen").click()
    expect(page.locator("[data-said]")).to_have_text(f"Herausgenommen: {TOUR}")
    page.get_by_label("Tutorial hinzufügen").select_option("find-information")
    expect(page.locator(LINE).nth(4)).to_contain_text("noch ohne Termin")


def test_agreements_are_ticked_off_and_shown_on_the_home_page(watched: Watched) -> None:
    page = planned(watched)
    page.get_by_label("Was genau?").fill("Im Kanal antworten")
    page.get_by_label("Bis wann?").fill("2030-01-10")
    press(page, "Vereinbaren")
    expect(page.get_by_text("bis 10. Januar 2030: Im Kanal antworten")).to_be_visible()
    expect(watched.open("de/").locator(".go-on")).to_contain_text("Vereinbart bis 10. Januar 2030: Im Kanal antworten")
    expect(page.locator(".ways-in")).to_be_hidden()
    page = watched.open(OURS)
    page.get_by_label("erledigt: Im Kanal antworten").check()
    expect(page.get_by_text("Erledigt: 1")).to_be_visible()
    expect(watched.open("de/").locator(".go-on")).not_to_contain_text("Im Kanal antworten")


def test_the_goal_sheets_goal_stands_there(watched: Watched) -> None:
    page = watched.open("de/programmes/goal-sheet/")
    page.locator("[name='reach-1']").fill("Selbst antworten")
    page.locator("[name='by-1']").fill("2030-03-01")
    expect(watched.open(OURS).get_by_text("Selbst antworten (bis 1. März 2030)")).to_be_visible()


def test_the_self_checks_result_is_added_or_begun(watched: Watched) -> None:
    page = watched.open("de/begin/")
    for question in page.locator("#self-check fieldset").all():
        question.locator("input").first.check()
    press(page, "Vorschlag zeigen")
    expect(page.locator("[data-result=tutorials] a").first).to_be_visible()
    names = page.locator("[data-result=tutorials] a").all_inner_texts()
    begin = page.get_by_role("link", name="Mit dem ersten beginnen")
    assert (begin.get_attribute("href") or "").endswith("#session")
    press(page, "Zu unserem Programm hinzufügen")
    page.wait_for_url(f"**/{OURS}")
    assert [name in text for name, text in zip(names, line(page), strict=True)] == [True] * len(names)


def test_a_kept_plan_is_planned_anew_and_what_was_held_stays(watched: Watched) -> None:
    page = planned(watched)
    press(page, "Als gehalten abhaken")
    before = stored(page, "sessions")
    page.get_by_role("link", name="Termine neu planen").click()
    expect(page.get_by_label("Erster Termin")).to_have_value("2030-01-07")
    page.get_by_label("Erster Termin").fill("2030-02-04")
    press(page, "Als unser Programm übernehmen")
    page.wait_for_url(f"**/{OURS}")
    after = stored(page, "sessions")
    assert after.keys() == before.keys()
    assert sum("done" in session for session in after.values()) == 1
    expect(page.locator(LINE).nth(1)).to_contain_text("18. Feb. 2030")


# The calendar


def test_the_calendar_has_each_date_to_come_with_agenda_preparation_and_place(browser: Browser, address: str) -> None:
    context = browser.new_context(timezone_id="Europe/Berlin", locale="de-DE")
    page = context.new_page()
    page.goto(f"{address}{PLANNER}#{PLAN.replace('2030-01-07', '2030-03-18')}")
    press(page, "Als unser Programm übernehmen")
    page.get_by_label("Ort, oder Link des Gesprächs").fill("https://call.example.org/a;b, Raum 2")
    page.get_by_label("Ort, oder Link des Gesprächs").blur()
    events = saved_dates(page)
    # Ten o'clock is ten o'clock, before and after the clocks change.
    assert [f"{event.start:%m-%d %H:%M %Z}" for event in events[:2]] == ["03-18 09:00 UTC", "04-01 08:00 UTC"]
    assert {str(event["LOCATION"]) for event in events} == {"https://call.example.org/a;b, Raum 2"}
    text = str(events[1]["DESCRIPTION"])
    assert "Ablauf:\n5 Min. Ankommen\n10 Min. Wozu\n25 Min. " + TOUR in text
    assert "Vorbereiten: " in text
    assert f"{address}{OURS}#meeting" in text
    uids = [str(event["UID"]) for event in events]
    assert len(set(uids)) == 5
    page.locator(LINE).nth(1).locator("summary").click()
    page.locator(LINE).nth(1).get_by_label("Tag").fill("2030-04-02")
    moved = saved_dates(page)
    assert [str(event["UID"]) for event in moved] == uids
    assert [event["SEQUENCE"] for event in (events[1], moved[1])] == [0, 1]
    assert moved[1].start - events[1].start == timedelta(days=1)
    other = browser.new_context(locale="de-DE")
    strange = other.new_page()
    strange.goto(text.split("Zum Treffen: ")[1])
    expect(strange.get_by_text("Zu diesem Termin ist in diesem Browser nichts gespeichert.")).to_be_visible()
    strange.goto(f"{address}{PLANNER}#{PLAN}")
    press(strange, "Als unser Programm übernehmen")
    assert {str(event["UID"]) for event in saved_dates(strange)}.isdisjoint(uids), "pairs with the same plan"
    other.close()
    context.close()


# Several pairs


def test_pairs_are_apart_in_all_they_keep(watched: Watched) -> None:
    page = planned(watched)
    first = {str(event["UID"]) for event in saved_dates(page)}
    page.get_by_label("Name des Paares").fill("Anna")
    press(page, "Namen speichern")
    page.get_by_label("Name des Paares").fill("Jörg")
    press(page, "Weiteres Paar anlegen")
    expect(page.get_by_text("Noch kein Plan.")).to_be_visible()
    expect(page.locator("[data-pair-name]")).to_have_text("Jörg")
    page = planned(watched)
    assert {str(event["UID"]) for event in saved_dates(page)}.isdisjoint(first)
    page = watched.open("de/tutorials/platform-tour/")
    page.locator("[data-item]").first.check()
    page = watched.open(OURS)
    press(page, "Zu diesem Paar wechseln: Anna")
    expect(page.locator("[data-pair-name]")).to_have_text("Anna")
    assert {str(event["UID"]) for event in saved_dates(page)} == first
    assert not watched.open("de/tutorials/platform-tour/").locator("[data-item]").first.is_checked()
    page = watched.open(OURS)
    press(page, "Dieses Paar löschen")
    press(page, "Löschen")
    expect(page.get_by_text("Noch kein Plan.")).to_be_visible()
    press(page, "Zu diesem Paar wechseln: Jörg")
    expect(page.locator(LINE)).to_have_count(5)
    press(page, "Alles löschen")
    with page.expect_event("load"):
        press(page, "Löschen")
    expect(page.get_by_text("Noch kein Plan.")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('stufenweise')).length") == 0


def test_an_open_page_stays_with_its_pair(watched: Watched) -> None:
    page = watched.open("de/tutorials/platform-tour/")
    other = page.context.new_page()
    other.goto(f"{watched.address}{OURS}")
    other.get_by_label("Name des Paares").fill("Jörg")
    press(other, "Weiteres Paar anlegen")
    page.locator("[data-item]").first.check()
    assert len(stored(page, "ticks")) == 1


# Lost data


def test_a_lost_state_is_reported_and_the_file_offered(watched: Watched) -> None:
    page = planned(watched)
    page.evaluate("localStorage.removeItem('stufenweise:/rm/:sessions')")
    page.reload()
    expect(page.get_by_text("Hier stand etwas, das dieser Browser nicht mehr hat: Sitzungen.")).to_be_visible()
    assert page.locator("section[data-missing] button").inner_text() == "Aus Datei laden"


def test_a_broken_state_is_set_aside_and_reported(watched: Watched) -> None:
    page = watched.open(OURS)
    page.evaluate("localStorage.setItem('stufenweise:/rm/:sessions', '{\"version\": 1, \"value\": [1]}')")
    page.reload()
    expect(page.locator(".ticks-trouble")).to_contain_text("Es liegt beiseite")
    page = planned(watched)
    expect(page.locator(LINE)).to_have_count(5)


def test_lasting_storage_is_asked_for(watched: Watched) -> None:
    watched.page.add_init_script(
        "navigator.storage.persist = () => { sessionStorage.setItem('asked', 1); return Promise.resolve(true); };"
    )
    page = planned(watched)
    assert page.evaluate("sessionStorage.getItem('asked')") == "1"


# Accessibility


def test_our_programme_is_accessible_in_every_look_and_state(watched: Watched) -> None:
    page = planned(watched)
    page.get_by_label("Was genau?").fill("Im Kanal antworten")
    press(page, "Vereinbaren")
    page.locator(LINE).first.locator("summary").click()
    press(page, "Code und Link zeigen")
    page.locator(".code__image").wait_for()
    assert findings_in_every_look(page) == []
    page.get_by_label("Link oder Text von einem anderen Gerät").fill(page.locator("[data-code-text]").input_value())
    press(page, "Lesen")
    expect(page.get_by_role("button", name="Verwerfen")).to_be_visible()
    assert findings_in_every_look(page) == []
    page = watched.open("de/")
    expect(page.locator(".go-on")).to_be_visible()
    assert findings_in_every_look(page) == []


def test_our_programme_is_printed_without_its_buttons(watched: Watched) -> None:
    page = planned(watched)
    page.emulate_media(media="print")
    assert page.locator(LINE).count() == 5
    assert (
        page.locator(".our :is(button, select, summary, input:not([data-place]))").locator("visible=true").count() == 0
    )


@pytest.mark.parametrize(
    ("path", "field", "zone", "now", "day"),
    [
        (PLANNER, "Erster Termin", "Pacific/Auckland", datetime(2030, 1, 7, 20, 0, tzinfo=UTC), "2030-01-09"),
        # Monday, half past midnight: in UTC it is still Sunday.
        (PLAN_IN_WEEKS, "Erster Tag", "Europe/Berlin", datetime(2026, 11, 29, 23, 30, tzinfo=UTC), "2026-12-07"),
    ],
)
def test_days_are_local_days_not_utc(
    browser: Browser, address: str, path: str, field: str, zone: str, now: datetime, day: str
) -> None:
    context = browser.new_context(timezone_id=zone, locale="de-DE")
    page = context.new_page()
    page.clock.install(time=now)
    page.goto(f"{address}{path}")
    expect(page.get_by_label(field)).to_have_value(day)
    context.close()
