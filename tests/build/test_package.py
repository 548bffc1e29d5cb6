"""The wheel carries content and overrides along: another project builds on them, with nothing else of ours there."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT
from once import once

pytestmark = pytest.mark.build


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of this checkout."""
    call = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", str(ROOT), "-w"]
    folder = once(tmp_path_factory, "wheel", lambda made: subprocess.run([*call, str(made)], check=True))
    return next(folder.glob("stufenweise-*.whl"))


def test_the_wheel_holds_everything_that_a_site_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("content", "overrides"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and not path.name.startswith("."):
                assert f"stufenweise/shipped/{folder}/{path.relative_to(ROOT / folder).as_posix()}" in names
    for path in (ROOT / "generator").rglob("*"):
        if path.is_file() and path.suffix in {".py", ".yml", ".j2", ".js", ".css"}:
            assert path.relative_to(ROOT / "generator").as_posix() in names


def test_another_project_builds_on_the_installed_package(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "installed"
    call = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(place), str(wheel)]
    subprocess.run(call, check=True, capture_output=True)
    firm = tmp_path / "firm"
    firm.mkdir()
    (firm / "mkdocs.yml").write_text(
        "site_name: Firma\nplugins: [search, stufenweise: {languages: [en], hide: {levels: [2, 3, 4, 5]}}]\n", "utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "stufenweise", "build"],
        cwd=firm,
        env={**os.environ, "PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (firm / "site" / "en" / "tutorials" / "find-people" / "index.html").is_file()
    assert (firm / "site" / "en" / "handouts" / "find-people-mentee.pdf").is_file()
    used = (firm / ".stufenweise" / "mkdocs.en.yml").read_text(encoding="utf-8")
    assert str(ROOT) not in used
