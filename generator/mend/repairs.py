"""All repairs of a content folder, one after the other, each on what the one before it left."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from generator.load.reading import Reading, TextFile
from generator.mend.follow import followed, following
from generator.mend.keys import ordered_keys
from generator.mend.minutes import completed_minutes
from generator.mend.quotes import typographic
from generator.mend.review import reviewed
from generator.mend.sections import completed_sections
from generator.mend.written import UnmendableError, changed
from generator.model.problem import Place

What = Literal["keys", "sections", "minutes", "quotes", "reviewed", "followed"]
Read = Callable[[Mapping[str, bytes]], Reading]
"""Returns what stands in files."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """Files after their repair."""

    data: Mapping[str, bytes]
    """The files that changed, by their path below the content folder."""
    notes: tuple[tuple[Place, What], ...]
    """What was mended, and where."""


def repaired(data: Mapping[str, bytes], read: Read, only: Collection[str] | None, seen: Collection[str]) -> Repaired:
    """Return what can be mended with one right answer.

    Args:
        data: The files of a content folder.
        read: Reads files.
        only: Paths of the files to mend, as problems name them; all if left out.
        seen: Paths of translations that were compared with their sources, as problems name them.
    """
    now = dict(data)
    notes: list[tuple[Place, What]] = []
    before = reading = read(data)
    for what in ("keys", "sections", "minutes", "quotes"):
        told = len(notes)
        for file in reading.texts.values():
            if _is_own(reading, file) and (only is None or file.file in only):
                notes += _mended(now, file, what, _repair(what, reading, file))
        if len(notes) > told:
            reading = read(now)
    # What a repair of a source's form left behind is still a translation of it.
    behind = followed(now, following(before, reading, {}))
    for path, content in behind.items():
        notes += _noted(path, reading.shown, now[path], content, "followed")
        now[path] = content
    if seen:
        reading = read(now) if behind else reading
        for (kind, slug, _), file in reading.texts.items():
            source = reading.texts.get((kind, slug, reading.source))
            if file.file in seen and source and not file.is_source and _is_own(reading, file):
                notes += _mended(now, file, "reviewed", _review(file, source))
    return Repaired({path: content for path, content in now.items() if content != data[path]}, tuple(notes))


def _is_own(reading: Reading, file: TextFile) -> bool:
    """Return whether a text is a file of the content folder as it stands there, and nothing of the package's."""
    return reading.origins is None or reading.origins.edited(file.text.path) == file.text.path


def _repair(what: What, reading: Reading, file: TextFile) -> Callable[[str], str]:
    """Return a repair of one file."""
    if what == "keys":
        return lambda text: ordered_keys(text, file)
    if what == "sections":
        return lambda text: completed_sections(text, file, reading)
    if what == "minutes":
        return lambda text: completed_minutes(text, file)
    return lambda text: typographic(text, file.text.language, file.body_line)


def _review(file: TextFile, source: TextFile) -> Callable[[str], str]:
    return lambda text: reviewed(text, file, source)


def _mended(
    now: dict[str, bytes], file: TextFile, what: What, repair: Callable[[str], str]
) -> Iterator[tuple[Place, What]]:
    """Mend a file in `now`, and yield where; one that is written in an unusual way stays as it is."""
    path, before = file.text.path, now[file.text.path]
    try:
        after = changed(before, repair)
    except UnmendableError:
        return
    now[path] = after
    shown = file.file.removesuffix(f"/{path}")
    yield from _noted(path, shown, before, after, what)


def _noted(path: str, shown: str, before: bytes, after: bytes, what: What) -> Iterator[tuple[Place, What]]:
    """Yield the first line of each stretch that changed."""
    if before == after:
        return
    match = difflib.SequenceMatcher(None, before.split(b"\n"), after.split(b"\n"), autojunk=False)
    for tag, _, _, start, _ in match.get_opcodes():
        if tag != "equal":
            yield Place(f"{shown}/{path}", start + 1), what
