"""A tutorial with a new slug keeps its ticks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import built, make_project
from once import once
from playwright.sync_api import Browser, expect
from texts import SMALL_LIBRARY, content_file, replace_once

pytestmark = pytest.mark.build

NEW = "tutorials/first/looked"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        config = make_project(folder, content=SMALL_LIBRARY)
        first = content_file(config, "tutorials/first.de.md")
        replace_once(first, "requires: []", "requires: []\nformerly: [before, long-before]")
        built(config)

    return once(tmp_path_factory, "renamed", make) / "site"


@pytest.mark.parametrize(
    ("page_path", "old"),
    [("de/tutorials/first", "tutorials/before/looked"), ("en/checklists", "tutorials/long-before/looked")],
)
def test_ticks_move_from_the_old_slug_to_the_new(browser: Browser, site: Path, page_path: str, old: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    address = (site / page_path / "index.html").as_uri()
    page.goto(address)
    box = page.locator(f"input[data-item='{NEW}']")
    box.check()
    key = page.evaluate("Object.keys(localStorage).find((key) => /ticks/.test(key))")
    page.evaluate(
        "([key, old]) => localStorage.setItem(key, localStorage.getItem(key).replace('tutorials/first/looked', old))",
        [key, old],
    )
    page.goto(address)
    expect(box).to_be_checked()
    assert json.loads(page.evaluate("(key) => localStorage.getItem(key)", key))["value"] == [NEW]
    box.uncheck()
    page.reload()
    expect(box).not_to_be_checked()
    context.close()


def test_a_tutorial_that_kept_its_slug_says_nothing_of_it(site: Path) -> None:
    assert "data-was" not in (site / "de/tutorials/second/index.html").read_text(encoding="utf-8")
