"""Find and read files that come with the package, in a checkout and in an installed wheel."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import yaml

T = TypeVar("T")
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C parser is ten times as fast."""


_PACKAGE = Path(__file__).resolve().parent.parent
_IN_WHEEL = _PACKAGE / "shipped"


def load_resource(package: str, *path: str) -> object:
    """Return the value of a YAML file of a package; without positions or problems.

    Raises:
        FileNotFoundError: There is no such file.
    """
    return yaml.load(files(package).joinpath(*path).read_text(encoding="utf-8"), _Loader)  # noqa: S506 -- safe


def load_resource_as(form: type[T], package: str, *path: str) -> T:
    """Return the value of a YAML file of a package as a type, which is checked.

    Raises:
        FileNotFoundError: There is no such file.
        ValidationError: The file has another form.
    """
    from pydantic import TypeAdapter

    return TypeAdapter(form).validate_python(load_resource(package, *path))


def package_folder(name: str) -> Path:
    """Return the folder `content` or `overrides` that comes with the package."""
    inside = _IN_WHEEL / name
    return inside if inside.is_dir() else _PACKAGE.parent.parent / name
