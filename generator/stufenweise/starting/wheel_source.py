"""Find the place from which a company's pipeline can install this package: its origin here, or a given place.

The name of the package may be free on a public index. Whoever registers it there would run in every pipeline that asks
the index for it. So a project asks an index only if its own package came from one: then no `direct_url.json` is kept
(PEP 610, https://packaging.python.org/specifications/direct-url/).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

PACKAGE = "stufenweise"
WHEELS = "wheels"
"""Folder of a company's project for the wheel, if it is not on an index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelSource:
    """A place to install the package from."""

    requirement: str
    """The line of requirements.txt."""
    file: Path | None = None
    """A wheel on this machine that is copied to the project's folder for wheels."""
    is_index: bool = False
    is_missing: bool = False
    """Whether a person has to copy the wheel there first."""


def wheel_source(named: str | None, version: str, direct_url: str | None) -> WheelSource:
    """Return where to install the package from.

    Args:
        named: Path or address of a wheel from the command line.
        version: Version of the package here.
        direct_url: Content of pip's `direct_url.json`; None for a package from an index.
    """
    if named:
        return WheelSource(requirement=_line(named))
    if direct_url is None:
        return WheelSource(requirement=f"{PACKAGE}=={version}", is_index=True)
    address = str(json.loads(direct_url)["url"])
    parts = urlsplit(address)
    name = PurePosixPath(unquote(parts.path)).name
    if not name.endswith(".whl"):
        return WheelSource(requirement=f"./{WHEELS}/{PACKAGE}-{version}-py3-none-any.whl", is_missing=True)
    if parts.scheme != "file":
        return WheelSource(requirement=_line(address))
    file = Path(url2pathname(parts.path))
    exists = file.is_file()
    return WheelSource(requirement=f"./{WHEELS}/{name}", file=file if exists else None, is_missing=not exists)


def installed_from() -> str | None:
    """Return the content of pip's `direct_url.json` of this package; None if it came from an index."""
    return distribution(PACKAGE).read_text("direct_url.json")


def _line(place: str) -> str:
    """Return a place as a line of requirements.txt: addresses need the name, paths must not have it."""
    return f"{PACKAGE} @ {place}" if "://" in place else place
