"""Mistakes with packages: one line with a remedy, and nothing is written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from click.testing import Result
from commands import run
from conftest import make_project
from stufenweise.core.safe_folders import SafeFolder
from texts import SMALL_LIBRARY


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return the mkdocs.yml of a small project."""
    return make_project(tmp_path / "project", content=SMALL_LIBRARY)


def refused(result: Result, code: int, *said: str) -> None:
    """Expect a single line of output that has all of these texts."""
    assert result.exit_code == code, result.output
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    for part in said:
        assert part in result.stderr


@pytest.mark.parametrize("command", ["zip", "scorm", "cmi5"])
@pytest.mark.parametrize("place", ["site", "site/packages", "content/packages", ".stufenweise/x"])
def test_a_place_that_a_build_reads_or_replaces(config: Path, command: str, place: str) -> None:
    output = config.parent / place
    refused(run(config, "package", command, "-o", str(output)), 2, "Name another folder with -o.")
    assert not output.exists()
    assert not (config.parent / ".stufenweise").exists()


@pytest.mark.parametrize("preset", ["moodle", "opal"])
def test_a_version_that_the_platform_does_not_know(config: Path, tmp_path: Path, preset: str) -> None:
    result = run(config, "package", "scorm", "--preset", preset, "--version", "2004", "-o", str(tmp_path / "out"))
    refused(result, 2, preset, "2004", "Leave out --version, or name one of these: 1.2.")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--level", "5"), "No level and no programme with a plan is called 5."),
        (("--programme", "smal"), "No level and no programme with a plan is called smal."),
        (("--programme", "level-3"), "is called level-3. Did you mean level-"),
        (("--language", "fr"), "The site has no language fr; its languages are de, en."),
    ],
)
def test_unknown_names_are_reported_before_anything_is_built(
    config: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    refused(run(config, "package", "scorm", *arguments, "-o", str(tmp_path / "out")), 2, said)
    assert not (tmp_path / "out").exists()
    assert not (config.parent / ".stufenweise").exists()


def test_content_with_an_error_makes_no_course(config: Path, tmp_path: Path) -> None:
    text = config.parent / "content" / "tutorials" / "first.de.md"
    text.write_text(text.read_text(encoding="utf-8").replace("minutes: ", "minutes: 9"), encoding="utf-8")
    for command in ("zip", "scorm", "cmi5"):
        result = run(config, "package", command, "-o", str(tmp_path / "out"))
        assert result.exit_code == 1
        assert "first.de.md:" in result.output
        assert not (tmp_path / "out").exists()


@pytest.mark.build
@pytest.mark.parametrize("arguments", [("zip",), ("zip", "--folder"), ("scorm", "--level", "1")])
def test_a_disk_that_is_full_leaves_what_was_there(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    output = tmp_path / "out"
    output.mkdir()
    before = output / "Stufenweise.zip"
    before.write_bytes(b"yesterday's")
    write = SafeFolder.write

    def full(folder: SafeFolder, path: str, data: bytes) -> None:
        if not folder.path.is_relative_to(output):
            return write(folder, path, data)
        write(folder, path, data[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder.path / path))

    monkeypatch.setattr(SafeFolder, "write", full)
    result = run(config, "package", *arguments, "-o", str(output))
    refused(result, 3, "No space left on device", "Nothing has changed.", "-o")
    assert [(path.name, path.read_bytes()) for path in output.iterdir()] == [(before.name, b"yesterday's")]
