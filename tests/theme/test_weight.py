"""What the pages load stays light: our scripts together, compressed as a server sends them."""

from __future__ import annotations

import gzip

from conftest import ROOT

SCRIPTS = ROOT / "overrides" / "assets" / "javascripts"
HIGHEST = 25_000
"""Bytes that all our scripts may have together, compressed."""


def test_all_scripts_together_are_small() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes(), mtime=0)) for path in SCRIPTS.glob("*.js")}
    assert len(sizes) > 5
    assert sum(sizes.values()) <= HIGHEST, sizes
