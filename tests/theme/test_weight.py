"""What the pages load stays light: our scripts together, as they are published and as a server compresses them."""

from __future__ import annotations

import gzip
import re

import pytest
from conftest import ROOT

from generator.render.bundles import without_comments

SCRIPTS = sorted((ROOT / "overrides" / "assets" / "javascripts").glob("*.js"))
HIGHEST = 25_000
"""Bytes that all our scripts may have together, compressed."""


def test_all_scripts_together_are_small() -> None:
    published = {path.name: without_comments(path.read_text(encoding="utf-8")) for path in SCRIPTS}
    sizes = {name: len(gzip.compress(text.encode(), mtime=0)) for name, text in published.items()}
    assert len(sizes) > 5
    assert sum(sizes.values()) <= HIGHEST, sizes


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
