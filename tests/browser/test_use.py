"""Using the site by keyboard, without scripts, in the other language, in other colours."""

from __future__ import annotations

from statistics import median

import pytest
from playwright.sync_api import Page, expect

from .watched_page import Watched

NARROW = [{"width": 360}]
WITHOUT_SCRIPTS = [{"scripts": False}]
TUTORIAL = "de/tutorials/set-up-my-profile/"


def focused(page: Page) -> str:
    name = "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent || '').trim()"
    return str(page.evaluate(name))


def tabs(page: Page, count: int) -> list[str]:
    """Return what has the focus after each of `count` presses of the tab key."""
    result = []
    for _ in range(count):
        page.keyboard.press("Tab")
        result.append(focused(page))
    return result


LONGEST_LINES = """() => [...document.querySelectorAll("article p, article li")].flatMap((one) => {
  const [text] = [...one.childNodes].filter(({ nodeType, data }) => nodeType === 3 && data.trim().length > 150);
  if (!text || !one.checkVisibility() || one.closest("table, form, dialog")) return [];
  const range = document.createRange();
  const tops = [...text.data].flatMap((_, at) => {
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return range.getClientRects()[0]?.top ?? [];
  });
  return Math.max(...[...new Set(tops)].map((top) => tops.filter((other) => other === top).length));
})"""
"""How many counts the longest line of each long text has."""
TABS = {
    "de": ["Start", "Unser Programm", "Tutorials", "Für Koordination", "Hilfe"],
    "en": ["Start", "Our programme", "Tutorials", "For coordinators", "Help"],
}


@pytest.mark.parametrize("watched", [{"width": 390}, {"width": 820}], indirect=True)
def test_five_doors_and_the_first_session_are_in_the_first_view(watched: Watched) -> None:
    for language, tabs in TABS.items():
        page = watched.open(f"{language}/")
        links = page.locator(".md-tabs a")
        assert [text.strip() for text in links.all_inner_texts()] == tabs
        for link in (*links.all(), *page.locator(".ways-in a").all()):
            expect(link).to_be_in_viewport(ratio=1)
        page.locator(".ways-in a").first.click()
        expect(page.locator("dialog.session")).to_be_visible()
    assert page.locator(".md-tabs__item--active").inner_text().strip() == "Tutorials"


@pytest.mark.parametrize("path", ["", "levels/level-1/", "tutorials/drive-use-in-my-area/", "programmes/"])
def test_a_line_of_text_has_some_75_characters_at_most(watched: Watched, path: str) -> None:
    for language in TABS:
        lengths = watched.open(f"{language}/{path}").evaluate(LONGEST_LINES)
        assert lengths, language
        # More narrow letters fit into a line.
        assert max(lengths) <= 78, language
        assert median(lengths) <= 75, language


def test_the_language_switch_stays_at_the_place_of_the_page(watched: Watched) -> None:
    page = watched.open(f"{TUTORIAL}#steps")
    page.get_by_role("link", name="English").first.click()
    assert page.url == f"{watched.address}en/tutorials/set-up-my-profile/#steps"
    page = watched.open(TUTORIAL)
    page.get_by_role("link", name="English").first.click()
    assert page.url == f"{watched.address}en/tutorials/set-up-my-profile/"
    page.get_by_role("link", name="Deutsch").first.click()
    assert page.url == f"{watched.address}{TUTORIAL}"


@pytest.mark.parametrize("watched", NARROW, indirect=True)
def test_links_of_the_closed_drawer_are_no_tab_stops(watched: Watched) -> None:
    page = watched.open(TUTORIAL)
    seen = page.evaluate(
        """() => [...document.querySelectorAll('.md-sidebar--primary a')]
            .filter((link) => link.checkVisibility({ visibilityProperty: true })).length"""
    )
    assert seen == 0


@pytest.mark.parametrize("watched", NARROW, indirect=True)
def test_the_drawer_opens_and_closes_by_keyboard(watched: Watched) -> None:
    page = watched.open("de/levels/")
    button = page.get_by_role("button", name="Navigation")
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    page.locator(".md-sidebar--primary a").first.wait_for(state="visible")
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert focused(page) == "Navigation"


def test_a_box_is_ticked_by_its_label_and_by_keyboard(watched: Watched) -> None:
    page = watched.open(TUTORIAL)
    box = page.locator("input[data-item$='/photo']")
    page.locator(f"label[for='{box.get_attribute('id')}']").click()
    assert box.is_checked()
    box.focus()
    page.keyboard.press("Space")
    assert not box.is_checked()


def test_the_table_of_tutorials_is_sorted_by_its_headings(watched: Watched) -> None:
    page = watched.open("de/tutorials/")
    minutes = page.get_by_role("button", name="Dauer")
    column = page.locator("table.tutorials tbody td:nth-of-type(4)")
    minutes.click()
    ascending = [int(text.split()[0]) for text in column.all_text_contents()]
    assert ascending == sorted(ascending)
    minutes.focus()
    page.keyboard.press("Enter")
    assert [int(text.split()[0]) for text in column.all_text_contents()] == sorted(ascending, reverse=True)
    assert page.locator("th[aria-sort]").count() == 1


FIRST_LINES = """() => [...document.querySelectorAll("article > p:not([class])")]
  .filter(({ textContent }) => textContent.length > 160)
  .map((one) => {
    one.scrollIntoView({ block: "center" });
    const { right, top } = one.getBoundingClientRect();
    const line = document.caretRangeFromPoint(right - 1, top + 10);
    line.setStart(one, 0);
    return line.toString().length;
  })"""


def test_a_tutorial_leads_to_its_start_and_its_parts(watched: Watched) -> None:
    page = watched.open(TUTORIAL)
    start = page.get_by_role("button", name="Sitzung beginnen")
    page.locator("h1").evaluate("title => { title.tabIndex = -1; title.focus(); }")
    assert tabs(page, 1) == ["Sitzung beginnen"]
    assert page.locator(".md-content + .md-sidebar--secondary").count() == 1, "the contents come after the text"
    counts = page.evaluate(FIRST_LINES)
    assert counts
    assert all(50 <= count <= 78 for count in counts)
    page.get_by_role("link", name="Nachlesen").first.click()
    expect(page.get_by_role("heading", name="Stolpersteine")).to_be_visible()
    expect(start).to_be_in_viewport()
    page.set_viewport_size({"width": 320, "height": 256})  # 400 %
    expect(start).not_to_be_in_viewport()
    page.locator("a.term").first.click()
    expect(page.locator(".term-note")).to_have_count(1)


@pytest.mark.parametrize("watched", WITHOUT_SCRIPTS, indirect=True)
def test_everything_can_be_read_without_scripts(watched: Watched) -> None:
    page = watched.open(TUTORIAL)
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.get_by_role("heading", name="Checkliste").is_visible()
    page.locator("details.mentor > summary").click()
    assert page.locator("details.mentor p").first.is_visible()
    page.get_by_role("link", name="English").first.click()
    assert page.url.endswith("/en/tutorials/set-up-my-profile/")


@pytest.mark.parametrize(
    ("watched", "language"), [({"locale": "en-GB"}, "en"), ({"locale": "de-AT"}, "de")], indirect=["watched"]
)
def test_the_start_page_leads_to_the_browsers_language(watched: Watched, language: str) -> None:
    page = watched.open("")
    page.wait_for_url(f"**/rm/{language}/**")


@pytest.mark.parametrize("watched", [{"width": 1280}, {"width": 360}], indirect=True)
@pytest.mark.parametrize("path", ["de/", TUTORIAL, "de/tutorials/", "de/levels/level-1/", "de/checklists/"])
def test_targets_are_24_pixels_or_stand_in_a_sentence(watched: Watched, path: str) -> None:
    """WCAG 2.2, 2.5.8: at least 24 by 24 CSS pixels, but for links within a line of text."""
    page = watched.open(path)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, input, summary, label[for]')].filter((one) => {
            if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
            if (one.closest('p, li, td, th, dd, dt, blockquote, h3') && one.matches('a')) return false;
            const { width, height } = one.getBoundingClientRect();
            return width > 2 && height > 2 && (width < 24 || height < 24);
        }).map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert small == []
