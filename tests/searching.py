"""Searching a site by keyboard alone, as a person does."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def search(page: Page, words: str) -> None:
    """Search for `words` and go to the first result; Enter follows it."""
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.type(words, delay=50)
    results = page.locator(".md-search-result__link")
    expect(results.first).to_be_visible()
    # Each letter asks anew, and what was found for the word half written is replaced under the hand.
    found: list[str] = []
    while found != (found := results.all_inner_texts()):
        page.wait_for_timeout(500)
    page.keyboard.press("ArrowDown")
    expect(results.first).to_be_focused()
