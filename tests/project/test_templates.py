"""Templates can be read: no line runs out of sight."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

LONGEST = 160
TEMPLATES = sorted(
    path
    for folder in ("generator", "overrides")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".j2", ".html", ".typ", ".css", ".js"}
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_line_is_longer_than_can_be_seen(path: Path) -> None:
    long = [n for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if len(line) > LONGEST]
    assert long == []
