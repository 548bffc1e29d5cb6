"""What the pages load stays light: our scripts together, as they are published and as a server compresses them."""

from __future__ import annotations

import gzip

from conftest import ROOT
from stufenweise.render.asset_bundles import bundle_parts, minified

SCRIPTS = sorted((ROOT / "overrides" / "assets" / "javascripts").glob("*.js"))
IN_PACKAGES = {"folder", "frame", "scorm", "cmi5"}
"""Bundles that no page on a server loads, but those of a folder or of a course."""
HIGHEST = 25_000
"""Bytes that all scripts of the pages may have together, compressed."""
HIGHEST_IN_PACKAGES = 4_500


def weights(names: set[str]) -> dict[str, int]:
    """Return the sizes of scripts as they are published and compressed."""
    published = {name: (SCRIPTS[0].parent / f"{name}.js").read_text(encoding="utf-8") for name in sorted(names)}
    return {name: len(gzip.compress(minified("scripts", [text]).encode(), mtime=0)) for name, text in published.items()}


def test_all_scripts_together_are_small() -> None:
    bundles = bundle_parts()["scripts"]
    packed = {part for kind in IN_PACKAGES for part in bundles[kind]}
    site = {part for kind, parts in bundles.items() if kind not in IN_PACKAGES for part in parts}
    assert packed | site == {path.stem for path in SCRIPTS}
    assert sum(weights(site).values()) <= HIGHEST, weights(site)
    assert sum(weights(packed).values()) <= HIGHEST_IN_PACKAGES, weights(packed)
