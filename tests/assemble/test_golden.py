"""The whole assembled tree of the small library, reviewed like code: `make golden` rewrites it."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from conftest import ROOT, make_project
from day import TODAY
from stufenweise.assemble.derived_config import as_yaml, derived_config
from stufenweise.assemble.docs_tree import docs_tree
from stufenweise.load.library_builder import build_library
from stufenweise.load.loader import load_content
from stufenweise.localized.localized_library import Download, LocalizedLibrary
from stufenweise.model.paths import ContentPath
from stufenweise.source.files.content_files import ContentFiles, read_content_files
from stufenweise.stages.project_stage import open_project
from texts import SMALL_LIBRARY

GOLDEN = ROOT / "tests" / "golden"


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_small_library_becomes_the_golden_tree(
    language: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    project = open_project(make_project(tmp_path, content=SMALL_LIBRARY), TODAY).value
    assert project
    downloads = {
        name: Download(kind=copy, path=f"handouts/{name}.pdf", title=name, pages=pages, size=1000 * size)
        for name, copy, pages, size in (
            ("first-mentee", "mentee", 1, 33),
            ("first-mentor", "mentor", 2, 51),
            ("level-1-workbook", "workbook", 11, 1234),
            ("checklists", "checklists", 2, 40),
            ("poster", "poster", 1, 20),
        )
    }
    library = build_library(load_content(read_content_files(SMALL_LIBRARY), ("de", "en")))
    site = LocalizedLibrary(library=library, language=language, labels_by_language=project.labels, downloads=downloads)
    found = {path: data.decode() for path, data in docs_tree(site).items()}
    found["mkdocs.yml"] = as_yaml(derived_config(site, project, project.work_folder.path / "site" / language))
    folder = GOLDEN / language
    if request.config.getoption("--write-golden"):
        for path, text in found.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
    expected = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert sorted(found) == sorted(expected)
    for path, text in expected.items():
        difference = difflib.unified_diff(text.splitlines(), found[path].splitlines(), "golden", "now", lineterm="")
        assert "\n".join(difference) == "", path


def test_links_of_repeated_text_lead_to_the_same_targets(tmp_path: Path) -> None:
    project = open_project(make_project(tmp_path, content=SMALL_LIBRARY), TODAY).value
    assert project
    data = dict(read_content_files(SMALL_LIBRARY).data)
    changed = ContentPath("tutorials/first.de.md")
    first = data[changed].decode()
    first = first.replace("] Angesehen", "] [Angesehen](second.de.md) und [versucht](#try)").replace(
        "### Ansehen", "### [Ansehen](second.de.md)"
    )
    data[changed] = first.encode()
    library = build_library(load_content(ContentFiles(data), ("de", "en")))
    tree = {
        path: page.decode()
        for path, page in docs_tree(
            LocalizedLibrary(library=library, language="de", labels_by_language=project.labels)
        ).items()
    }
    assert "### 1\\. [Ansehen](second.md)" in tree["tutorials/first.md"]
    assert "[Angesehen](second.md) und [versucht](#try)" in tree["tutorials/first.md"]
    for page in ("checklists/index.md", "checklists/level-1.md"):
        assert "[Angesehen](../tutorials/second.md) und [versucht](../tutorials/first.md#try)" in tree[page]
