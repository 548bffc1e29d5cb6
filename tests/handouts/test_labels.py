"""A site's own labels are on its handouts, whichever process prints them; a changed label reprints them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from conftest import make_project
from day import TODAY
from stufenweise.handouts import cached_printing
from stufenweise.handouts.print_handouts import PrintedHandouts, print_handouts
from stufenweise.load.library_builder import build_library
from stufenweise.load.loader import load_content
from stufenweise.source.files.content_files import read_content_files
from stufenweise.stages.project_stage import open_project
from texts import SMALL_LIBRARY

from .conftest import pdf, text_of

FRENCH = """language: Français
level_n: Niveau {n}
minutes: {one: "{n} petite minute", other: "{n} petites minutes"}
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return the mkdocs.yml of a site in German and French, with labels of its own in both."""
    config = make_project(tmp_path / "p", content=SMALL_LIBRARY, handouts=True)
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("languages: [de, en]", "languages: [de, fr]"), encoding="utf-8")
    content = config.parent / "content"
    for path in content.rglob("*.en.md"):
        text = path.read_text(encoding="utf-8")
        path.rename(path.with_name(path.name.replace(".en.md", ".fr.md"))).write_text(text, encoding="utf-8")
    for path in content.glob("*.yml"):
        path.write_text(re.sub(r"\ben:", "fr:", path.read_text(encoding="utf-8")), encoding="utf-8")
    (config.parent / "labels").mkdir()
    write_labels(config, "fr", FRENCH)
    write_labels(config, "de", "level_n: Etappe {n}\n")
    return config


def write_labels(config: Path, language: str, text: str) -> None:
    (config.parent / "labels" / f"{language}.yml").write_text(text, encoding="utf-8")


def handouts(config: Path) -> PrintedHandouts:
    """Return the handouts of a site, printed in two worker processes."""
    project = open_project(config, TODAY).value
    assert project
    content = read_content_files(config.parent / "content")
    return print_handouts(project, build_library(load_content(content, ("de", "fr"))))


@pytest.fixture
def two_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cached_printing, "PARALLEL_FROM", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.mark.usefixtures("two_workers")
def test_labels_of_a_third_language_reach_the_handouts_of_worker_processes(site: Path) -> None:
    result = handouts(site)
    assert not result.problems
    french, german = text_of(pdf(result, "first-mentor", "fr")), text_of(pdf(result, "first-mentor", "de"))
    assert "Niveau 1" in french
    assert "petites minutes" in french
    assert "Etappe 1" in german
    assert "20 Minuten" in german


@pytest.mark.typst
def test_a_changed_label_prints_the_handouts_of_its_language_again_and_no_other(site: Path) -> None:
    handouts(site)
    write_labels(site, "fr", FRENCH.replace("Niveau", "Palier"))
    result = handouts(site)
    assert {sheet.handout.language for sheet in result.handouts if not sheet.from_cache} == {"fr"}
    assert [sheet for sheet in result.handouts if sheet.from_cache and sheet.handout.language == "fr"] == []
    assert "Palier 1" in text_of(pdf(result, "first-mentor", "fr"))


@pytest.mark.typst
def test_a_changed_label_prints_the_handouts_again_that_are_not_translated(site: Path) -> None:
    (site.parent / "content" / "tutorials" / "first.fr.md").unlink()
    handouts(site)
    write_labels(site, "de", "level_n: Abschnitt {n}\n")
    result = handouts(site)
    fresh = {sheet.handout.name for sheet in result.handouts if not sheet.from_cache and sheet.handout.language == "fr"}
    assert {"first-mentee", "first-mentor"} <= fresh
    assert "second-mentor" not in fresh
    assert "Abschnitt 1" in text_of(pdf(result, "first-mentor", "fr"))
