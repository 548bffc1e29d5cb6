"""Make reproducible zip files: the same files always give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

EARLIEST_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can store (APPNOTE 4.4.6)."""


@dataclass(frozen=True, slots=True)
class EntryForm:
    """How the entries of an archive are written."""

    system: int
    """The system that made an entry (APPNOTE 4.4.2), whichever it was: it gives the attributes their meaning."""
    attributes: int
    """External attributes; on Unix the mode of the file, in the upper half."""
    stored: tuple[str, ...] = ()
    """Suffixes of files that are compressed already."""


PUBLISHED_FILES = EntryForm(3, 0o100644 << 16, (".pdf", ".docx", ".png", ".jpg", ".jpeg", ".webp", ".woff2"))
"""Plain files that their owner may write and all may read on Unix."""
DOCUMENT_PARTS = EntryForm(0, 0o600 << 16)
"""Parts of an Office document, which are never unpacked as files."""


def zip_archive(files: Mapping[str, bytes], form: EntryForm = PUBLISHED_FILES) -> bytes:
    """Return files by path as a zip file, in their order."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path, EARLIEST_TIME)
            entry.create_system = form.system
            entry.external_attr = form.attributes
            entry.compress_type = zipfile.ZIP_STORED if path.endswith(form.stored) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return result.getvalue()
