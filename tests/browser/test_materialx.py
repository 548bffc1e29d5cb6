"""MaterialX instead of Material: the same pages, and they work.

That each patch finds its place is proved by the build, which stops otherwise. What is true of every page of the shipped
content is tried in tests/site, also that they say the same word for word; ProperDocs builds them there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe import LOOKS_OF, findings_in_every_look
from conftest import make_project
from once import once
from other_base import built_with_materialx, shipped_on_another_base
from playwright.sync_api import Browser, expect
from searching import search
from texts import SMALL_LIBRARY

from .conftest import served
from .watched_page import Watched

pytestmark = pytest.mark.build


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small site with the other theme."""

    def make(folder: Path) -> None:
        header = '      header: "#ffcc00"\n'
        built_with_materialx(make_project(folder, content=SMALL_LIBRARY, options=header))

    return once(tmp_path_factory, "materialx", make) / "site"


@pytest.fixture(scope="module")
def other_address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(site, tmp_path_factory.mktemp("materialx-served")) as found:
        yield found


@pytest.fixture(scope="module")
def shipped_address(built_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = shipped_on_another_base(tmp_path_factory, built_project)
    with served(site, tmp_path_factory.mktemp("materialx-shipped")) as found:
        yield found


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_a_pair_searches_ticks_and_begins_a_session(
    browser: Browser, other_address: str, width: int, scheme: Literal["dark", "light"]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="de-DE")
    watched = Watched(context, other_address)
    page = watched.open("de/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for part in (".md-header", ".md-tabs"):
        found = page.locator(part).evaluate(
            "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]"
        )
        assert found == ["rgb(255, 204, 0)", "rgb(0, 0, 0)"], part
    search(page, "Gerät")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tutorials/*/**")
    page = watched.open("de/tutorials/first/")
    box = page.locator("article").get_by_role("checkbox").first
    box.check()
    page.reload()
    expect(box).to_be_checked()
    page.get_by_role("button", name="Sitzung beginnen").click()
    expect(page.locator("dialog.session")).to_be_visible()
    context.close()
    assert watched.faults == []


@pytest.mark.parametrize("path", ["de/", "en/tutorials/set-up-my-profile/", "de/programmes/planner/"])
def test_axe_finds_nothing_and_no_page_asks_for_what_it_should_not(
    browser: Browser, shipped_address: str, path: str
) -> None:
    context = browser.new_context()
    watched = Watched(context, shipped_address)
    assert findings_in_every_look(watched.open(path), LOOKS_OF[path.partition("/")[0]]) == []
    context.close()
    assert watched.faults == []
