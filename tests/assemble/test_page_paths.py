"""Pages link to each other by relative addresses, under any sub-path and without a server."""

from __future__ import annotations

import pytest
from stufenweise.assemble.page_paths import address, link


@pytest.mark.parametrize(
    ("page", "target", "folders", "files"),
    [
        ("index.md", "levels/index.md", "levels/", "levels/index.html"),
        ("index.md", "index.md", "./", "index.html"),
        ("index.md", "goals.md#goal-s1", "goals/#goal-s1", "goals.html#goal-s1"),
        ("levels/index.md", "index.md", "../", "../index.html"),
        ("levels/level-1.md", "levels/level-2.md", "../level-2/", "level-2.html"),
        ("levels/level-1.md", "levels/index.md", "../", "index.html"),
        ("levels/level-1.md", "index.md", "../../", "../index.html"),
        ("tutorials/a.md", "levels/level-1.md", "../../levels/level-1/", "../levels/level-1.html"),
        ("goals.md", "tutorials/a.md", "../tutorials/a/", "tutorials/a.html"),
        ("tutorials/a.md", "glossary.md#term-x", "../../glossary/#term-x", "../glossary.html#term-x"),
    ],
)
def test_a_link_leads_from_page_to_page(page: str, target: str, folders: str, files: str) -> None:
    assert link(page, target, directories=True) == folders
    assert link(page, target, directories=False) == files


def test_the_home_pages_address_is_its_languages_folder() -> None:
    assert address("index.md", directories=True) == ""
    assert address("index.md", directories=False) == "index.html"
