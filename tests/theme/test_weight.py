"""What the pages load stays light: our scripts as they are published and as a server compresses them."""

from __future__ import annotations

import gzip

from conftest import ROOT
from stufenweise.render.asset_bundles import bundle_parts, minified

FOLDER = ROOT / "overrides" / "assets" / "javascripts"
IN_PACKAGES = {"folder", "frame", "scorm", "cmi5"}
"""Bundles that no page on a server loads, but those of a folder or of a course."""
ON_DEMAND = {"qr"}
"""Bundles of others' code, which a page loads when it is wanted."""
HIGHEST = 15_000
"""Bytes that the scripts of a page may have, compressed."""
HIGHEST_IN_PACKAGES = 4_500
"""Bytes that those of folders and courses may have together."""
HIGHEST_IN_ALL = 40_000
"""Bytes that all of our own may have together, each counted once."""
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
        if kind not in {"every", *IN_PACKAGES, *ON_DEMAND}
    }
    assert max(pages.values()) <= HIGHEST, pages
    packed = {kind: weight(kind) for kind in IN_PACKAGES}
    assert sum(packed.values()) <= HIGHEST_IN_PACKAGES, packed


def test_all_of_our_scripts_together_are_small() -> None:
    others = {part for kind in ON_DEMAND for part in bundle_parts()["scripts"][kind]}
    own = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.js")) if path.stem not in others]
    assert len(gzip.compress(minified("scripts", own).encode(), mtime=0)) <= HIGHEST_IN_ALL
    assert max(weight(kind) for kind in ON_DEMAND) <= HIGHEST_ON_DEMAND
