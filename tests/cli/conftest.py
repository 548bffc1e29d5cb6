"""A project for the commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from texts import SMALL_LIBRARY


@pytest.fixture
def config(project: Callable[..., Path]) -> Path:
    """Return the mkdocs.yml of a project with the small library."""
    return project(content=SMALL_LIBRARY)
