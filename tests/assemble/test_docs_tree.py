"""Only changed files are written; files that no longer belong to the tree are removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from stufenweise.core.errors import MachineError
from stufenweise.core.folder_contents import replace_contents
from stufenweise.core.safe_folders import SafeFolder


def test_only_changed_files_are_written(tmp_path: Path) -> None:
    assert replace_contents(SafeFolder(tmp_path), {"a.md": b"1", "b/c.md": b"2"}) == 2
    before = (tmp_path / "a.md").stat().st_mtime_ns
    assert replace_contents(SafeFolder(tmp_path), {"a.md": b"1", "b/c.md": b"3"}) == 1
    assert (tmp_path / "a.md").stat().st_mtime_ns == before
    assert (tmp_path / "b" / "c.md").read_bytes() == b"3"


def test_files_of_an_older_tree_are_removed(tmp_path: Path) -> None:
    replace_contents(SafeFolder(tmp_path), {"a.md": b"1", "b/c.md": b"2"})
    assert replace_contents(SafeFolder(tmp_path), {"a.md": b"1"}) == 1
    assert [path.name for path in tmp_path.rglob("*")] == ["a.md"]


@pytest.mark.posix
def test_a_link_in_the_tree_is_removed_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("precious", encoding="utf-8")
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "link.md").symlink_to(outside)
    replace_contents(SafeFolder(folder), {"a.md": b"1"})
    assert not (folder / "link.md").exists()
    assert outside.read_text(encoding="utf-8") == "precious"


def test_unwanted_folders_are_removed_with_all_that_is_in_them(tmp_path: Path) -> None:
    replace_contents(SafeFolder(tmp_path), {"a.md": b"1", "b/c.md": b"2", "b/d/e/f.md": b"3"})
    (tmp_path / "b" / "empty").mkdir()
    assert replace_contents(SafeFolder(tmp_path), {"a.md": b"1", "b/c.md": b"2"}, {"b/c.md"}) == 1
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.md", "b", "c.md"]


@pytest.mark.posix
def test_a_link_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "tree"
    outside.mkdir()
    folder.mkdir()
    (folder / "b").symlink_to(outside)
    with pytest.raises(MachineError, match="folder-link"):
        replace_contents(SafeFolder(folder), {"b/c.md": b"1"})
    assert not any(outside.iterdir())
