"""Detect truncated or corrupt PNG, JPEG and WebP files.

Only the structure is read, and the compressed pixels of a PNG, of which at most `MAX_PIXEL_BYTES` bytes are unpacked, a
piece at a time. Nothing is decoded to an image.
"""

from __future__ import annotations

import re
import struct
import zlib

from stufenweise.check.media.image_size import image_size
from stufenweise.source.images.image_chunks import (
    JPEG_END,
    JPEG_SCAN,
    PNG_HEAD,
    PNG_TAIL,
    jpeg_parts,
    png_chunks,
    webp_chunks,
    webp_length,
)

MAX_PIXEL_BYTES = 64 * 1024 * 1024
"""Most bytes of a PNG's pixels that are unpacked; larger pictures are checked by their checksums alone."""
_PIECE = 1024 * 1024
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Values of a pixel by the colour type of a PNG (https://www.w3.org/TR/png-3/#11IHDR)."""
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Column, row and steps of the passes of an interlaced PNG (https://www.w3.org/TR/png-3/#8Interlace)."""
_NAME = re.compile(rb"[A-Za-z]{4}")
_PICTURES = frozenset({b"VP8 ", b"VP8L", b"ANMF"})
"""Chunks of a WebP that hold a picture (RFC 9649)."""


def is_damaged(data: bytes) -> bool:
    """Return whether a PNG, JPEG or WebP is truncated, corrupt or without pixels."""
    if 0 in image_size(data):
        return True
    if data.startswith(b"\x89PNG"):
        return _is_damaged_png(data)
    if data.startswith(b"\xff\xd8"):
        return _is_damaged_jpeg(data)
    return _is_damaged_webp(data)


def _is_damaged_png(data: bytes) -> bool:
    packed: list[bytes] = []
    for kind, start, end in png_chunks(data):
        body, checksum = data[start + PNG_HEAD : end - PNG_TAIL], data[end - PNG_TAIL : end]
        if not _NAME.fullmatch(kind) or zlib.crc32(kind + body) != int.from_bytes(checksum, "big"):
            return True
        if kind == b"IDAT":
            packed.append(body)
        elif kind == b"IEND":
            return not _unpacks(packed, _unpacked_size(data))
    return True


def _unpacked_size(data: bytes) -> int:
    """Return the size of a PNG's unpacked pixels, with one filter byte per line."""
    width, height, depth, colours, _, _, interlaced = struct.unpack_from(">IIBBBBB", data, 16)
    bits = depth * _CHANNELS.get(colours, 0)
    passes = _PASSES if interlaced else ((0, 0, 1, 1),)
    sizes = [(-(-(width - left) // across), -(-(height - top) // down)) for left, top, across, down in passes]
    return sum(rows * (1 + -(-columns * bits // 8)) for columns, rows in sizes if columns > 0 and rows > 0)


def _unpacks(packed: list[bytes], size: int) -> bool:
    """Return whether `size` bytes can be unpacked, or `MAX_PIXEL_BYTES` if that is less."""
    unpacking, count = zlib.decompressobj(), 0
    expected_size = min(size, MAX_PIXEL_BYTES)
    try:
        for part in packed:
            rest = part
            while rest and count < expected_size:
                count += len(unpacking.decompress(rest, _PIECE))
                rest = unpacking.unconsumed_tail
    except zlib.error:
        return False
    return count >= expected_size


def _is_damaged_jpeg(data: bytes) -> bool:
    try:
        markers = {marker for marker, _, end in jpeg_parts(data) if end <= len(data)}
    except struct.error:
        return True
    return not {JPEG_SCAN, JPEG_END} <= markers


def _is_damaged_webp(data: bytes) -> bool:
    length = webp_length(data)
    chunks = tuple(webp_chunks(data))
    is_cut = length > len(data) or any(end > length for _, _, end in chunks)
    return is_cut or not _PICTURES & {kind for kind, _, _ in chunks}
