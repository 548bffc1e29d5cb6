"""The W3C's HTML checker accepts every page."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = [pytest.mark.java, pytest.mark.node]

VNU = ROOT / "tests" / "node" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def test_every_page_is_valid_html(built_site: Path) -> None:
    java = shutil.which("java")
    assert java, "There is no Java. `make test` installs Debian's package; elsewhere install it yourself."
    assert VNU.is_file(), "vnu-jar is missing: `make test` installs it."
    call = [java, "-jar", str(VNU), "--format", "gnu", "--skip-non-html", str(built_site)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.stderr.splitlines() == []
    assert done.returncode == 0
