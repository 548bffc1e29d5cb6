"""Each kind of page reports to screen readers what the files in `heard/` expect: names, roles, states, order.

`--write-golden` rewrites the files; read the difference as you would hear it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from accessibility_tree import AccessibilityTree
from playwright.sync_api import Browser, Page, expect

FOLDER = Path(__file__).parent / "heard"
SMALL = (
    "", "our-programme/", "begin/", "levels/", "levels/level-1/", "tutorials/", "tutorials/first/", "checklists/",
    "checklists/level-1/", "programmes/", "programmes/planner/", "programmes/goal-sheet/", "goals/", "glossary/",
    "coordinators/",
)  # fmt: skip
"""Pages of the small library: what is said of them does not change with the real texts."""
NOT_IN_IT = {"guides", "guide", "kit", "kit-piece", "downloads"}
"""Kinds of pages that the small library has none of."""
KIND = re.compile(r'<(?!li\b)\w[^<>]*\sdata-kind="([\w-]+)"')


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page of a reader at a desk."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_kind_of_page_is_said_as_expected(
    language: str, page: Page, small_address: str, request: pytest.FixtureRequest
) -> None:
    lines_of: dict[str, list[str]] = {}
    for path in SMALL:
        # The dates of the planner begin with today.
        page.clock.set_fixed_time("2026-11-30T09:00:00")
        page.goto(f"{small_address}{language}/{path}", wait_until="load")
        # Wide tables are found once they are laid out.
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        tree = AccessibilityTree(page)
        assert tree.nameless() == [], path
        lines = tree.lines()
        lines_of[path or "home"] = lines[lines.index("main") :]
        lines_of.setdefault("before", lines[: lines.index("main")])
        assert lines[: lines.index("main")] == lines_of["before"], path
    file = FOLDER / f"{language}.yml"
    text = yaml.safe_dump(lines_of, allow_unicode=True, sort_keys=False, width=200)
    if request.config.getoption("--write-golden"):
        file.write_text(f"# What is reported of each page; see test_heard.py.\n{text}", encoding="utf-8")
    assert lines_of == yaml.safe_load(file.read_text(encoding="utf-8"))


def test_every_kind_of_page_is_among_those_listened_to(built_site: Path, small_site: Path) -> None:
    def kinds(files: Iterator[Path] | list[Path]) -> set[str]:
        return {kind for file in files if file.is_file() for kind in KIND.findall(file.read_text(encoding="utf-8"))}

    listened = [small_site / "de" / path / "index.html" for path in SMALL]
    assert kinds(listened) | NOT_IN_IT == kinds((built_site / "de").rglob("*.html"))


def test_the_skip_link_leads_to_the_title(page: Page, small_address: str) -> None:
    for path in ("begin/", "tutorials/first/", "glossary/"):
        page.goto(f"{small_address}de/{path}")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Zum Inhalt")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("h1:target")).to_be_in_viewport()


def test_the_colours_are_one_button_that_says_which_are_on(page: Page, small_address: str) -> None:
    page.goto(f"{small_address}de/")
    button = page.get_by_role("button", name="Farben: wie das Gerät")
    button.focus()
    for name, scheme in (("hell", "default"), ("dunkel", "slate"), ("wie das Gerät", "default")):
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=f"Farben: {name}")).to_be_focused()
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
    page.keyboard.press("Enter")
    page.goto(f"{small_address}de/levels/")
    expect(page.get_by_role("button", name="Farben: hell")).to_be_visible()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_single_keys_do_nothing_but_open_the_search(page: Page, small_address: str) -> None:
    page.goto(f"{small_address}de/levels/")
    dialog = page.locator("dialog.search")
    for key in "pn,.fs":
        page.keyboard.press(key)
    page.evaluate("new Promise(requestAnimationFrame)")
    assert page.url == f"{small_address}de/levels/"
    expect(dialog).to_be_hidden()
    page.keyboard.press("/")
    expect(dialog).to_be_visible()


def test_a_table_too_wide_for_its_place_is_scrolled_by_keyboard_and_has_a_name(page: Page, small_address: str) -> None:
    page.goto(f"{small_address}de/tutorials/first/", wait_until="load")
    frame = page.locator(".md-typeset__scrollwrap").first
    assert frame.get_attribute("tabindex") is None
    page.evaluate("document.querySelector('.md-typeset__scrollwrap td').append('breit'.repeat(80))")
    page.set_viewport_size({"width": 360, "height": 800})
    expect(page.get_by_role("group", name="3. Festhalten")).to_have_attribute("tabindex", "0")
    frame.focus()
    page.keyboard.press("ArrowRight")
    expect(frame).not_to_have_js_property("scrollLeft", 0)
    page.goto(f"{small_address}de/levels/", wait_until="load")
    expect(page.get_by_role("group", name="Die Stufen im Vergleich")).to_have_attribute("tabindex", "0")


def test_a_bar_is_seen_where_the_system_sets_the_colours(page: Page, small_address: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{small_address}de/checklists/level-1/", wait_until="load")
    bar = page.locator(".ticks progress").first
    before = bar.screenshot()
    page.get_by_label("Das Erste erreicht").check()
    assert bar.screenshot() != before
