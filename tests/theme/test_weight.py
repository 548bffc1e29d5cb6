"""What the pages load stays light: our scripts as they are published and as a server compresses them."""

from __future__ import annotations

import gzip

from conftest import ROOT
from stufenweise.render.asset_bundles import bundle_parts, minified

FOLDER = ROOT / "overrides" / "assets" / "javascripts"
IN_PACKAGES = {"scorm", "cmi5"}
"""Bundles that no page on a server loads, but those of a course."""
OF_THE_SEARCH = {"search", "search-de", "search-en"}
"""Bundles that are loaded when someone searches: a stemmer, and ours."""
ON_DEMAND = {"qr"}
"""Bundles of others' code, which a page loads when it is wanted."""
OF_A_SESSION = {"session"}
"""Bundles that a tutorial's page loads when a session is begun."""
AFTERWARDS = {"recommendation", "planner-all", "our-programme-all"}
"""Bundles that a page loads behind its first view, or when something is asked of it."""
OTHERS = {"stemmer-de", "stemmer-en", "lean-qr"}
"""Scripts that others wrote."""
HIGHEST = 16_300
"""Bytes that the scripts of a page may have, compressed."""
HIGHEST_IN_PACKAGES = 3_500
"""Bytes that those of courses may have together."""
HIGHEST_OF_THE_SEARCH = 9_000
"""Bytes that what searches may have in one language, compressed."""
HIGHEST_OF_A_SESSION = 15_000
"""Bytes that what a session needs may have."""
HIGHEST_AFTERWARDS = 12_000
"""Bytes that a page may load so."""
HIGHEST_IN_ALL = 40_000
"""Bytes that all of our own may have together, each counted once; those that only courses load have their own bound."""
HIGHEST_ON_DEMAND = 4_000
"""Bytes of a library that is loaded when it is wanted."""


def weight(bundle: str) -> int:
    """Return the size of a bundle of scripts as it is published and compressed."""
    sources = [(FOLDER / f"{part}.js").read_text(encoding="utf-8") for part in bundle_parts()["scripts"][bundle]]
    return len(gzip.compress(minified("scripts", sources).encode(), mtime=0))


def test_every_script_is_loaded_by_some_page() -> None:
    parts = {part for parts in bundle_parts()["scripts"].values() for part in parts}
    assert parts == {path.stem for path in FOLDER.glob("*.js")}


def test_the_scripts_of_every_page_are_small() -> None:
    every = weight("every")
    pages = {
        kind: every + weight(kind)
        for kind in bundle_parts()["scripts"]
        if kind not in {"every", *IN_PACKAGES, *OF_THE_SEARCH, *OF_A_SESSION, *AFTERWARDS, *ON_DEMAND}
    }
    assert max(pages.values()) <= HIGHEST, pages
    assert max(weight(kind) for kind in OF_A_SESSION) <= HIGHEST_OF_A_SESSION
    assert max(weight(kind) for kind in AFTERWARDS) <= HIGHEST_AFTERWARDS
    packed = {kind: weight(kind) for kind in IN_PACKAGES}
    assert sum(packed.values()) <= HIGHEST_IN_PACKAGES, packed
    assert max(weight("search") + weight(f"search-{code}") for code in ("de", "en")) <= HIGHEST_OF_THE_SEARCH


def test_all_of_our_scripts_together_are_small() -> None:
    apart = {*OTHERS, *(part for kind in IN_PACKAGES for part in bundle_parts()["scripts"][kind])}
    own = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.js")) if path.stem not in apart]
    assert len(gzip.compress(minified("scripts", own).encode(), mtime=0)) <= HIGHEST_IN_ALL
    assert max(weight(kind) for kind in ON_DEMAND) <= HIGHEST_ON_DEMAND
