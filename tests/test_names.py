"""A public name means one thing in the whole package, and a loop variable says what it is."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from package_source import MODULES, shown, tree

VAGUE = {"one", "some", "each", "found"}
"""Names that hide what a loop goes through: a problem is called `problem`, a match is called `match`."""


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


def loop_variables(path: Path) -> Iterator[ast.Name]:
    """Yield the names that the loops and comprehensions of a module assign."""
    for loop in ast.walk(tree(path)):
        if isinstance(loop, (ast.For, ast.comprehension)):
            yield from (node for node in ast.walk(loop.target) if isinstance(node, ast.Name))


def test_a_loop_variable_says_what_it_is() -> None:
    vague = [
        f"{shown(path)}:{name.lineno} {name.id}"
        for path in MODULES
        for name in loop_variables(path)
        if name.id in VAGUE
    ]
    assert vague == []
