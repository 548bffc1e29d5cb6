"""The content and overrides that come with the package: from the checkout, or from the installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = _PACKAGE / "shipped"


def package_folder(name: str) -> Path:
    """Return the folder `content` or `overrides` that comes with the package."""
    inside = _IN_WHEEL / name
    return inside if inside.is_dir() else _PACKAGE.parent.parent / name
