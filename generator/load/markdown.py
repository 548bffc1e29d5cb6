"""The one way that content becomes HTML: the same extensions for the site, the checks and paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import markdown

EXTENSIONS = (
    "attr_list",
    "tables",
    "admonition",
    "def_list",
    "sane_lists",
    "toc",
    "pymdownx.details",
    "pymdownx.superfences",
)
"""Names of the Python-Markdown extensions, in order."""

EXTENSION_CONFIGS: Mapping[str, Mapping[str, object]] = {}
"""Options of the extensions that need any; `toc` gets its own per language."""


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    configs = {name: dict(values) for name, values in EXTENSION_CONFIGS.items()}
    return markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=configs)


def to_html(text: str) -> str:
    """Return Markdown as HTML, as the site has it; nothing is sanitised."""
    return _converter().reset().convert(text)
