"""What a builder process is given: its command, its environment, and the modules that it needs."""

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


def builder_modules(builder: BuilderName) -> tuple[str, ...]:
    """Return the modules that a builder always needs, for a process to load before it is told what to build."""
    if builder == "zensical":
        return ()
    return (
        f"{builder}.__main__", f"{builder}.commands.build", f"{builder}.config.defaults", "markdown.extensions.toc",
        "pymdownx.details", "pymdownx.superfences", "stufenweise.render.sanitiser_plugin",
    )  # fmt: skip


def builder_environment(environ: Mapping[str, str], epoch: int) -> dict[str, str]:
    """Return the environment of a builder: a reproducible one, with the date of the site."""
    return {**reproducible_environment(environ), "SOURCE_DATE_EPOCH": str(epoch)}


def reproducible_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return an environment with settings that make a builder's output the same each time."""
    return {
        **environ,
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
        # Adverts on stderr, not warnings about the site: material/templates/__init__.py, and
        # properdocs/replacement_warning.py for plugins that carry it.
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
