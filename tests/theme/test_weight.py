"""Size limits for our scripts, as published and as a server compresses them."""

from __future__ import annotations

import gzip
from dataclasses import dataclass

import pytest
from conftest import ROOT
from stufenweise.render.asset_bundles import bundle_parts, minified

FOLDER = ROOT / "overrides" / "assets" / "javascripts"
OTHERS = {"stemmer-de", "stemmer-en", "lean-qr"}
"""Scripts that others wrote."""
MOST_IN_ALL = 40_000
"""Bytes that all of our own may have together, each counted once, without those that only courses load."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The largest size of bundles together, in bytes, as published and compressed."""

    bundles: frozenset[str]
    most: int

    @property
    def used(self) -> int:
        """The actual size of its bundles."""
        return sum(map(weight, self.bundles))


LOADED_LATER = {
    "courses": Budget(frozenset({"course", "scorm", "cmi5"}), 4_400),
    "search in German": Budget(frozenset({"search", "search-de"}), 9_000),
    "search in English": Budget(frozenset({"search", "search-en"}), 9_000),
    "session": Budget(frozenset({"session"}), 15_000),
    "recommendation": Budget(frozenset({"recommendation"}), 5_000),
    "planner": Budget(frozenset({"planner-all"}), 5_000),
    "our programme": Budget(frozenset({"our-programme-all"}), 12_000),
    "code of others": Budget(frozenset({"qr"}), 4_000),
}
"""Bundles that a page loads when something is asked of it, or that only the pages of a course load."""
MOST_OF_A_PAGE = 16_300
"""Bytes that what a page loads at once may have."""


def weight(bundle: str) -> int:
    """Return the size of a bundle of scripts as it is published and compressed."""
    sources = [(FOLDER / f"{part}.js").read_text(encoding="utf-8") for part in bundle_parts()["scripts"][bundle]]
    return len(gzip.compress(minified("scripts", sources).encode(), mtime=0))


def test_every_script_is_loaded_by_some_page() -> None:
    parts = {part for parts in bundle_parts()["scripts"].values() for part in parts}
    assert parts == {path.stem for path in FOLDER.glob("*.js")}


def test_the_scripts_of_every_page_are_small() -> None:
    later = frozenset().union(*(budget.bundles for budget in LOADED_LATER.values()))
    for kind in bundle_parts()["scripts"].keys() - later:
        page = Budget(frozenset({"every", kind}), MOST_OF_A_PAGE)
        assert page.used <= page.most, kind


@pytest.mark.parametrize("name", LOADED_LATER)
def test_what_is_loaded_later_is_small(name: str) -> None:
    assert LOADED_LATER[name].used <= LOADED_LATER[name].most


def test_all_of_our_scripts_together_are_small() -> None:
    apart = {*OTHERS, *(part for kind in LOADED_LATER["courses"].bundles for part in bundle_parts()["scripts"][kind])}
    own = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.js")) if path.stem not in apart]
    assert len(gzip.compress(minified("scripts", own).encode(), mtime=0)) <= MOST_IN_ALL
