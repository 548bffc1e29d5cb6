"""A programme becomes dates: as a table, on paper, for the calendar, and in an address that can be shared."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from axe import findings_in_every_look
from icalendar import Alarm, Calendar, Event
from playwright.sync_api import Browser, Page, expect

from .watched_page import Watched

PLANNER = "de/programmes/planner/"
ROWS = ".planned__table tbody tr"
STATUS = ".planned > [aria-live]"


def rows(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(ROWS).all_inner_texts()]


def status(page: Page) -> str:
    return " ".join(page.locator(STATUS).inner_text().split())


def hash_of(page: Page) -> str:
    return page.url.partition("#")[2]


# The plan


def test_a_programme_is_planned_from_its_first_date(watched: Watched) -> None:
    page = watched.open(PLANNER)
    page.locator("[name=programme]").select_option("web-2-0")
    page.get_by_label("Erster Termin").fill("2026-12-01")
    page.get_by_label("Uhrzeit").fill("14:30")
    page.get_by_label("Rhythmus").select_option("jede Woche")
    found = rows(page)
    assert len(found) == 7
    assert found[0].startswith("0 Di., 1. Dez. 2026 14:30 Kennenlernen und Vereinbarung")
    assert found[1].startswith("1 Di., 8. Dez. 2026 14:30 Sich auf der Plattform zurechtfinden (25 Min.)")
    assert status(page).startswith("7 Termine, 1. Dezember 2026 bis 12. Januar 2027")
    link = page.locator(f"{ROWS} a").first
    link.click()
    expect(page).to_have_url(re.compile(r"/de/tutorials/platform-tour/$"))


def test_holidays_and_weekdays_are_left_out_and_said(watched: Watched) -> None:
    page = watched.open(f"{PLANNER}#programme=web-2-0&from=2026-12-05&every=1")
    page.get_by_label("Samstag").check()
    page.get_by_label("Sonntag").check()
    expect(page.locator(ROWS).first).to_contain_text("Mo., 7. Dez. 2026")
    expect(page.locator(ROWS).first).to_contain_text("Verschoben, weil dieser Tag ausgelassen wird.")
    page.get_by_label("von").first.fill("2026-12-21")
    page.get_by_label("bis").first.fill("2027-01-03")
    page.get_by_label("bis").first.blur()
    expect(page.locator(ROWS).nth(2)).to_contain_text("Mo., 4. Jan. 2027")
    expect(page.locator(ROWS).nth(2)).to_contain_text("Davor ist Pause.")
    # There is a new empty row.
    assert page.locator("[data-break-from]").count() == 2
    for name in ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"):
        page.get_by_label(name).check()
    assert status(page) == "So bleibt kein Tag übrig. Weniger Wochentage oder Zeiten auslassen."
    assert page.get_by_role("button", name="Termine in den Kalender").count() == 0


def test_an_own_selection_is_made_with_the_keyboard_alone(watched: Watched) -> None:
    page = watched.open(PLANNER)
    page.locator("[name=programme]").focus()
    page.keyboard.press("End")
    expect(page.locator(STATUS)).to_have_text("Noch kein Tutorial ausgewählt.")
    for slug in ("find-people", "platform-tour"):
        page.get_by_label("Tutorial hinzufügen").select_option(slug)
    said = page.locator(".planner__done")
    expect(said).to_have_text("Hinzugefügt: Sich auf der Plattform zurechtfinden")
    expect(page.locator(".planned__table")).to_contain_text(
        "baut auf „Sich auf der Plattform zurechtfinden“ auf, das erst später kommt."
    )
    page.get_by_role("button", name="Sich auf der Plattform zurechtfinden nach oben").focus()
    page.keyboard.press("Enter")
    expect(said).to_have_text("Sich auf der Plattform zurechtfinden steht jetzt an Stelle 1.")
    assert page.evaluate("document.activeElement.ariaLabel") == "Sich auf der Plattform zurechtfinden nach unten"
    assert "erst später" not in page.locator(".planned__table").inner_text()
    assert [row.split()[0] for row in rows(page)] == ["0", "1", "2", "3"]
    page.get_by_role("button", name="Sich auf der Plattform zurechtfinden entfernen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Tutorial hinzufügen")).to_be_focused()
    expect(page.locator(".planned__table")).to_contain_text("das nicht im Plan steht")


def test_a_tutorial_of_two_parts_has_two_sessions_and_an_overfull_one_is_reported(watched: Watched) -> None:
    page = watched.open(f"{PLANNER}#tutorials=drive-use-in-my-area_talk-with-my-network&minutes=45")
    text = rows(page)
    assert "(Teil 1, 30 Min.)" in text[1]
    assert "(Teil 2, 30 Min.)" in text[2]
    assert "4 Min. zu lang für 45 Min." in text[3]
    page.get_by_label("Länge").select_option("60 Min.")
    assert "zu lang" not in " ".join(rows(page))


def test_half_an_hour_offers_only_what_has_a_short_way(watched: Watched) -> None:
    page = watched.open(f"{PLANNER}#tutorials=platform-tour_drive-use-in-my-area&minutes=30")
    text = rows(page)
    assert "(14 Min.)" in text[1]
    assert "geht nicht in 30 Min." in text[2]
    choice = "option[value='drive-use-in-my-area']"
    assert page.locator(choice).is_disabled()
    page.get_by_label("Länge").select_option("60 Min.")
    assert page.locator(choice).is_enabled()
    assert "geht nicht" not in " ".join(rows(page))


def test_a_programme_can_be_adapted(watched: Watched) -> None:
    page = watched.open(f"{PLANNER}#programme=digital-workplace-collaboration")
    page.get_by_role("button", name="Als eigene Auswahl anpassen").click()
    own = page.locator(".planner__own li > span").all_inner_texts()
    assert own[0] == "Sich auf der Plattform zurechtfinden"
    assert len(own) == len(set(own)) == 9
    assert hash_of(page).startswith("tutorials=platform-tour_")


# The address


def test_the_address_holds_the_plan_and_nothing_else(watched: Watched, browser: Browser) -> None:
    plan = "tutorials=platform-tour_find-people&from=2026-12-07&at=09.15&every=month&minutes=90"
    breaks = "breaks=2026-12-21_2027-01-06"
    page = watched.open(f"{PLANNER}#{plan}&out=0.6&{breaks}")
    page.get_by_label("Mittwoch").check()
    assert hash_of(page) == f"{plan}&out=3.6.0&{breaks}"
    assert page.get_by_label("Adresse dieses Plans").input_value() == page.url
    other = browser.new_page()
    other.goto(page.url)
    assert rows(other) == rows(page)
    other.close()
    assert page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)].join()") == "/rm/de/.__palette"


@pytest.mark.parametrize("strange", ["tutorials=nonsense", "programme=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"])
def test_unknown_names_in_the_address_are_left_out_and_reported(watched: Watched, strange: str) -> None:
    """Node tests what else is left out (planner-address.test.mjs)."""
    page = watched.open(f"{PLANNER}#{strange}")
    assert "Angaben in der Adresse, die es hier nicht gibt: " in status(page)
    assert page.locator(".planned img, .planner img").count() == 0


def test_a_changed_address_changes_the_plan(watched: Watched) -> None:
    page = watched.open(f"{PLANNER}#programme=web-2-0")
    page.evaluate("location.hash = '#programme=social-media'")
    expect(page.locator(ROWS)).to_have_count(9)
    page.go_back()
    expect(page.locator(ROWS)).to_have_count(7)


def test_each_programme_leads_to_its_plan(watched: Watched) -> None:
    page = watched.open("de/programmes/")
    page.locator("#social-media-plan ~ p a", has_text="Dieses Programm mit Terminen planen").first.click()
    expect(page.locator("[name=programme]")).to_have_value("social-media")


# The calendar


def test_the_calendar_file_has_each_date_with_its_topics_and_an_alarm(watched: Watched) -> None:
    page = watched.open(f"{PLANNER}#programme=web-2-0&from=2026-12-01&at=23.30&every=1&minutes=60")
    with page.expect_download() as download:
        page.get_by_role("button", name="Termine in den Kalender").click()
    assert download.value.suggested_filename == "mentoring-plan.ics"
    data = Path(download.value.path()).read_bytes()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    events = Calendar.from_ical(data).events
    assert len(events) == 7
    # Past midnight, in the reader's own time.
    begins = [datetime(2026, 12, 1, 23, 30).astimezone() + timedelta(weeks=week) for week in range(7)]
    assert [event.start for event in events] == begins
    assert {event.end - event.start for event in events} == {timedelta(hours=1)}
    assert events[0]["SUMMARY"] == "Mentoring: Kennenlernen und Vereinbarung"
    assert events[1]["SUMMARY"] == "Mentoring, 1. Sitzung: Sich auf der Plattform zurechtfinden"
    assert f"{watched.address}de/tutorials/platform-tour/" in str(events[1]["DESCRIPTION"])
    assert len({event["UID"] for event in events}) == 7
    alarms = [alarm for event in events for alarm in event.walk("VALARM") if isinstance(alarm, Alarm)]
    assert [alarm.TRIGGER for alarm in alarms] == [-timedelta(days=1)] * 7
    assert abs(datetime.now(UTC) - events[0].DTSTAMP) < timedelta(minutes=5)


def test_saved_again_after_it_moved_the_dates_are_the_same_and_newer(watched: Watched) -> None:
    page = watched.open(f"{PLANNER}#programme=web-2-0&from=2026-12-01&every=1")

    def saved() -> list[Event]:
        with page.expect_download() as download:
            page.get_by_role("button", name="Termine in den Kalender").click()
        return Calendar.from_ical(Path(download.value.path()).read_bytes()).events

    before = saved()
    page.get_by_label("Erster Termin").fill("2026-12-03")
    after = saved()
    assert [event["UID"] for event in after] == [event["UID"] for event in before]
    assert {event["SEQUENCE"] for event in before} == {0}
    assert {event["SEQUENCE"] for event in after} == {1}
    page.reload()
    assert {event["UID"] for event in saved()}.isdisjoint(event["UID"] for event in before), "another pair's"


def test_the_holidays_of_a_state_are_left_out(watched: Watched) -> None:
    page = watched.open(f"{PLANNER}#programme=web-2-0&from=2026-12-30&every=1")
    assert "6. Jan. 2027" in rows(page)[1]
    page.get_by_label("Gesetzliche Feiertage auslassen").select_option("Bayern")
    assert "7. Jan. 2027" in rows(page)[1]
    assert "Verschoben, weil dieser Tag ausgelassen wird." in rows(page)[1]
    assert "13. Jan. 2027" in rows(page)[2], "the rhythm stays"
    assert "land=BY" in hash_of(page)


# Everyone


@pytest.mark.parametrize("watched", [{"scripts": False}], indirect=True)
def test_the_session_plans_are_shown_without_scripts(watched: Watched) -> None:
    page = watched.open(PLANNER)
    assert page.locator("ol.plan").count() == 4
    assert page.locator(".planner, .planned").locator("visible=true").count() == 0
    assert page.get_by_text("Zum Planen braucht diese Seite JavaScript.").is_visible()


def test_the_planner_is_accessible_in_every_look(watched: Watched) -> None:
    page = watched.open(f"{PLANNER}#tutorials=find-people_platform-tour_drive-use-in-my-area&minutes=30&out=1")
    assert findings_in_every_look(page) == []


def test_the_plan_is_printed_without_its_form(watched: Watched) -> None:
    page = watched.open(f"{PLANNER}#tutorials=my-dialogue-format_gone&minutes=30")
    hints = page.locator(".planned__hint, .planned > p > span").filter(has_text=re.compile("."))
    assert hints.filter(visible=True).count() > 1
    page.emulate_media(media="print")
    assert hints.filter(visible=True).count() == 0, "what breaks a rule is not for the pair's paper"
    assert page.locator(".planned__table").is_visible()
    assert page.locator(".planner, .planned__actions").locator("visible=true").count() == 0


def test_the_planner_works_in_english_from_a_file(browser: Browser, built_site: Path) -> None:
    page = browser.new_page(locale="en-GB")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(
        f"{(built_site / 'en' / 'programmes' / 'planner' / 'index.html').as_uri()}#programme=web-2-0&from=2026-12-01"
    )
    assert status(page).startswith("7 dates, 1 December 2026 to")
    page.get_by_label("Time", exact=True).fill("08:00")
    assert "at=08.00" in hash_of(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Add the dates to the calendar").click()
    assert "file:" not in Path(download.value.path()).read_text(encoding="utf-8")
    assert errors == []
    page.close()


@pytest.mark.parametrize(
    ("today", "proposed"),
    [(date(2027, 3, 19), "2027-03-22"), (date(2027, 3, 25), "2027-03-30")],
    ids=["Friday", "Maundy Thursday"],
)
def test_the_first_proposal_is_the_next_working_day(watched: Watched, today: date, proposed: str) -> None:
    watched.spent = True
    watched.page.clock.set_fixed_time(datetime.combine(today, time(12)))
    page = watched.open(PLANNER)
    expect(page.get_by_label("Erster Termin")).to_have_value(proposed)
