"""`stufenweise init company`: a project that builds at once and has no problems."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from commands import run
from conftest import ROOT, build_project
from stufenweise.cli import main
from stufenweise.starting.company_project import company_files
from stufenweise.starting.wheel_source import WheelSource, wheel_source


def init(folder: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["init", "company", str(folder), *arguments], env={"LANG": "C.UTF-8"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """Return a company's project as it is begun."""
    folder = tmp_path / "ours"
    assert init(folder, "--name", 'Haus "Nord" & Söhne').exit_code == 0
    return folder


def test_a_new_project_has_what_a_company_needs(begun: Path) -> None:
    found = {path.relative_to(begun).as_posix() for path in begun.rglob("*") if path.is_file()}
    assert found == {
        ".github/workflows/site.yml",
        ".gitignore",
        ".gitlab-ci.yml",
        ".prettierignore",
        "AGENTS.md",
        "README.md",
        "content/.base/tutorials/find-people.de.md",
        "content/.base/tutorials/find-people.en.md",
        "content/tutorials/find-people.de.extend.md",
        "content/tutorials/find-people.en.extend.md",
        "mkdocs.yml",
        "requirements.txt",
        "theme/favicon.svg",
        "theme/logo.svg",
    }


@pytest.mark.build
def test_a_new_project_builds_without_a_problem(begun: Path) -> None:
    report = build_project(unprinted(begun / "mkdocs.yml"))
    assert report.published, report
    assert report.problems == ()
    page = (begun / "site/de/tutorials/find-people/index.html").read_text(encoding="utf-8")
    assert "So heißt das bei uns" in page
    assert 'Haus "Nord" & Söhne' in html.unescape(page)
    assert "logo.svg" in page
    shipped = [*(ROOT / "content" / "tutorials").glob("*.de.md")]
    assert len([*(begun / "site/de/tutorials").glob("*/index.html")]) == len(shipped)


def unprinted(config: Path) -> Path:
    """Return a configuration without handouts: printing them all takes long, and test_handouts does it once."""
    text = config.read_text(encoding="utf-8").replace("overlay: true\n", "overlay: true\n      handouts: false\n", 1)
    config.write_text(text, encoding="utf-8")
    return config


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("de", {"README.md": "Eine neue Fassung", "mkdocs.yml": "Eigene Wörter", "requirements.txt": "Die Fassung"}),
        ("en", {"README.md": "A new release", "mkdocs.yml": "Your words", "requirements.txt": "The release"}),
    ],
)
def test_its_files_are_explained_in_either_language(tmp_path: Path, lang: str, words: dict[str, str]) -> None:
    assert init(tmp_path / "ours", "--lang", lang).exit_code == 0
    for path, said in words.items():
        assert said in (tmp_path / "ours" / path).read_text(encoding="utf-8")
    assert run(unprinted(tmp_path / "ours" / "mkdocs.yml"), "check", "--strict").exit_code == 0


def uncommented(config: str) -> str:
    """Return a configuration with the settings in effect that it proposes in comments."""
    proposed = re.compile(r"^(\s*)# ((?:[a-z_]+: |  ).*|(?:vocabulary|contacts):)$", re.MULTILINE)
    return proposed.sub(r"\1\2", config)


@pytest.mark.thorough
@pytest.mark.parametrize("lang", ["de", "en"])
def test_proposed_settings_are_valid(tmp_path: Path, lang: str) -> None:
    assert init(tmp_path / "ours", "--lang", lang).exit_code == 0
    config = tmp_path / "ours" / "mkdocs.yml"
    text = uncommented(config.read_text(encoding="utf-8"))
    assert set(yaml.safe_load(text)["plugins"][0]["stufenweise"]) == {
        *("overlay", "languages", "hide", "programmes", "vocabulary", "colour", "accent", "header", "contacts"),
        *("feedback", "frame_ancestors"),
    }
    config.write_text(text, encoding="utf-8")
    result = run(unprinted(config), "check", "--strict")
    assert result.exit_code == 0, result.output


def test_a_pipeline_asks_no_index_for_a_name_that_may_be_free_there(begun: Path, tmp_path: Path) -> None:
    """These tests run with a package from no index."""
    named = re.compile(r"^stufenweise==", re.MULTILINE)
    text = (begun / "requirements.txt").read_text(encoding="utf-8")
    assert not named.search(text)
    assert re.search(r"^\./wheels/stufenweise-\d+\.\d+\.\d+-py3-none-any\.whl$", text, re.MULTILINE)
    wheel = "https://files.example.org/stufenweise-1.2.3-py3-none-any.whl"
    result = init(tmp_path / "named", "--wheel", wheel)
    assert (tmp_path / "named/requirements.txt").read_text(encoding="utf-8").endswith(f"\nstufenweise @ {wheel}\n")
    assert "wheels/" not in result.output


def test_the_package_comes_from_where_it_came_from_here(tmp_path: Path) -> None:
    wheel = tmp_path / "stufenweise-1.2.3-py3-none-any.whl"
    wheel.write_bytes(b"PK")
    noted = [
        None,
        "https://files.example.org/s-1.whl",
        wheel.as_uri(),
        (tmp_path / "gone-1.whl").as_uri(),
        "file:///source",
    ]
    found = [wheel_source(None, "1.2.3", address and json.dumps({"url": address})) for address in noted]
    assert found == [
        WheelSource(requirement="stufenweise==1.2.3", is_index=True),
        WheelSource(requirement="stufenweise @ https://files.example.org/s-1.whl"),
        WheelSource(requirement=f"./wheels/{wheel.name}", file=wheel),
        WheelSource(requirement="./wheels/gone-1.whl", is_missing=True),
        WheelSource(requirement=f"./wheels/{wheel.name}", is_missing=True),
    ]
    assert company_files("Ours", "en", found[2])[f"wheels/{wheel.name}"] == b"PK"


def test_its_pipelines_are_valid_and_can_only_read(begun: Path) -> None:
    workflow = begun / ".github/workflows/site.yml"
    for schema, file in (("vendor.github-workflows", workflow), ("vendor.gitlab-ci", begun / ".gitlab-ci.yml")):
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
    assert yaml.safe_load(workflow.read_text(encoding="utf-8"))["permissions"] == {"contents": "read"}


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    result = init(tmp_path)
    assert result.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert init(tmp_path).exit_code == 0
    assert (tmp_path / "mkdocs.yml").is_file()
