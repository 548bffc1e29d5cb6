"""An image without its invisible data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CleanedImage:
    """An image without its invisible data."""

    data: bytes
    left_out: tuple[str, ...] = ()
    """Names of what was removed."""
