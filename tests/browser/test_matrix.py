"""Each dot in the matrix of all tutorials has a name, works by keyboard and touch, and leads to its page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from .watched_page import Watched

PAGES = pytest.mark.parametrize("path", ["de/coordinators/", "en/tutorials/"])
MIN_TARGET = 24
"""CSS pixels that a target measures (WCAG 2.2, 2.5.8)."""


def shown(name: Locator) -> bool:
    """Return whether a name is visible, not only there for screen readers."""
    return str(name.evaluate("(node) => getComputedStyle(node).clipPath")) == "none"


@PAGES
def test_every_tutorial_is_a_dot_that_leads_to_its_page(watched: Watched, path: str) -> None:
    page = watched.open(path)
    dots = page.locator(".matrix__dot")
    targets = dots.evaluate_all("dots => dots.map((dot) => dot.href)")
    language = path.split("/")[0]
    page = watched.open(f"{language}/tutorials/")
    assert sorted(targets) == sorted(
        page.locator("table.tutorials tbody th a").evaluate_all("links => links.map((link) => link.href)")
    )


@PAGES
def test_a_dot_is_named_after_its_number_and_its_tutorial(watched: Watched, path: str) -> None:
    page = watched.open(path)
    for dot in page.locator(".matrix__dot").all():
        text = str(dot.text_content())
        assert re.match(r"[1-5]\.\d+ \S", text), text
        expect(dot).to_have_accessible_name(text)


@PAGES
def test_the_name_of_the_dot_in_focus_stands_below_the_matrix(watched: Watched, path: str) -> None:
    page = watched.open(path)
    page.locator(".matrix__dot").first.focus()
    page.keyboard.press("Tab")
    dot = page.locator(".matrix__dot:focus")
    expect(dot).to_have_count(1)
    name = dot.locator(".matrix__name")
    assert shown(name)
    assert sum(shown(element) for element in page.locator(".matrix__name").all()) == 1
    box, table = name.bounding_box(), page.locator(".matrix__table").bounding_box()
    assert box
    assert table
    assert box["y"] >= table["y"] + table["height"], "no name covers a dot"


@pytest.mark.parametrize(
    ("watched", "path"),
    [({"width": 1280}, "de/coordinators/"), ({"width": 360}, "en/tutorials/")],
    indirect=["watched"],
)
def test_dots_are_large_enough_for_a_finger_and_do_not_overlap(watched: Watched, path: str) -> None:
    page = watched.open(path)
    boxes = page.locator(".matrix__dot, .matrix__level").evaluate_all(
        "dots => dots.map((dot) => dot.getBoundingClientRect().toJSON())"
    )
    for box in boxes:
        assert box["width"] >= MIN_TARGET
        assert box["height"] >= MIN_TARGET
    for index, first in enumerate(boxes):
        for other in boxes[index + 1 :]:
            apart = (
                first["right"] <= other["left"] + 0.5
                or other["right"] <= first["left"] + 0.5
                or first["bottom"] <= other["top"] + 0.5
                or other["bottom"] <= first["top"] + 0.5
            )
            assert apart, (first, other)


@pytest.mark.parametrize("watched", [{"scripts": False}], indirect=True)
def test_the_matrix_needs_no_script(watched: Watched) -> None:
    page = watched.open("de/coordinators/")
    page.locator(".matrix__dot").first.click()
    expect(page.locator("h1")).not_to_be_empty()
    assert "/tutorials/" in page.url
