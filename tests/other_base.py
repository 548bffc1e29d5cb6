"""Build with ProperDocs instead of MkDocs and MaterialX instead of Material, as docs/base.md says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from day import ENVIRON
from once import once
from stufenweise.render.builder_command import BuilderName
from texts import replace_once

INSTALLED = ROOT / "tests" / ".materialx"


def built_with_materialx(config: Path, builder: BuilderName = "mkdocs") -> Path:
    """Build a project with the other theme and return the folder of its site."""
    assert INSTALLED.is_dir(), "MaterialX is missing. `make test` installs requirements-materialx.lock."
    replace_once(config, "  name: material\n", "  name: materialx\n")
    # Both packages have the same module names: the first one on the path wins.
    environ = {**os.environ, **ENVIRON, "PYTHONPATH": str(INSTALLED)}
    command = [sys.executable, "-m", "stufenweise", "build", "--builder", builder, "-f", str(config)]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return config.parent / "site"


def shipped_on_another_base(factory: pytest.TempPathFactory, built_project: Path) -> Path:
    """Return the folder of the real site with both: built once from a copy, with the sheets of the first."""

    def make(folder: Path) -> None:
        shutil.copytree(built_project, folder, ignore=shutil.ignore_patterns("site"), dirs_exist_ok=True)
        built_with_materialx(folder / "mkdocs.yml", builder="properdocs")

    return once(factory, "real-other-base", make) / "site"
