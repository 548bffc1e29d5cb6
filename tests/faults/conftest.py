"""The folders that the tests of faults publish to."""

from __future__ import annotations

from pathlib import Path

import pytest

from .builds import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return a work folder and a site folder that do not exist yet."""
    return Place(tmp_path / "work", tmp_path / "public" / "site")
