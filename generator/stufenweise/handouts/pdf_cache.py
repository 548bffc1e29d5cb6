"""A folder of printed handouts: what has not changed is not printed again.

In the folder lie a folder for each language and `index.json`, which holds for each handout the digest of all that went
into it, its pages and size, or why it could not be printed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from stufenweise.handouts.cache_keys import CacheKeys
from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.handouts.handout_data import HandoutDataBuilder
from stufenweise.handouts.handout_list import Handout
from stufenweise.handouts.typeset import UnprintableError, page_count, typeset

PARALLEL_FROM = 100
"""Number of handouts from which on a process for each core saves more time than its start costs."""
CACHE_INDEX = "index.json"

PrintJob = tuple[HandoutBranding, Handout]


@dataclass(frozen=True, slots=True)
class PrintedHandout:
    """A handout in the cache, or why it could not be printed."""

    handout: Handout
    file: Path
    pages: int = 0
    size: int = 0
    """Bytes."""
    overflow: Mapping[str, float] | None = None
    """Page of the handout -> millimetres too many; None if it fits."""
    typst_error: str = ""
    """Typst's message about a text or an image that it can't print."""
    from_cache: bool = False
    """Whether it was printed before."""

    @property
    def ok(self) -> bool:
        """Whether there is a PDF."""
        return self.overflow is None and not self.typst_error


def fill_cache(jobs: Sequence[PrintJob], folder: Path) -> list[PrintedHandout]:
    """Print the handouts that the cache does not hold in their present state, and return all of them, in order.

    Raises:
        OSError: The cache can't be written.
    """
    index = _read_index(folder)
    cache_keys: dict[int, CacheKeys] = {}
    for branding, _ in jobs:
        cache_keys.setdefault(id(branding), CacheKeys(branding))
    keys = [cache_keys[id(branding)].key(handout) for branding, handout in jobs]
    entries = [index.get(_name(handout)) for _, handout in jobs]
    missing = [
        number
        for number, entry in enumerate(entries)
        if not entry or entry.get("key") != keys[number] or not _is_there(folder, jobs[number][1], entry)
    ]
    fresh = dict(zip(missing, _print([jobs[number] for number in missing], folder), strict=True))
    result: list[PrintedHandout] = []
    for number, (_, handout) in enumerate(jobs):
        if number in fresh:
            printed = fresh[number]
            index[_name(handout)] = {
                "key": keys[number], "pages": printed.pages, "size": printed.size, "overflow": printed.overflow,
                "typst_error": printed.typst_error,
            }  # fmt: skip
        else:
            printed = _from_entry(handout, folder, entries[number] or {})
        result.append(printed)
    if missing:
        _write_index(folder, index)
    return result


def sweep_cache(folder: Path, kept: Iterable[Handout]) -> None:
    """Remove handouts that are not among those kept."""
    names = {_name(handout) for handout in kept}
    index = _read_index(folder)
    gone = [name for name in index if name not in names]
    for name in gone:
        del index[name]
        (folder / f"{name}.pdf").unlink(missing_ok=True)
    if gone:
        _write_index(folder, index)


def _name(handout: Handout) -> str:
    return f"{handout.language}/{handout.name}"


def _file(folder: Path, handout: Handout) -> Path:
    return folder / f"{_name(handout)}.pdf"


def _is_there(folder: Path, handout: Handout, entry: Mapping[str, object]) -> bool:
    if entry.get("overflow") is not None or entry.get("typst_error"):
        return True
    try:
        return _file(folder, handout).stat().st_size == entry.get("size")
    except OSError:
        return False


def _from_entry(handout: Handout, folder: Path, entry: Mapping[str, object]) -> PrintedHandout:
    overflow = entry.get("overflow")
    return PrintedHandout(
        handout,
        _file(folder, handout),
        int(str(entry.get("pages", 0))),
        int(str(entry.get("size", 0))),
        {str(page): float(much) for page, much in overflow.items()} if isinstance(overflow, dict) else None,
        str(entry.get("typst_error", "")),
        from_cache=True,
    )


def _print(jobs: Sequence[PrintJob], folder: Path) -> list[PrintedHandout]:
    """Print handouts, on all cores if there are many."""
    cores = os.cpu_count() or 1
    if len(jobs) < PARALLEL_FROM or cores < 2:
        return _print_in_process(jobs, folder)
    size = -(-len(jobs) // cores)
    parts = [jobs[start : start + size] for start in range(0, len(jobs), size)]
    with ProcessPoolExecutor(len(parts), mp_context=get_context("spawn")) as pool:
        return [one for printed in pool.map(_print_in_process, parts, [folder] * len(parts)) for one in printed]


def _print_in_process(jobs: Sequence[PrintJob], folder: Path) -> list[PrintedHandout]:
    builders: dict[int, HandoutDataBuilder] = {}
    result: list[PrintedHandout] = []
    for branding, handout in jobs:
        builder = builders.setdefault(id(branding), HandoutDataBuilder(branding))
        file = _file(folder, handout)
        try:
            pdf = typeset(builder.build(handout), handout.pages)
        except UnprintableError as error:
            file.unlink(missing_ok=True)
            result.append(PrintedHandout(handout, file, overflow=error.overflow, typst_error=error.typst_error))
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pdf)
        result.append(PrintedHandout(handout, file, page_count(pdf), len(pdf)))
    return result


def _read_index(folder: Path) -> dict[str, dict[str, object]]:
    try:
        found = json.loads((folder / CACHE_INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_index(folder: Path, index: Mapping[str, object]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f"{CACHE_INDEX}.new"
    new.write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")
    new.replace(folder / CACHE_INDEX)
