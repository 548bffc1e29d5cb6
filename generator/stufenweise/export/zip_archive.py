"""A zip file that is the same bytes for the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip file can note."""
STORED = (".pdf", ".png", ".jpg", ".jpeg", ".webp", ".woff2")
"""Files that are compressed already."""


def zip_archive(files: Mapping[str, bytes]) -> bytes:
    """Return files by path as a zip file."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, FIRST_DAY)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_STORED if path.endswith(STORED) else zipfile.ZIP_DEFLATED
            target.writestr(entry, files[path])
    return result.getvalue()
