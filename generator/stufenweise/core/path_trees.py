"""Group values by the folders in their paths, so that each folder is opened once for all of its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, TypeVar

from stufenweise.core.errors import MachineError
from stufenweise.core.safe_folders import path_parts

V = TypeVar("V")
PathTree: TypeAlias = "dict[str, V | PathTree[V]]"
"""Values by the names of entries; an inner map for a folder. The values themselves are no dictionaries."""


def path_tree(values: Mapping[str, V]) -> PathTree[V]:
    """Group values by folder: nested maps by the names of entries.

    Args:
        values: The values by path.

    Raises:
        MachineError: A path leads out of the folder, or through what is a file by another path.
    """
    tree: PathTree[V] = {}
    for path, value in values.items():
        *above, name = path_parts(path)
        folder = tree
        for part in above:
            inner = folder.setdefault(part, {})
            if not isinstance(inner, dict):
                raise MachineError("folder-path", path=path)
            folder = inner
        if isinstance(folder.get(name), dict):
            raise MachineError("folder-path", path=path)
        folder[name] = value
    return tree
