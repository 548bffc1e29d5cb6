"""Imports run in one direction: a module imports only from those before it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "generator" / "stufenweise"
ORDER = (
    *("resources", "package_data", "errors", "model", "i18n", "source", "overlay", "load", "check", "fix"),
    *("config", "assemble", "handouts", "render", "publish", "checked", "pipeline", "serve"),
    *("export", "reference", "cli", "plugin"),
)
KNOWN = {("config", "checked")}
"""Imports that still run up."""
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if not path.name.startswith("__"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: name the module in full"
            yield node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_those_before_it(path: Path) -> None:
    own = ORDER.index(room(path))
    rooms = (name.split(".")[1] for name in imported(path) if name.startswith("stufenweise."))
    assert [name for name in rooms if ORDER.index(name) > own and (room(path), name) not in KNOWN] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_render_and_the_plugin_know_mkdocs(path: Path) -> None:
    if room(path) not in {"config", "render", "serve", "plugin"}:
        assert [name for name in imported(path) if name.split(".")[0] in {"mkdocs", "material", "zensical"}] == []
