"""A plan in weeks becomes dates: in a list, and as a calendar file with stable ids."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from .watched_page import Watched

PLAN = "de/kit/half-year-plan/"


def saved(page: Page) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name="Termine in den Kalender").click()
    assert download.value.suggested_filename == "programm-termine.ics"
    return Path(download.value.path()).read_text(encoding="utf-8").replace("\r\n ", "")


def test_dates_are_counted_from_the_first_day(watched: Watched) -> None:
    page = watched.open(PLAN)
    page.get_by_label("Erster Tag").fill("2027-01-11")
    entries = page.locator(".milestones li")
    expect(entries.first.locator("time")).to_have_attribute("datetime", "2027-01-11")
    expect(entries.nth(1).locator("time")).to_have_attribute("datetime", "2027-01-18")
    expect(entries.last.locator("time")).to_have_attribute("datetime", "2027-07-05")


def test_the_calendar_has_each_date_and_the_same_ids_whenever_it_is_saved(watched: Watched) -> None:
    page = watched.open(PLAN)
    page.get_by_label("Erster Tag").fill("2027-01-11")
    first, second = (saved(page) for _ in range(2))
    ids = [line for line in first.splitlines() if line.startswith("UID:")]
    assert ids == [line for line in second.splitlines() if line.startswith("UID:")]
    assert len(set(ids)) == page.locator(".milestones li").count()
    assert "DTSTART;VALUE=DATE:20270111" in first
    assert "SUMMARY:Reverse Mentoring: Auftakt mit allen Paaren" in first


def test_without_a_date_nothing_is_saved(watched: Watched) -> None:
    page = watched.open(PLAN)
    page.get_by_label("Erster Tag").fill("")
    expect(page.get_by_role("button", name="Termine in den Kalender")).to_be_disabled()
