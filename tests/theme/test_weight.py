"""What the pages load stays light: our scripts together, as they are published and as a server compresses them."""

from __future__ import annotations

import gzip
import re

import pytest
from conftest import ROOT
from stufenweise.render.asset_bundles import bundle_parts, without_comments

SCRIPTS = sorted((ROOT / "overrides" / "assets" / "javascripts").glob("*.js"))
IN_PACKAGES = {"folder", "frame", "scorm", "cmi5"}
"""Bundles that no page on a server loads, but those of a folder or of a course."""
HIGHEST = 25_000
"""Bytes that all scripts of the pages may have together, compressed."""
HIGHEST_IN_PACKAGES = 4_500


def weights(names: set[str]) -> dict[str, int]:
    """Return the sizes of scripts as they are published and compressed."""
    published = {name: (SCRIPTS[0].parent / f"{name}.js").read_text(encoding="utf-8") for name in sorted(names)}
    return {name: len(gzip.compress(without_comments(text).encode(), mtime=0)) for name, text in published.items()}


def test_all_scripts_together_are_small() -> None:
    bundles = bundle_parts()["scripts"]
    packed = {part for kind in IN_PACKAGES for part in bundles[kind]}
    site = {part for kind, parts in bundles.items() if kind not in IN_PACKAGES for part in parts}
    assert packed | site == {path.stem for path in SCRIPTS}
    assert sum(weights(site).values()) <= HIGHEST, weights(site)
    assert sum(weights(packed).values()) <= HIGHEST_IN_PACKAGES, weights(packed)


def test_comments_and_indentation_are_not_published() -> None:
    script = """/* What it does.
 *
 * Contract: none.
 */
(() => {
  // Why.
  const a = "/* no comment */"; // stays

  /* One. */
  go(`http://x/${a}`);
})();
"""
    expected = '(() => {\nconst a = "/* no comment */"; // stays\ngo(`http://x/${a}`);\n})();\n'
    assert without_comments(script) == expected


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_has_a_text_over_several_lines(path) -> None:  # noqa: ANN001
    for line in path.read_text(encoding="utf-8").splitlines():
        assert re.sub(r"\\.", "", line).count("`") % 2 == 0, line
