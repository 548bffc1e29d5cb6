"""Tell what the search takes in the page: until it shows a first result, and for each key, in a processor slowed four times.

python benchmarks/search.py [--site site] [--keys]

A key is what is computed for it (script, style and layout, as Chromium counts its own thread's time), times four: so the
figure is the same on a busy machine. Each query is typed letter by letter into a page that has just been opened, three times,
of which the least counts. `--keys` lists the slowest keys.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

ROOT = Path(__file__).parent.parent
SLOWED = 4
"""How many times slower the processor is."""
ROUNDS = 3
REST = 250
"""Milliseconds between two keys, in which what comes later is drawn."""
SLOWEST = 10
"""Keys that are listed."""
QUERIES = {
    "de": ("Benachrichtigungen ausschalten", "Personensuche", "wer sieht meine beiträge", "ki antwort prüfen", "profilbild"),
    "en": ("social media guidelines", "who can see", "turn off notifications", "certificate", "ai answer check"),
}  # fmt: skip
PARTS = ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration")
FIRST_RESULT = """async (letters) => {
  const began = performance.now();
  document.querySelector(".search__field").value = letters;
  document.querySelector("[data-search]").click();
  while (!document.querySelector(".search__page")) await new Promise(requestAnimationFrame);
  return performance.now() - began;
}"""
ONE_KEY = """(typed) => {
  const field = document.querySelector(".search__field");
  field.value = typed;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  document.querySelector(".search").getBoundingClientRect();
}"""


class Key(NamedTuple):
    """What one more letter takes, in milliseconds."""

    answer: float
    """Until the first results stand."""
    all: float
    """With the results that are drawn afterwards."""
    typed: str


def opened(browser: Browser, home: Path) -> Page:
    """Return a page on which nothing was searched yet."""
    page = browser.new_page()
    page.goto(home.as_uri(), wait_until="load")
    return page


def first_result(browser: Browser, home: Path, letters: str) -> float:
    """Return the milliseconds by the clock from a click until the first result, what searches and the index included."""
    page = opened(browser, home)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    took = float(page.evaluate(FIRST_RESULT, letters))
    page.close()
    return took


def computed(session: CDPSession) -> float:
    """Return the milliseconds that the page's thread has computed so far, slowed."""
    found = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return sum(float(found[part]) for part in PARTS) * 1000 * SLOWED


def keys_of(browser: Browser, home: Path, query: str) -> list[Key]:
    """Type a query into a fresh page and return what each letter takes."""
    page = opened(browser, home)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.keyboard.press("/")
    page.wait_for_function("stufenweise.searchDialog && !document.querySelector('.search__count').textContent")
    result = []
    for end in range(1, len(query) + 1):
        began = computed(session)
        page.evaluate(ONE_KEY, query[:end])
        answered = computed(session)
        page.wait_for_timeout(REST)
        result.append(Key(answered - began, computed(session) - began, query[:end]))
    page.close()
    return result


def main() -> None:
    """Print the figures of each language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    parser.add_argument("--keys", action="store_true")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for language, queries in QUERIES.items():
            home = options.site.resolve() / language / "index.html"
            first = min(first_result(browser, home, queries[0][:2]) for _ in range(ROUNDS))
            rounds = [[key for query in queries for key in keys_of(browser, home, query)] for _ in range(ROUNDS)]
            keys = [min(same) for same in zip(*rounds, strict=True)]
            print(f"{language}: {first:.0f} ms from a click to the first result (by the clock)")
            for name, times in (
                ("a key is answered", [key.answer for key in keys]),
                ("with all results", [key.all for key in keys]),
            ):
                print(
                    f"    {name:18} median {median(times):5.1f} ms, slowest {max(times):5.1f} ms, of {len(times)} keys"
                )
            for key in sorted(keys, reverse=True)[: SLOWEST if options.keys else 0]:
                print(f"        {key.answer:5.1f} ms, {key.all:5.1f} ms: {key.typed}")
        browser.close()


if __name__ == "__main__":
    main()
