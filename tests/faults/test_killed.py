"""`kill -9` at any moment: readers keep a whole site, and the next build sweeps and succeeds."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest
from waiting import wait_until

from .builds import Place, generation_of, paused, run, start

pytestmark = [pytest.mark.posix, pytest.mark.thorough]

BEFORE = ["start", "locked", "swept", "rendering", "rendered", "before-exchange"]
AFTER = ["after-exchange", "removing", "published"]


@pytest.mark.parametrize("pause_at", [*BEFORE, *AFTER])
def test_killed_in_a_phase_leaves_a_whole_site(place: Place, pause_at: str) -> None:
    assert run(place.plan(1)).returncode == 0
    with paused(place.plan(2, pause_at=pause_at)):
        pass
    assert generation_of(place.target) == (1 if pause_at in BEFORE else 2)
    assert run(place.plan(3)).returncode == 0
    assert generation_of(place.target) == 3
    assert place.leftovers() == []


@pytest.mark.parametrize("pause_at", ["before-exchange", "after-exchange", "removing"])
def test_killed_while_publishing_to_another_file_system_leaves_a_whole_site(place: Place, pause_at: str) -> None:
    assert run(place.plan(1, across=True)).returncode == 0
    with paused(place.plan(2, across=True, pause_at=pause_at)):
        pass
    assert generation_of(place.target) == (1 if pause_at == "before-exchange" else 2)
    assert run(place.plan(3, across=True)).returncode == 0
    assert generation_of(place.target) == 3
    assert place.leftovers() == []


@pytest.mark.parametrize("pause_at", ["between-renames", "after-exchange"])
def test_killed_where_folders_cannot_be_exchanged_is_mended_by_the_next_sweep(place: Place, pause_at: str) -> None:
    assert run(place.plan(1, can_exchange=False)).returncode == 0
    with paused(place.plan(2, can_exchange=False, pause_at=pause_at)):
        pass
    with paused(place.plan(3, can_exchange=False, pause_at="swept")):
        assert generation_of(place.target) == (1 if pause_at == "between-renames" else 2)
    assert run(place.plan(4, can_exchange=False)).returncode == 0
    assert generation_of(place.target) == 4
    assert place.leftovers() == []


def test_killed_at_random_moments_leaves_a_whole_site_of_growing_generation(place: Place) -> None:
    chance = random.Random(20261123)
    began = time.monotonic()
    assert run(place.plan(0)).returncode == 0
    whole_build = time.monotonic() - began
    newest = 0
    for generation in range(1, 13):
        process = start(place.plan(generation))
        time.sleep(chance.uniform(0, whole_build))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        found = generation_of(place.target)
        assert found in (newest, generation)
        newest = found
    assert run(place.plan(99)).returncode == 0
    assert generation_of(place.target) == 99
    assert place.leftovers() == []


def test_a_killed_first_build_leaves_no_half_site(place: Place) -> None:
    with paused(place.plan(1, pause_at="rendering")):
        pass
    assert not place.target.exists()
    assert run(place.plan(2)).returncode == 0
    assert generation_of(place.target) == 2


def test_builders_end_with_the_build_that_was_killed(place: Place) -> None:
    endless = place.plan(1, pages=10**6, size=10, seconds_a_page=0.01)
    process = start(endless)
    pids = _builders(place.work)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    wait_until(lambda: not any(_lives(pid) for pid in pids), lambda: "a builder goes on without its build")


def _builders(work: Path) -> list[int]:
    """Return the process ids of both builders, once they have printed them."""

    def said() -> list[str]:
        texts = [path.read_text(encoding="utf-8") for path in work.glob("pid.*")]
        return texts if len(texts) == 2 and all(texts) else []

    return [int(text) for text in wait_until(said, lambda: "the builders never began")]


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in ("Z", "X") and os.getpid() != pid
