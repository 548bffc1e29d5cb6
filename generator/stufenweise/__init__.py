"""Turn short Markdown tutorials for graded reverse mentoring into a bilingual MkDocs site.

A build goes open -> load -> check -> print -> assemble -> render -> publish: see `pipeline.py`. Packages import only
from those above them in ARCHITECTURE.md's table (tests/test_imports.py). The names below are the public interface; the
rest may change. They are imported on first use: a builder process needs none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stufenweise.check import check
    from stufenweise.load.loader import load_content
    from stufenweise.model.library import Library
    from stufenweise.model.problem import Place, Problem

__all__ = ["Library", "Place", "Problem", "check", "load_content"]

_HOMES = {
    "Library": "stufenweise.model.library",
    "Place": "stufenweise.model.problem",
    "Problem": "stufenweise.model.problem",
    "check": "stufenweise.check",
    "load_content": "stufenweise.load.loader",
}


def __getattr__(name: str) -> object:
    """Return a name of the public interface (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
