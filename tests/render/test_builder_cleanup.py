"""Files that no reader needs are removed from a finished site."""

from __future__ import annotations

from pathlib import Path

from stufenweise.core.safe_folders import SafeFolder
from stufenweise.render.builder_cleanup import remove_builder_files

GONE = (
    "assets/javascripts/lunr/min/lunr.de.min.js",
    "assets/javascripts/lunr/tinyseg.js",
    "assets/javascripts/workers/search.0123abcd.min.js",
    "search/search_index.json",
    "search.json",
    "sitemap.xml.gz",
    "assets/a.js.map",
)
KEPT = ("assets/javascripts/bundle.0123abcd.min.js", "assets/search/de.js", "search/index.html", "road.map")


def test_the_search_of_builders_goes_and_ours_stays(tmp_path: Path) -> None:
    for name in (*GONE, *KEPT):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    remove_builder_files(SafeFolder(tmp_path))
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == set(KEPT)
    assert not (tmp_path / "assets/javascripts/lunr").exists()
