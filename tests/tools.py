"""The project's tools, which are no part of the package."""

from __future__ import annotations

import importlib.util
from types import ModuleType

from conftest import ROOT


def tool(name: str) -> ModuleType:
    """Return the module `tools/<name>.py`."""
    spec = importlib.util.spec_from_file_location(f"tool_{name}", ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
