"""`check` with single files, at every save, and with repairs."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from commands import run
from conftest import ROOT
from day import ENVIRON, TODAY
from stufenweise.config.project_files import read_project_files, watched_folders
from stufenweise.publish.locked_work_folder import locked_work_folder
from stufenweise.stages.content_stages import check_content, load_project
from stufenweise.stages.handout_stages import check_printing, print_content
from stufenweise.stages.project_stage import open_project
from texts import SMALL_LIBRARY, replace_once
from waiting import PATIENCE, wait_until


def check(config: Path, *arguments: str | Path) -> Result:
    return run(config, "check", *map(str, arguments))


def tutorial(config: Path, name: str) -> Path:
    return config.parent / "content" / "tutorials" / name


def test_only_the_problems_of_the_files_named_are_reported(config: Path) -> None:
    replace_once(tutorial(config, "first.de.md"), "(second.de.md)", "(secnd.de.md)")
    replace_once(tutorial(config, "second.de.md"), "minutes: 20", "minutes: 25")
    single = check(config, tutorial(config, "first.de.md"))
    assert single.exit_code == 1
    assert "[link-missing]" in single.stderr
    assert "Did you mean second.de.md?" in single.stderr
    assert "[minutes-sum]" not in single.stderr
    assert "Texts read: 1. Errors: 1, warnings: 0." in single.stderr
    other = check(config, tutorial(config, "third.de.md"), tutorial(config, "third.en.md"))
    assert other.exit_code == 0
    assert "Texts read: 2. Errors: 0, warnings: 0." in other.stderr


def test_problems_with_the_rest_of_the_library_are_those_of_the_file(config: Path) -> None:
    replace_once(tutorial(config, "second.de.md"), "requires: [first]", "requires: [third, nowhere]")
    replace_once(tutorial(config, "second.de.md"), "- Zu viel auf einmal.", "- Viel auf einmal.")
    assert "[unknown-requirement]" in check(config, tutorial(config, "second.de.md")).stderr
    assert "[circular-requirement]" in check(config, tutorial(config, "second.de.md")).stderr
    assert "[translation-stale]" in check(config, tutorial(config, "second.en.md")).stderr


def test_a_folder_means_its_files(config: Path) -> None:
    result = check(config, config.parent / "content" / "tutorials")
    assert "Texts read: 6." in result.stderr
    assert "Texts read: 14." in check(config, config.parent / "content").stderr


@pytest.mark.parametrize("name", ["content/tutorials/nowhere.de.md", "mkdocs.yml", "..", "content/tutorials/firs"])
def test_a_path_outside_the_content_is_wrong_use(config: Path, name: str) -> None:
    result = check(config, config.parent / name)
    assert result.exit_code == 2
    assert "is no file in content" in result.stderr


@pytest.mark.typst
def test_sheets_of_the_files_named_are_measured(project: Callable[..., Path]) -> None:
    config = project(content=SMALL_LIBRARY, handouts=True)
    replace_once(tutorial(config, "second.de.md"), "2. Das *andere* tun.", "2. Das *andere* tun.\n" * 90)
    assert "[handout-overflow]" in check(config, tutorial(config, "second.de.md")).stderr
    assert check(config, tutorial(config, "first.de.md")).exit_code == 0
    made = {path.name.partition(".")[0] for path in (config.parent / ".stufenweise" / "handouts").rglob("*.pdf")}
    assert made >= {"first-mentee", "first-mentor"}
    assert not [name for name in made if "third" in name or "level" in name]


@pytest.mark.typst
@pytest.mark.build
def test_a_check_with_drafts_and_a_build_without_them_print_nothing_twice(project: Callable[..., Path]) -> None:
    config = project(content=SMALL_LIBRARY, handouts=True)
    replace_once(tutorial(config, "third.de.md"), "level: 2\n", "level: 2\ndraft: true\n")
    opened = open_project(config, TODAY).value
    assert opened
    checked = check_content(load_project(read_project_files(opened)), TODAY)
    counts: list[int] = []
    for _ in range(2):
        assert check_printing(checked, on_printing=counts.append).value
        with locked_work_folder(opened, wait=0):
            assert check_printing(checked, on_printing=counts.append).value, "A check needs no lock."
            assert print_content(checked, on_printing=counts.append).value
    assert len(counts) == 2, "Each of the two printed once."


def test_an_unused_image_is_reported_when_it_is_asked_for(config: Path) -> None:
    image = config.parent / "content" / "tutorials" / "images" / "spare.svg"
    image.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    assert "[unused-image]" in check(config, image).stderr
    assert "[unused-image]" not in check(config, tutorial(config, "first.de.md")).stderr


def test_fix_corrects_the_file_says_where_and_checks(config: Path) -> None:
    file = tutorial(config, "first.de.md")
    replace_once(file, "{#try minutes=10}", "{#try}")
    replace_once(file, "- Zu viel auf einmal.", '- "Zu" viel auf einmal.')
    result = check(config, "--fix")
    assert result.exit_code == 0
    assert "content/tutorials/first.de.md:40: corrected to the spelling that is read here" in result.stderr
    assert "first.de.md:71: typographic marks set" in result.stderr
    assert "- „Zu“ viel auf einmal." in file.read_text(encoding="utf-8")
    assert "{#try minutes=10}" in file.read_text(encoding="utf-8")


def test_a_difference_is_shown_and_nothing_written(config: Path) -> None:
    file = tutorial(config, "first.de.md")
    replace_once(file, "{#try minutes=10}", "{#try}")
    before = file.read_bytes()
    result = check(config, "--fix", "--diff")
    assert result.exit_code == 0
    assert "\n-### Ausprobieren {#try}\n+### Ausprobieren {#try minutes=10}\n" in result.stdout
    assert result.stdout.startswith("--- a/content/tutorials/first.de.md\n+++ b/content/tutorials/first.de.md\n")
    assert file.read_bytes() == before


def test_a_stale_translation_is_current_only_when_its_author_says_so(config: Path) -> None:
    replace_once(tutorial(config, "first.de.md"), "- Zu viel auf einmal.", "- Viel auf einmal.")
    assert "[translation-stale]" in check(config, "--fix").stderr
    result = check(config, "--reviewed", tutorial(config, "first.en.md"), "--strict")
    assert result.exit_code == 0
    assert "content/tutorials/first.en.md:4: recorded as up to date" in result.stderr


def test_a_review_of_what_is_no_translation_is_wrong_use(config: Path) -> None:
    result = check(config, "--reviewed", tutorial(config, "first.de.md"))
    assert result.exit_code == 2
    assert "is no translation" in result.stderr


@pytest.mark.parametrize("options", [["--watch", "--fix"], ["--diff"]])
def test_options_that_contradict_each_other_are_wrong_use(config: Path, options: list[str]) -> None:
    assert check(config, *options).exit_code == 2


class Watching:
    """A `check --watch` in a process of its own."""

    def __init__(self, config: Path) -> None:
        command = [sys.executable, "-m", "stufenweise", "check", "--watch", "-f", str(config)]
        environ = {**os.environ, **ENVIRON, "PYTHONPATH": str(ROOT)}
        # Background jobs of a shell ignore SIGINT, and their children inherit that.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environ)
        finally:
            signal.signal(signal.SIGINT, before)
        self.said = ""
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.said += line

    def wait_for(self, count: int, text: str = "Texts read") -> str:
        """Return the output once a text, by default that of a check of the content, stood there `count` times."""

        def is_there() -> bool:
            assert self.process.poll() is None, self.said
            return self.said.count(text) >= count

        wait_until(is_there, lambda: self.said)
        return self.said


@pytest.fixture
def watching(config: Path) -> Iterator[Watching]:
    found = Watching(config)
    yield found
    found.process.kill()
    found.process.wait()


def save(file: Path, find: str, replace: str) -> None:
    """Change a file in one step, as editors do: a check may begin at any moment and must not meet half of it."""
    aside = file.with_name(f".{file.name}")
    shutil.copyfile(file, aside)
    replace_once(aside, find, replace)
    aside.replace(file)


@pytest.mark.posix
def test_watch_checks_at_every_save_and_ends_well(config: Path, watching: Watching) -> None:
    assert "Errors: 0" in watching.wait_for(1)
    save(tutorial(config, "first.de.md"), "minutes: 20", "minutes: 25")
    assert "[minutes-sum]" in watching.wait_for(2)
    save(tutorial(config, "first.de.md"), "minutes: 25", "minutes: 20")
    assert watching.wait_for(3).count("Errors: 0") == 2
    save(tutorial(config, "first.de.md"), "minutes: 20", "minutes: 25")
    assert watching.wait_for(4).count("[minutes-sum]") == 2
    assert watching.said.count("Texts read") == 4, "reading is no save"
    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(PATIENCE) == 0
    assert "Traceback" not in watching.said


@pytest.fixture
def inheriting(config: Path) -> Path:
    """Return the project with a theme folder and with a configuration that it inherits from another folder."""
    theme, parent = config.parent / "theme", config.parent.parent / "shared"
    theme.mkdir()
    (theme / "own.css").write_text("a { color: red }", encoding="utf-8")
    parent.mkdir()
    (parent / "base.yml").write_text("copyright: A\n", encoding="utf-8")
    replace_once(config, "  name: material\n", "  name: material\n  custom_dir: theme\n")
    replace_once(config, "site_name:", "INHERIT: ../shared/base.yml\nsite_name:")
    return config


@pytest.mark.posix
def test_watch_sees_all_files_whose_problems_it_reports(inheriting: Path, watching: Watching) -> None:
    root = inheriting.parent
    watching.wait_for(1)
    (root / "labels").mkdir()
    watching.wait_for(2)
    (root / "de.yml").write_text("no_such_label: x\n", encoding="utf-8")
    (root / "de.yml").replace(root / "labels" / "de.yml")
    watching.wait_for(1, "no_such_label")
    watching.wait_for(3)
    (root / "labels" / "de.yml").unlink()
    watching.wait_for(4)
    save(root / "theme" / "own.css", "red", "blue")
    watching.wait_for(5)
    save(root.parent / "shared" / "base.yml", "copyright: A", "use_directory_urls: perhaps")
    watching.wait_for(1, "perhaps")


@pytest.mark.posix
def test_watch_follows_the_content_to_another_folder(config: Path, watching: Watching) -> None:
    watching.wait_for(1)
    shutil.copytree(config.parent / "content", config.parent / "texts")
    save(config, "docs_dir: content", "docs_dir: texts")
    watching.wait_for(2)
    save(config.parent / "texts" / "tutorials" / "first.de.md", "minutes: 20", "minutes: 25")
    watching.wait_for(1, "[minutes-sum]")


def test_what_a_project_is_read_from_is_watched(inheriting: Path) -> None:
    project = open_project(inheriting, TODAY).value
    assert project
    watched, root = watched_folders(project), inheriting.parent
    assert {root / "content", root / "labels", root / "theme"} <= {*watched.trees}
    assert watched.files == (inheriting, root.parent / "shared" / "base.yml")


DIGEST = "7a11089200bf"
"""Digest of tutorials/first.de.md."""


@pytest.mark.parametrize(
    ("written", "exit_code", "said", "after"),
    [
        ("translates: 0123456789ab", 0, "first.en.md:4: recorded as up to date", f"translates: {DIGEST}"),
        ("translates: '0123456789ab' # c", 0, "recorded as up to date", f"translates: '{DIGEST}' # c"),
        ("translates:\n  0123456789ab", 0, "recorded as up to date", f"translates:\n  {DIGEST}"),
        (f"translates: {DIGEST}", 0, "first.en.md: was up to date already", f"translates: {DIGEST}"),
        ("translates: >-\n  0123456789ab", 1, "first.en.md:4:13) is written in a form", ""),
        ('translates: "0123456789a\\x62"', 1, "first.en.md:4:13) is written in a form", ""),
        ("translates: so", 2, "is no translation that can be read", ""),
        ("", 2, "is no translation that can be read", ""),
    ],
)
@pytest.mark.parametrize("options", [(), ("--fix",), ("--diff",)], ids=" ".join)
def test_a_review_says_what_was_recorded_or_why_not(
    config: Path, written: str, exit_code: int, said: str, after: str, options: tuple[str, ...]
) -> None:
    file = tutorial(config, "first.en.md")
    replace_once(file, f"translates: {DIGEST}\n", f"{written}\n" if written else "")
    before = file.read_text(encoding="utf-8")
    result = run(config, "check", *options, "--reviewed", str(file))
    assert result.exit_code == exit_code, result.stderr
    if "--diff" not in options or "recorded" not in said:
        assert said in result.stderr
    is_changed = bool(after) and "--diff" not in options
    assert file.read_text(encoding="utf-8") == (before.replace(written, after) if is_changed else before)


def test_a_translation_without_a_readable_source_is_not_recorded(config: Path) -> None:
    replace_once(tutorial(config, "first.de.md"), "level: 1\n", "")
    before = tutorial(config, "first.en.md").read_bytes()
    result = run(config, "check", "--reviewed", str(tutorial(config, "first.en.md")))
    assert result.exit_code == 1
    assert "its source is missing or can't be read" in result.stderr
    assert tutorial(config, "first.en.md").read_bytes() == before
