"""Targets that must not be replaced: one line with a remedy, and nothing is touched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .builds import Place, generation_of, may_mount, mounted, run

pytestmark = [pytest.mark.posix, pytest.mark.thorough]


def _refused(place: Place, words: str) -> None:
    result = run(place.plan(1))
    assert result.returncode == 3
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert "rendering" not in result.stdout, "refused only after the work was done"
    assert place.leftovers() == []


def test_a_foreign_folder_is_refused(place: Place) -> None:
    place.target.mkdir(parents=True)
    (place.target / "index.html").write_text("somebody's", encoding="utf-8")
    _refused(place, "not empty and not a site of this program")
    assert (place.target / "index.html").read_text(encoding="utf-8") == "somebody's"


def test_a_symbolic_link_is_refused_even_to_a_site_of_ours(place: Place) -> None:
    real = place.target.with_name("real")
    assert run(Place(place.work, real).plan(7)).returncode == 0
    place.target.symlink_to(real)
    result = run(place.plan(8))
    assert result.returncode == 3
    assert "is a symbolic link" in result.stderr
    assert place.target.is_symlink()
    assert generation_of(real) == 7


def test_a_file_is_refused(place: Place) -> None:
    place.target.parent.mkdir()
    place.target.write_text("a file", encoding="utf-8")
    _refused(place, "is a file")


def test_a_target_that_holds_the_work_folder_is_refused(tmp_path: Path) -> None:
    place = Place(tmp_path / "site" / "work", tmp_path / "site")
    result = run(place.plan(1))
    assert result.returncode == 3
    assert "work folder" in result.stderr or "not a site" in result.stderr
    assert place.work.is_dir()


@pytest.mark.parametrize("name", ["work", "lock"])
def test_a_link_in_the_work_folders_place_is_refused(place: Place, tmp_path: Path, name: str) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    if name == "work":
        (precious / "staging-1-00000000").mkdir()
        place.work.symlink_to(precious)
    else:
        place.work.mkdir()
        (precious / "diary").write_text("dear diary", encoding="utf-8")
        (place.work / "lock").symlink_to(precious / "diary")
    result = run(place.plan(1))
    assert result.returncode == 3
    assert "is a symbolic link" in result.stderr
    assert [path.name for path in precious.iterdir()] == ["staging-1-00000000" if name == "work" else "diary"]
    assert all(path.is_dir() or path.read_text(encoding="utf-8") == "dear diary" for path in precious.iterdir())


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder that this process may not write to, even as root."""
    folder = tmp_path / "read-only"
    folder.mkdir()
    if may_mount():
        with mounted(folder, "ro,size=1m"):
            yield folder
    elif os.geteuid() == 0:
        # Root without the right to mount: a container, whose /sys is read-only.
        yield Path("/sys")
    else:
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def test_a_read_only_target_is_reported_in_one_line_before_the_work(read_only: Path, tmp_path: Path) -> None:
    place = Place(tmp_path / "work", read_only / "site")
    result = run(place.plan(1))
    assert result.returncode == 3
    assert "read-only file system" in result.stderr or "permission denied" in result.stderr
    assert result.stderr.count("\n") == 1
    assert "rendering" not in result.stdout
