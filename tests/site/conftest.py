"""What holds for the built site holds on each base: MkDocs with Material, and what continues both of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from other_base import shipped_on_another_base


@pytest.fixture(scope="session", params=["mkdocs and material", "properdocs and materialx"])
def built_site(request: pytest.FixtureRequest, built_project: Path) -> Path:
    """Return the folder of the real site on one of the bases."""
    return built_project / "site" if request.param == "mkdocs and material" else shipped_on_another_base(built_project)
