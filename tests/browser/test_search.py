"""The search finds what people type: thirty queries a language, and those that fail are known and say why."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict, cast

import pytest
import yaml
from playwright.sync_api import Page, expect

# ruff: noqa: ANN001 -- `watched` is a fixture's class

FIRST = 5
"""How many results people look at."""
FIELD = ".md-search__input"


class Query(TypedDict, total=False):
    """What someone types, and the page that answers it."""

    query: str
    finds: str
    fails: str


def queries(language: str) -> list[Query]:
    file = Path(__file__).parent / f"queries.{language}.yml"
    return cast("list[Query]", yaml.safe_load(file.read_text(encoding="utf-8")))


def results(page: Page, query: str, idle: str) -> list[str]:
    """Return the addresses of what is found; `idle` is what the search says while nothing is typed."""
    meta = page.locator(".md-search-result__meta")
    # The theme hears keys, not changes.
    page.fill(FIELD, "")
    page.press(FIELD, "Shift")
    expect(meta).to_have_text(idle)
    page.fill(FIELD, query)
    page.press(FIELD, "Shift")
    expect(meta).not_to_have_text(idle)
    links = page.locator(".md-search-result__item > a:first-child")
    return [str(path) for path in links.evaluate_all("links => links.map((link) => new URL(link.href).pathname)")]


@pytest.mark.parametrize("language", ["de", "en"])
def test_people_find_what_they_look_for(watched, language: str) -> None:
    page = watched.open(f"{language}/")
    page.click(FIELD)
    idle = {"de": "Suchbegriff eingeben", "en": "Type to start searching"}[language]
    expect(page.locator(".md-search-result__meta")).to_have_text(idle)
    missed = {
        query["query"]
        for query in queries(language)
        if not any(
            path.rstrip("/").endswith(f"/{query['finds']}") for path in results(page, query["query"], idle)[:FIRST]
        )
    }
    assert missed == {query["query"] for query in queries(language) if "fails" in query}


@pytest.mark.parametrize("language", ["de", "en"])
def test_there_are_thirty_queries_and_most_of_them_find_something(language: str) -> None:
    found = queries(language)
    assert len({query["query"] for query in found}) == 30
    assert sum("fails" in query for query in found) <= 7
