"""What the three builders really do with a small plain tree."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from stufenweise.publish.sitemap import pages_of
from stufenweise.render.builder_command import BuilderName, builder_environment
from stufenweise.render.builders import BuildJob, BuildOutcome, run_builders

pytestmark = pytest.mark.build

BUILDERS: tuple[BuilderName, ...] = ("mkdocs", "properdocs", "zensical")


def _project(folder: Path, home: str) -> Path:
    (folder / "docs" / "tutorials").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text(home, encoding="utf-8")
    for name in ("b", "a"):
        (folder / "docs" / "tutorials" / f"{name}.md").write_text(f"# {name}\n\n## Words\n\nText\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: Small\nsite_url: https://example.org/\ntheme: {name: material, font: false}\n",
        encoding="utf-8",
    )
    for language in ("de", "en"):
        (folder / f"mkdocs.{language}.yml").write_text(
            f"INHERIT: mkdocs.yml\nsite_dir: out/{language}\ntheme: {{language: {language}}}\n",
            encoding="utf-8",
        )
    return folder


def _build(project: Path, builder: BuilderName, environ: Mapping[str, str]) -> list[BuildOutcome]:
    jobs = [
        BuildJob(language=code, config=project / f"mkdocs.{code}.yml", site=project / "out" / code, builder=builder)
        for code in ("de", "en")
    ]
    return run_builders(jobs, environ=environ)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_broken_link_is_counted_although_the_exit_code_is_0(tmp_path: Path, builder: BuilderName) -> None:
    project = _project(tmp_path, "# Home\n\n[gone](gone.md)\n")
    outcomes = _build(project, builder, builder_environment(os.environ, 0))
    assert [outcome.ok for outcome in outcomes] == [True, True]
    assert [len(outcome.warnings) for outcome in outcomes] == [1, 1]


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_clean_tree_gives_no_complaint_and_no_advert(tmp_path: Path, builder: BuilderName) -> None:
    outcomes = _build(_project(tmp_path, "# Home\n"), builder, builder_environment(os.environ, 0))
    assert [(outcome.ok, outcome.warnings, outcome.errors) for outcome in outcomes] == [(True, (), ())] * 2
    assert not any("end of life" in outcome.log or "MkDocs 2" in outcome.log for outcome in outcomes)
    assert list(pages_of(tmp_path / "out", ["de", "en"]).items()) == [
        ("", ("de", "en")),
        ("tutorials/a/", ("de", "en")),
        ("tutorials/b/", ("de", "en")),
    ]


@pytest.mark.parametrize("builder", BUILDERS)
def test_the_same_input_gives_the_same_bytes(tmp_path: Path, builder: BuilderName) -> None:
    project, found = _project(tmp_path, "# Home\n"), []
    for zone in ("Asia/Tokyo", "America/New_York"):
        environ = builder_environment({**os.environ, "TZ": zone}, 1_700_000_000)
        assert all(outcome.ok for outcome in _build(project, builder, environ))
        found.append(_bytes(project / "out"))
        shutil.rmtree(project / "out")
    assert found[0] == found[1]
