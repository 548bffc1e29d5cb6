"""A folder of printed handouts: unchanged handouts are not printed again.

It has a folder for each language, and `index.json` with the digest of all inputs of each handout, its pages and size,
or why it could not be printed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from stufenweise.core.digests import file_digest
from stufenweise.core.errors import MachineError
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.handouts.cache_keys import CacheKeys
from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.handouts.handout_data import HandoutDataFactory
from stufenweise.handouts.handout_list import Handout
from stufenweise.handouts.typeset import UnprintableError, page_count
from stufenweise.handouts.typeset_pool import Typeset, TypesetJob, typeset_all
from stufenweise.handouts.word_document import word_document

PARALLEL_FROM = 40
"""Number of pages from which on a process for each core saves more time than its start costs."""
BOOK_PAGES = 6
"""Pages for each tutorial of a book in the time limit of the book."""
CACHE_INDEX = "index.json"
WORD = ".docx"

PrintJob = tuple[HandoutBranding, Handout]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedHandout:
    """A handout in the cache, or why it could not be printed."""

    handout: Handout
    cache: SafeFolder
    pages: int = 0
    size: int = 0
    """Bytes."""
    digest: str = ""
    """Digest of the file; empty if it is unknown."""
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
    from_cache: bool = False
    """Whether it was printed before."""

    @property
    def file(self) -> Path:
        """Path of the file."""
        return self.cache.path.joinpath(*self.cache.below, _file(self.handout))

    def read(self) -> bytes:
        """Return the file."""
        return self.cache.read(_file(self.handout))

    @property
    def ok(self) -> bool:
        """Whether there is a file."""
        return self._was_printed and not self.is_front

    @property
    def is_whole(self) -> bool:
        """Whether it was printed without any fault."""
        return self._was_printed and self.overflow is None and not self.characters and not self.images

    @property
    def _was_printed(self) -> bool:
        return not self.typst_error and not self.too_costly


def fill_cache(
    jobs: Sequence[PrintJob],
    folder: SafeFolder,
    *,
    must_write: bool = True,
    on_printing: Callable[[int], None] = lambda _: None,
) -> list[PrintedHandout]:
    """Print the handouts that are not in the cache in their present state, and return all of them, in order.

    Args:
        jobs: The handouts.
        folder: The cache.
        must_write: Whether the PDFs are needed; otherwise an unwritable cache is ignored, and of bound handouts only
            the front is printed: the handouts of their tutorials are printed by themselves.
        on_printing: Called with the number of handouts to print, if there are any.

    Raises:
        MachineError: Printing was ended from outside, or the cache leads through a link.
        OSError: The cache can't be written.
    """
    index = _read_index(folder)
    cache_keys: dict[int, CacheKeys] = {}
    for branding, _ in jobs:
        cache_keys.setdefault(id(branding), CacheKeys(branding))
    keys = [cache_keys[id(branding)].key(handout) for branding, handout in jobs]
    entries = [index.get(_name(handout)) for _, handout in jobs]
    sizes = {language: folder.sizes(language) for language in {handout.language for _, handout in jobs}}
    missing = [
        number
        for number, entry in enumerate(entries)
        if not entry
        or entry.get("key") != keys[number]
        or not _is_there(jobs[number][1], entry, sizes, must_write=must_write)
    ]
    if missing:
        on_printing(len(missing))
    fresh = dict(zip(missing, _print([jobs[number] for number in missing], folder, must_write=must_write), strict=True))
    result: list[PrintedHandout] = []
    for number, (_, handout) in enumerate(jobs):
        if number in fresh:
            printed = fresh[number]
            index[_name(handout)] = {
                "key": "" if printed.too_costly else keys[number], "pages": printed.pages, "size": printed.size,
                "digest": printed.digest, "overflow": printed.overflow, "typst_error": printed.typst_error,
                "characters": printed.characters, "images": printed.images, "is_front": printed.is_front,
            }  # fmt: skip
        else:
            printed = _from_entry(handout, folder, entries[number] or {})
        result.append(printed)
    if missing:
        with _write_errors(must_write=must_write):
            _write_index(folder, index)
    return result


def _write_errors(*, must_write: bool) -> suppress:
    """Suppress write errors if the PDFs are not needed."""
    return suppress(*(() if must_write else (OSError,)))


def sweep_cache(folder: SafeFolder, used: Iterable[Handout]) -> None:
    """Remove handouts that are not among those used."""
    names = {_name(handout) for handout in used}
    index = _read_index(folder)
    gone = [name for name in index if name not in names]
    for name in gone:
        del index[name]
        with suppress(MachineError):  # A path of no file of ours
            folder.remove(name if name.endswith(WORD) else f"{name}.pdf")
    if gone:
        _write_index(folder, index)


def _name(handout: Handout) -> str:
    return f"{handout.language}/{handout.name}"


def _file(handout: Handout) -> str:
    return f"{handout.language}/{handout.file}"


def _is_there(
    handout: Handout, entry: Mapping[str, object], sizes: Mapping[str, Mapping[str, int]], *, must_write: bool
) -> bool:
    """Return whether a handout is up to date.

    Args:
        handout: The handout.
        entry: What the index says of it.
        sizes: Sizes of the present files, by language and name.
        must_write: Whether its file is needed.
    """
    if entry.get("typst_error"):
        return True
    if entry.get("is_front"):
        return not must_write
    return sizes[handout.language].get(handout.file) == entry.get("size")


def _from_entry(handout: Handout, folder: SafeFolder, entry: Mapping[str, object]) -> PrintedHandout:
    overflow = entry.get("overflow")
    return PrintedHandout(
        handout=handout,
        cache=folder,
        pages=int(str(entry.get("pages", 0))),
        size=int(str(entry.get("size", 0))),
        digest=str(entry.get("digest", "")),
        overflow={str(page): float(much) for page, much in overflow.items()} if isinstance(overflow, dict) else None,
        characters=_texts(entry.get("characters")),
        images=_texts(entry.get("images")),
        typst_error=str(entry.get("typst_error", "")),
        is_front=bool(entry.get("is_front")),
        from_cache=True,
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else ()


def _print(jobs: Sequence[PrintJob], folder: SafeFolder, *, must_write: bool) -> list[PrintedHandout]:
    """Print handouts, on all cores if there are many pages, the longest book first.

    A book is not tried if one of its handouts exceeds the limits; if nothing is to be written, none is printed whole.
    """
    factories: dict[int, HandoutDataFactory] = {}
    pages = sum(handout.pages or 2 * len(handout.tutorials) for _, handout in jobs)
    workers = (os.cpu_count() or 1) if pages >= PARALLEL_FROM else 1
    result: dict[int, PrintedHandout] = {}
    costly: set[tuple[str, str]] = set()
    for are_books in (False, True):
        numbers = []
        for number, (_, handout) in enumerate(jobs):
            if handout.kind == "word" or (handout.pages is None) is not are_books:
                continue
            if are_books and any((handout.language, tutorial.slug) in costly for tutorial in handout.tutorials):
                result[number] = PrintedHandout(handout=handout, cache=folder, too_costly=True)
            else:
                numbers.append(number)
        numbers.sort(key=lambda number: -len(jobs[number][1].tutorials))
        fronts = [not must_write and jobs[number][1].traits.is_bound for number in numbers]
        todo = [_job(*jobs[number], factories, is_front=front) for number, front in zip(numbers, fronts, strict=True)]
        for number, front, typeset in zip(numbers, fronts, typeset_all(todo, workers), strict=True):
            with _write_errors(must_write=must_write):
                _keep(jobs[number][1], folder, typeset, is_front=front)
            result[number] = printed = _printed(jobs[number][1], folder, typeset, is_front=front)
            if printed.too_costly:
                costly |= {(printed.handout.language, tutorial.slug) for tutorial in printed.handout.tutorials}
    for number, (branding, handout) in enumerate(jobs):
        if handout.kind == "word":
            data = word_document(branding, handout.kit[0])
            with _write_errors(must_write=must_write):
                folder.write(_file(handout), data)
            result[number] = PrintedHandout(handout=handout, cache=folder, size=len(data), digest=file_digest(data))
    return [result[number] for number in range(len(jobs))]


def _job(
    branding: HandoutBranding, handout: Handout, factories: dict[int, HandoutDataFactory], *, is_front: bool
) -> TypesetJob:
    def data() -> object:
        whole = factories.setdefault(id(branding), HandoutDataFactory(branding)).build(handout)
        return {**whole, "tutorials": []} if is_front else whole

    most_pages = handout.pages or BOOK_PAGES * (1 + len(handout.tutorials))
    return TypesetJob(
        data=data,
        pages=handout.pages,
        most_pages=most_pages,
        language=branding.language,
        bound_pages=0 if is_front else handout.bound_pages,
        print_as=branding.print_as,
    )


def _keep(handout: Handout, folder: SafeFolder, typeset: Typeset, *, is_front: bool) -> None:
    if isinstance(typeset, UnprintableError):
        folder.remove(_file(handout))
    elif not is_front:
        folder.write(_file(handout), typeset.data)


def _printed(handout: Handout, folder: SafeFolder, typeset: Typeset, *, is_front: bool) -> PrintedHandout:
    if isinstance(typeset, UnprintableError):
        return PrintedHandout(
            handout=handout, cache=folder, typst_error=typeset.typst_error, too_costly=typeset.too_costly
        )
    data = b"" if is_front else typeset.data
    return PrintedHandout(
        handout=handout,
        cache=folder,
        pages=page_count(data),
        size=len(data),
        digest=file_digest(data) if data else "",
        overflow=typeset.overflow,
        characters=typeset.characters,
        images=typeset.images,
        is_front=is_front,
    )


def _read_index(folder: SafeFolder) -> dict[str, dict[str, object]]:
    index = folder.read_json(CACHE_INDEX)
    return index if isinstance(index, dict) and all(isinstance(entry, dict) for entry in index.values()) else {}


def _write_index(folder: SafeFolder, index: Mapping[str, object]) -> None:
    folder.write(CACHE_INDEX, json.dumps(index, ensure_ascii=False).encode())
