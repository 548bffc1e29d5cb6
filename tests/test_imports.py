"""Imports run in one direction: a room imports only from those before it, and there are no import cycles."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TypeGuard

from package_source import MODULES, PACKAGE, shown, tree

ORDER = (
    *("core", "model", "i18n", "source", "overlay", "load", "check", "status", "fix", "config", "localized"),
    *("assemble", "handouts", "importing", "render", "publish", "stages", "pipeline", "serve"),
    *("export", "reference", "editor", "starting", "cli", "plugin"),
)
ROOMS = sorted({path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES})
MKDOCS = {"mkdocs", "material", "properdocs", "zensical"}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join((PACKAGE.name, *(part for part in parts if part != "__init__")))


NAMES = {module_name(path): path for path in MODULES}


def imports_of(path: Path) -> Iterator[str]:
    """Yield all imports of a module: at the top, in functions, for types only."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: name the module in full"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in NAMES else str(node.module)


def modules_named(path: Path) -> Iterator[str]:
    """Yield the modules that a module names in strings, for late imports or to read package data."""
    strings = {node.value for node in ast.walk(tree(path)) if is_string(node)}
    names = {str(string).partition(":")[0] for string in strings}
    yield from (name for name in names if name in NAMES and name != PACKAGE.name)


def is_string(node: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def rooms_imported(path: Path) -> set[str]:
    """Return the rooms of all modules that a module imports or names."""
    names = {*imports_of(path), *modules_named(path)}
    return {name.split(".")[1] for name in names if name.startswith(f"{PACKAGE.name}.")}


def test_every_room_has_its_place_in_the_order() -> None:
    assert {name for name in ROOMS if not name.startswith("__")} == set(ORDER)


def test_a_room_imports_only_from_those_before_it() -> None:
    wrong = []
    for path in MODULES:
        if not room(path).startswith("__"):
            own = ORDER.index(room(path))
            names = {*imports_of(path), *modules_named(path)}
            rooms = (name.split(".")[1] for name in names if name.startswith(f"{PACKAGE.name}."))
            wrong += [f"{shown(path)} imports from {name}" for name in rooms if ORDER.index(name) > own]
    assert wrong == []


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {name: {imported for imported in imports_of(path) if imported in NAMES} for name, path in NAMES.items()}
    TopologicalSorter(graph).prepare()


def test_only_configuration_rendering_serving_and_the_plugin_know_mkdocs() -> None:
    others = (path for path in MODULES if room(path) not in {"config", "render", "serve", "plugin"})
    found = ((path, name) for path in others for name in imports_of(path))
    assert [f"{shown(path)} imports {name}" for path, name in found if name.split(".")[0] in MKDOCS] == []
