"""A folder of printed handouts: what is in it, and which of it can be used again.

It has a folder for each language, in which a file's name has the key of what it was printed from: another version of a
handout, such as a book with drafts, is another file. What each program last used is in an index of its own. So a
`check` and a build need not know of each other; only who holds the work folder's lock removes files.

| index | who writes it | work folder locked | which handouts it keeps |
| --- | --- | --- | --- |
| `left-out` | a build | yes | those of its last site |
| `marked` | `serve`, `mkdocs serve` | yes | those of its last site, until the next `serve` |
| `included` | `check`, `status`, `doctor` | no | those of the last check of all content, mostly as fronts |
| `chosen` | `handouts` | yes | those of a site that were asked for, and the others of the last command |
| `preview` | a save while serving, in a folder of its own | no | those of saved texts |
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath
from typing import Any

from stufenweise.core.safe_folders import SafeFolder
from stufenweise.handouts.handout import Handout

_INDEX_START, _INDEX_END = "index-", ".json"
_KEY_DIGITS = 16
"""Digits of the key in a file's name."""


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

    @property
    def has_file(self) -> bool:
        """Whether there is a file."""
        return self.was_printed and not self.is_front

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
        return self.cache.path / self._path

    def read(self) -> bytes:
        """Return the file."""
        return self.cache.read(self._path)

    @property
    def _path(self) -> str:
        return version_path(handout_path(self.handout), self.entry.key)

    @property
    def has_file(self) -> bool:
        """Whether there is a file."""
        return self.entry.has_file


def handout_path(handout: Handout) -> str:
    """Return the path of a handout, below its language's folder."""
    return f"{handout.language}/{handout.file}"


def version_path(path: str, key: str) -> str:
    """Return the path in the cache of a handout's version.

    Args:
        path: The handout's path.
        key: Digest of what it was printed from.
    """
    file = PurePosixPath(path)
    return str(file.with_name(f"{file.stem}.{key[:_KEY_DIGITS]}{file.suffix}"))


class PdfCache:
    """The printed handouts in a folder."""

    def __init__(self, folder: SafeFolder, used_by: str, *, is_optional: bool = False) -> None:
        """Read the indexes; a damaged entry counts as missing.

        Args:
            folder: The folder.
            used_by: Name of the index that keeps what is used now.
            is_optional: Whether nobody needs the files: what can't be written is left out without an error.
        """
        self.folder = folder
        self.is_optional = is_optional
        self._index = f"{_INDEX_START}{used_by}{_INDEX_END}"
        indexes = _indexes(folder)
        self.entries = dict(_versions(indexes.values()))
        """Entries by the path of the handout's version."""
        self._saved = indexes.get(self._index, {})
        self._used = dict(self._saved)
        """Entries of the index, by the handout's path."""
        self._sizes: dict[str, Mapping[str, int]] = {}

    def find(self, handout: Handout, key: str, *, front_is_enough: bool = False) -> CacheEntry | None:
        """Return the entry of a handout if printing it again would give the same; otherwise None.

        What Typst refused it will refuse again; what took too long may be faster the next time.

        Args:
            handout: The handout.
            key: Digest of its inputs now.
            front_is_enough: Whether nobody needs its file, so that a printed front will do.
        """
        path = version_path(handout_path(handout), key)
        entry = self.entries.get(path)
        if entry is None or entry.key != key or entry.too_costly or (entry.is_front and not front_is_enough):
            return None
        if entry.has_file and self._sizes_in(handout.language).get(PurePosixPath(path).name) != entry.size:
            return None
        self._used[handout_path(handout)] = entry
        return entry

    def keep(self, handout: Handout, entry: CacheEntry, data: bytes) -> None:
        """Take in a printed handout; the index is written by `save`.

        Args:
            handout: The handout.
            entry: The result of printing it.
            data: The file, if there is one.

        Raises:
            MachineError: The cache leads through a link.
            OSError: The file can't be written.
        """
        path = version_path(handout_path(handout), entry.key)
        self.entries[path] = self._used[handout_path(handout)] = entry
        if entry.has_file:
            with self._write_errors_ignored():
                self.folder.write(path, data)

    def save(self) -> None:
        """Write the index, if anything else was used than before.

        Raises:
            MachineError: The cache leads through a link.
            OSError: It can't be written.
        """
        if self._used != self._saved:
            data = {path: entry.to_data() for path, entry in self._used.items()}
            with self._write_errors_ignored():
                self.folder.write(self._index, json.dumps(data, ensure_ascii=False).encode())
            self._saved = dict(self._used)

    def forget_others(self, used: Iterable[Handout]) -> None:
        """Leave only these handouts in the index, and write it.

        Raises:
            MachineError: The cache leads through a link.
            OSError: It can't be written.
        """
        paths = set(map(handout_path, used))
        self._used = {path: entry for path, entry in self._used.items() if path in paths}
        self.save()

    def remove_unused(self) -> None:
        """Remove the files that no index has; call it with the work folder locked.

        Raises:
            MachineError: The cache leads through a link.
            OSError: One can't be removed.
        """
        # Others may have written their indexes since.
        indexes = (*_indexes(self.folder, besides=self._index).values(), self._used)
        versions = {path for path, entry in _versions(indexes)}
        for path, is_folder in [*self.folder.entries()]:
            if not is_folder and path not in versions and not _is_index(path):
                self.folder.remove(path)

    def _sizes_in(self, language: str) -> Mapping[str, int]:
        """Return the sizes of the files of a language by name; the folder is read once."""
        if language not in self._sizes:
            self._sizes[language] = self.folder.sizes(language)
        return self._sizes[language]

    def _write_errors_ignored(self) -> AbstractContextManager[None]:
        """Ignore write errors if nobody needs the files."""
        return suppress(OSError) if self.is_optional else nullcontext()


def _is_index(path: str) -> bool:
    return path.startswith(_INDEX_START) and path.endswith(_INDEX_END)


def _indexes(folder: SafeFolder, besides: str = "") -> dict[str, dict[str, CacheEntry]]:
    """Return the entries of each index by the handout's path, by the index's name, without those of one index."""
    names = (name for name in sorted(folder.sizes()) if _is_index(name) and name != besides)
    return {name: dict(_entries_of(folder.read_json(name))) for name in names}


def _versions(indexes: Iterable[Mapping[str, CacheEntry]]) -> Iterator[tuple[str, CacheEntry]]:
    """Yield the entries of indexes by the path of the handout's version, whole handouts after mere fronts."""
    entries = [(path, entry) for index in indexes for path, entry in index.items()]
    for path, entry in sorted(entries, key=lambda listed: not listed[1].is_front):
        yield version_path(path, entry.key), entry


def _entries_of(index: object) -> Iterator[tuple[str, CacheEntry]]:
    """Yield the readable entries of an index by the handout's path."""
    for path, data in index.items() if isinstance(index, dict) else ():
        with suppress(ValueError, TypeError, LookupError, AttributeError):
            entry = CacheEntry.from_data(data)
            version_path(path, entry.key)  # A forged path may have no name
            yield path, entry
