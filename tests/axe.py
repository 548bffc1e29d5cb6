"""Asking axe-core about a page, in every look that a reader may have."""

from __future__ import annotations

import pytest
from conftest import ROOT
from playwright.sync_api import Page

STILL = """() => Promise.all(document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
    .map((one) => one.finished.catch(() => null)))"""
"""Waits until nothing moves any more: what is half faded in has too little contrast."""
AXE = ROOT / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"
LOOKS = [
    pytest.param({"width": width, "scheme": scheme}, id=f"{width}px-{scheme}")
    for width in (360, 1280)
    for scheme in ("light", "dark")
]


def findings(page: Page) -> list[str]:
    """Return what axe-core finds, of any kind."""
    assert AXE.is_file(), "axe-core is missing: `make test` installs it."
    page.evaluate(STILL)
    # Not as a script of the page: the policy would rightly refuse it.
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{one['id']}: {node['html'][:120]}" for one in result["violations"] for node in one["nodes"]]
