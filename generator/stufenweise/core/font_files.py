"""The fonts of the handouts, which also tell how wide a text is."""

from __future__ import annotations

from pathlib import Path

FONT_FOLDER = Path(__file__).parent / "fonts"


def font_file(style: str) -> bytes:
    """Return the font of a style, such as Regular."""
    return (FONT_FOLDER / f"StufenweiseSans-{style}.otf").read_bytes()
