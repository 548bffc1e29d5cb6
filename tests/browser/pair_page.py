"""Helpers to press buttons as a pair does, and to read what the site has stored in the browser."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page


def press(page: Page, name: str) -> None:
    """Press the button with exactly this name."""
    page.get_by_role("button", name=name, exact=True).click()


def stored(page: Page, kind: str) -> Any:
    """Return the stored value of a kind, without times; None if there is none."""
    text = page.evaluate(f"localStorage.getItem('stufenweise:/rm/:{kind}')")
    return text and json.loads(text)["value"]
