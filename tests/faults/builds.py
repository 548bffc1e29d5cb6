"""Shared by the tests of faults: folders, a build in its own process, a check of the site."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from stufenweise.publish.atomic_swap import swap_folders
from waiting import PATIENCE

from .one_build import Plan

TESTS = Path(__file__).resolve().parent.parent
CAP_SYS_ADMIN = 21


@dataclass(frozen=True)
class Place:
    """A work folder and the folder that it publishes to."""

    work: Path
    target: Path

    def plan(self, generation: int, **options: Any) -> Plan:
        plan = Plan(str(self.work), str(self.target), generation)
        return replace(plan, **options)

    def leftovers(self) -> list[str]:
        """Return the names of folders that a build should not leave behind."""
        beside = [path for path in self.target.parent.iterdir() if path.is_dir()]
        inside = [path for path in self.work.iterdir() if path.is_dir()]
        return sorted(path.name for path in {*beside, *inside} - {self.work, self.target})


def start(plan: Plan) -> subprocess.Popen[str]:
    """Start a build."""
    return subprocess.Popen(
        [sys.executable, "-m", f"{__package__}.one_build", plan.to_json()],
        cwd=TESTS.parent,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(plan: Plan) -> subprocess.CompletedProcess[str]:
    """Build to the end."""
    process = start(plan)
    out, err = process.communicate(timeout=PATIENCE)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


@contextmanager
def paused(plan: Plan) -> Iterator[subprocess.Popen[str]]:
    """Yield a build that is paused in its phase `pause_at`; it is killed afterwards."""
    process = start(plan)
    with process:
        assert process.stdout is not None
        reached = ""
        for line in process.stdout:
            reached = line.strip()
            if reached == plan.pause_at:
                break
        assert reached == plan.pause_at, f"ended before {plan.pause_at}"
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)


def generation_of(site: Path, languages: int = 2, pages: int = 12) -> int:
    """Return the generation that all pages of a whole site have; anything else fails."""
    texts = [path.read_text(encoding="utf-8").split("\n") for path in sorted(site.rglob("index.html"))]
    assert len(texts) == languages * pages + 1, f"{len(texts)} pages"
    said = {line for text in texts for line in (text[0], text[-1])}
    assert len(said) == 1, f"a mix of {sorted(said)}"
    return int(said.pop().removeprefix("generation "))


def pose_as_another_file_system(patch: pytest.MonkeyPatch, work: Path) -> None:
    """Refuse to exchange a folder directly in `work` with one elsewhere, as between two file systems."""

    def refusing(new: Path, target: Path, aside: Path) -> Path | None:
        if new.parent == work:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        return swap_folders(new, target, aside)

    patch.setattr("stufenweise.publish.publishing.swap_folders", refusing)


def may_mount() -> bool:
    """Return whether this process may mount file systems."""
    if sys.platform != "linux":
        return False
    status = Path("/proc/self/status").read_text(encoding="ascii")
    effective = next(line.split()[1] for line in status.splitlines() if line.startswith("CapEff:"))
    return bool(int(effective, 16) >> CAP_SYS_ADMIN & 1)


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """Mount a tmpfs on `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
