"""The assembled tree is plain: every builder makes the same pages of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import run
from conftest import PUBLIC, build_project
from html_pages import pages, words_of
from stufenweise.config.project import WORK_FOLDER
from stufenweise.pipeline_results import BuildOptions
from stufenweise.render.builder_command import BuilderName
from texts import SMALL_LIBRARY

pytestmark = pytest.mark.build

Project = Callable[..., Path]
FORMS = (("tutorials", "index.html"), ("checklists", "index.html"))
"""Pages with a form amid their text, which a builder without our plugin puts at its end."""


def test_zensical_makes_the_same_pages(project: Project, built_site: Path) -> None:
    """One language will do. ProperDocs is tried in tests/site."""
    config = project(extra=PUBLIC, handouts=True)
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("languages: [de, en]", "languages: [de]"), encoding="utf-8")
    shutil.copytree(built_site.parent / WORK_FOLDER / "handouts", config.parent / WORK_FOLDER / "handouts")
    report = build_project(config, BuildOptions(builder="zensical"))
    assert report.published, [one.log for one in report.outcomes]
    site = config.parent / "site"
    expected = {page.relative_to(built_site): words_of(page) for page in pages(built_site / "de")}
    found = {page.relative_to(site): words_of(page) for page in pages(site / "de")}
    assert found.keys() == expected.keys()
    for page, text in expected.items():
        if page.parts[1:] in FORMS:
            assert sorted(found[page].split()) == sorted(text.split()), page
        else:
            assert found[page] == text, page


@pytest.mark.parametrize("builder", ["mkdocs", "zensical", "properdocs"])
def test_pages_are_sanitised_with_every_builder(
    project: Project, builder: BuilderName, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the checks would miss is gone from the page all the same."""
    config = project(content=SMALL_LIBRARY)
    tutorial = config.parent / "content" / "tutorials" / "third.de.md"
    evil = 'Text <img src=x onerror="alert(1)"> <script>alert(2)</script> [x](javascript:alert(3))\n\n## Danach'
    tutorial.write_text(tutorial.read_text(encoding="utf-8").replace("## Danach", evil, 1), encoding="utf-8")
    assert not build_project(config, BuildOptions(builder=builder)).published
    monkeypatch.setattr("stufenweise.pipeline.check", lambda _loaded, _today, _only, **_options: [])
    assert build_project(config, BuildOptions(builder=builder)).published
    text = (config.parent / "site" / "de" / "tutorials" / "third" / "index.html").read_text(encoding="utf-8")
    for character in ("onerror", "alert(", "javascript:alert"):
        assert character not in text


def test_the_command_says_what_zensical_leaves_out(project: Project) -> None:
    config = project(content=SMALL_LIBRARY)
    text = config.read_text(encoding="utf-8")
    more = "plugins:\n  - material/group: {enabled: false}\n"
    config.write_text(text.replace("plugins:\n", more, 1), encoding="utf-8")
    result = run(config, "build", "--builder", "zensical")
    assert result.exit_code == 0, result.output
    assert "skips other plugins and hooks of the configuration: material/group." in result.stderr
