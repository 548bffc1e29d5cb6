"""axe-core finds nothing on any kind of page: both languages, both colour schemes, wide and narrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe import LOOKS, findings

# Both languages come from one template: together they are looked at in every look, each in two of the four.
LOOKS_OF = {"de": (LOOKS[0], LOOKS[3]), "en": (LOOKS[1], LOOKS[2]), "": LOOKS}
PAGES = (
    "", "our-programme/", "begin/",
    "tutorials/set-up-my-profile/", "tutorials/tame-notifications/", "tutorials/", "levels/",
    "levels/level-1/", "levels/level-5/", "checklists/", "checklists/level-1/", "goals/", "glossary/", "programmes/",
    "programmes/planner/", "programmes/goal-sheet/", "downloads/", "guides/", "guides/for-mentors/",
    "coordinators/", "kit/", "kit/half-year-plan/", "kit/interest/",
    "tutorials/my-own-topic/", "404.html",
)  # fmt: skip


def looked_at() -> list[object]:
    """Return each page with the looks in which it is opened."""
    paths = [("", ""), ("", "404.html"), *((code, f"{code}/{path}") for code in ("de", "en") for path in PAGES)]
    return [
        pytest.param(*look.values, path, id=f"{look.id}-{path or 'start'}")
        for code, path in paths
        for look in LOOKS_OF[code]
    ]


@pytest.mark.parametrize(("watched", "path"), looked_at(), indirect=["watched"])
def test_axe_finds_nothing(watched, path: str) -> None:  # noqa: ANN001 -- a fixture's class
    page = watched.open(path)
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("watched", LOOKS, indirect=True)
def test_axe_finds_nothing_with_everything_open(watched) -> None:  # noqa: ANN001
    page = watched.open("de/tutorials/set-up-my-profile/")
    page.locator("details.mentor > summary").click()
    page.keyboard.press("/")
    page.keyboard.type("Profil")
    page.get_by_role("option").first.wait_for()
    assert findings(page) == []


@pytest.mark.parametrize("watched", [{"width": 360}], indirect=True)
def test_axe_finds_nothing_with_the_drawer_open(watched) -> None:  # noqa: ANN001
    page = watched.open("en/levels/level-2/")
    page.get_by_role("button", name="Navigation").click()
    assert findings(page) == []


def test_every_kind_of_page_is_among_those_looked_at(built_site: Path) -> None:
    kinds = {path.parent.relative_to(built_site / "de").parts[:1] for path in (built_site / "de").rglob("index.html")}
    assert {kind[0] for kind in kinds if kind} == {path.split("/")[0] for path in PAGES if "/" in path}
