"""No space left, at any stage: the old site stays complete, and one line explains it."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from stufenweise.core.errors import MachineError
from stufenweise.publish import publishing
from stufenweise.publish.publishing import publish, staging

from .builds import Place, generation_of, may_mount, mounted, pose_as_another_file_system, run

pytestmark = [pytest.mark.posix, pytest.mark.thorough]

LIMITS = ["file-size-limit", *(["small-tmpfs"] if may_mount() else [])]
"""A small disk needs the right to mount; a limit on the size of files fails like it, and needs none."""


@pytest.fixture(params=LIMITS)
def full(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Place, dict[str, object]]]:
    """A place with too little space for pages of 200 kB, and the options of a build that fills it."""
    with ExitStack() as stack:
        root = tmp_path / "disk"
        if request.param == "small-tmpfs":
            stack.enter_context(mounted(root, "size=2m"))
            yield Place(root / "work", root / "public" / "site"), {"size": 200_000}
        else:
            yield Place(root / "work", root / "public" / "site"), {"size": 200_000, "largest_file": 100_000}


def test_disk_full_while_rendering(full: tuple[Place, dict[str, object]]) -> None:
    place, options = full
    assert run(place.plan(1)).returncode == 0
    result = run(place.plan(2, **options))
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "No space left on device" in result.stderr or "File too large" in result.stderr
    assert generation_of(place.target) == 1
    assert place.leftovers() == []
    assert run(place.plan(3)).returncode == 0
    assert generation_of(place.target) == 3


@pytest.mark.parametrize("limit", LIMITS)
def test_disk_full_while_copying_to_another_file_system(tmp_path: Path, limit: str) -> None:
    with ExitStack() as stack:
        if limit == "small-tmpfs":
            stack.enter_context(mounted(tmp_path / "public", "size=1m"))
        place = Place(tmp_path / "work", tmp_path / "public" / "site")
        assert run(place.plan(1, across=True)).returncode == 0
        _put_large_site_aside(place, limit)
        assert generation_of(place.target) == 1
        assert place.leftovers() == []


def _put_large_site_aside(place: Place, limit: str) -> None:
    with pytest.MonkeyPatch.context() as patch, staging(place.work) as new:
        for number in range(8):
            (new / f"{number}.html").write_bytes(b"x" * 200_000)
        (new / "index.html").write_bytes(b"x")
        pose_as_another_file_system(patch, place.work)
        if limit == "file-size-limit":
            patch.setattr(shutil, "copyfile", _no_space)
        with pytest.raises(MachineError, match="disk-full"):
            publish(new, place.target, place.work)


def test_disk_full_while_flushing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(place.plan(1)).returncode == 0

    def flush(folder: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))

    monkeypatch.setattr(publishing, "flush_file_system", flush)
    with staging(place.work) as new:
        (new / "index.html").write_bytes(b"x")
        with pytest.raises(MachineError, match="disk-full"):
            publish(new, place.target, place.work)
    assert generation_of(place.target) == 1


def _no_space(_source: str, target: str) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), target)
