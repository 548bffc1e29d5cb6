"""What a finished site no longer has: what nobody who reads it needs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from stufenweise.publish.postprocess import drop_stemmers

FILES = (
    "min/lunr.stemmer.support.min.js",
    "min/lunr.multi.min.js",
    "min/lunr.de.min.js",
    "min/lunr.ja.min.js",
    "min/lunr.th.min.js",
    "tinyseg.js",
    "wordcut.js",
)


def site(folder: Path, languages: list[str] | None) -> Path:
    """Write what a theme brings along, and an index for these languages."""
    for name in FILES:
        file = folder / "assets" / "javascripts" / "lunr" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    if languages is not None:
        (folder / "search").mkdir()
        index = {"config": {"lang": languages}, "docs": []}
        (folder / "search" / "search_index.json").write_text(json.dumps(index), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("languages", "kept"),
    [
        (["de"], FILES[:3]),
        (["en"], FILES[:2]),
        (["de", "ja"], (*FILES[:4], "tinyseg.js")),
        (["th"], (*FILES[:2], FILES[4], "wordcut.js")),
        (None, FILES),
    ],
)
def test_the_search_keeps_the_stemmers_of_its_languages(
    tmp_path: Path, languages: list[str] | None, kept: tuple[str, ...]
) -> None:
    drop_stemmers(site(tmp_path, languages))
    lunr = tmp_path / "assets" / "javascripts" / "lunr"
    assert {path.relative_to(lunr).as_posix() for path in lunr.rglob("*.js")} == set(kept)
