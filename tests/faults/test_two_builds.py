"""A second build in the same work folder says so, or waits."""

from __future__ import annotations

import pytest
from waiting import PATIENCE

from .builds import Place, generation_of, paused, run, start

pytestmark = [pytest.mark.posix, pytest.mark.thorough]


def test_the_second_build_says_who_holds_the_folder(place: Place) -> None:
    with paused(place.plan(1, pause_at="locked")) as first:
        second = run(place.plan(2))
    assert second.returncode == 3
    assert f"process {first.pid}, since 20" in second.stderr
    assert second.stderr.count("\n") == 1
    assert not place.target.exists()


def test_the_second_build_waits_if_told_to(place: Place) -> None:
    with paused(place.plan(1, pause_at="rendered")) as first:
        second = start(place.plan(2, wait=PATIENCE))
        assert second.stdout is not None
        assert second.stdout.readline() == "start\n"
        assert second.stdout.readline().startswith(f"waiting: process {first.pid}, since ")
    _, err = second.communicate(timeout=PATIENCE)
    assert second.returncode == 0, err
    assert generation_of(place.target) == 2
    assert place.leftovers() == []


def test_a_copy_that_another_build_is_making_is_not_swept(place: Place) -> None:
    assert run(place.plan(1)).returncode == 0
    elsewhere = Place(place.work.with_name("other-work"), place.target)
    with paused(elsewhere.plan(2, across=True, pause_at="before-exchange")):
        assert run(place.plan(3)).returncode == 0
        assert [name for name in place.leftovers() if name.startswith(".site.staging-")]
    assert generation_of(place.target) == 3
