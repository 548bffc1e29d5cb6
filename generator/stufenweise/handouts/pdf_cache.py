"""A folder of printed handouts: what is in it, and which of it can be used again.

It has a folder for each language, and `index.json` with an entry for each handout (`CacheEntry`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from stufenweise.core.errors import MachineError
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.handouts.handout import Handout

CACHE_INDEX = "index.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheEntry:
    """The result of printing a handout, whether there is a file or not."""

    key: str
    """Digest of everything that the handout was printed from (`CacheKeys`)."""
    pages: int = 0
    size: int = 0
    """Bytes."""
    digest: str = ""
    """Digest of the file; empty if there is none."""
    overflow: Mapping[str, float] | None = None
    """Overlong pages with their extra millimetres; None if all pages fit. An overlong handout has more pages."""
    characters: tuple[str, ...] = ()
    """Characters that no font has; they are printed as a replacement."""
    images: tuple[str, ...] = ()
    """Paths of unreadable images; their text is printed in a frame."""
    typst_error: str = ""
    """Typst's message about a text or an image that it can't print."""
    too_costly: bool = False
    """Whether printing it takes more time or memory than the limits."""
    is_front: bool = False
    """Whether only the front of a bound handout was printed, to check it; there is no file."""

    @property
    def was_printed(self) -> bool:
        """Whether there is a file, or there would be if more than the front had been wanted."""
        return not self.typst_error and not self.too_costly

    @property
    def is_faultless(self) -> bool:
        """Whether it was printed, and nothing in it is too long or replaced."""
        return self.was_printed and self.overflow is None and not self.characters and not self.images

    def to_data(self) -> dict[str, object]:
        """Return the entry as plain JSON."""
        return {name: getattr(self, name) for name in _ENTRY_FIELDS}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> CacheEntry:
        """Return the entry that `to_data` wrote.

        Raises:
            ValueError, TypeError, LookupError, AttributeError: It is damaged.
        """
        overflow = data["overflow"]
        return cls(
            key=str(data["key"]),
            pages=int(data["pages"]),
            size=int(data["size"]),
            digest=str(data["digest"]),
            overflow=None if overflow is None else {str(page): float(much) for page, much in overflow.items()},
            characters=tuple(map(str, data["characters"])),
            images=tuple(map(str, data["images"])),
            typst_error=str(data["typst_error"]),
            too_costly=bool(data["too_costly"]),
            is_front=bool(data["is_front"]),
        )


_ENTRY_FIELDS = tuple(field.name for field in fields(CacheEntry))


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedHandout:
    """A handout in the cache, or why it could not be printed."""

    handout: Handout
    cache: SafeFolder
    entry: CacheEntry
    from_cache: bool = False
    """Whether it was printed before."""

    @property
    def file(self) -> Path:
        """Path of the file."""
        return self.cache.path / cache_path(self.handout)

    def read(self) -> bytes:
        """Return the file."""
        return self.cache.read(cache_path(self.handout))

    @property
    def has_file(self) -> bool:
        """Whether there is a file."""
        return self.entry.was_printed and not self.entry.is_front


def cache_path(handout: Handout) -> str:
    """Return the path of a handout's file in the cache; the index has its entry under this path."""
    return f"{handout.language}/{handout.file}"


class PdfCache:
    """The printed handouts in a folder."""

    def __init__(self, folder: SafeFolder, *, is_optional: bool = False) -> None:
        """Read the index; a damaged entry counts as missing.

        Args:
            folder: The folder.
            is_optional: Whether nobody needs the files: what can't be written is left out without an error.
        """
        self.folder = folder
        self.is_optional = is_optional
        self.entries = _read_entries(folder)
        """Entries by the path of the handout's file."""
        self._sizes: dict[str, Mapping[str, int]] = {}

    def find(self, handout: Handout, key: str, *, front_is_enough: bool = False) -> CacheEntry | None:
        """Return the entry of a handout if printing it again would give the same; otherwise None.

        What Typst refused it will refuse again; what took too long may be faster the next time.

        Args:
            handout: The handout.
            key: Digest of its inputs now.
            front_is_enough: Whether nobody needs its file, so that a printed front will do.
        """
        entry = self.entries.get(cache_path(handout))
        if entry is None or entry.key != key or entry.too_costly:
            return None
        if entry.typst_error:
            return entry
        if entry.is_front:
            return entry if front_is_enough else None
        return entry if self._sizes_in(handout.language).get(handout.file) == entry.size else None

    def keep(self, handout: Handout, entry: CacheEntry, data: bytes) -> None:
        """Take in a printed handout; the index is written by `save`.

        Args:
            handout: The handout.
            entry: The result of printing it.
            data: The file. Without a file, one from before is removed, unless only the front was printed.

        Raises:
            MachineError: The cache leads through a link.
            OSError: The file can't be written.
        """
        path = cache_path(handout)
        self.entries[path] = entry
        with self._write_errors_ignored():
            if not entry.was_printed:
                self.folder.remove(path)
            elif not entry.is_front:
                self.folder.write(path, data)

    def save(self) -> None:
        """Write the index.

        Raises:
            MachineError: The cache leads through a link.
            OSError: It can't be written.
        """
        data = {path: entry.to_data() for path, entry in self.entries.items()}
        with self._write_errors_ignored():
            self.folder.write(CACHE_INDEX, json.dumps(data, ensure_ascii=False).encode())

    def sweep(self, used: Iterable[Handout]) -> None:
        """Remove all handouts but those used, and write the index if there were any.

        Raises:
            MachineError: The cache leads through a link.
            OSError: The index or a handout can't be removed or written.
        """
        unused = self.entries.keys() - set(map(cache_path, used))
        for path in unused:
            del self.entries[path]
            with suppress(MachineError), self._write_errors_ignored():  # The path may be of no file of ours
                self.folder.remove(path)
        if unused:
            self.save()

    def _sizes_in(self, language: str) -> Mapping[str, int]:
        """Return the sizes of the files of a language by name; the folder is read once."""
        if language not in self._sizes:
            self._sizes[language] = self.folder.sizes(language)
        return self._sizes[language]

    def _write_errors_ignored(self) -> AbstractContextManager[None]:
        """Ignore write errors if nobody needs the files."""
        return suppress(OSError) if self.is_optional else nullcontext()


def _read_entries(folder: SafeFolder) -> dict[str, CacheEntry]:
    """Return the readable entries of a cache's index."""
    index = folder.read_json(CACHE_INDEX)
    entries: dict[str, CacheEntry] = {}
    for path, data in index.items() if isinstance(index, dict) else ():
        with suppress(ValueError, TypeError, LookupError, AttributeError):
            entries[path] = CacheEntry.from_data(data)
    return entries
