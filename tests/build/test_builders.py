"""Every builder makes the same pages of the assembled tree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from commands import run
from conftest import PUBLIC, build_project
from html_pages import pages, words_of
from stufenweise.core.errors import MachineError
from stufenweise.pipeline import BuildOptions
from stufenweise.render.builder_command import BuilderName
from texts import SMALL_LIBRARY, replace_once

pytestmark = pytest.mark.build

Project = Callable[..., Path]
FORMS = (("tutorials", "index.html"), ("checklists", "index.html"))
"""Pages with a form amid their text, which a builder without our plugin puts at its end."""


def test_zensical_makes_the_same_pages(project: Project) -> None:
    """One language and one level have pages of all kinds. ProperDocs is tried in tests/site."""
    config = project(extra=PUBLIC, options="      hide: {levels: [2, 3, 4, 5]}\n")
    replace_once(config, "languages: [de, en]", "languages: [de]")
    site = config.parent / "site"

    def made_by(builder: BuilderName) -> dict[Path, str]:
        report = build_project(config, BuildOptions(builder=builder))
        assert report.published, [outcome.log for outcome in report.outcomes]
        return {page.relative_to(site): words_of(page) for page in pages(site / "de")}

    expected, found = made_by("mkdocs"), made_by("zensical")
    assert found.keys() == expected.keys()
    assert len(found) > 40
    for page, text in expected.items():
        if page.parts[1:] in FORMS:
            assert sorted(found[page].split()) == sorted(text.split()), page
        else:
            assert found[page] == text, page


def test_a_template_without_the_marks_of_the_text_is_refused_where_they_are_needed(
    project: Project,
) -> None:
    config = project(content=SMALL_LIBRARY)
    replace_once(config, "theme:\n", "theme:\n  custom_dir: own\n")
    (config.parent / "own" / "partials").mkdir(parents=True)
    (config.parent / "own" / "partials" / "content.html").write_text("{{ page.content }}", encoding="utf-8")
    with pytest.raises(MachineError, match="page-marks"):
        build_project(config, BuildOptions(builder="zensical"))
    assert not (config.parent / "site").exists()


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_pages_are_sanitised_with_every_builder(
    project: Project, builder: BuilderName, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the checks miss, the sanitiser removes. ProperDocs has the plugin of MkDocs."""
    config = project(content=SMALL_LIBRARY)
    tutorial = config.parent / "content" / "tutorials" / "third.de.md"
    evil = 'Text <img src=x onerror="alert(1)"> <script>alert(2)</script> [x](javascript:alert(3))\n\n## Danach'
    replace_once(tutorial, "## Danach", evil)
    assert not build_project(config, BuildOptions(builder=builder)).published
    monkeypatch.setattr("stufenweise.stages.content_stages.check", lambda _loaded, _today, _only, **_options: [])
    assert build_project(config, BuildOptions(builder=builder)).published
    text = (config.parent / "site" / "de" / "tutorials" / "third" / "index.html").read_text(encoding="utf-8")
    assert "Danach" in text
    for part in ("onerror", "alert(", "javascript:alert"):
        assert part not in text


def test_the_command_says_what_zensical_leaves_out(project: Project) -> None:
    config = project(content=SMALL_LIBRARY)
    text = config.read_text(encoding="utf-8")
    more = "plugins:\n  - material/group: {enabled: false}\n"
    config.write_text(text.replace("plugins:\n", more, 1), encoding="utf-8")
    result = run(config, "build", "--builder", "zensical")
    assert result.exit_code == 0, result.output
    assert "skips other plugins and hooks of the configuration: material/group." in result.stderr
