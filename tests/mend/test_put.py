"""Files change together or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.mend.put import put


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
    put(folder, {"a.md": b"new a", "pictures/b.png": None, "drawings/b.png": b"old b"})
    assert files(folder) == {
        "a.md": b"new a",
        "drawings": b"/",
        "drawings/b.png": b"old b",
        "full": b"/",
        "full/c": b"c",
    }


def test_a_file_keeps_its_rights(folder: Path) -> None:
    (folder / "a.md").chmod(0o640)
    put(folder, {"a.md": b"new"})
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
def test_what_fails_in_the_middle_leaves_everything_as_it_was(folder: Path, changes: dict[str, bytes | None]) -> None:
    before = files(folder)
    with pytest.raises(OSError, match=r"\["):
        put(folder, changes)
    assert files(folder) == before
