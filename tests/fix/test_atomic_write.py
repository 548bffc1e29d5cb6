"""Files change together or not at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.fix.atomic_write import JOURNAL, finish_interrupted_write, write_together


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"/"
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_bytes(b"old a")
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "b.png").write_bytes(b"old b")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "c").write_bytes(b"c")
    return tmp_path


def test_files_are_made_changed_moved_and_removed(folder: Path) -> None:
    write_together(SafeFolder(folder), {"a.md": b"new a", "pictures/b.png": None, "drawings/b.png": b"old b"})
    assert files(folder) == {
        "a.md": b"new a",
        "drawings": b"/",
        "drawings/b.png": b"old b",
        "full": b"/",
        "full/c": b"c",
    }


@pytest.mark.posix
def test_a_file_keeps_its_rights(folder: Path) -> None:
    (folder / "a.md").chmod(0o640)
    write_together(SafeFolder(folder), {"a.md": b"new"})
    assert (folder / "a.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "changes",
    [
        {"a.md": b"new a", "fresh/x.md": b"x", "full": b"no file can take a folder's place"},
        {"a.md": b"new a", "pictures/b.png": None, "full": None},
        {"a.md": b"new a", "a.md/x": b"below a file"},
        {"a.md": b"new a", "missing.md": None},
    ],
)
def test_a_failed_write_leaves_all_files_as_they_were(folder: Path, changes: dict[str, bytes | None]) -> None:
    before = files(folder)
    with pytest.raises(OSError, match=r"\["):
        write_together(SafeFolder(folder), changes)
    assert files(folder) == before


@pytest.mark.posix
def test_a_failed_write_leaves_the_rights_of_all_files_as_they_were(folder: Path) -> None:
    modes = {"a.md": 0o640, "pictures/b.png": 0o600}
    for path, mode in modes.items():
        (folder / path).chmod(mode)
    with pytest.raises(OSError, match=r"\["):
        write_together(SafeFolder(folder), {"a.md": b"new a", "pictures/b.png": None, "full": None})
    assert {path: (folder / path).stat().st_mode & 0o777 for path in modes} == modes


KILLED = """
import os, sys
from pathlib import Path
from stufenweise.fix.atomic_write import write_together
from stufenweise.core.safe_folders import SafeFolder
left = int(sys.argv[2])
def counted(call):
    def instead(*arguments, **options):
        global left
        if not left:
            os._exit(9)
        left -= 1
        return call(*arguments, **options)
    return instead
for name in ("mkdir", "replace", "unlink"):
    setattr(os, name, counted(getattr(os, name)))
write_together(SafeFolder(Path(sys.argv[1])), {"a.md": b"new a", "pictures/b.png": None, "drawings/b.png": b"new b"})
"""


@pytest.mark.parametrize("steps", range(8))
def test_a_kill_at_any_step_leaves_all_or_nothing_behind_the_next_command(folder: Path, steps: int) -> None:
    before = {name: data for name, data in files(folder).items() if data != b"/"}
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(steps)], cwd=ROOT, check=False)
    assert done.returncode == 9
    was_listed = (folder / JOURNAL).is_file()
    assert finish_interrupted_write(SafeFolder(folder)) is was_listed
    assert finish_interrupted_write(SafeFolder(folder)) is False
    now = {name: data for name, data in files(folder).items() if data != b"/" and not name.endswith("~")}
    after = {"a.md": b"new a", "drawings/b.png": b"new b", "full/c": b"c"}
    assert now == (after if was_listed else before)


@pytest.mark.parametrize(
    "listed",
    [
        '{"written": [], "removed": ["../outside.md"]}',
        '{"written": [], "removed": ["/etc/hostname"]}',
        '{"written": ["a.md"], "removed": ["full/../../outside.md"]}',
        '{"written": 1}',
        "[]",
        "not JSON",
    ],
)
def test_a_list_that_is_not_ours_changes_nothing(tmp_path: Path, listed: str) -> None:
    folder = tmp_path / "content"
    folder.mkdir()
    (tmp_path / "outside.md").write_bytes(b"outside")
    (folder / "a.md").write_bytes(b"a")
    (folder / ".a.md.new~").write_bytes(b"new")
    (folder / JOURNAL).write_text(listed, encoding="utf-8")
    assert finish_interrupted_write(SafeFolder(folder)) is False
    assert (tmp_path / "outside.md").read_bytes() == b"outside"
    assert (folder / "a.md").read_bytes() == b"a"
    assert not (folder / JOURNAL).exists()
