"""Measure the search in the page: until the first result, and for each key, on a processor that is slowed down four times.

python benchmarks/search.py [--site site] [--keys]

The time for a key is the processor time of script, style and layout that Chromium counts for the page's thread, times
four, so it is the same on a busy machine. Each query is typed letter by letter into a newly opened page, three times; the
shortest time counts. `--keys` lists the slowest keys.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

ROOT = Path(__file__).parent.parent
SLOWDOWN = 4
"""Factor by which the processor is slowed down."""
ROUNDS = 3
KEY_INTERVAL = 250
"""Milliseconds between two keys, in which further results are drawn."""
SLOWEST = 10
"""Number of keys that `--keys` lists."""
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
    """Milliseconds of processor time for one more letter."""

    answer: float
    """Until the first results are shown."""
    all: float
    """Until all results are shown."""
    typed: str


def opened(browser: Browser, home: Path) -> Page:
    """Return a newly opened page."""
    page = browser.new_page()
    page.goto(home.as_uri(), wait_until="load")
    return page


def first_result(browser: Browser, home: Path, letters: str) -> float:
    """Return the wall-clock milliseconds from a click to the first result, loading scripts and index included."""
    page = opened(browser, home)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    milliseconds = float(page.evaluate(FIRST_RESULT, letters))
    page.close()
    return milliseconds


def computed(session: CDPSession) -> float:
    """Return the milliseconds of processor time of the page's thread so far, slowed down."""
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return sum(float(metrics[part]) for part in PARTS) * 1000 * SLOWDOWN


def keys_of(browser: Browser, home: Path, query: str) -> list[Key]:
    """Type a query into a new page and return the times of its letters."""
    page = opened(browser, home)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.keyboard.press("/")
    page.wait_for_function("stufenweise.searchDialog && !document.querySelector('.search__count').textContent")
    result = []
    for end in range(1, len(query) + 1):
        start = computed(session)
        page.evaluate(ONE_KEY, query[:end])
        answered = computed(session)
        page.wait_for_timeout(KEY_INTERVAL)
        result.append(Key(answered - start, computed(session) - start, query[:end]))
    page.close()
    return result


def main() -> None:
    """Print the measurements of each language."""
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
