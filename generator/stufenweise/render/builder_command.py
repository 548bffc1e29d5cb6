"""Make the command and the environment of a builder; both make its output reproducible."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

BuilderName = Literal["mkdocs", "zensical", "properdocs"]
"""Name of a builder, its command and its Python package."""


def builder_command(builder: BuilderName, config: Path) -> list[str]:
    """Return the command that builds `config` with `builder`, under the Python that runs this."""
    if builder == "zensical":
        # Its cache is beside the configuration. It is cleaned, so that the same input gives the same site.
        return [sys.executable, "-m", "zensical", "build", "--clean", "-f", str(config)]
    return [sys.executable, "-m", builder, "build", "-f", str(config)]


def is_installed(builder: BuilderName) -> bool:
    """Return whether `builder` is installed."""
    return find_spec(builder) is not None


def builder_environment(environ: Mapping[str, str], epoch: int) -> dict[str, str]:
    """Return the environment of a builder: the caller's, with settings that make its output reproducible."""
    return {
        **environ,
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
        # Adverts on stderr, not warnings about the site: material/templates/__init__.py, and
        # properdocs/replacement_warning.py for plugins that carry it.
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
