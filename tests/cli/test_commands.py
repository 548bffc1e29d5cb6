"""The commands as people use them: output, written files, exit codes."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from commands import run
from conftest import build_project
from day import TODAY
from package_source import MODULES
from stufenweise.cli import main
from stufenweise.cli.exits import EXIT_USAGE
from stufenweise.cli.main import COMMANDS
from stufenweise.cli.problem_output import notice_annotation
from stufenweise.config.project import WORK_FOLDER
from stufenweise.core.digests import file_digest
from stufenweise.core.open_folders import STAGED_SUFFIX
from stufenweise.fix.atomic_write import JOURNAL, OLD_SUFFIX, UNDO_JOURNAL
from stufenweise.pipeline import BuildOptions
from stufenweise.publish.work_folder_lock import CONTENT_LOCK, work_folder_lock
from stufenweise.stages import interrupted_changes
from texts import interrupt_change, replace_once

Project = Callable[..., Path]


def spoil(config: Path) -> str:
    """Put an error into a tutorial and return its path."""
    tutorial = min((config.parent / "content" / "tutorials").glob("*.de.md"))
    tutorial.write_text(tutorial.read_text(encoding="utf-8").replace("level: ", "level: 1"), encoding="utf-8")
    return f"content/tutorials/{tutorial.name}"


def test_check_passes_good_content(config: Path) -> None:
    result = run(config, "check", "--strict")
    assert result.exit_code == 0, result.output
    assert "Errors: 0, warnings: 0." in result.stderr


def test_check_ends_with_1_and_names_the_place(config: Path) -> None:
    path = spoil(config)
    result = run(config, "check")
    assert result.exit_code == 1
    assert re.search(rf"^{re.escape(path)}:\d+:\d+: error \[out-of-range\] ", result.stderr, re.MULTILINE)


def test_check_speaks_german(config: Path) -> None:
    spoil(config)
    assert "Fehler [out-of-range]" in run(config, "check", "--lang", "de").stderr


def test_check_gives_json(config: Path) -> None:
    path = spoil(config)
    found = json.loads(run(config, "check", "--format", "json").stdout)
    assert [(entry["file"], entry["code"], entry["severity"]) for entry in found] == [(path, "out-of-range", "error")]
    assert found[0]["line"] > 1
    assert found[0]["what"]
    assert found[0]["remedy"]


def test_a_notice_for_workflows_is_one_command_whatever_it_says() -> None:
    assert notice_annotation("50 %\n::error::", "a,b:c.yml") == "::notice file=a%2Cb%3Ac.yml::50 %25%0A::error::"


def test_check_gives_annotations_for_workflows(config: Path) -> None:
    path = spoil(config)
    said = run(config, "check", "--format", "github").stdout
    assert re.fullmatch(rf"::error file={path},line=\d+,col=\d+,title=out-of-range::.+\n", said)


def test_check_gives_a_code_quality_report(config: Path) -> None:
    path = spoil(config)
    [entry] = json.loads(run(config, "check", "--format", "gitlab").stdout)
    assert (entry["check_name"], entry["severity"], entry["location"]["path"]) == ("out-of-range", "major", path)
    assert entry["location"]["lines"]["begin"] > 1
    assert len(entry["fingerprint"]) == 64


def test_check_shows_the_line_with_a_caret(config: Path) -> None:
    path = spoil(config)
    said = run(config, "check").stderr.splitlines()
    place = next(index for index, line in enumerate(said) if line.startswith(path))
    column = int(said[place].split(":")[2])
    source = (config.parent / path).read_text(encoding="utf-8").splitlines()[int(said[place].split(":")[1]) - 1]
    assert said[place + 1] == f"    {source}"
    assert said[place + 2] == f"    {' ' * (column - 1)}^"


def test_build_ends_with_1_when_the_content_has_problems(config: Path) -> None:
    spoil(config)
    result = run(config, "build")
    assert result.exit_code == 1
    assert "Nothing was published" in result.stderr


def test_a_foreign_folder_is_not_replaced(config: Path) -> None:
    site = config.parent / "site"
    site.mkdir()
    (site / "holiday.jpg").write_bytes(b"precious")
    result = run(config, "build")
    assert result.exit_code == 3
    assert (site / "holiday.jpg").read_bytes() == b"precious"
    assert "Traceback" not in result.output


def test_wrong_use_ends_with_2(config: Path) -> None:
    assert run(config, "build", "--nonsense").exit_code == 2
    assert run(config.parent / "missing.yml", "check").exit_code == 2


@pytest.mark.parametrize("command", [["check"], ["status"], ["doctor"], ["rename", "first", "other", "--dry-run"]])
def test_a_command_finishes_a_change_that_was_interrupted(config: Path, command: list[str]) -> None:
    home = config.parent / "content" / "home.de.md"
    changed = interrupt_change(config)
    result = run(config, *command, "--lang", "en")
    assert "A change had been interrupted; it is complete now." in result.output
    assert (home.read_bytes(), home.with_name(JOURNAL).exists()) == (changed, False)


def test_only_one_module_reads_a_configuration_so_that_nobody_opens_a_project_with_half_of_a_change() -> None:
    readers = {path.name for path in MODULES if "read_project_config" in path.read_text(encoding="utf-8")}
    assert readers == {"project_config.py", "project_stage.py"}


def test_a_change_that_goes_on_is_waited_for(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupt_change(config)
    monkeypatch.setattr(interrupted_changes, "COMMAND_WAIT", 0)
    with work_folder_lock(config.parent / WORK_FOLDER, name=CONTENT_LOCK):
        result = run(config, "check", "--lang", "en")
    assert result.exit_code == 3
    assert "is changing the content. Try again when it has ended." in result.stderr


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_command_names_the_copies_that_a_damaged_list_leaves(config: Path, language: str) -> None:
    home = config.parent / "content" / "home.de.md"
    home.with_name(f".{home.name}{OLD_SUFFIX}").write_bytes(b"old")
    home.with_name(JOURNAL).write_text("half a li", encoding="utf-8")
    assert f"content/.{home.name}{OLD_SUFFIX}" in run(config, "check", "--lang", language).output.replace("\n", "")
    assert OLD_SUFFIX not in run(config, "check", "--lang", language).output


@pytest.mark.parametrize(
    ("journal", "is_edited", "said"),
    [
        (UNDO_JOURNAL, False, "A change could not be made and is undone now."),
        (JOURNAL, True, "content/home.de.md has been changed since and stays as it is."),
        (UNDO_JOURNAL, True, "content/home.de.md has been changed since and stays as it is."),
    ],
)
def test_a_command_says_what_became_of_an_interrupted_change(
    config: Path, journal: str, is_edited: bool, said: str
) -> None:
    home = config.parent / "content" / "home.de.md"
    before = home.read_bytes()
    changed, edited = (before.replace(b"summary: ", b"summary: " + word, 1) for word in (b"Neu ", b"Anders "))
    home.with_name(f".{home.name}{STAGED_SUFFIX}").write_bytes(changed)
    home.with_name(f".{home.name}{OLD_SUFFIX}").write_bytes(before)
    home.with_name(journal).write_text(json.dumps([[home.name, file_digest(before), file_digest(changed)]]))
    home.write_bytes(edited if is_edited else changed)
    result = run(config, "check", "--lang", "en")
    assert said in result.stderr
    assert home.read_bytes() == (edited if is_edited else before)
    copies = {path.name for path in home.parent.glob(".home*~")}
    assert all(copy in result.stderr for copy in copies)
    assert len(copies) == is_edited
    assert run(config, "check").stderr.count("~") == 0


@pytest.mark.parametrize("name", ["tags", "material/tags", "{tags: {enabled: false}}"])
def test_a_plugin_of_the_theme_may_be_named_with_the_theme_or_without(config: Path, name: str) -> None:
    replace_once(config, "plugins:\n", f"plugins:\n  - {name}\n")
    result = run(config, "check")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("plugins:\n  - stufenweise:\n      languges: [de]\n", "unknown-key"),
        ("plugins:\n  - stufenweise:\n      languages: de\n", "expected-list"),
        ("plugins:\n  - stufenweise:\n      languages: [xx]\n", "language-without-labels"),
        ("plugins: [stufenweise\n", "yaml-open"),
        ("plugins: [stufenweise, {material/tags: all}]\n", "expected-map"),
        ("plugins: {stufenweise: , material/tags: all}\n", "expected-map"),
        ("plugins: [stufenweise, tag]\n", "unknown-value"),
        ("theme:\n  custom_dir: nowhere\n", "folder-missing"),
        ("INHERIT: nowhere.yml\n", "config-unusable"),
    ],
)
def test_a_faulty_configuration_is_named_with_its_place(config: Path, text: str, code: str) -> None:
    config.write_text(f"site_name: x\n{text}", encoding="utf-8")
    result = run(config, "check")
    assert result.exit_code == 2
    assert re.search(rf"^mkdocs.yml:\d+:\d+: error \[{code}\]", result.stderr, re.MULTILINE), result.stderr


def test_a_new_tutorial_passes_the_check(config: Path) -> None:
    options = ["--title", "Ein Titel: neu", "--summary", "Ein Satz.", "--level", "1", "--orientation", "both"]
    result = run(
        config,
        "new",
        "tutorial",
        "fresh",
        *options,
        "--effort",
        "2",
        "--minutes",
        "25",
        "--goals",
        goal(config),
    )
    assert result.exit_code == 0, result.output
    assert (config.parent / "content" / "tutorials" / "fresh.de.md").is_file()
    checked = run(config, "check")
    assert checked.exit_code == 0, checked.stderr


@pytest.mark.parametrize("minutes", [5, 15, 16, 35, 36, 70])
def test_a_new_tutorial_of_any_length_passes_the_check(config: Path, minutes: int) -> None:
    options = ["--title", "T", "--summary", "S.", "--level", "1", "--orientation", "both", "--effort", "2"]
    run(config, "new", "tutorial", "fresh", *options, "--minutes", str(minutes), "--goals", goal(config))
    assert run(config, "check").exit_code == 0


def goal(config: Path) -> str:
    """Return the code of the first goal."""
    text = (config.parent / "content" / "goals.yml").read_text(encoding="utf-8")
    match = re.search(r"^(\w+):", text, re.MULTILINE)
    assert match
    return match[1]


def test_new_asks_for_what_is_not_given(config: Path) -> None:
    answers = f"Gut gefragt: neu\n\nSatz.\n1\noperational\n\n\n{goal(config)}\n"
    result = run(config, "new", "tutorial", "--lang", "de", answers=answers)
    assert result.exit_code == 0, result.output
    assert "Titel: das Ergebnis in Alltagswörtern" in result.output
    assert "[gut-gefragt-neu]" in result.output
    assert "  1  Stufe der Tests 1. Was Stufe 1 verlangt.\n" in result.output
    assert "  5  sehr hoch: die eigene Rolle und den Bereich verändern\n" in result.output
    assert "  operational  operativ: dem Arbeitsalltag\n" in result.output
    assert "  S1  Nähe zu Kunden\n" in result.output
    assert run(config, "check", "--strict").exit_code == 0
    text = (config.parent / "content" / "tutorials" / "gut-gefragt-neu.de.md").read_text(encoding="utf-8")
    assert "effort: 1\nminutes: 30\n" in text
    assert "\ndraft: true\n" in text


def test_a_wrong_answer_is_asked_for_again_and_nothing_is_lost(config: Path) -> None:
    answers = "Titel <b>\nTitel\nfirst\nÜber\nueber\nSatz.\n7\n1\noperativ\noperational\nhoch\n2\n\nS9\n\ns1, S1\n"
    result = run(config, "new", "tutorial", "--lang", "de", answers=answers)
    assert result.exit_code == 0, result.output
    for said in (
        "Bitte eine Zeile Text ohne < und >",
        "Das Tutorial first gibt es schon.",
        "Über geht nicht als Dateiname",
        "Bitte eine Zahl von 1 bis 5.",
        "Bitte eines dieser Wörter: strategic, operational, both.",
        "S9 ist kein Unternehmensziel. Bekannt: S1, O1.",
    ):
        assert f"  {said}" in result.output, result.output
    assert "Error" not in result.output
    text = (config.parent / "content" / "tutorials" / "ueber.de.md").read_text(encoding="utf-8")
    assert "goals: [S1]\n" in text
    assert run(config, "check", "--strict").exit_code == 0


@pytest.mark.build
def test_a_draft_is_served_and_not_built(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    day = datetime.datetime.combine(TODAY, datetime.time(), datetime.UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(day.timestamp())))  # `new` writes the day on which it is called
    answers = f"Neu\n\nSatz.\n1\noperational\n\n\n{goal(config)}\n"
    assert run(config, "new", "tutorial", answers=answers).exit_code == 0
    assert build_project(config).published
    site = config.parent / "site"
    assert not (site / "de" / "tutorials" / "neu").exists()
    assert ">Neu<" not in (site / "de" / "tutorials" / "index.html").read_text(encoding="utf-8")
    assert build_project(config, BuildOptions(drafts="marked")).published
    page = (site / "de" / "tutorials" / "neu" / "index.html").read_text(encoding="utf-8")
    assert "Entwurf: Neu" in page
    assert "Entwurf: Neu" in (site / "de" / "tutorials" / "index.html").read_text(encoding="utf-8")
    assert "neu (DRAFT)" in run(config, "status").stdout


def test_a_new_level_passes_the_check(config: Path) -> None:
    options = ["--title", "T", "--summary", "S.", "--level", "5", "--orientation", "both", "--effort", "2"]
    result = run(config, "new", "level", *options, "--importance", "4")
    assert result.exit_code == 0, result.output
    assert run(config, "check").exit_code == 0


def test_a_level_that_exists_is_not_begun_again(config: Path) -> None:
    options = ["--title", "T", "--summary", "S.", "--level", "1", "--orientation", "both", "--effort", "2"]
    assert run(config, "new", "level", *options, "--importance", "4").exit_code == 2


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_new_figure_passes_the_check_once_a_text_shows_it(config: Path, language: str) -> None:
    result = run(config, "new", "figure", "our-way", "--title", "Unser Weg", "--lang", language)
    assert result.exit_code == 0, result.output
    assert "![](../figures/our-way.svg)" in result.output
    content = config.parent / "content"
    assert {path.name for path in (content / "figures").glob("our-way.*")} == {
        "our-way.svg",
        "our-way.de.yml",
        "our-way.en.yml",
    }
    checked = run(config, "check")
    assert "figure-" not in checked.output
    assert "image-metadata" not in checked.output
    assert checked.output.count("unused-image") <= 2
    assert run(config, "new", "figure", "our-way", "--title", "Unser Weg").exit_code == 2


def test_new_never_touches_a_file_that_exists(config: Path) -> None:
    tutorial = min((config.parent / "content" / "tutorials").glob("*.de.md"))
    before = tutorial.read_bytes()
    options = ["--title", "T", "--summary", "S.", "--level", "1", "--orientation", "both", "--effort", "2"]
    slug = tutorial.name.split(".")[0]
    assert run(config, "new", "tutorial", slug, *options, "--minutes", "30", "--goals", "S1").exit_code == 2
    assert tutorial.read_bytes() == before


@pytest.mark.parametrize("slug", ["../escape", "Große Schrift", "a--b", "con/x", ""])
def test_new_refuses_a_slug_that_is_no_file_name(config: Path, slug: str) -> None:
    assert run(config, "new", "tutorial", slug, "--title", "T").exit_code == 2


def test_schema_describes_every_key_with_its_range() -> None:
    found = json.loads(CliRunner().invoke(main, ["schema", "tutorial"]).stdout)
    assert found["properties"]["minutes"]["minimum"] == 5
    assert found["properties"]["minutes"]["maximum"] == 120
    assert found["properties"]["orientation"]["enum"] == ["strategic", "operational", "both"]
    assert found["additionalProperties"] is False
    assert all(value["description"] for value in found["properties"].values())


def test_schema_writes_a_file_for_each_kind(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["schema", "--output", str(tmp_path)])
    assert result.exit_code == 0
    assert (tmp_path / "tutorial.schema.json").is_file()
    assert (tmp_path / "goals.schema.json").is_file()


def test_schema_gives_the_reference_of_the_front_matter() -> None:
    said = CliRunner().invoke(main, ["schema", "tutorial", "--format", "markdown"]).stdout
    assert "| `effort` | number, 1 to 5 | yes |" in said
    assert "| `requires` | list: text, at most 60 characters | no |" in said


@pytest.mark.parametrize("command", ["", *COMMANDS, "new tutorial", "new level", "new figure"])
def test_each_command_explains_itself(command: str) -> None:
    result = CliRunner().invoke(main, [*command.split(), "--help"])
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: main {command}".rstrip())


def test_an_unknown_command_is_wrong_use() -> None:
    assert CliRunner().invoke(main, ["nonsense"]).exit_code == EXIT_USAGE
