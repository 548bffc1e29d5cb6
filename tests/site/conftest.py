"""The built site on both bases: MkDocs with Material, and ProperDocs with MaterialX."""

from __future__ import annotations

from pathlib import Path

import pytest
from other_base import shipped_on_another_base


@pytest.fixture(scope="session", params=["mkdocs and material", "properdocs and materialx"])
def site_on_each_base(
    request: pytest.FixtureRequest, built_project: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return the folder of the real site on one of the bases."""
    if request.param == "mkdocs and material":
        return built_project / "site"
    return shipped_on_another_base(tmp_path_factory, built_project)
