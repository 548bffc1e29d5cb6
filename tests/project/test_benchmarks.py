"""The benchmarks run, on content without problems; nothing else would notice if they broke."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest
from day import TODAY
from stufenweise.check import check
from stufenweise.load.loader import load_content
from stufenweise.source.files.content_files import read_content_files

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["edits", "run", "saved", "weight"])
def test_they_can_be_started(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    monkeypatch.delitem(sys.modules, name, raising=False)
    assert importlib.import_module(name).main


def test_the_corpus_has_no_problem_and_stock_material_the_same_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    corpus = importlib.import_module("corpus")
    corpus.write_corpus(6, tmp_path / "content")
    corpus.write_stock(tmp_path / "content", tmp_path / "stock", "de")
    problems = check(load_content(read_content_files(tmp_path / "content"), ("de", "en")), TODAY)
    assert [problem for problem in problems if problem.is_error] == []
    assert len(list((tmp_path / "stock" / "docs").glob("tutorial-*.md"))) == 6


@pytest.mark.linux
def test_a_command_is_measured_with_all_that_it_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    inner = "import time\nheld = b'x' * (80 << 20)\nwhile time.process_time() < 0.4: pass"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}], check=True)"
    found = importlib.import_module("measured").measured([sys.executable, "-c", outer], tmp_path)
    assert found.memory > 80
    assert found.computing > 0.2
    assert found.seconds > 0.2
