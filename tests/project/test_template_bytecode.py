"""Templates are compiled once, and again only if the text or the compiler changed or the stored code is unreadable."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from stufenweise.core.template_bytecode import TemplateBytecode


def rendered(folder: Path, text: str, *, keep_trailing_newline: bool = False) -> str:
    loader = DictLoader({"a.html": text})
    environment = Environment(loader=loader, autoescape=True, keep_trailing_newline=keep_trailing_newline)
    environment.bytecode_cache = TemplateBytecode("tests", environment, folder)
    return environment.get_template("a.html").render(name="&")


@pytest.fixture(autouse=True)
def _writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered(tmp_path, "{{ name }}!") == "&amp;!"
    (kept,) = tmp_path.iterdir()
    assert kept.suffix == ".pyc", "The digest of a site leaves these files out."
    monkeypatch.setattr(Environment, "_generate", None)
    assert rendered(tmp_path, "{{ name }}!") == "&amp;!"


def test_another_text_or_compiler_compiles_it_anew(tmp_path: Path) -> None:
    rendered(tmp_path, "{{ name }}!\n")
    assert rendered(tmp_path, "{{ name }}?") == "&amp;?"
    assert rendered(tmp_path, "{{ name }}?\n", keep_trailing_newline=True) == "&amp;?\n"
    assert rendered(tmp_path, "{{ name }}?\n") == "&amp;?"
    assert len([*tmp_path.iterdir()]) == 1


@pytest.mark.parametrize("end", [10, 64, 80, -1])
def test_a_file_that_is_not_whole_is_none(tmp_path: Path, end: int) -> None:
    rendered(tmp_path, "{{ name }}!")
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:end])
    assert rendered(tmp_path, "{{ name }}!") == "&amp;!"


def test_nothing_is_kept_where_python_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered(tmp_path / "missing", "{{ name }}!") == "&amp;!"
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(tmp_path, "{{ name }}!") == "&amp;!"
    assert [*tmp_path.iterdir()] == []
