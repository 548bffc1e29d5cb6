"""A browser parses our minified style sheets into the same rules as their sources."""

from __future__ import annotations

from conftest import ROOT
from playwright.sync_api import Browser
from stufenweise.render.asset_bundles import minified

# A custom property and a condition keep their spaces as they were written; around commas, colons, parentheses they
# mean nothing.
STYLES = sorted((ROOT / "overrides" / "assets" / "stylesheets").glob("*.css"))
RULES = """(texts) => texts.map((text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return [...sheet.cssRules].map((rule) => rule.cssText.replace(/\\s*([,:()])\\s*/g, "$1"));
})"""


def test_published_styles_are_the_same_rules(browser: Browser) -> None:
    page = browser.new_page()
    for path in STYLES:
        source = path.read_text(encoding="utf-8")
        own, published = page.evaluate(RULES, [source, minified("styles", [source])])
        assert own
        assert published == own, path.name
    page.close()
