"""Check a page with axe-core, in wide and narrow windows, light and dark colours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conftest import ROOT
from playwright.sync_api import Page

STILL = """async () => {
  const moving = () => document.getAnimations().filter(
    (one) => one.playState !== "finished" && one.effect.getComputedTiming().endTime !== Infinity);
  for (let some = moving(); some.length; some = moving()) {
    for (const one of some) one.finish();
    await new Promise((done) => setTimeout(done));
  }
}"""
"""Finishes running animations: axe would report half-faded text as low contrast."""
SCHEME = "(scheme) => [undefined, scheme].includes(document.body.dataset.mdColorScheme)"
"""Says whether the theme has taken the colours that the device asks for."""
SCHEMES = {"light": "default", "dark": "slate"}
AXE = ROOT / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"
LOOKS: tuple[Mapping[str, Any], ...] = tuple(
    {"width": width, "scheme": scheme} for width in (1280, 360) for scheme in SCHEMES
)

MAGNIFIED = {"width": 320, "height": 256, "scheme": "dark"}
"""A screen of 1280 by 1024 at 400 percent (WCAG 2.2, 1.4.10)."""

# Both languages share a template, so each is checked in two of the four looks.
LOOKS_OF = {"de": (LOOKS[0], LOOKS[3]), "en": (LOOKS[1], LOOKS[2])}


def findings(page: Page) -> list[str]:
    """Return all violations that axe-core finds."""
    assert AXE.is_file(), "axe-core is missing: `make test` installs it."
    page.evaluate(STILL)
    if not page.evaluate("'axe' in globalThis"):
        # Not as a script of the page: the policy would rightly refuse it.
        session = page.context.new_cdp_session(page)
        session.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
        session.detach()
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {node['html'][:120]}" for violation in result["violations"] for node in violation["nodes"]
    ]


def looks(page: Page, wanted: tuple[Mapping[str, Any], ...] = LOOKS) -> Iterator[Mapping[str, Any]]:
    """Switch an open page through all looks: window width and colour scheme.

    A page is loaded once for all of them; it ends in the last one.
    """
    for look in wanted:
        page.set_viewport_size({"width": look["width"], "height": look.get("height", 900)})
        page.emulate_media(color_scheme=look["scheme"])
        page.wait_for_function(SCHEME, arg=SCHEMES[look["scheme"]])
        yield look


def findings_in_every_look(page: Page, wanted: tuple[Mapping[str, Any], ...] = LOOKS) -> list[str]:
    """Return what axe-core finds in each look, and whether the page is wider than the window in one."""
    found = []
    for look in looks(page, wanted):
        name = f"{look['width']}px {look['scheme']}"
        found += [f"{name}: {finding}" for finding in findings(page)]
        if not page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"):
            found.append(f"{name}: the page is wider than the window")
    return found
