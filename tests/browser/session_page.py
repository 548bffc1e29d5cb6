"""Helpers to open a session on a tutorial's page, change its screens and read it."""

from __future__ import annotations

import datetime

from playwright.sync_api import Locator, Page, expect

from .watched_page import Watched

FIND = "tutorials/find-people"
TABLE = "tutorials/tame-notifications"
TWO_MEETINGS = "tutorials/my-dialogue-format"
TEN = datetime.datetime(2026, 11, 24, 10, 0)
"""Tutorials of one meeting, and one of two; the time at which a session begins."""


def at_ten(watched: Watched, path: str) -> Page:
    """Open a session's plan at ten o'clock; time passes only when told to."""
    watched.spent = True
    watched.page.clock.install(time=TEN - datetime.timedelta(minutes=1))
    watched.page.clock.pause_at(TEN)
    page = watched.open(f"{path}/#session")
    expect(page.locator("dialog.session")).to_be_visible()
    return page


def title(page: Page) -> Locator:
    return page.locator(".session__title")


def timer(page: Page) -> Locator:
    return page.get_by_role("timer")


def forward(page: Page, screen: str) -> None:
    """Go on until the screen of this title."""
    while title(page).inner_text() != screen:
        page.locator("[data-turn=next]").click()


def table(page: Page) -> list[str]:
    return [" ".join(row.split()) for row in page.locator(".session__plan tbody tr").all_inner_texts()]
