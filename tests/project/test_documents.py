"""README, CONTRIBUTING, ARCHITECTURE and docs/: their links lead somewhere, their commands exist, they are short."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from conftest import ROOT
from package_source import MODULES
from stufenweise.cli.main import main
from stufenweise.cli.problem_output import as_text
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Place, new_problem

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
PAIRS = [(path, path.with_suffix(".de.md")) for path in DOCUMENTS if path.with_suffix(".de.md").is_file()]
WORDS_A_MINUTE = 200
"""Slow reading of a text about something unknown; adults read 238 words of non-fiction a minute on average
(Brysbaert 2019, https://doi.org/10.1016/j.jml.2019.104047)."""


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_each_helper_of_the_tests_is_named_in_their_readme() -> None:
    tests = ROOT / "tests"
    found = [path for path in (*tests.glob("*.py"), *tests.glob("[a-z]*/*.py")) if not path.name.startswith("test_")]
    names = [path.relative_to(tests).as_posix() for path in found if path.name not in {"__init__.py", "conftest.py"}]
    assert "safety/soup.py" in names
    assert [name for name in names if f"`{name}`" not in text_of(tests / "README.md")] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files_that_are_there(path: Path) -> None:
    text = re.sub(r"^(`{3,}).*?^\1$|`[^`\n]+`|^>.*?$", "", text_of(path), flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if not target.startswith(("https:", "http:", "mailto:")):
            assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_is_shown_exists_with_its_options(path: Path) -> None:
    shown = re.findall(
        r"^    (?:\.venv[/\\]\S+[/\\])?stufenweise ([^#\n]*)|`stufenweise ([^`\n]+)`", text_of(path), re.MULTILINE
    )
    for line in ("".join(parts) for parts in shown):
        name, *arguments = shlex.split(line.replace("…", ""))
        command = main.get_command(click.Context(main), name)
        assert command, line
        named = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        if not isinstance(command, click.Group):
            assert {argument for argument in arguments if argument.startswith("-")} <= named, line


def test_each_guide_is_there_in_both_languages() -> None:
    names = {english.name for english, _ in PAIRS}
    assert {"README.md", "CONTRIBUTING.md", "front-matter.md", "problems.md", "hosting.md"} <= names
    for english, german in PAIRS:
        assert f"({german.name})" in text_of(english)
        assert f"({english.name})" in text_of(german)
        headings = [len(re.findall(r"^#+ ", text_of(document), re.MULTILINE)) for document in (english, german)]
        assert headings[0] == headings[1], english.name


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "CONTRIBUTING.de.md"])
def test_contributing_is_read_in_ten_minutes(name: str) -> None:
    assert len(text_of(ROOT / name).split()) <= 10 * WORDS_A_MINUTE


@pytest.mark.parametrize(("name", "language"), [("CONTRIBUTING.md", "en"), ("CONTRIBUTING.de.md", "de")])
def test_the_message_that_is_shown_is_the_one_that_is_reported(name: str, language: str) -> None:
    place = Place(ShownPath("content/tutorials/find-people.de.md"), 6, 10)
    said = as_text(new_problem(place, "minutes-sum", total=20, minutes=25, parts="5 + 10 + 5"), language)
    head, remedy = click.unstyle(said).split("\n")
    shown = f"    {head}\n        minutes: 25\n                 ^\n    {remedy}\n"
    assert shown in text_of(ROOT / name)


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "CONTRIBUTING.de.md"])
def test_the_way_to_a_merged_tutorial_names_every_command_in_its_order(name: str) -> None:
    """On a fresh Windows nothing may be missing: scripts are forbidden there until they are allowed."""
    commands = re.findall(r"^    (\S.*)$", text_of(ROOT / name), re.MULTILINE)
    wanted = (
        *("git clone", "code ", "py -m venv", "pip install --require-hashes", "pip install --no-deps"),
        *("Set-ExecutionPolicy -Scope Process", "Activate.ps1", "stufenweise new tutorial", "stufenweise serve --open"),
        *("stufenweise check --fix", "git switch -c", "git add content", "git commit", "git push -u origin"),
    )
    places = [next(index for index, line in enumerate(commands) if part in line) for part in wanted]
    assert places == sorted(places)


def test_the_architecture_names_every_room_and_its_imports_in_their_order() -> None:
    from test_imports import ORDER, room, rooms_imported

    table = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|.*\| (.*) \|$", text_of(ROOT / "ARCHITECTURE.md"), re.MULTILINE)
    rows = [(re.findall(r"\w+", rooms), imported) for rooms, imported in table]
    assert [name for rooms, _ in rows for name in rooms] == list(ORDER)
    for rooms, told in rows:
        if told != "any above":
            imported = {name for path in MODULES if room(path) in rooms for name in rooms_imported(path)}
            expected = [name for name in ORDER if name in imported - {*rooms, "core", "model", "i18n"}]
            assert re.findall(r"\w+", told) == expected, rooms
    assert len(text_of(ROOT / "ARCHITECTURE.md").split()) <= 1000, "one page"
