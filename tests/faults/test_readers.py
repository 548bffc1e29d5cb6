"""Readers who load pages during builds never get a missing page, half a page or a mix."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from stufenweise.publish.publishing import publish, staging
from waiting import PATIENCE

from .builds import Place, generation_of, pose_as_another_file_system
from .fake_builder import page

pytestmark = [pytest.mark.posix, pytest.mark.thorough]

EXCHANGES = 25


@pytest.mark.parametrize("across", [False, True], ids=["same-file-system", "another-file-system"])
def test_readers_meet_whole_pages_only(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, across: bool
) -> None:
    if across:
        pose_as_another_file_system(monkeypatch, place.work)
    _publish_generation(place, 0)
    stop = tmp_path / "stop"
    readers = [_reader(place.target, seed, stop) for seed in (1, 2)]
    for generation in range(1, EXCHANGES + 1):
        _publish_generation(place, generation)
    stop.touch()
    for reader in readers:
        out, err = reader.communicate(timeout=PATIENCE)
        found = json.loads(out)
        assert not err
        assert found["missing"] == 0
        assert found["torn"] == 0
        assert found["reads"] > EXCHANGES
        assert found["generations"] > 1, "the reader saw no exchange"
    assert generation_of(place.target, pages=20) == EXCHANGES


def _publish_generation(place: Place, generation: int) -> None:
    with staging(place.work) as new:
        for language in ("de", "en"):
            for number in range(20):
                folder = new / language / f"page-{number}" if number else new / language
                folder.mkdir(parents=True, exist_ok=True)
                (folder / "index.html").write_text(page(generation, 9000), encoding="utf-8")
        (new / "index.html").write_text(page(generation, 100), encoding="utf-8")
        assert publish(new, place.target, place.work) == ()


def _reader(site: Path, seed: int, stop: Path) -> subprocess.Popen[str]:
    script = Path(__file__).with_name("reader.py")
    process = subprocess.Popen(
        [sys.executable, str(script), str(site), str(seed), str(stop)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process
