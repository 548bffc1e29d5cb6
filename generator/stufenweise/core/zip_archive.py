"""Make reproducible zip files: the same files always give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

EARLIEST_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can hold (APPNOTE 4.4.6)."""
COMPRESSED_SUFFIXES = (".pdf", ".docx", ".png", ".jpg", ".jpeg", ".webp", ".woff2")
"""Ends of the names of files that are compressed already."""
UNIX = 3
"""The system that made an entry (APPNOTE 4.4.2), whichever it was: it gives the next value its meaning."""
FILE_MODE = 0o100644 << 16
"""A plain file that its owner may write and all may read, where Unix keeps it in an entry's external attributes."""


def zip_archive(files: Mapping[str, bytes]) -> bytes:
    """Return files by path as a zip file."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, EARLIEST_TIME)
            entry.create_system = UNIX
            entry.external_attr = FILE_MODE
            entry.compress_type = zipfile.ZIP_STORED if path.endswith(COMPRESSED_SUFFIXES) else zipfile.ZIP_DEFLATED
            target.writestr(entry, files[path])
    return result.getvalue()
