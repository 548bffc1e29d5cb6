"""Iterate over the segments of a JPEG and the chunks of a PNG or WebP.

Nothing is decoded. Each piece is given by its kind, and its beginning and end in the file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_HEAD, PNG_TAIL = 8, 4
"""Bytes of a PNG chunk before its content (length and kind) and after it (checksum)."""
WEBP_HEAD = 8
"""Bytes of a WebP chunk before its content: kind and length."""
JPEG_SCAN, JPEG_END = 0xDA, 0xD9
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers that are not followed by a length."""


def png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, beginning and end of each complete chunk of a PNG (https://www.w3.org/TR/png-3/#5Chunk-layout)."""
    place = len(PNG_SIGNATURE)
    while place + PNG_HEAD + PNG_TAIL <= len(data):
        end = place + PNG_HEAD + struct.unpack_from(">I", data, place)[0] + PNG_TAIL
        if end > len(data):
            return
        yield data[place + 4 : place + 8], place, end
        place = end


def webp_length(data: bytes) -> int:
    """Return the length that a WebP's header declares; the file may be shorter or longer (RFC 9649, 2.4)."""
    return 8 + int.from_bytes(data[4:8], "little")


def webp_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, beginning and end of each chunk of a WebP without its padding; the last may be truncated."""
    place, length = 12, min(len(data), webp_length(data))
    while place + WEBP_HEAD <= length:
        end = place + WEBP_HEAD + int.from_bytes(data[place + 4 : place + 8], "little")
        yield data[place : place + 4], place, end
        place = end + end % 2


def jpeg_parts(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield marker, beginning and end of each segment of a JPEG, a scan with its data (ITU-T T.81, annex B)."""
    place = 0
    while place + 1 < len(data):
        marker = data[place + 1]
        if data[place] != 0xFF or marker == 0xFF:  # Bytes that fill a gap
            place += 1
            continue
        if marker in _JPEG_ALONE or marker == JPEG_END:
            yield marker, place, place + 2
            if marker == JPEG_END:
                return
            place += 2
            continue
        end = place + 2 + struct.unpack_from(">H", data, place + 2)[0]
        if marker == JPEG_SCAN:
            end = _scan_end(data, end)
        yield marker, place, end
        place = max(end, place + 2)


def _scan_end(data: bytes, place: int) -> int:
    """Return the offset of the next segment after the data of a scan."""
    while (marker := data.find(b"\xff", place)) >= 0 and marker + 1 < len(data):
        if data[marker + 1] not in {0x00, 0xFF, *range(0xD0, 0xD8)}:
            return marker
        place = marker + (1 if data[marker + 1] == 0xFF else 2)
    return len(data)
