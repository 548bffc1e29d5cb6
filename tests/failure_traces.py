"""Keep what a browser did in a test that fails: a trace for `playwright show-trace`, in the folder `traces`.

A trace holds the page after each step, its console and its requests. https://playwright.dev/python/docs/trace-viewer
"""

from __future__ import annotations

import re
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

FOLDER = Path(__file__).parent.parent / "traces"
"""Where traces are kept; Git ignores it, the pipelines keep it for a while."""
OPEN: list[BrowserContext] = []
"""The contexts whose steps are recorded."""


def record(browser: Browser) -> None:
    """Record all contexts that a browser opens from now on."""

    def begin(context: BrowserContext) -> None:
        context.tracing.start(snapshots=True)
        OPEN.append(context)
        context.on("close", lambda closed: OPEN.remove(closed))

    browser.on("context", begin)


def keep(name: str) -> None:
    """Write the traces of all open contexts, numbered."""
    for number, context in enumerate(OPEN, 1):
        context.tracing.stop_chunk(path=FOLDER / f"{name}-{number}.zip")
        context.tracing.start_chunk()


def forget() -> None:
    """Drop what was recorded, so that a context that another test uses again begins anew."""
    for context in OPEN:
        context.tracing.stop_chunk()
        context.tracing.start_chunk()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep the traces of a test as soon as it fails, while its contexts are open."""
    report = yield
    if report.failed and report.when != "setup":
        keep(re.sub(r"[^\w-]+", "-", item.nodeid))
    elif report.when == "teardown":
        forget()
    return report
