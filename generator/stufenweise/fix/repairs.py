"""Run all repairs of a content folder, one after the other, each on what the one before it left.

The result of each is checked: a repair after which `check` would say anything that it did not say before is undone.
"""

from __future__ import annotations

import datetime
import difflib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from stufenweise.check import check
from stufenweise.fix.complete_sections import complete_sections
from stufenweise.fix.front_matter_repairs import mark_reviewed, order_keys, write_repaired_lines
from stufenweise.fix.spellings import apply_spellings
from stufenweise.fix.typographic_quotes import typographic_quotes
from stufenweise.fix.update_digests import current_translations, update_digests
from stufenweise.load.load_result import LoadResult, TextFile
from stufenweise.model.problem import Place, Problem
from stufenweise.source.file_names import slug_of
from stufenweise.source.invisible_characters import without_invisible_characters
from stufenweise.source.text_edits import UnfixableError, change_text

RepairKind = Literal[
    "images", "characters", "head", "spelling", "keys", "sections", "quotes", "reviewed", "still-current"
]
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
    loaded = read(data)
    for path, image in loaded.as_written.items():
        place = Place(f"{loaded.content_path}/{path}")
        if path in now and image.left_out and (only is None or place.file in only):
            now[path] = loaded.assets[path]
            notes.append((place, "images"))
    for what in ("characters", "head", "spelling", "keys", "sections", "quotes"):
        loaded = _repaired(now, notes, read, loaded, what, only)
    if seen:
        for (kind, slug, _), file in loaded.texts.items():
            source = loaded.texts.get((kind, slug, loaded.source))
            if file.file in seen and source and not file.is_source and _is_own(loaded, file):
                notes += _fixed(now, file, "reviewed", _review(file, source))
    return RepairResult({path: content for path, content in now.items() if content != data[path]}, tuple(notes))


def _repaired(
    now: dict[str, bytes],
    notes: list[tuple[Place, RepairKind]],
    read: LoadFiles,
    loaded: LoadResult,
    what: RepairKind,
    only: Collection[str] | None,
) -> LoadResult:
    """Repair one thing in the files `now`, note it in `notes`, and return what is read of them then."""
    wanted = [file for file in loaded.texts.values() if _is_own(loaded, file) and (only is None or file.file in only)]
    wrong: list[Problem] = []
    if what == "sections":
        wanted = [file for file in wanted if any(one not in file.text.sections for one in file.kind.required)]
        wrong = _problems(loaded) if wanted else []
    repairs = {file.text.path: _repair(what, loaded, file, wrong) for file in wanted}
    files = {file.text.path: file for file in wanted}
    while True:
        fixed = dict(now)
        found: list[tuple[Place, RepairKind]] = []
        for path, repair in repairs.items():
            found += _fixed(fixed, files[path], what, repair)
        if not found:
            return loaded
        changed = {path for path in repairs if fixed[path] != now[path]}
        after = read(fixed)
        try:
            # What a repair of a source's form left behind is still a translation of it.
            current = update_digests(fixed, current_translations(loaded, after, {}))
        except UnfixableError as error:
            worse = {error.place.file}
        else:
            for path, content in current.items():
                found += _noted(path, loaded.content_path, fixed[path], content, "still-current")
            fixed.update(current)
            after = read(fixed) if current else after
            worse = _worse(wrong or _problems(loaded), _problems(after))
        if not worse:
            now.update(fixed)
            notes += found
            return after
        slugs = {slug_of(path) for path in worse}
        undone = {path for path in changed if slug_of(path) in slugs} or changed
        repairs = {path: repair for path, repair in repairs.items() if path in changed - undone}


def _problems(loaded: LoadResult) -> list[Problem]:
    """Return what is wrong with content, and what follows from it, which a repair may bring to light.

    No repair changes a review: any day will do.
    """
    return check(loaded, datetime.date.max, follow_ups=True)


def _worse(before: list[Problem], after: list[Problem]) -> set[str]:
    """Return the files, as problems name them, of which something is said that was not said before."""
    more = Counter(map(_mistake, after)) - Counter(map(_mistake, before))
    return {file for file, _, _ in more}


def _mistake(one: Problem) -> tuple[str, str, str]:
    """Return the file of a problem and what the mistake is; a missing section whose heading is there now is the same.

    Lines move and marks in quoted words change, so neither counts.
    """
    if one.code in {"missing-section", "empty-section"}:
        return one.place.file, "missing-section", dict(one.values)["id"]
    return one.place.file, one.code, ""


def _is_own(loaded: LoadResult, file: TextFile) -> bool:
    """Return whether a text is a file of the content folder as it stands there, and nothing of the package's."""
    return loaded.source_map is None or loaded.source_map.edit_path(file.text.path) == file.text.path


def _repair(what: RepairKind, loaded: LoadResult, file: TextFile, wrong: list[Problem]) -> Callable[[str], str]:
    """Return a repair of one file, in which the problems `wrong` were found."""
    if what == "keys":
        return lambda text: order_keys(text, file)
    if what == "sections":
        others = [one for one in wrong if one.place.file == file.file and one.place.line >= file.body_line]
        insert = all(one.code in {"missing-section", "empty-section"} for one in others if one.is_error)
        return lambda text: complete_sections(text, file, loaded, insert=insert)
    if what == "characters":
        return without_invisible_characters
    if what == "head":
        return lambda text: write_repaired_lines(text, file)
    if what == "spelling":
        return lambda text: apply_spellings(text, file, loaded)
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
