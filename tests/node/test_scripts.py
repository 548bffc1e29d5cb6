"""The scripts that use no page are tested in Node, by its own test runner."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
import yaml
from stufenweise.editor.editor_config import head_keys
from stufenweise.core.package_files import load_resource
from tools import node

HERE = Path(__file__).parent
TESTS = sorted(HERE.glob("*.test.mjs"))


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a JSON file with the cases from YAML, and the shipped frames of sessions."""
    data = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in HERE.glob("*.yml")}
    file = tmp_path_factory.mktemp("node") / "cases.json"
    frames = load_resource("stufenweise.model", "hours.yml")
    file.write_text(json.dumps({**data, "frames": frames, "headKeys": head_keys()}), encoding="utf-8")
    return file


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name.removesuffix(".test.mjs"))
def test_a_script_passes_its_tests_in_node(path: Path, cases: Path) -> None:
    command = [node(), "--test", "--test-reporter=spec", str(path)]
    environ = {**os.environ, "STUFENWEISE_CASES": str(cases)}
    done = subprocess.run(
        command, env=environ, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pass 0\n" not in done.stdout
