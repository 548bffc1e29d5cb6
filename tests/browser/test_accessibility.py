"""axe-core finds nothing on any kind of page: both languages, both colour schemes, wide and narrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe import LOOKS, LOOKS_OF, findings, findings_in_every_look

from .watched_page import Watched

PAGES = (
    "", "our-programme/", "begin/",
    "tutorials/set-up-my-profile/", "tutorials/tame-notifications/", "tutorials/", "levels/",
    "levels/level-1/", "levels/level-5/", "checklists/", "checklists/level-1/", "goals/", "glossary/", "programmes/",
    "programmes/planner/", "programmes/goal-sheet/", "downloads/", "guides/", "guides/for-mentors/",
    "coordinators/", "kit/", "kit/half-year-plan/", "kit/interest/",
    "tutorials/my-own-topic/", "404.html",
)  # fmt: skip


FILLED = {
    "de": {"our-programme/", "begin/", "tutorials/", "checklists/", "programmes/planner/", "programmes/goal-sheet/"},
    "en": {"begin/", "tutorials/"},
}
"""Pages that the tests of their forms look at when they are filled in, in as many looks."""


@pytest.mark.parametrize(
    "path", ["", "404.html", *(f"{code}/{path}" for code in LOOKS_OF for path in PAGES if path not in FILLED[code])]
)
def test_axe_finds_nothing(watched: Watched, path: str) -> None:
    page = watched.open(path)
    assert findings_in_every_look(page, LOOKS_OF.get(path.partition("/")[0], LOOKS)) == []


def test_axe_finds_nothing_with_everything_open(watched: Watched) -> None:
    page = watched.open("de/tutorials/set-up-my-profile/")
    page.locator("details.mentor > summary").click()
    page.keyboard.press("/")
    page.keyboard.type("Profil")
    page.get_by_role("option").first.wait_for()
    assert findings_in_every_look(page) == []


@pytest.mark.parametrize("watched", [{"width": 360}], indirect=True)
def test_axe_finds_nothing_with_the_drawer_open(watched: Watched) -> None:
    page = watched.open("en/levels/level-2/")
    page.get_by_role("button", name="Navigation").click()
    assert findings(page) == []


def test_every_kind_of_page_is_among_those_looked_at(built_site: Path) -> None:
    kinds = {path.parent.relative_to(built_site / "de").parts[:1] for path in (built_site / "de").rglob("index.html")}
    assert {kind[0] for kind in kinds if kind} == {path.split("/")[0] for path in PAGES if "/" in path}
