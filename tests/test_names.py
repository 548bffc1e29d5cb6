"""A public name means one thing in the whole package, and a variable says what it is, in tests and tools too."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from conftest import ROOT
from package_source import MODULES, shown, tree

VAGUE = {"one", "some", "each", "found"}
"""Names that hide what a loop goes through: a problem is called `problem`, a match is called `match`. For scripts:
tests/theme/test_script_contracts.py."""
ELSEWHERE = [
    path
    for folder in ("tests", "tools", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if not {"node_modules", ".materialx"} & set(path.parts)
]
"""The modules outside of the package."""


def public_names(path: Path) -> Iterator[str]:
    """Yield the functions, classes and constants that a module defines and that others may use."""
    for node in tree(path).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names = [name]
            case ast.Assign(targets=targets):
                names = [target.id for target in targets if isinstance(target, ast.Name)]
            case ast.AnnAssign(target=ast.Name(id=name)):
                names = [name]
            case _:
                names = []
        # One letter is a type variable of the module.
        yield from (name for name in names if not name.startswith("_") and len(name) > 1)


def test_a_public_name_stands_once_in_the_package() -> None:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in MODULES:
        place = shown(path)
        if not path.name.startswith("__"):
            # A module may have the name of the one thing in it.
            found[path.stem].add(place)
        for name in public_names(path):
            found[name].add(place)
    twice = {name: sorted(places) for name, places in found.items() if len(places) > 1}
    assert twice == {}


def loop_variables(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and name of each variable that a loop, a comprehension or a lambda of a module assigns."""
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.For, ast.comprehension)):
            yield from ((name.lineno, name.id) for name in ast.walk(node.target) if isinstance(name, ast.Name))
        elif isinstance(node, ast.Lambda):
            yield from ((argument.lineno, argument.arg) for argument in node.args.args)


def test_a_loop_variable_says_what_it_is() -> None:
    vague = [
        f"{path.relative_to(ROOT).as_posix()}:{line} {name}"
        for path in [*MODULES, *ELSEWHERE]
        for line, name in loop_variables(path)
        if name in VAGUE
    ]
    assert vague == []
