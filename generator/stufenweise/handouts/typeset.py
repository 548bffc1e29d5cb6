"""What printing with Typst gives: a PDF, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
_PAGE = re.compile(rb"/Type ?/Page(?![a-zA-Z])")


class UnprintableError(Exception):
    """A handout's data can't be printed as it is."""

    def __init__(
        self, overflow: Mapping[str, float] | None = None, typst_error: str = "", *, too_costly: bool = False
    ) -> None:
        """Create the error from the millimetres by which pages are too long, Typst's message, or an exceeded limit."""
        super().__init__(overflow, typst_error)
        self.overflow = overflow
        self.typst_error = typst_error
        self.too_costly = too_costly


def page_count(pdf: bytes) -> int:
    """Return the number of pages of a PDF that Typst wrote."""
    return len(_PAGE.findall(pdf))
