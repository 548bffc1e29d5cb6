"""Measure the width of a line of text from the handouts' font files.

It reads two short tables: the glyph of each character, and the advance of each glyph.
https://learn.microsoft.com/typography/opentype/spec/cmap and .../hmtx
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import lru_cache

from stufenweise.core.font_files import font_file

_STYLES = {False: "Regular", True: "Semibold"}


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text, in the unit of `size`; missing characters count as an m.

    Args:
        text: The line.
        size: Size of the type.
        bold: Whether it is set in the heavier weight.
    """
    return size * sum(map(_widths(_STYLES[bold]).__getitem__, text))


class _Widths(dict[str, float]):
    """The advance of each character of a font, as a share of the size of its type."""

    def __missing__(self, character: str) -> float:
        return self["m"]


@lru_cache(maxsize=2)
def _widths(style: str) -> _Widths:
    """Return the advances of a font."""
    font = font_file(style)
    tables = {
        tag: font[offset : offset + length]
        for tag, offset, length in (
            struct.unpack(">4s4xII", font[start : start + 16])
            for start in range(12, 12 + 16 * struct.unpack(">H", font[4:6])[0], 16)
        )
    }
    (em,) = struct.unpack(">H", tables[b"head"][18:20])
    (measured,) = struct.unpack(">H", tables[b"hhea"][34:36])
    advances = [advance / em for advance, _ in struct.iter_unpack(">Hh", tables[b"hmtx"][: 4 * measured])]
    return _Widths(
        (chr(character), advances[min(glyph, measured - 1)]) for character, glyph in _glyphs(tables[b"cmap"])
    )


def _glyphs(table: bytes) -> Iterator[tuple[int, int]]:
    """Yield the characters of the Basic Multilingual Plane in a font, each with its glyph (format 4 of `cmap`)."""
    (count,) = struct.unpack(">H", table[2:4])
    starts = [struct.unpack(">4xI", table[4 + 8 * index : 12 + 8 * index])[0] for index in range(count)]
    start = next(place for place in starts if table[place : place + 2] == b"\0\x04")
    (length, segments) = struct.unpack(">HxxH", table[start + 2 : start + 8])
    words = struct.unpack(f">{(length - 14) // 2}H", table[start + 14 : start + 14 + (length - 14) // 2 * 2])
    segments //= 2
    for index in range(segments):
        last, first = words[index], words[segments + 1 + index]
        delta, offset = words[2 * segments + 1 + index], words[3 * segments + 1 + index]
        for character in range(first, last + 1):
            glyph = character
            if offset:
                glyph = words[3 * segments + 1 + index + offset // 2 + character - first]
            if character != 0xFFFF and (not offset or glyph):
                yield character, (glyph + delta) % 65536
