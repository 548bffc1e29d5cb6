"""A saved text appears on its page at once, as the full build will show it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from conftest import make_project
from day import TODAY
from stufenweise.core.result_cache import ResultCache
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.handouts.print_handouts import PrintedHandouts
from stufenweise.model.paths import ContentPath, ShownPath
from stufenweise.overlay.source_map import SourceMap
from stufenweise.pipeline import BuildOptions, build
from stufenweise.serve.dev_server import SERVED
from stufenweise.serve.preview import Preview, preview_of
from stufenweise.source.files.content_files import ContentFiles, read_content_files
from stufenweise.stages.project_stage import open_project
from stufenweise.stages.stage_results import LoadedProject
from texts import SMALL_LIBRARY, replace_once

# Its tests change one folder in turn.
pytestmark = [pytest.mark.build, pytest.mark.xdist_group("preview")]

GUIDE = """---
title: Für alle
summary: Was alle wissen wollen.
audience: author
reviewed: 2026-11-01
review_months: 12
---

## Anfangen {#begin}

Am besten heute.
"""
SIZE = re.compile(r"\d+ kB")
Change = Callable[[Path], None]


class Served:
    """A project that was built, and its preview."""

    preview: Preview

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        config = make_project(folder / "project", content=SMALL_LIBRARY, handouts=True)
        guides = config.parent / "content" / "guides"
        guides.mkdir()
        (guides / "all.de.md").write_text(GUIDE, encoding="utf-8")
        # The work folder may be anywhere.
        project = open_project(config, TODAY, work_parent=folder / "elsewhere").value
        assert project
        project = replace(project, site_dir=project.work_folder.path / SERVED)
        self.project = project
        self.content = project.content
        report = build(project, BuildOptions(drafts="marked"), today=TODAY, environ=os.environ)
        assert report.published, report
        assert report.printed
        self.printed = report.printed
        shutil.copytree(self.content, folder / "content")
        shutil.copytree(project.site_dir, folder / SERVED)

    def restore(self) -> None:
        """Restore content and site, and wait for saves again."""
        for place in (self.content, self.project.site_dir):
            shutil.rmtree(place)
            shutil.copytree(self.folder / place.name, place)
        self.preview = preview_of(self.printed, ResultCache())

    def whole(self) -> dict[str, bytes]:
        """Return the pages of a whole build of the content as it is; always in the same place, so that it is quick."""
        site = self.folder / "whole"
        build(replace(self.project, site_dir=site), BuildOptions(drafts="marked"), today=TODAY, environ=os.environ)
        return contents(site)

    def follow(self) -> list[str] | None:
        """Return the codes of the problems that a look at the content finds."""
        files = read_content_files(self.project.content, self.project.shown_content)
        found = self.preview.follow(files, TODAY)
        return None if found is None else [problem.code for problem in found]

    def pages(self) -> dict[str, bytes]:
        return contents(self.project.site_dir)


def contents(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*.html")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return Served(tmp_path_factory.mktemp("served"))


@pytest.fixture
def served(built: Served) -> Served:
    built.restore()
    return built


def test_getting_ready_alters_no_page(served: Served) -> None:
    assert served.pages() == contents(served.folder / SERVED)


@pytest.mark.parametrize(
    "name", ["tutorials/first.de", "tutorials/first.en", "levels/level-1.de", "home.en", "guides/all.de"]
)
def test_a_page_made_alone_is_the_page_of_the_whole_build(served: Served, name: str) -> None:
    path = served.content / f"{name}.md"
    replace_once(path, "summary: ", "summary: Anders. ")
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n\nGanz **neu**.\n", encoding="utf-8")
    before = served.pages()
    assert "Ganz" not in str(before)
    served.follow()
    after = served.pages()
    changed = {page for page in after if before[page] != after[page]}
    languages = {"de", "en"} if name.endswith(".de") else {"en"}
    assert {page.split("/")[0] for page in changed} <= languages
    assert any("<strong>neu</strong>" in after[page].decode() for page in changed)
    whole = served.whole()
    assert changed
    for page in changed:
        # The workbook, which a page names with its size, follows with the whole build.
        assert SIZE.sub("", after[page].decode()) == SIZE.sub("", whole[page].decode()), page


def test_the_sheets_of_a_saved_tutorial_are_made_with_its_page(served: Served) -> None:
    sheets = sorted(served.project.site_dir.rglob("first-*.pdf"))
    assert sheets
    before = {path: path.read_bytes() for path in sheets}
    replace_once(served.content / "tutorials" / "first.de.md", "title: ", "title: Anders ")
    assert served.follow() is not None
    changed = {
        path.relative_to(served.project.site_dir).parts[0] for path in sheets if path.read_bytes() != before[path]
    }
    assert "de" in changed


def test_a_faulty_save_names_its_problems_and_alters_nothing(served: Served) -> None:
    before = served.pages()
    path = served.content / "tutorials" / "first.de.md"
    good = path.read_text(encoding="utf-8")
    replace_once(path, "level: ", "level: 1")
    assert "out-of-range" in (served.follow() or [])
    assert served.pages() == before
    path.write_text(good.replace("title: ", "title: Danach "), encoding="utf-8")
    assert served.follow() is not None
    assert "Danach" in served.pages()["de/tutorials/first/index.html"].decode()


def add_a_tutorial(content: Path) -> None:
    text = (content / "tutorials" / "first.de.md").read_text(encoding="utf-8")
    (content / "tutorials" / "fourth.de.md").write_text(text, encoding="utf-8")


def change_a_programme(content: Path) -> None:
    replace_once(content / "programmes" / "small.de.md", "title: ", "title: Anderes ")


def change_the_goals(content: Path) -> None:
    path = content / "goals.yml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


@pytest.mark.parametrize("change", [add_a_tutorial, change_a_programme, change_the_goals])
def test_a_change_that_other_pages_show_needs_a_whole_build(served: Served, change: Change) -> None:
    before = served.pages()
    change(served.content)
    assert served.follow() is None
    assert served.pages() == before


def test_a_text_that_is_merged_with_an_extension_waits_for_a_build(tmp_path: Path) -> None:
    text = ContentPath("tutorials/first.de.md")
    source_map = SourceMap(shown_content=ShownPath("content"), package_name=ShownPath("package"), lines={text: ()})
    content = SimpleNamespace(
        files=SimpleNamespace(own=ContentFiles({text: b"before"})), result=SimpleNamespace(source_map=source_map)
    )
    preview = Preview(cast("LoadedProject", content), {}, PrintedHandouts(), SafeFolder(tmp_path), ResultCache())
    assert preview.follow(ContentFiles({text: b"after"}), TODAY) is None
