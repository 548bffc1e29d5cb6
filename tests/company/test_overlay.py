"""A company's content over that of the package: what it replaces, adds, extends and hides, and the problems it gets."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from commands import run
from conftest import ROOT, build_project
from day import TODAY
from stufenweise.config.project_files import PACKAGE_CONTENT, read_project_files
from stufenweise.model.paths import ShownPath
from stufenweise.overlay.source_map import SourceMap
from stufenweise.source.files.content_files import CONTENT
from stufenweise.source.markdown.markdown_rendering import markdown_to_html
from stufenweise.stages.content_stages import check_content, load_project
from stufenweise.stages.handout_stages import print_content
from stufenweise.stages.project_stage import open_project
from stufenweise.stages.site_stages import assemble_site

CASES: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "overlays.yml").read_text(encoding="utf-8"))
BUILT = {"hides", "gone"}
"""Keys of a case whose site is built: what is not there must leave no link behind that the builder complains about."""
KEYS = {"own", "edits", "noted", "options", "package", "release", "problems", "says", "shows"} | BUILT
Company = Callable[..., Path]


def needs(case: dict[str, Any]) -> list[pytest.MarkDecorator]:
    return [pytest.mark.build] if BUILT & set(case) else []


def release(package: Path, changes: list[list[str | None]]) -> None:
    """Change the package as its next release would."""
    for path, find, *rest in changes:
        file = package / str(path)
        if not rest:
            file.rename(package / str(find))
            continue
        replace = rest[0]
        if find is None or replace is None:
            file.unlink()
            continue
        text = file.read_text(encoding="utf-8")
        assert text.count(find) == 1
        file.write_text(text.replace(find, replace), encoding="utf-8")
    if any(find is None or not rest for _, find, *rest in changes):
        for file in package.rglob("*.*"):  # No file of the package names the one left out
            text = file.read_text(encoding="utf-8")
            text = re.sub(r"\[([^\]]*)\]\((?:tutorials/)?third\.\w\w\.md\)", r"\1", text)
            file.write_text(text, encoding="utf-8")


def assembled(config: Path, address: str) -> str:
    """Return the HTML of a page's own text, without a builder, which knows nothing of companies."""
    project = open_project(config, TODAY).value
    assert project
    checked = check_content(load_project(read_project_files(project)), TODAY)
    printed = print_content(checked).value
    assert printed
    assemble_site(printed, project.work_folder.path / "staging")
    folder = project.work_folder.path / "docs" / address.rstrip("/")
    page = folder / "index.md" if folder.is_dir() else folder.with_suffix(".md")
    facts, _, text = page.read_text(encoding="utf-8").partition("\n---\n")
    return f"{facts}\n{markdown_to_html(text)}"


@pytest.mark.parametrize("name", [pytest.param(name, marks=needs(case)) for name, case in CASES.items()])
def test_an_overlay_gives_the_expected_content(name: str, company: Company, package: Path) -> None:
    case = CASES[name]
    assert set(case) <= KEYS
    for path, text in case.get("package", {}).items():
        (package / path).parent.mkdir(exist_ok=True)
        (package / path).write_text(text, encoding="utf-8")
    config = company(case["own"], case.get("noted", []), case.get("options", ""))
    for path, find, replace in case.get("edits", []):
        file = config.parent / "content" / path
        file.write_text(file.read_text(encoding="utf-8").replace(find, replace), encoding="utf-8")
    release(package, case.get("release", []))

    found = json.loads(run(config, "check", "--format", "json", "--lang", "de").stdout)

    said = " ".join(f"{entry['what']} {entry['remedy']}" for entry in found)
    places = [f"{entry['file']}:{entry['line']}:{entry['column']} {entry['code']}" for entry in found]
    assert places == case["problems"], said
    for text in case.get("says", []):
        assert text in said
    site = config.parent / "site"
    if BUILT & set(case):
        report = build_project(config)
        assert report.published, report
        assert [outcome.warnings for outcome in report.outcomes] == [(), ()]
    for path, texts in case.get("shows", {}).items():
        page = (site / path / "index.html").read_text(encoding="utf-8") if site.is_dir() else assembled(config, path)
        for text in texts:
            assert text in re.sub(r"<[^>]+>", "", html.unescape(page)), text
    for path, texts in case.get("hides", {}).items():
        page = html.unescape((site / path / "index.html").read_text(encoding="utf-8"))
        for text in texts:
            assert text not in page, text
    for path in case.get("gone", []):
        assert not (site / path).exists()


EXTENSION = {
    "tutorials/first.de.extend.md": "## Bei uns {#local}\n\nText.\n",
    "tutorials/first.en.extend.md": "## With us {#local}\n\nText.\n",
}


def test_reviewed_versions_raise_no_drift_warning(company: Company, package: Path) -> None:
    config = company(EXTENSION, [])
    files = [str(config.parent / "content" / path) for path in EXTENSION]
    assert run(config, "check", "--strict").exit_code == 1

    result = run(config, "check", "--strict", "--reviewed", files[0], "--reviewed", files[1])

    assert "recorded as compared" in result.stderr
    noted = config.parent / "content" / ".base" / "tutorials" / "first.de.md"
    assert noted.read_bytes() == (package / "tutorials" / "first.de.md").read_bytes()
    assert run(config, "check", "--strict").exit_code == 0


def test_fix_changes_only_the_companys_files(company: Company, package: Path) -> None:
    config = company(EXTENSION | {"tutorials/second.de.md": "copy"}, [])
    second = config.parent / "content" / "tutorials" / "second.de.md"
    second.write_text(
        second.read_text(encoding="utf-8").replace("level: 1\n", "", 1).replace("title:", "level: 1\ntitle:", 1),
        encoding="utf-8",
    )
    before = {path: path.read_bytes() for path in package.rglob("*.*")}
    own = {path: (config.parent / "content" / path).read_bytes() for path in EXTENSION}

    run(config, "check", "--fix")

    assert second.read_text(encoding="utf-8").startswith("---\ntitle:")
    assert {path: path.read_bytes() for path in package.rglob("*.*")} == before
    assert {path: (config.parent / "content" / path).read_bytes() for path in EXTENSION} == own


def test_a_tutorial_of_the_package_keeps_its_slug(company: Company) -> None:
    result = run(company({}, []), "rename", "first", "erstes")
    assert result.exit_code == 2
    assert "belongs to the package" in result.stderr


OWN_QUESTION = """\
own:
  text: {de: "Und bei uns?", en: "And with us?"}
  answers:
    yes:
      text: {de: Ja., en: "Yes."}
      tutorials: {house: 2, first: 1}
    no:
      text: {de: Nein., en: "No."}
"""


def test_renaming_an_own_tutorial_changes_the_companys_self_check_and_extensions(
    company: Company, package: Path
) -> None:
    """The places of a merged file are not those of the company's: its entries are below the package's there."""
    texts = {
        f"tutorials/house.{code}.md": (package / f"tutorials/first.{code}.md").read_text(encoding="utf-8")
        for code in ("de", "en")
    }
    extension = "## Bei uns {#local}\n\nSiehe [Haus](house.de.md) und [Zwei](second.de.md).\n"
    config = company(
        {
            **texts,
            "self-check.yml": f"# Unsere Fragen\n\n{OWN_QUESTION}",
            "tutorials/house.de.extend.md": extension,
            "tutorials/first.de.extend.md": extension,
        },
        ["tutorials/first.de.md"],
    )
    before = {path: path.read_bytes() for path in package.rglob("*.*")}

    result = run(config, "rename", "house", "home")

    assert result.exit_code == 0, result.output
    content = config.parent / "content"
    question = OWN_QUESTION.replace("house: 2", "home: 2")
    assert (content / "self-check.yml").read_text(encoding="utf-8") == f"# Unsere Fragen\n\n{question}"
    for slug in ("first", "home"):
        extended = (content / f"tutorials/{slug}.de.extend.md").read_text(encoding="utf-8")
        assert extended == extension.replace("house", "home"), slug
    assert {path: path.read_bytes() for path in package.rglob("*.*")} == before


def test_an_own_version_of_a_package_tutorial_keeps_the_packages_slug(company: Company) -> None:
    own = {f"tutorials/first.{code}.md": "copy" for code in ("de", "en")}
    config = company({**own, "self-check.yml": OWN_QUESTION.replace("house", "second")}, [*own])
    content = config.parent / "content"
    before = {path: path.read_bytes() for path in content.rglob("*.*") if path.is_file()}
    result = run(config, "rename", "first", "ours")
    assert result.exit_code == 1
    assert "[former-slug-in-use]" in result.stderr
    assert {path: path.read_bytes() for path in content.rglob("*.*") if path.is_file()} == before


@pytest.mark.build
def test_edit_links_lead_to_the_companys_files_alone(company: Company) -> None:
    config = company(EXTENSION | {"home.de.md": "copy", "home.en.md": "copy"}, [])
    text = config.read_text(encoding="utf-8")
    config.write_text(f"repo_url: https://git.example.org/x\nedit_uri: edit/main/content/\n{text}", encoding="utf-8")
    assert build_project(config).published
    site = config.parent / "site" / "de"

    def link(page: str) -> list[str]:
        return re.findall(r'rel="edit" href="([^"]+)"', (site / page / "index.html").read_text(encoding="utf-8"))

    assert link(".") == ["https://git.example.org/x/edit/main/content/home.de.md"]
    assert link("tutorials/first") == ["https://git.example.org/x/edit/main/content/tutorials/first.de.extend.md"]
    assert link("tutorials/third") == []


@pytest.mark.build
def test_a_new_release_or_note_is_built(company: Company, package: Path) -> None:
    config = company({}, [])
    assert build_project(config).published
    assert build_project(config).unchanged
    release(package, [["tutorials/first.de.md", "Zuerst ansehen.", "Zuerst hinhören."]])
    assert not build_project(config).unchanged


def test_everything_wrong_with_the_settings_is_reported_in_one_run_and_nothing_is_written(company: Company) -> None:
    config = company({}, [])
    config.write_text(
        """site_name: Haus
docs_dir: /srv/content
theme:
  name: material
  custom_dir: nowhere
plugins:
  - stufenweise:
      overlay: yes please
      langauges: [de]
      hide: {levels: [9], tutorial: [x]}
      colour: red
""",
        encoding="utf-8",
    )
    result = run(config, "build")
    assert result.exit_code == 2
    said = re.findall(r"^mkdocs\.yml:(\d+):\d+: error \[([a-z-]+)\]", result.stderr, re.MULTILINE)
    assert said == [
        ("2", "content-absolute"),
        ("5", "folder-missing"),
        ("8", "expected-true-false"),
        ("9", "unknown-key"),
        ("10", "out-of-range"),
        ("10", "unknown-key"),
        ("11", "bad-form"),
    ]
    assert "Did you mean languages?" in result.stderr
    assert not (config.parent / "site").exists()
    assert not (config.parent / ".stufenweise").exists()


@pytest.mark.parametrize("folder", [".", "site", "site/content", "../company"])
def test_content_that_holds_the_project_or_lies_in_the_site_is_refused(company: Company, folder: str) -> None:
    config = company({}, [])
    config.write_text(
        config.read_text(encoding="utf-8").replace("docs_dir: content", f"docs_dir: {folder}"), encoding="utf-8"
    )
    result = run(config, "check")
    assert result.exit_code == 2
    assert "mkdocs.yml:2:11: error [content-cyclic]" in result.stderr


@pytest.mark.posix
def test_a_link_out_of_the_content_is_not_followed(company: Company, tmp_path: Path) -> None:
    config = company({}, [])
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    tutorials = config.parent / "content" / "tutorials"
    tutorials.mkdir()
    (tutorials / "first.de.extend.md").symlink_to(tmp_path / "secret.md")
    result = run(config, "check")
    assert result.exit_code == 1
    assert "content/tutorials/first.de.extend.md:1:1: error [symlink]" in result.stderr


@pytest.mark.build
def test_a_company_without_a_content_folder_is_checked_and_built(company: Company) -> None:
    config = company({}, [])
    (config.parent / "content").rmdir()
    assert run(config, "check", "--strict").exit_code == 0
    assert build_project(config).published


def test_a_watch_begins_without_a_content_folder(company: Company) -> None:
    config = company({}, [])
    (config.parent / "content").rmdir()
    environ = {**os.environ, "PYTHONUNBUFFERED": "1", "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "stufenweise", "check", "--watch", "--format", "lines", "-f", str(config)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environ
    ) as process:
        assert process.stdout
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("<<<"):
                break
        process.terminate()
    assert said[0].startswith(">>> ")
    assert said[-1].startswith("<<< "), said


@pytest.mark.parametrize(
    ("found", "text"),
    [
        ("stufenweise/content/tutorials/first.de.md", "content/tutorials/first.de.md"),
        ("content/tutorials/first.de.extend.md", "content/tutorials/first.de.md"),
        ("content/tutorials/mine.de.md", "content/tutorials/mine.de.md"),
        ("mkdocs.yml", "mkdocs.yml"),
    ],
)
def test_the_text_of_a_problem_is_known_from_where_it_is_found(found: str, text: str) -> None:
    sources = SourceMap(shown_content=CONTENT, package_name=PACKAGE_CONTENT)
    assert sources.text_at(ShownPath(found)) == text
