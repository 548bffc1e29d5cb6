"""Searching a site by keyboard alone, as a person does."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def search(page: Page, words: str) -> None:
    """Search for `words` and go to the first result; Enter follows it."""
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type(words)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
