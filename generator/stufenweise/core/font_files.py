"""Fonts of the handouts. Figures are measured with them, too."""

from __future__ import annotations

from pathlib import Path

FONT_FOLDER = Path(__file__).parent / "fonts"


def font_file(style: str) -> bytes:
    """Return the font of a style, such as Regular."""
    return (FONT_FOLDER / f"StufenweiseSans-{style}.otf").read_bytes()
