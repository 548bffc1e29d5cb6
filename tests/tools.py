"""Import the project's tools, which are not part of the package."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
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


def node() -> str:
    """Return the path of the Node that comes with the test packages."""
    found = shutil.which("node", path=str(Path(sys.executable).parent))
    assert found, "There is no Node beside Python. Install the packages of requirements-test.lock."
    return found
