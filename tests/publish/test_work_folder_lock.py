"""One command at a time works in a work folder; the others wait, or say who holds it."""

from __future__ import annotations

from pathlib import Path

import pytest
from stufenweise.core.errors import MachineError, WorkFolderBusyError
from stufenweise.publish.work_folder_lock import LOCK, work_folder_lock


def test_the_lock_excludes_and_is_free_again(tmp_path: Path) -> None:
    for _ in range(2):
        with (
            work_folder_lock(tmp_path / "work"),
            pytest.raises(WorkFolderBusyError),
            work_folder_lock(tmp_path / "work"),
        ):
            pytest.fail("both hold the lock")


def test_an_error_inside_frees_the_lock(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), work_folder_lock(tmp_path):
        raise RuntimeError
    with work_folder_lock(tmp_path):
        pass


def test_two_work_folders_do_not_exclude_each_other(tmp_path: Path) -> None:
    with work_folder_lock(tmp_path / "one"), work_folder_lock(tmp_path / "two"):
        pass


def test_a_lock_file_that_nobody_holds_is_no_lock(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text("1\n", encoding="utf-8")
    with work_folder_lock(tmp_path):
        pass


def test_a_waiting_build_says_so_once(tmp_path: Path) -> None:
    told: list[WorkFolderBusyError] = []
    with (
        work_folder_lock(tmp_path),
        pytest.raises(WorkFolderBusyError, match="work-folder-busy"),
        work_folder_lock(tmp_path, wait=0.3, on_wait=told.append),
    ):
        pytest.fail("both hold the lock")
    assert len(told) == 1


def test_a_file_in_the_work_folders_place_is_reported(tmp_path: Path) -> None:
    (tmp_path / "work").touch()
    with pytest.raises(MachineError, match="work-folder-file"), work_folder_lock(tmp_path / "work"):
        pytest.fail("held")
