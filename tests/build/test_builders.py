"""The assembled tree is plain: every builder makes the same pages of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PUBLIC, build_project
from html_pages import pages, read

from generator.render.build import Options
from generator.render.builders import Builder

Project = Callable[..., Path]


def words(page: Path) -> str:
    """Return the text of a page's article, without the signs that builders put beside headings."""
    return re.sub(r"[\s¶#]+", " ", " ".join(read(page).article)).strip()


@pytest.mark.parametrize("builder", ["zensical", "properdocs"])
def test_another_builder_makes_the_same_pages(project: Project, built_site: Path, builder: Builder) -> None:
    config = project(extra=PUBLIC)
    report = build_project(config, Options(builder=builder))
    assert report.published, [one.log for one in report.outcomes]
    site = config.parent / "site"
    for language in ("de", "en"):
        expected = {page.relative_to(built_site): words(page) for page in pages(built_site / language)}
        found = {page.relative_to(site): words(page) for page in pages(site / language)}
        assert found.keys() == expected.keys()
        for page, text in expected.items():
            assert found[page] == text, page
