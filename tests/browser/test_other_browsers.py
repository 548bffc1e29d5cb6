"""Firefox ESR and WebKit: search, ticks, session, planner, filters, printing. One test for each browser."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from .webdriver import ENTER, Driven, firefox, webkit

pytestmark = [pytest.mark.browser, pytest.mark.linux]


@pytest.fixture(params=["firefox", "webkit"])
def driven(request: pytest.FixtureRequest, tmp_path: Path, free_port: int) -> Iterator[Driven]:
    with firefox(tmp_path) if request.param == "firefox" else webkit(tmp_path, free_port) as found:
        yield found


def pages(pdf: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def test_a_pair_goes_its_ways(driven: Driven, address: str) -> None:
    site = f"{address}de/"

    # Search
    driven.open(site)
    driven.click("[data-search]")
    driven.type("dialog.search input", "Profil")
    driven.wait("document.querySelectorAll('[role=option]').length > 1")
    driven.type("dialog.search input", f"\ue015{ENTER}")
    driven.wait("location.pathname.includes('/tutorials/')")

    # Ticks stay
    driven.open(f"{site}tutorials/set-up-my-profile/")
    driven.click("article input[data-item]")
    driven.open(f"{site}tutorials/set-up-my-profile/")
    driven.wait("document.querySelector('article input[data-item]').checked")

    # Session: begin, go on, reload
    driven.click(".session-start button")
    driven.wait("document.querySelector('dialog.session').open")
    driven.click(".session__turn button:last-of-type")
    driven.wait("location.hash.includes('session')")
    before = driven.run("document.querySelector('.session__title').textContent")
    driven.click(".session__turn button:last-of-type")
    driven.wait(f"document.querySelector('.session__title').textContent !== {before!r}")
    driven.click("[data-do=leave]")
    driven.wait("!document.querySelector('dialog.session').open")
    driven.open(site)
    driven.wait("document.querySelector('[data-go-on]')?.checkVisibility()")

    # Finding
    driven.open(f"{site}tutorials/")
    rows = "[...document.querySelectorAll('tr[data-tutorial]')].filter((row) => row.checkVisibility()).length"
    everything = driven.wait(rows)
    driven.type("[data-find] input[name=q]", "Profil")
    driven.wait(f"{rows} < {everything} && {rows} > 0")

    # Planner
    driven.open(f"{site}programmes/planner/")
    driven.wait("document.querySelectorAll('.planned tbody tr').length > 3")

    # Paper
    assert len(pages(driven.pdf(f"{site}programmes/goal-sheet/"))) == 1
    plan = pages(driven.pdf(f"{site}programmes/planner/"))
    assert all(plan), plan
    tutorial = "".join(pages(driven.pdf(f"{site}tutorials/build-my-network/")))
    assert "Checkliste" in tutorial
    assert "WahrscheinlicheFragen" not in tutorial
