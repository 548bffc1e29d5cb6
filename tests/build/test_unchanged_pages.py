"""A build renders only changed pages and reuses the others; the site equals that of a first build."""

from __future__ import annotations

import hashlib
import importlib
import inspect
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from conftest import ROOT, build_project
from day import TODAY
from stufenweise.config.project import Project
from stufenweise.pipeline import BuildOptions
from stufenweise.publish.build_stamp import is_last_site
from stufenweise.render.unchanged_pages import can_reuse_pages
from stufenweise.stages.project_stage import open_project
from texts import replace_once
from waiting import wait_until

# Its tests change one folder in turn.
pytestmark = [pytest.mark.build, pytest.mark.xdist_group("unchanged_pages")]

KNOWN = {
    "mkdocs": "698b9861736914ec",
    "properdocs": "032ebd0b02b36328",
}
"""Digests of the builder code that `unchanged_pages`, `mkdocs_adapter` and `PageRenderer` rely on."""


@pytest.fixture(scope="module")
def edits() -> Iterator[ModuleType]:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    yield importlib.import_module("edits")
    sys.path.remove(str(ROOT / "benchmarks"))


@pytest.fixture(scope="module")
def folder(edits: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small project that has been built."""
    path: Path = edits.write_project(tmp_path_factory.mktemp("edited") / "project", handouts=False)
    assert edits.published(path)
    return path


def inodes(site: Path, pattern: str = "**/index.html") -> dict[str, int]:
    return {path.relative_to(site).as_posix(): path.stat().st_ino for path in site.glob(pattern) if path.is_file()}


@pytest.mark.parametrize("builder", ["mkdocs", "properdocs"])
def test_a_builder_makes_pages_as_we_know_it(builder: str) -> None:
    build = importlib.import_module(f"{builder}.commands.build")
    pages = importlib.import_module(f"{builder}.structure.pages")
    files = importlib.import_module(f"{builder}.structure.files")
    theme = importlib.import_module(f"{builder}.theme")
    known = (
        *(build.build, build._populate_page, build._build_page, build.get_context),
        *(pages.Page.render, pages.Page.validate_anchor_links, files.File, files.Files, theme.Theme.get_env),
    )
    text = "".join(inspect.getsource(function) for function in known)
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == KNOWN[builder], "Read what has changed, then note it here."


def test_a_changed_sentence_makes_its_pages_alone(folder: Path, edits: ModuleType, tmp_path: Path) -> None:
    before, german = inodes(folder / "site"), inodes(folder / "site", "de/**/*")
    replace_once(folder / "content/tutorials/third.en.md", "Ms Arslan", "In spring Ms Arslan")
    assert edits.published(folder)
    assert inodes(folder / "site", "de/**/*") == german, "A language that is the same is not rendered."
    after = inodes(folder / "site")
    assert [path for path in after if after[path] != before[path]] == ["index.html", "en/tutorials/third/index.html"]
    assert edits.site_files(folder / "site") == edits.cold_site(folder, tmp_path / "cold")


def test_edits_by_chance_make_the_site_of_a_first_build(folder: Path, edits: ModuleType, tmp_path: Path) -> None:
    reused, wrong = edits.edit_and_compare(folder, tmp_path / "cold", 6, 20261129, together=2)
    assert wrong == []
    assert reused


def test_a_page_that_somebody_changed_is_made_anew(folder: Path, edits: ModuleType) -> None:
    page = folder / "site" / "de" / "goals" / "index.html"
    good = page.read_bytes()
    page.write_bytes(good.replace(b"<h1", b"<h2"))
    (folder / "site" / "en" / "goals" / "index.html").unlink()
    replace_once(folder / "content/home.de.md", "summary: ", "summary: Auch. ")
    assert edits.published(folder)
    assert page.read_bytes() == good
    assert (folder / "site" / "en" / "goals" / "index.html").is_file()


def test_damaged_records_make_all_pages_anew(folder: Path, edits: ModuleType) -> None:
    before = inodes(folder / "site", "de/**/*")
    (records,) = (folder / ".stufenweise").glob("pages-*/de.json")
    data = json.loads(records.read_text(encoding="utf-8"))
    data["pages"] = {path: {**record, "lookups": [1]} for path, record in data["pages"].items()}
    records.write_text(json.dumps(data), encoding="utf-8")
    replace_once(folder / "content/home.de.md", "summary: ", "summary: Auch. ")
    assert edits.published(folder)
    after = inodes(folder / "site", "de/**/index.html")
    assert not [path for path, inode in after.items() if before[path] == inode]


def test_a_site_that_lost_a_language_is_made_whole_again(folder: Path, edits: ModuleType) -> None:
    assert edits.published(folder)
    shutil.rmtree(folder / "site" / "en")
    assert edits.published(folder)
    assert (folder / "site" / "en" / "index.html").is_file()
    shutil.rmtree(folder / "site" / "en")
    replace_once(folder / "content/home.de.md", "summary: ", "summary: Auch. ")
    assert edits.published(folder)
    assert (folder / "site" / "en" / "index.html").is_file()


def test_nothing_is_taken_over_from_a_site_that_was_not_published_here(folder: Path) -> None:
    """A repository can carry a site, and the records of its pages."""
    project = open_project(folder / "mkdocs.yml", TODAY).value
    assert project
    assert is_last_site(project)
    start = folder / "site" / "index.html"
    aside = start.rename(folder / "aside")
    shutil.copyfile(aside, start)
    assert not is_last_site(project)
    aside.replace(start)
    assert is_last_site(project)


def test_another_builder_takes_over_only_what_it_made(folder: Path) -> None:
    options = BuildOptions(builder="properdocs")
    before = inodes(folder / "site")
    assert build_project(folder / "mkdocs.yml", options).published
    own = inodes(folder / "site")
    assert not {path for path in before if before[path] == own.get(path)}
    replace_once(folder / "content/home.de.md", "summary: ", "summary: Auch. ")
    assert build_project(folder / "mkdocs.yml", options).published
    assert "en/goals/index.html" in {path for path, inode in inodes(folder / "site").items() if own[path] == inode}
    assert build_project(folder / "mkdocs.yml", replace(options, force=True)).published
    assert inodes(folder / "site")["en/goals/index.html"] != own["en/goals/index.html"]


@pytest.mark.posix
def test_a_build_killed_while_it_takes_over_leaves_the_old_site(folder: Path, edits: ModuleType) -> None:
    before = edits.site_files(folder / "site")
    replace_once(folder / "content/tutorials/third.de.md", "summary: ", "summary: Auch. ")
    process = subprocess.Popen([sys.executable, "-m", "stufenweise", "build", "-q"], cwd=folder)
    linked = wait_until(
        lambda: list((folder / ".stufenweise").glob("staging-*/??/goals/index.html")),
        lambda: "no page was reused over",
    )
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert linked
    assert edits.site_files(folder / "site") == before
    assert edits.published(folder)
    assert list((folder / ".stufenweise").glob("staging-*")) == []


TEMPLATES = {
    "<p>{{ config.copyright }} {{ page.title }}</p>": True,
    "<nav>{{ page.meta.kind }}</nav>": True,
    "{% for one in pages %}{{ one.page.title }}{% endfor %}": False,
    "{{ nav.homepage.meta.description }}": False,
    "{% if page.next_page %}x{% endif %}": False,
    "{{ build_date_utc }}": False,
    "{{ {'a': {'b': 1}}['a'] ~ nav }}": False,
    "{{ page['next_page'] }}": False,
}


@pytest.mark.parametrize(("template", "keeps"), TEMPLATES.items())
def test_pages_are_taken_over_unless_a_template_sees_more(template: str, keeps: bool, tmp_path: Path) -> None:
    project = opened(tmp_path)
    assert can_reuse_pages(project, "mkdocs")
    (tmp_path / "p" / "theme" / "partials").mkdir(parents=True, exist_ok=True)
    (tmp_path / "p" / "theme" / "partials" / "source.html").write_text(template, encoding="utf-8")
    assert can_reuse_pages(project, "mkdocs") is keeps


@pytest.mark.parametrize("line", ["hooks: [hook.py]\n", "plugins: [material/tags, stufenweise]\n"])
def test_pages_are_made_anew_where_other_code_runs(line: str, tmp_path: Path) -> None:
    assert not can_reuse_pages(opened(tmp_path, line), "mkdocs")
    assert not can_reuse_pages(opened(tmp_path), "zensical")


def opened(place: Path, line: str = "") -> Project:
    """Return a project with a line more in its configuration."""
    root = place / "p"
    (root / "theme").mkdir(parents=True, exist_ok=True)
    (root / "content").mkdir(exist_ok=True)
    (root / "hook.py").write_text("", encoding="utf-8")
    own = "" if line.startswith("plugins") else "plugins: [stufenweise]\n"
    text = f"site_name: Haus\ndocs_dir: content\ntheme: {{name: material, custom_dir: theme}}\n{own}{line}"
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    project = open_project(root / "mkdocs.yml", TODAY).value
    assert project
    return project
