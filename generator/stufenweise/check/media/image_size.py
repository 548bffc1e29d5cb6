"""Read an image's pixel size from its header; decoding could need gigabytes."""

from __future__ import annotations

import struct

MAX_PIXELS = 40_000_000
"""Most pixels of an image; decoded, each takes four bytes. A camera's picture has 12 to 24 million."""
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of a JPEG's frames (ITU-T T.81, table B.1)."""
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a length."""


def image_size(data: bytes) -> tuple[int, int]:
    """Return width and height of a PNG, JPEG or WebP in pixels; 0 and 0 if it does not say."""
    if data.startswith(b"\x89PNG") and data[12:16] == b"IHDR" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and len(data) >= 30:
        return _webp_size(data)
    return 0, 0


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Return the size of the largest frame; a preview may stand before the picture."""
    largest, place = (0, 0), 2
    while place + 9 <= len(data):
        if data[place] != 0xFF or data[place + 1] in {0xFF, 0x00}:
            next_marker = data.find(b"\xff", place + 1)
            if next_marker < 0:
                break
            place = next_marker
            continue
        marker = data[place + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            largest = max(largest, (width, height), key=lambda size: size[0] * size[1])
        place += 2 if marker in _ALONE else 2 + max(2, int.from_bytes(data[place + 2 : place + 4], "big"))
    return largest


def _webp_size(data: bytes) -> tuple[int, int]:
    """Return the size in the first chunk (RFC 9649, section 2)."""
    kind = data[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
