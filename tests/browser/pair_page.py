"""What tests do on a page as a pair does, and what the site has stored in the pair's browser."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page


def press(page: Page, name: str) -> None:
    """Press the button with exactly this name."""
    page.get_by_role("button", name=name, exact=True).click()


def stored(page: Page, kind: str) -> Any:
    """Return what is stored of a kind, without its times; None if nothing is."""
    text = page.evaluate(f"localStorage.getItem('stufenweise:/rm/:{kind}')")
    return text and json.loads(text)["value"]
