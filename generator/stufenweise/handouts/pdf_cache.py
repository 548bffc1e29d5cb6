"""Where finished sheets are kept: what has not changed is not made again.

The shelf is a folder with a folder a language, and `shelf.json`, which knows for each sheet the digest of all that went
into it, its pages and size, or how far it was too long.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.handouts.handout_list import CacheKeys, Handout, HandoutDataBuilder
from stufenweise.handouts.typeset import FONTS, UnprintableError, page_count, typeset

PARALLEL_FROM = 100
"""Sheets from which on a process for each core saves more time than it costs."""
INDEX = "shelf.json"


@dataclass(frozen=True, slots=True)
class PrintedHandout:
    """A sheet on the shelf, or why it is not there."""

    sheet: Handout
    file: Path
    pages: int = 0
    size: int = 0
    """Bytes."""
    over: Mapping[str, float] | None = None
    """Page of the sheet -> millimetres too many; None if it fits."""
    fault: str = ""
    """What Typst says of a text or an image that it can't print."""
    kept: bool = False
    """Whether it lay there already."""

    @property
    def ok(self) -> bool:
        """Whether the sheet was made."""
        return self.over is None and not self.fault


Task = tuple[int, Handout]


def fill_cache(wanted: Sequence[tuple[HandoutBranding, Handout]], shelf: Path) -> list[PrintedHandout]:
    """Make the wanted sheets that are not on the shelf in their present state, and return all of them, in order.

    Raises:
        OSError: The shelf can't be written.
    """
    index = _read_index(shelf)
    makers: dict[int, CacheKeys] = {}
    for imprint, _ in wanted:
        makers.setdefault(id(imprint), CacheKeys(imprint, _printer()))
    keys = [makers[id(imprint)].of(sheet) for imprint, sheet in wanted]
    known = [index.get(_name(sheet)) for _, sheet in wanted]
    missing = [
        number
        for number, entry in enumerate(known)
        if not entry or entry.get("key") != keys[number] or not _is_there(shelf, wanted[number][1], entry)
    ]
    made = dict(zip(missing, _print([wanted[number] for number in missing], shelf), strict=True))
    result: list[PrintedHandout] = []
    for number, (_, sheet) in enumerate(wanted):
        if number in made:
            one = made[number]
            index[_name(sheet)] = {
                "key": keys[number], "pages": one.pages, "size": one.size, "over": one.over, "fault": one.fault
            }  # fmt: skip
        else:
            one = _from_entry(sheet, shelf, known[number] or {})
        result.append(one)
    if missing:
        _write_index(shelf, index)
    return result


def sweep_cache(shelf: Path, kept: Iterable[Handout]) -> None:
    """Remove sheets that no longer exist; selections stay until the next sweep."""
    names = {_name(sheet) for sheet in kept}
    index = _read_index(shelf)
    gone = [name for name in index if name not in names]
    for name in gone:
        del index[name]
        (shelf / f"{name}.pdf").unlink(missing_ok=True)
    if gone:
        _write_index(shelf, index)


def _name(sheet: Handout) -> str:
    return f"{sheet.language}/{sheet.name}"


def _file(shelf: Path, sheet: Handout) -> Path:
    return shelf / f"{_name(sheet)}.pdf"


def _is_there(shelf: Path, sheet: Handout, entry: Mapping[str, object]) -> bool:
    if entry.get("over") is not None or entry.get("fault"):
        return True
    try:
        return _file(shelf, sheet).stat().st_size == entry.get("size")
    except OSError:
        return False


def _from_entry(sheet: Handout, shelf: Path, entry: Mapping[str, object]) -> PrintedHandout:
    over = entry.get("over")
    return PrintedHandout(
        sheet,
        _file(shelf, sheet),
        int(str(entry.get("pages", 0))),
        int(str(entry.get("size", 0))),
        {str(name): float(much) for name, much in over.items()} if isinstance(over, dict) else None,
        str(entry.get("fault", "")),
        kept=True,
    )


def _print(wanted: Sequence[tuple[HandoutBranding, Handout]], shelf: Path) -> list[PrintedHandout]:
    """Make sheets, on all cores if there are many."""
    cores = os.cpu_count() or 1
    if len(wanted) < PARALLEL_FROM or cores < 2:
        return _print_here(wanted, shelf)
    size = -(-len(wanted) // cores)
    parts = [wanted[start : start + size] for start in range(0, len(wanted), size)]
    with ProcessPoolExecutor(len(parts), mp_context=get_context("spawn")) as pool:
        return [one for made in pool.map(_print_here, parts, [shelf] * len(parts)) for one in made]


def _print_here(wanted: Sequence[tuple[HandoutBranding, Handout]], shelf: Path) -> list[PrintedHandout]:
    desks: dict[int, HandoutDataBuilder] = {}
    result: list[PrintedHandout] = []
    for imprint, sheet in wanted:
        desk = desks.setdefault(id(imprint), HandoutDataBuilder(imprint))
        file = _file(shelf, sheet)
        try:
            pdf = typeset(desk.fill(sheet), sheet.pages)
        except UnprintableError as error:
            file.unlink(missing_ok=True)
            result.append(PrintedHandout(sheet, file, over=error.over, fault=error.fault))
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pdf)
        result.append(PrintedHandout(sheet, file, page_count(pdf), len(pdf)))
    return result


@lru_cache(maxsize=1)
def _printer() -> str:
    """Return a digest of what makes sheets: templates, fonts, this package, and the programs behind it."""
    result = hashlib.sha256()
    for name in ("typst", "segno", "markdown", "pymdown-extensions", "babel"):
        result.update(f"{name} {version(name)}\0".encode())
    here = FONTS.parent
    for path in sorted((*here.rglob("*.*"), here.parent / "assemble" / "charts.py")):
        if path.is_file() and path.suffix != ".pyc":
            result.update(path.name.encode())
            result.update(path.read_bytes())
    return result.hexdigest()


def _read_index(shelf: Path) -> dict[str, dict[str, object]]:
    try:
        found = json.loads((shelf / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_index(shelf: Path, index: Mapping[str, object]) -> None:
    shelf.mkdir(parents=True, exist_ok=True)
    aside = shelf / f"{INDEX}.new"
    aside.write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")
    aside.replace(shelf / INDEX)
