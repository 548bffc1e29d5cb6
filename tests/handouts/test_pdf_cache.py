"""What the cache of handouts knows of each, and when that is used instead of printing again."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from day import TODAY
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.handouts.handout import FormHandout
from stufenweise.handouts.pdf_cache import CacheEntry, PdfCache, handout_path, version_path
from stufenweise.model.facts import FormFacts
from stufenweise.model.library import Form

FILE = b"%PDF-1.7"
FACTS = FormFacts(title="Vereinbarung", summary="Was wir ausmachen.", reviewed=TODAY, review_months=12)
FORM = Form(slug="agreement", facts=FACTS, texts={}, source_language="de")
SHEET = FormHandout(kind="agreement", name="agreement", language="de", title="Vereinbarung", form=FORM)
PRINTED = CacheEntry(key="now", pages=1, size=len(FILE), digest="d")
FRONT = CacheEntry(key="now", is_front=True)
INDEX = "index-site.json"
VERSION = version_path(handout_path(SHEET), "now")


def cache_with(folder: Path, entry: CacheEntry, data: bytes = FILE) -> PdfCache:
    """Return a cache that was filled with an entry, and read again from its folder."""
    cache = PdfCache(SafeFolder(folder), "site")
    cache.keep(SHEET, entry, data)
    cache.save()
    return PdfCache(SafeFolder(folder), "site")


@pytest.mark.parametrize(
    "entry",
    [
        PRINTED,
        replace(PRINTED, overflow={"mentor-1": 3.5}, characters=("\u6f22",), images=("a.png",)),
        CacheEntry(key="now", typst_error="no such font"),
        CacheEntry(key="now", too_costly=True),
        FRONT,
    ],
)
def test_an_entry_is_read_as_it_was_written(entry: CacheEntry) -> None:
    assert CacheEntry.from_data(json.loads(json.dumps(entry.to_data()))) == entry


@pytest.mark.parametrize(
    "index", ["", "[]", "{", "[[[", '{"de/agreement.pdf": 5}', '{"de/agreement.pdf": {"key": "now"}}']
)
def test_a_damaged_entry_counts_as_missing(index: str, tmp_path: Path) -> None:
    cache_with(tmp_path, PRINTED)
    (tmp_path / INDEX).write_text(index)
    assert PdfCache(SafeFolder(tmp_path), "site").find(SHEET, "now") is None


def test_one_damaged_entry_leaves_the_others(tmp_path: Path) -> None:
    cache_with(tmp_path, PRINTED)
    index = json.loads((tmp_path / INDEX).read_text())
    (tmp_path / INDEX).write_text(json.dumps({"de/other.pdf": {**index["de/agreement.pdf"], "pages": "x"}, **index}))
    assert PdfCache(SafeFolder(tmp_path), "site").find(SHEET, "now") == PRINTED


@pytest.mark.parametrize(
    ("entry", "is_used", "is_used_to_check"),
    [
        pytest.param(PRINTED, True, True, id="a printed handout"),
        pytest.param(replace(PRINTED, characters=("\u6f22",)), True, True, id="with a replaced character"),
        pytest.param(replace(PRINTED, key="before"), False, False, id="of another state"),
        pytest.param(replace(PRINTED, size=1), False, False, id="with a file of another size"),
        pytest.param(CacheEntry(key="now", typst_error="x"), True, True, id="refused, as it will be again"),
        pytest.param(CacheEntry(key="now", too_costly=True), False, False, id="too costly, perhaps not the next time"),
        pytest.param(FRONT, False, True, id="a front"),
    ],
)
def test_an_entry_is_used_if_printing_again_would_give_the_same(
    entry: CacheEntry, is_used: bool, is_used_to_check: bool, tmp_path: Path
) -> None:
    cache = cache_with(tmp_path, entry)
    assert (cache.find(SHEET, "now") == entry) is is_used
    assert (cache.find(SHEET, "now", front_is_enough=True) == entry) is is_used_to_check


def test_a_handout_without_its_file_is_printed_again(tmp_path: Path) -> None:
    cache_with(tmp_path, PRINTED)
    (tmp_path / VERSION).unlink()
    assert PdfCache(SafeFolder(tmp_path), "site").find(SHEET, "now") is None


def test_what_nobody_uses_is_removed(tmp_path: Path) -> None:
    cache = cache_with(tmp_path, PRINTED)
    other = replace(SHEET, name="other")
    cache.keep(other, PRINTED, FILE)
    cache.keep(other, replace(PRINTED, key="later"), FILE)
    cache.forget_others([other])
    (tmp_path / "de" / "stray.pdf").write_bytes(FILE)
    cache.remove_unused()
    assert [path.name for path in (tmp_path / "de").iterdir()] == ["other.later.pdf"]
    assert [*PdfCache(SafeFolder(tmp_path), "site").entries] == ["de/other.later.pdf"]


def test_versions_stand_side_by_side_as_long_as_anybody_uses_them(tmp_path: Path) -> None:
    site = cache_with(tmp_path, PRINTED)
    draft = replace(PRINTED, key="with a draft")
    check = PdfCache(SafeFolder(tmp_path), "included", is_optional=True)
    check.keep(SHEET, draft, FILE)
    check.forget_others([SHEET])
    site.forget_others([SHEET])
    site.remove_unused()
    for user in ("site", "included"):
        both = PdfCache(SafeFolder(tmp_path), user)
        assert both.find(SHEET, "now") == PRINTED
        assert both.find(SHEET, "with a draft") == draft
    check = PdfCache(SafeFolder(tmp_path), "included", is_optional=True)
    assert check.find(SHEET, "now")
    check.save()
    site.remove_unused()
    assert PdfCache(SafeFolder(tmp_path), "site").find(SHEET, "with a draft") is None


def test_a_front_never_takes_the_place_of_the_whole_handout(tmp_path: Path) -> None:
    cache_with(tmp_path, PRINTED)
    check = PdfCache(SafeFolder(tmp_path), "included")
    check.keep(SHEET, FRONT, b"")
    check.save()
    for user in ("site", "included"):
        assert PdfCache(SafeFolder(tmp_path), user).find(SHEET, "now") == PRINTED


def test_a_check_during_a_build_takes_nothing_from_it(tmp_path: Path) -> None:
    """A check works without the lock, as often as it likes, while builds print, use and remove."""
    sheets = [replace(SHEET, name=f"sheet-{number}") for number in range(4)]
    ended = threading.Event()

    def check_again_and_again() -> None:
        while not ended.is_set():
            cache = PdfCache(SafeFolder(tmp_path), "included", is_optional=True)
            for number, sheet in enumerate(sheets):
                if not cache.find(sheet, f"draft {number}", front_is_enough=True):
                    cache.keep(sheet, replace(PRINTED, key=f"draft {number}"), FILE)
            cache.forget_others(sheets)

    def build(key: str) -> None:
        cache = PdfCache(SafeFolder(tmp_path), "left-out")
        for sheet in sheets:
            if not cache.find(sheet, key):
                cache.keep(sheet, replace(PRINTED, key=key), FILE)
        cache.forget_others(sheets)
        cache.remove_unused()
        assert all((tmp_path / version_path(handout_path(sheet), key)).read_bytes() == FILE for sheet in sheets)

    with ThreadPoolExecutor(2) as pool:
        checks = [pool.submit(check_again_and_again) for _ in range(2)]
        try:
            for number in range(30):
                build(f"text {number % 3}")
        finally:
            ended.set()
        assert [check.result() for check in checks] == [None, None]


@pytest.mark.posix
def test_a_check_needs_no_cache_that_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("no folder")
    cache = PdfCache(SafeFolder(tmp_path / "cache"), "included", is_optional=True)
    cache.keep(SHEET, PRINTED, FILE)
    cache.forget_others([SHEET])
    assert cache.entries[VERSION] == PRINTED


def test_a_forged_index_removes_nothing_outside_of_the_cache(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    folder = tmp_path / "cache"
    index = {path: PRINTED.to_data() for path in ("../mine.txt", "/etc/none", "", "..", "de/")}
    folder.mkdir()
    (folder / INDEX).write_text(json.dumps(index))
    cache = PdfCache(SafeFolder(folder), "site")
    cache.forget_others([])
    cache.remove_unused()
    assert (tmp_path / "mine.txt").exists()
    assert not PdfCache(SafeFolder(folder), "site").entries
