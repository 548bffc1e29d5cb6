"""What holds for the built site holds with each theme that the pages can have."""

from __future__ import annotations

from pathlib import Path

import pytest
from other_theme import shipped_with_materialx


@pytest.fixture(scope="session", params=["material", "materialx"])
def built_site(request: pytest.FixtureRequest, built_project: Path) -> Path:
    """Return the folder of the real site with one of the themes."""
    return built_project / "site" if request.param == "material" else shipped_with_materialx(built_project)
