"""The small library in memory: changed as a case says, loaded and checked, without writing files."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from case import changes
from day import TODAY
from stufenweise.check import check
from stufenweise.core.result_cache import ResultCache
from stufenweise.load.load_result import LoadResult
from stufenweise.load.loader import load_content
from stufenweise.model.paths import ContentPath, ShownPath
from stufenweise.model.problem import Problem
from stufenweise.source.files.content_files import CONTENT, ContentFiles, read_content_files, with_changes
from texts import SMALL_LIBRARY

LANGUAGES = ("de", "en")


CACHE = ResultCache()
"""Texts that no case changes are checked once."""


@cache
def library() -> Mapping[ContentPath, bytes]:
    """Return the files of the small library."""
    files = read_content_files(SMALL_LIBRARY)
    assert not files.problems
    return files.data


def changed_library(case: Mapping[str, Any]) -> ContentFiles:
    """Return the files of the small library, changed as the case says."""
    return with_changes(ContentFiles(dict(library())), changes(case, library()), CONTENT)


def load(files: ContentFiles | Mapping[ContentPath, bytes]) -> LoadResult:
    """Load these files and return the result."""
    return load_content(files if isinstance(files, ContentFiles) else ContentFiles(dict(files)), LANGUAGES)


def check_files(
    files: ContentFiles | Mapping[ContentPath, bytes],
    today: datetime.date = TODAY,
    only: Collection[ShownPath] | None = None,
    *,
    follow_ups: bool = False,
) -> list[Problem]:
    """Return all problems of these files; see `check`."""
    return check(load(files), today, only, follow_ups=follow_ups, cache=CACHE)
