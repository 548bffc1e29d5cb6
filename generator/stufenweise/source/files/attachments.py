"""Downloads beside a text: allowed types, and whether a file is what its name says.

Documents are not opened; only the structure of the file is read, within limits.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from typing import Literal

ATTACHMENTS_FOLDER = "files"
"""Name of the folder beside the texts."""
MAX_ATTACHMENT_BYTES = 5 * 1024 * 1024
"""Largest attachment, in bytes: small enough for an e-mail, and ten of them for a learning platform's package."""
MAX_UNPACKED = 200 * 1024 * 1024
"""Most bytes that the parts of a document declare as their unpacked size."""
MAX_PARTS = 5000
"""Most parts of a document."""
MAX_TYPES_BYTES = 256 * 1024
"""Largest list of a document's parts and their types, in bytes."""
OFFICE: Mapping[str, bytes] = {
    ".docx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    ".xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    ".pptx": b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
"""Type of the main part of a document by the end of its name (ECMA-376, part 1)."""
ATTACHMENT_SUFFIXES = (".pdf", *OFFICE)
_CONTENT_TYPES = "[Content_Types].xml"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Beginning of documents of the former formats, and of encrypted ones."""
_ENCRYPTED = 0x1

AttachmentFault = Literal["", "other", "locked", "macros", "large"]
"""The fault of an attachment: another type, encryption, macros, or too much data once unpacked."""


def is_attachment(path: str) -> bool:
    """Return whether a file of content is an attachment, by its name and folder."""
    folder = posixpath.basename(posixpath.dirname(path))
    return folder == ATTACHMENTS_FOLDER and path.lower().endswith(ATTACHMENT_SUFFIXES)


def attachment_fault(path: str, data: bytes) -> AttachmentFault:
    """Return the fault of an attachment; empty if it has none."""
    suffix = posixpath.splitext(path)[1].lower()
    if suffix == ".pdf":
        if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
            return "other"
        return "locked" if b"/Encrypt" in data[-4096:] else ""
    return office_fault(data, OFFICE[suffix])


def office_fault(data: bytes, main_type: bytes) -> AttachmentFault:
    """Return what is wrong with an office document whose main part has the type `main_type`; empty if nothing is."""
    if data.startswith(_OLD_OFFICE):
        return "locked"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                return "large"
            if any(part.flag_bits & _ENCRYPTED for part in parts):
                return "locked"
            if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
                return "macros"
            with archive.open(_CONTENT_TYPES) as types:
                content_types = types.read(MAX_TYPES_BYTES)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, OSError, RuntimeError, ValueError, EOFError):
        return "other"
    if b"macroEnabled" in content_types:
        return "macros"
    return "" if main_type in content_types else "other"
