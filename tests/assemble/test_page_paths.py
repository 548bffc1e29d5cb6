"""Pages link to each other by relative addresses, under any sub-path and without a server."""

from __future__ import annotations

import pytest
from stufenweise.load.loader import load_content
from stufenweise.localized.page_links import moved_links
from stufenweise.model import page_paths
from stufenweise.model.kinds import KINDS
from stufenweise.model.page_paths import address, link
from stufenweise.model.paths import ContentPath
from stufenweise.source.files.content_files import ContentFiles


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


@pytest.mark.parametrize(
    ("origin", "line", "moved"),
    [
        ("tutorials/a.md", "[b](b.md)", "[b](../tutorials/b.md)"),
        ("tutorials/a.md", "[b](<b.md#x>)", "[b](<../tutorials/b.md#x>)"),
        ("tutorials/a.md", "![c](images/c.svg)", "![c](../tutorials/images/c.svg)"),
        ("tutorials/a.md", "[here](#x)", "[here](../tutorials/a.md#x)"),
        ("tutorials/a.md", "[up](../levels/level-1.md)", "[up](../levels/level-1.md)"),
        ("tutorials/a.md", '[b](b.md "a title")', '[b](../tutorials/b.md "a title")'),
        ("tutorials/a.md", "[w](https://a.example/b)", "[w](https://a.example/b)"),
        ("tutorials/a.md", "[m](mailto:a@b.example)", "[m](mailto:a@b.example)"),
        ("checklists/other.md", "[b](b.md)", "[b](b.md)"),
    ],
)
def test_a_line_that_another_page_repeats_keeps_where_its_links_lead(origin: str, line: str, moved: str) -> None:
    assert moved_links(line, origin, "checklists/level-1.md") == moved


def test_the_home_pages_address_is_its_languages_folder() -> None:
    assert address("index.md", directories=True) == ""
    assert address("index.md", directories=False) == "index.html"


GENERATED = (
    page_paths.HOME_PAGE, page_paths.BEGIN, page_paths.OUR_PROGRAMME, page_paths.LEVELS, page_paths.TUTORIALS,
    page_paths.CHECKLISTS, page_paths.PROGRAMMES, page_paths.PLANNER, page_paths.GOAL_SHEET, page_paths.GUIDES,
    page_paths.KIT_INDEX, page_paths.GOALS, page_paths.GLOSSARY, page_paths.DOWNLOADS,
)  # fmt: skip


@pytest.mark.parametrize("page", GENERATED)
def test_no_text_takes_the_place_of_a_page_of_the_site(page: str) -> None:
    folder, _, name = page.rpartition("/")
    text = ContentPath(f"{folder}/{name.removesuffix('.md')}.de.md".lstrip("/"))
    refused = {
        problem.code for problem in load_content(ContentFiles({text: b"---\ntitle: x\n---\n"}), ("de", "en")).problems
    }
    pages_of_texts = [kind for kind in KINDS if kind.folder == folder and kind.name != "programme"]
    assert refused & {"unknown-text-file", "reserved-name"} or not pages_of_texts, page
