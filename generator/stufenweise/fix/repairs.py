"""Run all repairs of a content folder, one after the other, each on what the one before it left."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from stufenweise.fix.complete_sections import complete_sections
from stufenweise.fix.key_order import order_keys
from stufenweise.fix.mark_reviewed import mark_reviewed
from stufenweise.fix.step_minutes import complete_minutes
from stufenweise.fix.typographic_quotes import typographic_quotes
from stufenweise.fix.update_digests import current_translations, update_digests
from stufenweise.load.load_result import LoadResult, TextFile
from stufenweise.model.problem import Place
from stufenweise.source.text_edits import UnfixableError, change_text

RepairKind = Literal["keys", "sections", "minutes", "quotes", "reviewed", "still-current"]
LoadFiles = Callable[[Mapping[str, bytes]], LoadResult]
"""Returns what stands in files."""


@dataclass(frozen=True, slots=True)
class RepairResult:
    """Files after their repair."""

    data: Mapping[str, bytes]
    """The files that changed, by their path below the content folder."""
    notes: tuple[tuple[Place, RepairKind], ...]
    """What was fixed, and where."""


def repair_content(
    data: Mapping[str, bytes], read: LoadFiles, only: Collection[str] | None, seen: Collection[str]
) -> RepairResult:
    """Return the files in which everything with one right answer is fixed.

    Args:
        data: The files of a content folder.
        read: Reads files.
        only: Paths of the files to fix, as problems name them; all if left out.
        seen: Paths of translations that were compared with their sources, as problems name them.
    """
    now = dict(data)
    notes: list[tuple[Place, RepairKind]] = []
    before = loaded = read(data)
    for what in ("keys", "sections", "minutes", "quotes"):
        before_count = len(notes)
        for file in loaded.texts.values():
            if _is_own(loaded, file) and (only is None or file.file in only):
                notes += _fixed(now, file, what, _repair(what, loaded, file))
        if len(notes) > before_count:
            loaded = read(now)
    # What a repair of a source's form left behind is still a translation of it.
    behind = update_digests(now, current_translations(before, loaded, {}))
    for path, content in behind.items():
        notes += _noted(path, loaded.content_path, now[path], content, "still-current")
        now[path] = content
    if seen:
        loaded = read(now) if behind else loaded
        for (kind, slug, _), file in loaded.texts.items():
            source = loaded.texts.get((kind, slug, loaded.source))
            if file.file in seen and source and not file.is_source and _is_own(loaded, file):
                notes += _fixed(now, file, "reviewed", _review(file, source))
    return RepairResult({path: content for path, content in now.items() if content != data[path]}, tuple(notes))


def _is_own(loaded: LoadResult, file: TextFile) -> bool:
    """Return whether a text is a file of the content folder as it stands there, and nothing of the package's."""
    return loaded.source_map is None or loaded.source_map.edit_path(file.text.path) == file.text.path


def _repair(what: RepairKind, loaded: LoadResult, file: TextFile) -> Callable[[str], str]:
    """Return a repair of one file."""
    if what == "keys":
        return lambda text: order_keys(text, file)
    if what == "sections":
        return lambda text: complete_sections(text, file, loaded)
    if what == "minutes":
        return lambda text: complete_minutes(text, file)
    return lambda text: typographic_quotes(text, file.text.language, file.body_line)


def _review(file: TextFile, source: TextFile) -> Callable[[str], str]:
    return lambda text: mark_reviewed(text, file, source)


def _fixed(
    now: dict[str, bytes], file: TextFile, what: RepairKind, repair: Callable[[str], str]
) -> Iterator[tuple[Place, RepairKind]]:
    """Fix a file in `now`, and yield where; one that is written in an unusual way stays as it is."""
    path, before = file.text.path, now[file.text.path]
    try:
        after = change_text(before, repair)
    except UnfixableError:
        return
    now[path] = after
    content_path = file.file.removesuffix(f"/{path}")
    yield from _noted(path, content_path, before, after, what)


def _noted(
    path: str, content_path: str, before: bytes, after: bytes, what: RepairKind
) -> Iterator[tuple[Place, RepairKind]]:
    """Yield the first line of each stretch that changed."""
    if before == after:
        return
    match = difflib.SequenceMatcher(None, before.split(b"\n"), after.split(b"\n"), autojunk=False)
    for tag, _, _, start, _ in match.get_opcodes():
        if tag != "equal":
            yield Place(f"{content_path}/{path}", start + 1), what
