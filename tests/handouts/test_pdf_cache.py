"""What the cache of handouts knows of each, and when that is used instead of printing again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from day import TODAY
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.handouts.handout import FormHandout
from stufenweise.handouts.pdf_cache import CACHE_INDEX, CacheEntry, PdfCache
from stufenweise.model.facts import FormFacts
from stufenweise.model.library import Form

FILE = b"%PDF-1.7"
FACTS = FormFacts(title="Vereinbarung", summary="Was wir ausmachen.", reviewed=TODAY, review_months=12)
FORM = Form(slug="agreement", facts=FACTS, texts={}, source_language="de")
SHEET = FormHandout(kind="agreement", name="agreement", language="de", title="Vereinbarung", form=FORM)
PRINTED = CacheEntry(key="now", pages=1, size=len(FILE), digest="d")
FRONT = CacheEntry(key="now", is_front=True)


def cache_with(folder: Path, entry: CacheEntry, data: bytes = FILE) -> PdfCache:
    """Return a cache that was filled with an entry, and read again from its folder."""
    cache = PdfCache(SafeFolder(folder))
    cache.keep(SHEET, entry, data)
    cache.save()
    return PdfCache(SafeFolder(folder))


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
    (tmp_path / CACHE_INDEX).write_text(index)
    assert PdfCache(SafeFolder(tmp_path)).find(SHEET, "now") is None


def test_one_damaged_entry_leaves_the_others(tmp_path: Path) -> None:
    cache_with(tmp_path, PRINTED)
    index = json.loads((tmp_path / CACHE_INDEX).read_text())
    (tmp_path / CACHE_INDEX).write_text(
        json.dumps({"de/other.pdf": {**index["de/agreement.pdf"], "pages": "x"}, **index})
    )
    assert PdfCache(SafeFolder(tmp_path)).find(SHEET, "now") == PRINTED


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
    (tmp_path / "de" / "agreement.pdf").unlink()
    assert PdfCache(SafeFolder(tmp_path)).find(SHEET, "now") is None


def test_what_can_no_longer_be_printed_leaves_no_old_file_and_a_front_leaves_it(tmp_path: Path) -> None:
    cache = cache_with(tmp_path, PRINTED)
    cache.keep(SHEET, FRONT, b"")
    assert (tmp_path / "de" / "agreement.pdf").read_bytes() == FILE
    cache.keep(SHEET, CacheEntry(key="now", typst_error="x"), b"")
    assert not (tmp_path / "de" / "agreement.pdf").exists()


def test_a_sweep_removes_all_that_is_not_used(tmp_path: Path) -> None:
    cache = cache_with(tmp_path, PRINTED)
    other = replace(SHEET, name="other")
    cache.keep(other, PRINTED, FILE)
    cache.sweep([other])
    assert [path.name for path in (tmp_path / "de").iterdir()] == ["other.pdf"]
    assert [*PdfCache(SafeFolder(tmp_path)).entries] == ["de/other.pdf"]


def test_a_forged_index_removes_nothing_outside_of_the_cache(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    folder = tmp_path / "cache"
    index = {"../mine.txt": PRINTED.to_data(), "/etc/none": PRINTED.to_data()}
    folder.mkdir()
    (folder / CACHE_INDEX).write_text(json.dumps(index))
    cache = PdfCache(SafeFolder(folder))
    cache.sweep([])
    assert (tmp_path / "mine.txt").exists()
    assert cache.entries == {}
