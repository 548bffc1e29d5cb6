"""A browser and the built site, served over HTTP, in a sub-path, under the strict content security policy."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import built, make_project
from local_server import Quiet, serving
from once import once
from playwright.sync_api import Browser, BrowserContext
from texts import SMALL_LIBRARY

from .watched_page import Watched

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
)
"""The strict content security policy: nothing inline, nothing from elsewhere."""


class Handler(Quiet):
    """Serves files with the headers that a careful host sends."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()


@contextlib.contextmanager
def served(site: Path, root: Path) -> Iterator[str]:
    """Serve a site in a sub-path below the folder `root`; yields its address."""
    (root / "rm").symlink_to(site)
    with serving(root, Handler) as top:
        yield f"{top}rm/"


@pytest.fixture(scope="session")
def address(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the built site, in a sub-path."""
    with served(built_site, tmp_path_factory.mktemp("served")) as found:
        yield found


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site of `tests/library`, whose tutorials have places to write in of every sort."""
    return once(tmp_path_factory, "small", lambda folder: built(make_project(folder, content=SMALL_LIBRARY))) / "site"


@pytest.fixture(scope="session")
def small_address(small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of that site."""
    with served(small_site, tmp_path_factory.mktemp("small-served")) as found:
        yield found


@pytest.fixture(scope="session")
def contexts() -> dict[str, BrowserContext]:
    """Browser contexts for reuse, keyed by options; reuse halves the set-up time."""
    return {}


@pytest.fixture
def watched(
    browser: Browser, address: str, contexts: dict[str, BrowserContext], request: pytest.FixtureRequest
) -> Iterator[Watched]:
    """Return a watched page; the test fails if it logged an error.

    `request.param` may give width, scheme, locale, and whether scripts run.
    """
    options = getattr(request, "param", {})
    key = repr(sorted(options.items()))
    context = contexts.pop(key, None) or browser.new_context(
        viewport={"width": options.get("width", 1280), "height": 900},
        color_scheme=options.get("scheme", "light"),
        java_script_enabled=options.get("scripts", True),
        locale=options.get("locale", "de-DE"),
    )
    page = Watched(context, address)
    page.wipe()
    yield page
    for open_page in context.pages:
        open_page.close()
    if page.spent:
        context.close()
    else:
        contexts[key] = context
    assert page.faults == []
