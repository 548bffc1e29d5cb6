"""Remove metadata from images: place, time, names, paths, previews.

Data that affects the look of the picture stays: colour profile, transparency, animation, orientation. Only the
structure of the file is read; the picture itself is never decoded.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from stufenweise.source.images.cleaned_image import CleanedImage
from stufenweise.source.images.image_chunks import (
    JPEG_END,
    JPEG_SCAN,
    PNG_HEAD,
    PNG_SIGNATURE,
    PNG_TAIL,
    WEBP_HEAD,
    jpeg_parts,
    png_chunks,
    webp_chunks,
    webp_length,
)

_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs",
     b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT"}
)  # fmt: skip
"""Chunks that affect the look of a picture (https://www.w3.org/TR/png-3/#11Chunks)."""
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
"""Chunks that affect the look of a picture (RFC 9649)."""
_WEBP_FLAGS = 0x0C
"""Bits of a VP8X chunk that announce Exif and XMP."""
_JPEG_APPLICATIONS = range(0xE0, 0xF0)
_JPEG_COMMENT = 0xFE
_ICC, _JFIF, _ADOBE, _EXIF = b"ICC_PROFILE\0", b"JFIF\0", b"Adobe\0", b"Exif\0\0"
_ORIENTATION, _GPS = 0x0112, 0x8825
"""TIFF tags of orientation and location (CIPA DC-008)."""
_SHORT = 3


def without_metadata(data: bytes) -> CleanedImage:
    """Return a PNG, JPEG or WebP without invisible data.

    Other and broken files are returned unchanged.
    """
    try:
        if data.startswith(PNG_SIGNATURE):
            return _clean_png(data)
        if data.startswith(b"\xff\xd8\xff"):
            return _clean_jpeg(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _clean_webp(data)
    except (struct.error, IndexError):
        pass
    return CleanedImage(data)


def _cleaned(before: bytes, after: bytes, names: list[str]) -> CleanedImage:
    if not names:
        return CleanedImage(before)
    return CleanedImage(after, tuple(dict.fromkeys(names)))


def _clean_png(data: bytes) -> CleanedImage:
    kept, names = [PNG_SIGNATURE], []
    for kind, start, end in png_chunks(data):
        chunk, body = data[start:end], data[start + PNG_HEAD : end - PNG_TAIL]
        if kind in _PNG_KEPT:
            kept.append(chunk)
        elif kind == b"eXIf":
            names += _exif_names(body)
            if turned := _orientation(body):
                exif = b"eXIf" + _turned(turned)
                kept.append(struct.pack(">I", len(exif) - 4) + exif + struct.pack(">I", zlib.crc32(exif)))
                if chunk == kept[-1]:
                    names = names[: -len(_exif_names(body))]
        else:
            names.append(_chunk_name(kind, body))
        if kind == b"IEND":
            names += [f"+ {len(data) - end} B"] if end < len(data) else []
            return _cleaned(data, b"".join(kept), names)
    return CleanedImage(data)


def _chunk_name(kind: bytes, body: bytes) -> str:
    """Return a readable name of a PNG chunk: its kind, and the keyword of a text."""
    name = kind.decode("ascii", "replace")
    keyword = body.partition(b"\0")[0][:30].decode("latin-1") if kind in {b"tEXt", b"zTXt", b"iTXt"} else ""
    return f"{name} {keyword}".strip()


def _clean_webp(data: bytes) -> CleanedImage:
    chunks, names = [], []
    for kind, start, end in webp_chunks(data):
        if end > len(data):
            return CleanedImage(data)
        body = data[start + WEBP_HEAD : end]
        if kind in _WEBP_KEPT:
            chunks.append((kind, body))
        elif kind == b"EXIF":
            turned = _orientation(body.removeprefix(_EXIF))
            if turned and body == _turned(turned):
                chunks.append((kind, body))
            else:
                names += _exif_names(body.removeprefix(_EXIF))
                chunks += [(kind, _turned(turned))] if turned else []
        else:
            names.append(kind.decode("ascii", "replace").strip())
    if not chunks:
        return CleanedImage(data)
    if webp_length(data) < len(data):
        names.append(f"+ {len(data) - webp_length(data)} B")
    flags = 0x08 if any(kind == b"EXIF" for kind, _ in chunks) else 0
    parts = []
    for kind, body in chunks:
        whole = bytes([body[0] & ~_WEBP_FLAGS | flags]) + body[1:] if kind == b"VP8X" and body else body
        parts.append(kind + struct.pack("<I", len(whole)) + whole + b"\0" * (len(whole) % 2))
    inside = b"WEBP" + b"".join(parts)
    return _cleaned(data, b"RIFF" + struct.pack("<I", len(inside)) + inside, names)


def _clean_jpeg(data: bytes) -> CleanedImage:
    kept, names, turned = [], [], 0
    end = len(data)
    for marker, start, stop in jpeg_parts(data):
        part = data[start:stop]
        body = part[4:]
        if marker in _JPEG_APPLICATIONS and not _shows_colour(marker, body):
            if marker == 0xE1 and body.startswith(_EXIF):
                orientation = _orientation(body.removeprefix(_EXIF))
                if not turned and orientation and body == _EXIF + _turned(orientation):
                    kept.append(part)
                else:
                    names += _exif_names(body.removeprefix(_EXIF))
                turned = turned or orientation
            else:
                names.append(_application_name(marker, body))
        elif marker == _JPEG_COMMENT:
            names.append("COM")
        else:
            kept.append(part)
        end = stop if marker == JPEG_END else end
    if not any(part[:2] == bytes([0xFF, JPEG_SCAN]) for part in kept):
        return CleanedImage(data)
    if end < len(data):
        names.append(f"+ {len(data) - end} B")
    if turned and not any(part[4:].startswith(_EXIF) for part in kept):
        exif = _EXIF + _turned(turned)
        kept.insert(1, b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    return _cleaned(data, b"".join(kept), names)


def _shows_colour(marker: int, body: bytes) -> bool:
    """Return whether an application segment affects the look of the picture."""
    return (
        (marker == 0xE0 and body.startswith(_JFIF))
        or (marker == 0xE2 and body.startswith(_ICC))
        or (marker == 0xEE and body.startswith(_ADOBE))
    )


def _application_name(marker: int, body: bytes) -> str:
    if body.startswith((b"http://ns.adobe.com/xap/", b"http://ns.adobe.com/xmp/")):
        return "XMP"
    if body.startswith(b"Photoshop"):
        return "IPTC"
    return "MPF" if body.startswith(b"MPF") else f"APP{marker - 0xE0}"


def _exif_names(tiff: bytes) -> list[str]:
    """Return a readable name of EXIF data, and that of a location in it."""
    return ["Exif", "GPS"] if _GPS in dict(_tiff_tags(tiff)) else ["Exif"]


def _orientation(tiff: bytes) -> int:
    """Return the orientation of the picture, from 2 to 8; 0 for the usual one."""
    orientation = dict(_tiff_tags(tiff)).get(_ORIENTATION, 0)
    return orientation if 2 <= orientation <= 8 else 0


def _tiff_tags(tiff: bytes) -> Iterator[tuple[int, int]]:
    """Yield the tags of the first directory of a TIFF with their first number."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if not order or len(tiff) < 10:
        return
    (place,) = struct.unpack_from(f"{order}I", tiff, 4)
    if place + 2 > len(tiff):
        return
    (count,) = struct.unpack_from(f"{order}H", tiff, place)
    for start in range(place + 2, min(place + 2 + 12 * count, len(tiff) - 11), 12):
        tag, kind = struct.unpack_from(f"{order}HH", tiff, start)
        yield tag, struct.unpack_from(f"{order}{'H' if kind == _SHORT else 'I'}", tiff, start + 8)[0]


def _turned(orientation: int) -> bytes:
    """Return a TIFF with nothing but an orientation."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, _SHORT, 1, orientation, 0, 0)
