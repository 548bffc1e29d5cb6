"""Files change together or not at all."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from stufenweise.core.digests import file_digest
from stufenweise.core.errors import MachineError
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.fix.atomic_write import JOURNAL, UNDO_JOURNAL, finish_interrupted_write, write_together


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


@pytest.mark.parametrize("steps", range(14))
def test_a_kill_at_any_step_leaves_all_or_nothing_behind_the_next_command(folder: Path, steps: int) -> None:
    before = {name: data for name, data in files(folder).items() if data != b"/"}
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(steps)], cwd=ROOT, check=False)
    assert done.returncode == 9
    was_listed = (folder / JOURNAL).is_file()
    finished = finish_interrupted_write(SafeFolder(folder))
    assert bool(finished) is was_listed
    assert not finished or (not finished.is_undone and not finished.left)
    assert finish_interrupted_write(SafeFolder(folder)) is None
    assert texts(folder) == (AFTER if was_listed else before)


def texts(folder: Path) -> dict[str, bytes]:
    """Return the files that are read as content."""
    return {name: data for name, data in files(folder).items() if data != b"/" and not name.endswith("~")}


AFTER = {"a.md": b"new a", "drawings/b.png": b"new b", "full/c": b"c"}
CHANGES = {"a.md": b"new a", "pictures/b.png": None, "drawings/b.png": b"new b"}


@pytest.mark.parametrize("steps", range(14))
@pytest.mark.parametrize("lasts", [1, 2, 3, 99], ids=lambda lasts: f"{lasts} failures")
def test_a_failure_at_any_step_loses_nothing_even_if_putting_back_fails_too(
    folder: Path, steps: int, lasts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts(folder)
    calls = iter(range(999))

    def failing(call: Callable[..., Any]) -> Callable[..., Any]:
        def instead(*arguments: object, **options: object) -> object:
            if steps <= next(calls) < steps + lasts:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return call(*arguments, **options)

        return instead

    with monkeypatch.context() as patch:
        for name in ("mkdir", "replace", "unlink"):
            patch.setattr(os, name, failing(getattr(os, name)))
        try:
            write_together(SafeFolder(folder), CHANGES)
            is_done = True
        except (OSError, MachineError):
            is_done = False
        now = texts(folder)
        kept = {data for name, data in files(folder).items() if name.endswith("~")}
        for name, data in before.items():
            assert now.get(name) in {data, AFTER.get(name)}
            assert is_done or name in AFTER or data in {*now.values(), *kept}, "A text is gone."
    finish_interrupted_write(SafeFolder(folder))
    assert texts(folder) == (AFTER if is_done else before) or texts(folder) == AFTER
    assert not (folder / JOURNAL).exists()
    assert not (folder / UNDO_JOURNAL).exists()


@pytest.mark.parametrize("back", [False, True])
def test_what_somebody_wrote_since_stays(folder: Path, back: bool) -> None:
    """The copy that a killed process left behind stays too, beside the text."""
    (folder / "a.md").write_bytes(b"by the author")
    (folder / ".a.md.new~").write_bytes(b"new a")
    (folder / ".a.md.old~").write_bytes(b"old a")
    changes = [["a.md", file_digest(b"old a"), file_digest(b"new a")], ["full/c", file_digest(b"c, before"), ""]]
    (folder / (UNDO_JOURNAL if back else JOURNAL)).write_text(json.dumps(changes), encoding="utf-8")
    finished = finish_interrupted_write(SafeFolder(folder))
    assert finished
    assert finished.left == {"a.md": ".a.md.old~" if back else ".a.md.new~", "full/c": ""}
    assert texts(folder) == {"a.md": b"by the author", "full/c": b"c", "pictures/b.png": b"old b"}
    assert (folder / finished.left["a.md"]).read_bytes() == (b"old a" if back else b"new a")
    assert finish_interrupted_write(SafeFolder(folder)) is None


@pytest.mark.parametrize("saved", ["a.md", "pictures/b.png", "drawings/b.png"])
def test_a_file_that_was_saved_since_it_was_read_is_not_written_over(folder: Path, saved: str) -> None:
    as_read = texts(folder)
    (folder / saved).parent.mkdir(exist_ok=True)
    (folder / saved).write_bytes(b"saved by somebody")
    before = files(folder)
    with pytest.raises(MachineError, match="changed-meanwhile"):
        write_together(SafeFolder(folder), CHANGES, as_read=as_read)
    assert files(folder) == before


@pytest.mark.parametrize("error", [errno.EBUSY, errno.EACCES, errno.EPERM, errno.EIO])
@pytest.mark.parametrize("is_interrupted", [False, True])
def test_an_emptied_folder_that_is_in_use_stays_and_hinders_nothing(
    folder: Path, error: int, is_interrupted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_use(*_arguments: object, **_options: object) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "rmdir", in_use)
    if is_interrupted:
        listed = [["pictures/b.png", file_digest(b"old b"), ""]]
        (folder / JOURNAL).write_text(json.dumps(listed), encoding="utf-8")
        assert finish_interrupted_write(SafeFolder(folder))
    else:
        write_together(SafeFolder(folder), {"pictures/b.png": None})
    assert files(folder) == {"a.md": b"old a", "full": b"/", "full/c": b"c", "pictures": b"/"}


@pytest.mark.parametrize(
    "listed",
    [
        json.dumps([["../outside.md", file_digest(b"outside"), ""]]),
        json.dumps([["/etc/hostname", "", ""]]),
        json.dumps([["a.md", file_digest(b"a"), ""], ["full/../../outside.md", file_digest(b"outside"), ""]]),
        json.dumps([["a.md"]]),
        json.dumps(["a.md"]),
        "[1]",
        "{}",
        "not JSON",
    ],
)
@pytest.mark.parametrize("journal", [JOURNAL, UNDO_JOURNAL])
def test_a_damaged_list_changes_nothing_and_the_copies_it_leaves_are_named(
    tmp_path: Path, listed: str, journal: str
) -> None:
    folder = tmp_path / "content"
    folder.mkdir()
    (tmp_path / "outside.md").write_bytes(b"outside")
    (folder / "a.md").write_bytes(b"a")
    (folder / "full").mkdir()
    copies = {".a.md.new~": b"new", "full/.c.md.old~": b"the only copy"}
    for path, data in copies.items():
        (folder / path).write_bytes(data)
    (folder / journal).write_text(listed, encoding="utf-8")
    finished = finish_interrupted_write(SafeFolder(folder))
    assert finished
    assert finished.unlisted == tuple(copies)
    assert finish_interrupted_write(SafeFolder(folder)) is None
    assert (tmp_path / "outside.md").read_bytes() == b"outside"
    assert files(folder) == {"a.md": b"a", "full": b"/", **copies}


@pytest.mark.parametrize("listed", ["[]", "not JSON"])
def test_a_list_of_nothing_is_removed(folder: Path, listed: str) -> None:
    before = files(folder)
    (folder / JOURNAL).write_text(listed, encoding="utf-8")
    assert finish_interrupted_write(SafeFolder(folder)) is None
    assert files(folder) == before
