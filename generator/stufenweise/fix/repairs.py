"""Run all repairs of a content folder, one kind after the other.

Each result is checked: a repair after which `check` reports a new problem is undone.
"""

from __future__ import annotations

import datetime
import difflib
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from stufenweise.check import check
from stufenweise.core.result_cache import ResultCache
from stufenweise.fix.complete_sections import complete_sections
from stufenweise.fix.front_matter_repairs import mark_reviewed, order_keys, write_repaired_lines
from stufenweise.fix.misreadings import correct_misreadings
from stufenweise.fix.typographic_quotes import typographic_quotes
from stufenweise.fix.update_digests import current_translations, update_digests
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextFile
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.model.problem import Place, Problem
from stufenweise.source.files.file_names import slug_of
from stufenweise.source.files.invisible_characters import without_invisible_characters
from stufenweise.source.yaml.text_edits import UnfixableError, change_text

RepairKind = Literal[
    "images", "characters", "head", "misreading", "keys", "sections", "quotes", "reviewed", "still-current"
]
RepairNote = tuple[Place, RepairKind]
"""Place and kind of a repair."""
LoadFiles = Callable[[Mapping[ContentPath, bytes]], LoadResult]
"""Loads the files of a content folder."""
TEXT_REPAIRS: tuple[RepairKind, ...] = ("characters", "head", "misreading", "keys", "sections", "quotes")
"""Repairs of texts in order; each sees the result of those before it."""


@dataclass(frozen=True, slots=True)
class RepairResult:
    """Repaired files."""

    data: Mapping[ContentPath, bytes]
    """The changed files, by path below the content folder."""
    notes: tuple[RepairNote, ...]
    """Places and kinds of all repairs."""


def repair_content(
    data: Mapping[ContentPath, bytes],
    read: LoadFiles,
    only: Collection[ShownPath] | None,
    reviewed: Collection[ShownPath],
) -> RepairResult:
    """Return the files after all repairs with one right answer.

    Args:
        data: The files of a content folder.
        read: Loads the files.
        only: Paths of the files to fix, as problems name them; all if left out.
        reviewed: Paths of translations that people compared with their sources, as problems name them.

    Raises:
        UnfixableError: The digest of one of these is written in an unusual way.
    """
    run = _RepairRun(read=read, only=only, files=dict(data), loaded=read(data), notes=[])
    run.clean_images()
    for kind in TEXT_REPAIRS:
        run.repair_texts(kind)
    run.mark_reviewed(reviewed)
    changed = {path: content for path, content in run.files.items() if content != data[path]}
    return RepairResult(changed, tuple(run.notes))


@dataclass(slots=True, kw_only=True)
class _RepairRun:
    """A repair run: the current state of the files, and the notes of what was repaired."""

    read: LoadFiles
    only: Collection[ShownPath] | None
    files: dict[ContentPath, bytes]
    loaded: LoadResult
    """The loaded `files`."""
    notes: list[RepairNote]
    _problems: list[Problem] | None = None
    """The problems of `loaded`; None until something asks for them."""
    _cache: ResultCache = field(default_factory=ResultCache)
    """Problems of texts that no repair changed."""

    def clean_images(self) -> None:
        """Remove hidden metadata from images."""
        for path, image in self.loaded.media.as_written.items():
            place = Place(shown_path(self.loaded.shown_content, path))
            if path in self.files and image.left_out and self._is_meant(place.file):
                self.files[path] = self.loaded.media.images[path]
                self.notes.append((place, "images"))

    def repair_texts(self, kind: RepairKind) -> None:
        """Apply one kind of repair to all texts, except those that would get a new problem."""
        texts = [
            file
            for file in self.loaded.texts.values()
            if _is_own(self.loaded, file) and self._is_meant(file.shown_path)
        ]
        problems: list[Problem] = []
        if kind == "sections":
            texts = [file for file in texts if any(section not in file.text.sections for section in file.kind.required)]
            problems = self.current_problems() if texts else []
        repairs = {file.path: _repair(kind, self.loaded, file, problems) for file in texts}
        by_path = {file.path: file for file in texts}
        while True:
            files = dict(self.files)
            notes = [note for path, repair in repairs.items() for note in _apply(files, by_path[path], kind, repair)]
            if not notes:
                return
            changed = {path for path in repairs if files[path] != self.files[path]}
            after = self.read(files)
            try:
                still_current = _keep_translations_current(files, self.loaded, after)
            except UnfixableError as error:
                worse = {error.place.file}
            else:
                after = self.read(files) if still_current else after
                problems_after = self.problems_of(after)
                worse = _worse(self.current_problems(), problems_after)
                notes += still_current
            if not worse:
                self.files, self.loaded, self._problems = files, after, problems_after
                self.notes += notes
                return
            slugs = {slug_of(path) for path in worse}
            undone = {path for path in changed if slug_of(path) in slugs} or changed
            repairs = {path: repair for path, repair in repairs.items() if path in changed - undone}

    def mark_reviewed(self, reviewed: Collection[ShownPath]) -> None:
        """Set the digests of the named translations to those of their sources.

        Raises:
            UnfixableError: A digest is written in an unusual way.
        """
        for file in self.loaded.texts.values():
            source = self.loaded.source_of(file)
            if file.shown_path in reviewed and source and not file.is_source and _is_own(self.loaded, file):
                before = self.files[file.path]
                self.files[file.path] = change_text(before, partial(mark_reviewed, file=file, source=source))
                self.notes += _changed_places(file.shown_path, before, self.files[file.path], "reviewed")

    def current_problems(self) -> list[Problem]:
        """Return the problems of the loaded files."""
        if self._problems is None:
            self._problems = self.problems_of(self.loaded)
        return self._problems

    def problems_of(self, loaded: LoadResult) -> list[Problem]:
        """Return the problems of content, follow-ups included: a repair may bring them to light.

        No repair changes a review, so the day does not matter.
        """
        return check(loaded, datetime.date.max, follow_ups=True, cache=self._cache)

    def _is_meant(self, file: ShownPath) -> bool:
        return self.only is None or file in self.only


def _keep_translations_current(
    files: dict[ContentPath, bytes], before: LoadResult, after: LoadResult
) -> list[RepairNote]:
    """Write new digests into translations whose source changed only in form, and return their places.

    Raises:
        UnfixableError: A digest is written in an unusual way.
    """
    notes = []
    updated = update_digests(files, current_translations(before, after, {}))
    for path, content in updated.items():
        notes += _changed_places(shown_path(before.shown_content, path), files[path], content, "still-current")
    files.update(updated)
    return notes


def _worse(before: list[Problem], after: list[Problem]) -> set[ShownPath]:
    """Return the files with a new problem, as problems name them."""
    more = Counter(map(_mistake, after)) - Counter(map(_mistake, before))
    return {file for file, _, _ in more}


def _mistake(problem: Problem) -> tuple[ShownPath, str, str]:
    """Return an identifier of a mistake: file, code, and the id of a missing or empty section.

    Repairs change lines and quoted words, so neither is part of it. A missing section may become an empty one.
    """
    if problem.code in {"missing-section", "empty-section"}:
        return problem.place.file, "missing-section", problem.subject.name
    return problem.place.file, problem.code, ""


def _is_own(loaded: LoadResult, file: TextFile) -> bool:
    """Return whether a text is an unmerged file of the content folder itself."""
    return loaded.source_map is None or loaded.source_map.edit_path(file.path) == file.path


def _repair(kind: RepairKind, loaded: LoadResult, file: TextFile, problems: list[Problem]) -> Callable[[str], str]:
    """Return a function that applies one kind of repair to a file; `problems` are those of all files."""
    if kind == "keys":
        return lambda text: order_keys(text, file)
    if kind == "sections":
        body_problems = [
            problem
            for problem in problems
            if problem.place.file == file.shown_path and problem.place.line >= file.body_line
        ]
        insert = all(
            problem.code in {"missing-section", "empty-section"} for problem in body_problems if problem.is_error
        )
        return lambda text: complete_sections(text, file, loaded, insert=insert)
    if kind == "characters":
        return without_invisible_characters
    if kind == "head":
        return lambda text: write_repaired_lines(text, file)
    if kind == "misreading":
        return lambda text: correct_misreadings(text, file, loaded)
    return lambda text: typographic_quotes(text, file.language, file.body_line)


def _apply(
    files: dict[ContentPath, bytes], file: TextFile, kind: RepairKind, repair: Callable[[str], str]
) -> list[RepairNote]:
    """Repair a text in `files` and return the places of changes; unusually written texts stay unchanged."""
    path = file.path
    before = files[path]
    try:
        files[path] = change_text(before, repair)
    except UnfixableError:
        return []
    return _changed_places(file.shown_path, before, files[path], kind)


def _changed_places(file: ShownPath, before: bytes, after: bytes, kind: RepairKind) -> list[RepairNote]:
    """Return the first line of each changed range."""
    if before == after:
        return []
    matcher = difflib.SequenceMatcher(None, before.split(b"\n"), after.split(b"\n"), autojunk=False)
    return [(Place(file, start + 1), kind) for tag, _, _, start, _ in matcher.get_opcodes() if tag != "equal"]
