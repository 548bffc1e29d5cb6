"""Firefox gives a screen reader the same as Chromium: names, roles, states, order of what one stops at on each page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from accessibility_tree import AccessibilityTree
from playwright.sync_api import Browser

from .firefox_accessibility_tree import ACCESS, SWITCHED_ON, elements_in_firefox
from .test_heard import SMALL
from .webdriver import Driven, firefox

pytestmark = [pytest.mark.browser, pytest.mark.linux]

SESSIONS = ("tutorials/first/#session", "tutorials/first/#session/check")


@pytest.fixture
def driven(tmp_path: Path) -> Iterator[Driven]:
    with firefox(tmp_path, SWITCHED_ON, ACCESS) as found:
        yield found


def test_each_kind_of_page_is_the_same_in_firefox_and_chromium(
    driven: Driven, browser: Browser, small_address: str
) -> None:
    width, height = driven.run("[innerWidth, innerHeight]")
    page = browser.new_page(viewport={"width": width, "height": height}, locale="de")
    for path in (*SMALL, *SESSIONS):
        address = f"{small_address}de/{path}"
        # Two addresses that differ behind "#" alone are one page.
        driven.open("about:blank")
        driven.open(address)
        page.goto("about:blank")
        page.goto(address, wait_until="load")
        if path in SESSIONS:
            driven.wait("document.querySelector('dialog.session').open")
            page.locator("dialog.session").wait_for()
        elements = AccessibilityTree(page).elements()
        assert elements_in_firefox(driven) == elements, path
        assert any(element.role == "heading" for element in elements), path
    page.close()
