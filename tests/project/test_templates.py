"""Templates are readable; styles and scripts are files of their own, not strings in Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from package_source import MODULES, shown, tree

MAX_LINE = 160
AS_RELEASED = {"lean-qr.js", "js-yaml.js"}
"""Libraries of others, which are published as they were released."""
TEMPLATES = sorted(
    path
    for folder in ("generator", "overrides")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".j2", ".html", ".typ", ".css", ".js"} and path.name not in AS_RELEASED
)


def test_no_line_is_longer_than_can_be_seen() -> None:
    lines = (
        (f"{path.relative_to(ROOT)}:{number}", line)
        for path in TEMPLATES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    )
    assert [place for place, line in lines if len(line) > MAX_LINE] == []


STYLES = re.compile(
    r"<style[^>]*>\s*[^\s<]"  # An element with rules in it
    r"|\bstyle=[\"'](?!text-align: )[^\"'{]"  # An attribute; Markdown itself aligns cells of tables with one
    r"|[\w.#\]:)-]\s*\{\s*[a-z-]+\s*:[^{}]+\}"  # A rule
)
SCRIPTS = re.compile(
    r"<script(?![^>]*\bsrc)(?:\s[^>]*)?>\s*[^\s<(]|\bdocument\.(?:querySelector|getElementBy)|\baddEventListener\(|=>\s*\{"
)


def texts(path: Path) -> Iterator[str]:
    """Yield the literal texts of a module, without what is put into them, and without its docstrings."""
    module = tree(path)
    said = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def test_no_module_holds_styles_or_scripts() -> None:
    written = ((shown(path), text) for path in MODULES for text in texts(path))
    assert [entry for entry in written if STYLES.search(entry[1]) or SCRIPTS.search(entry[1])] == []


@pytest.mark.parametrize(
    "text", ["<style>p { margin: 0 }", "<p style='color: red'>", ".a { color: red }", "<script>go()", "(a) => { go() }"]
)
def test_styles_and_scripts_in_a_template_are_found(text: str) -> None:
    assert STYLES.search(text) or SCRIPTS.search(text)


def test_a_field_for_a_day_or_a_time_says_its_name_itself() -> None:
    """Firefox loses a label around such a field (heard with Orca 43)."""
    texts = ((path.name, path.read_text(encoding="utf-8")) for path in TEMPLATES if path.suffix == ".html")
    fields = [
        (name, field)
        for name, text in texts
        for field in re.findall(r'<input[^>]*type="(?:date|time|{{ type }})"[^>]*>', text)
    ]
    assert fields
    assert [field for field in fields if "aria-label" not in field[1]] == []
