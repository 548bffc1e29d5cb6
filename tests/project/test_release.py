"""A release makes version, changelog, archives and tag, or nothing; it never pushes."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from once import once

from tools import tool

DAY = datetime.date(2026, 11, 24)


def test_the_version_is_changed_and_nothing_else() -> None:
    text = 'name = "x"\nversion = "0.1.0"\n[other]\nversion = "7"\n'
    assert tool("release").with_version(text, "0.2.0") == 'name = "x"\nversion = "0.2.0"\n[other]\nversion = "7"\n'


def test_unreleased_changes_become_the_release() -> None:
    text = "# Changelog\n\n## Unreleased\n\n- New.\n\n## 0.1.0 (2026-01-01)\n\n- First.\n"
    assert tool("release").with_release(text, "0.2.0", DAY) == (
        "# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-11-24)\n\n- New.\n\n## 0.1.0 (2026-01-01)\n\n- First.\n"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Changelog\n\n## Unreleased\n\n## 0.1.0 (2026-01-01)\n\n- First.\n", "says nothing under Unreleased"),
        ("# Changelog\n\n## Unreleased\n\n- New.\n\n## 0.2.0 (2026-01-01)\n", "has a release 0.2.0 already"),
        ("# Changelog\n", "says nothing under Unreleased"),
    ],
)
def test_a_release_without_news_or_made_before_is_refused(text: str, said: str) -> None:
    with pytest.raises(SystemExit, match=said):
        tool("release").with_release(text, "0.2.0", DAY)


def make_repository(folder: Path) -> None:
    """Make a repository with the files of this one, as they are."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        source, target = ROOT / name, folder / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "Begin")


@pytest.fixture
def clone(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clone of a repository with the files of this one, as they are."""
    folder = tmp_path / "clone"
    made = once(tmp_path_factory, "repository", make_repository)
    git(tmp_path, "clone", "-q", "--shared", str(made), str(folder))
    git(folder, "config", "user.name", "x")
    git(folder, "config", "user.email", "x@example.org")
    return folder


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def release(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "tools/release.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("version", ["1.0", "v1.0.0", "0.1.0-beta"])
def test_a_version_has_three_numbers(version: str) -> None:
    with pytest.raises(SystemExit, match="is no version"):
        tool("release").refuse_unready(version, "main")


def test_changes_that_are_not_committed_are_not_released(clone: Path) -> None:
    (clone / "README.md").write_text("x", encoding="utf-8")
    done = release(clone, "9.0.0", "--tested", "--beside")
    assert done.returncode == 1
    assert "not committed" in done.stderr


def names_in_a_wheel(folder: Path) -> Iterator[str]:
    """Yield the files of a repository that a site needs, by their names in a wheel."""
    for name in ("content", "overrides"):
        for path in (folder / name).rglob("*"):
            if path.is_file() and not path.name.startswith("."):
                yield f"stufenweise/shipped/{path.relative_to(folder).as_posix()}"
    for path in (folder / "generator").rglob("*"):
        if path.is_file() and path.suffix in {".py", ".yml", ".j2", ".js", ".css", ".typ", ".otf"}:
            yield path.relative_to(folder / "generator").as_posix()


@pytest.mark.build
def test_a_release_is_a_commit_a_tag_and_two_archives_that_work(clone: Path) -> None:
    """The tool has installed the wheel and built a site with it by then, with nothing else of ours there."""
    done = release(clone, "9.0.0", "--tested", "--beside")
    assert done.returncode == 0, done.stderr

    assert git(clone, "log", "-1", "--format=%s") == "Release 9.0.0"
    assert git(clone, "tag", "--points-at", "HEAD") == "v9.0.0"
    assert git(clone, "status", "--porcelain") == ""
    assert 'version = "9.0.0"' in (clone / "pyproject.toml").read_text(encoding="utf-8")
    assert "git push --follow-tags" in done.stdout
    wheel, source = clone / "dist/stufenweise-9.0.0-py3-none-any.whl", clone / "dist/stufenweise-9.0.0.tar.gz"
    with zipfile.ZipFile(wheel) as archive:
        assert set(names_in_a_wheel(clone)) <= set(archive.namelist())
    with tarfile.open(source) as archive:
        assert {f"stufenweise-9.0.0/{name}" for name in ("CONTRIBUTING.md", "Makefile", "tools/release.py")} <= set(
            archive.getnames()
        )


def rebuilt_archives(repository: Path, folder: Path, tag: str) -> dict[str, bytes]:
    """Build the archives of a tag in a new clone, and return their bytes by name."""
    git(folder, "clone", "-q", "--shared", "--branch", tag, str(repository), "again")
    again = folder / "again"
    environ = {**os.environ, "SOURCE_DATE_EPOCH": git(again, "log", "-1", "--format=%ct")}
    command = [sys.executable, "-m", "hatchling", "build"]
    subprocess.run(command, cwd=again, env=environ, capture_output=True, check=True)
    return {path.name: path.read_bytes() for path in (again / "dist").iterdir()}


@pytest.mark.build
def test_a_build_of_the_tag_gives_the_same_bytes(clone: Path, tmp_path: Path) -> None:
    (clone / ".git" / "info" / "exclude").write_text("note.md\n", encoding="utf-8")
    (clone / "content" / "note.md").write_text("Not in the commit.", encoding="utf-8")
    assert release(clone, "9.0.0", "--tested", "--beside").returncode == 0
    released = {path.name: path.read_bytes() for path in (clone / "dist").iterdir()}
    assert rebuilt_archives(clone, tmp_path, "v9.0.0") == released


@pytest.mark.build
def test_a_wheel_that_does_not_work_is_not_released(clone: Path) -> None:
    (clone / "content" / "goals.yml").unlink()
    git(clone, "commit", "-q", "-a", "-m", "Break")
    result = release(clone, "9.0.0", "--tested", "--beside")
    assert result.returncode == 1
    assert git(clone, "log", "-1", "--format=%s") == "Break"
    assert git(clone, "status", "--porcelain") == ""
    assert git(clone, "tag") == ""
    assert git(clone, "worktree", "list").count("\n") == 0


def test_a_release_that_fails_leaves_everything_as_it_was(clone: Path) -> None:
    with (clone / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("[unfinished\n")
    git(clone, "commit", "-q", "-a", "-m", "Break")
    done = release(clone, "9.0.0", "--tested", "--beside")
    assert done.returncode == 1
    assert git(clone, "status", "--porcelain") == ""
    assert git(clone, "tag") == ""
    assert git(clone, "log", "-1", "--format=%s") == "Break"
