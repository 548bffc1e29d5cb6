from __future__ import annotations

from pathlib import Path

import pytest

from .builds import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An empty place to publish to."""
    return Place(tmp_path / "work", tmp_path / "public" / "site")
