"""Two devices: data move from one to the other, a step opens on both, notes show only where they were switched on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, expect

from .pair_page import press
from .watched_page import Watched

OURS = "de/our-programme/"
FIND = "tutorials/find-people"
SCALE = 4


def in_code(page: Page, within: str) -> str:
    """Return the text of a QR code that a page shows, as a camera would read it."""
    image = page.locator(f"{within} .code__image")
    image.wait_for()
    side = int((image.get_attribute("viewBox") or "").split()[-1])
    row = bytearray(b"\xff" * side * SCALE)
    pixels = [bytearray(row) for _ in range(side * SCALE)]
    for x, y in re.findall(r"M(\d+) (\d+)h1v1", image.locator("path").get_attribute("d") or ""):
        for line in pixels[int(y) * SCALE : (int(y) + 1) * SCALE]:
            line[int(x) * SCALE : (int(x) + 1) * SCALE] = b"\x00" * SCALE
    picture = memoryview(b"".join(pixels)).cast("B", shape=[side * SCALE, side * SCALE])
    [found] = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return found.text


def shown(page: Page, field: str = "text") -> str:
    """Show the code, and return the text or the link of it."""
    press(page, "Code und Link zeigen")
    expect(page.locator("[data-code-text]")).to_be_visible()
    return page.locator(f"[data-code-{field}]").input_value()


@pytest.fixture
def other(browser: Browser) -> Iterator[Page]:
    """Return a page on another device, which may be of another language."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    yield page
    context.close()


def filled(watched: Watched) -> Page:
    """Tick, write and agree something on the first device, and open the pair's page."""
    page = watched.open(f"de/{FIND}/")
    page.locator("[data-item]").first.check()
    page = watched.open(OURS)
    page.get_by_label("Name des Paares").fill("Anna und Jörg")
    press(page, "Namen speichern")
    page.get_by_label("Was genau?").fill("Im Kanal antworten")
    press(page, "Vereinbaren")
    return page


def sent(page: Page) -> list[str]:
    """Return a list that collects the addresses a page requests from now on."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url))
    return found


# The pair's data


def test_a_code_brings_the_whole_state_to_an_empty_device(watched: Watched, other: Page) -> None:
    page = filled(watched)
    asked = sent(page)
    press(page, "Code und Link zeigen")
    link = in_code(page, ".our")
    assert link == page.locator("[data-code-link]").input_value()
    assert link.startswith(f"{watched.address}{OURS}#stand=1c.")
    heard = sent(other)
    other.goto(link.replace("/de/", "/en/"))
    expect(other.locator("[data-said]")).to_have_text("Loaded. Ticks: 1, sessions: 0, agreements: 1.")
    expect(other.locator("[data-pair-name]")).to_have_text("Anna und Jörg")
    expect(other.get_by_text("Im Kanal antworten")).to_be_visible()
    assert not other.url.partition("#")[2], "what was read does not stay in the address"
    assert not [url for url in [*asked, *heard] if "stand" in url.partition("#")[0]]
    other.goto(f"{watched.address}en/{FIND}/")
    assert other.locator("[data-item]").first.is_checked()


def test_two_states_come_together_and_the_newer_counts(watched: Watched, other: Page) -> None:
    page = filled(watched)
    other.goto(shown(page, "link"))
    expect(other.locator("[data-pair-name]")).to_have_text("Anna und Jörg")
    other.get_by_label("erledigt: Im Kanal antworten").check()
    other.get_by_label("Was genau?").fill("Nachfragen")
    press(other, "Vereinbaren")
    page.get_by_label("Link oder Text von einem anderen Gerät").fill(shown(other))
    press(page, "Lesen")
    found = page.locator("section[data-found]")
    expect(found).to_contain_text("(„Anna und Jörg“). Haken: 1, Sitzungen: 0, Vereinbarungen: 2.")
    press(page, "Verwerfen")
    expect(page.get_by_text("Nachfragen")).to_have_count(0)
    page.get_by_label("Link oder Text von einem anderen Gerät").fill(other.locator("[data-code-link]").input_value())
    press(page, "Lesen")
    press(page, "Zusammenführen, Neueres gilt")
    expect(page.get_by_text("Nachfragen")).to_be_visible()
    expect(page.get_by_text("Erledigt: 1")).to_be_visible()


def test_another_pairs_state_becomes_a_pair_of_its_own(watched: Watched, other: Page) -> None:
    page = filled(watched)
    text = shown(page)
    other.goto(f"{watched.address}de/{FIND}/")
    other.locator("[data-item]").nth(1).check()
    other.goto(f"{watched.address}{OURS}#stand={text}")
    press(other, "Als eigenes Paar behalten")
    expect(other.locator("[data-pair-name]")).to_have_text("Anna und Jörg")
    other.goto(f"{watched.address}de/{FIND}/")
    assert other.locator("[data-item]").first.is_checked()
    assert not other.locator("[data-item]").nth(1).is_checked()


def test_a_file_restores_what_the_browser_deleted(watched: Watched) -> None:
    page = filled(watched)
    with page.expect_download() as download:
        press(page, "In Datei sichern")
    path = Path(download.value.path())
    assert json.loads(path.read_text(encoding="utf-8"))["name"] == "Anna und Jörg"
    page.evaluate("localStorage.clear()")
    page.reload()
    page.locator("[data-file-in]").set_input_files(path)
    expect(page.locator("[data-said]")).to_contain_text("Übernommen. Haken: 1")
    expect(page.get_by_text("Im Kanal antworten")).to_be_visible()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1c.AAAA", "beschädigt oder nicht hier entstanden"),
        ("2c.AAAA", "aus einer neueren Fassung"),
        ("<img src=x onerror=alert(1)>", "beschädigt oder nicht hier entstanden"),
    ],
    ids=["broken", "newer", "markup"],
)
def test_unreadable_codes_are_refused_and_change_nothing(watched: Watched, text: str, said: str) -> None:
    page = filled(watched)
    before = page.evaluate("JSON.stringify({...localStorage})")
    page.get_by_label("Link oder Text von einem anderen Gerät").fill(text)
    press(page, "Lesen")
    expect(page.locator("[data-said]")).to_contain_text(said)
    expect(page.locator("[data-said]")).to_be_in_viewport()
    assert page.evaluate("JSON.stringify({...localStorage})") == before


def test_a_state_too_large_for_a_code_says_what_is_left_out(watched: Watched) -> None:
    page = filled(watched)
    page.evaluate(
        """() => {
            const random = () => [...crypto.getRandomValues(new Uint8Array(900))].map((n) => n.toString(36)).join("");
            const value = { "find-people": { one: random().slice(0, 1900), two: random().slice(0, 1900) } };
            localStorage.setItem("stufenweise:/rm/:words", JSON.stringify({ version: 1, value }));
        }"""
    )
    page.reload()
    press(page, "Code und Link zeigen")
    expect(page.get_by_text("Er enthält alles außer den eigenen Worten")).to_be_visible()
    assert len(in_code(page, ".our")) < len(page.locator("[data-code-link]").input_value())


# A step


def test_each_step_has_an_address_and_back_goes_a_step_back(watched: Watched) -> None:
    page = watched.open(f"de/{FIND}/#session")
    title = page.locator(".session__title")
    for _ in range(3):
        page.locator("[data-turn=next]").click()
    third = title.inner_text()
    assert "/#session/doing/" in page.url
    page.go_back()
    expect(title).to_have_text("Worum es geht")
    page.go_back()
    expect(title).to_have_text("Ankommen")
    page.go_back()
    expect(title).to_have_text("Der Plan für die Sitzung")
    for _ in range(3):
        page.go_forward()
    expect(title).to_have_text(third)
    page.reload()
    expect(title).to_have_text(third)


def test_a_shared_step_opens_on_the_other_device_without_notes(watched: Watched, other: Page) -> None:
    page = watched.open(f"de/{FIND}/#session")
    page.get_by_role("switch", name="Hinweise für Mentorin oder Mentor").click()
    press(page, "Nein, Hinweise zeigen")
    for _ in range(3):
        page.locator("[data-turn=next]").click()
    assert page.locator(".session details.mentor").count() == 1
    press(page, "Schritt teilen")
    link = in_code(page, ".session-share")
    assert link == page.url
    assert "find-people/#session/doing/" in link
    other.goto(link)
    expect(other.locator(".session__title")).to_have_text(page.locator(".session__title").inner_text())
    assert other.locator(".session details.mentor").count() == 0
    assert other.locator(".session .guidance").count() == 0
    press(page, "Schließen")
    expect(page.locator(".session-share")).to_be_hidden()
    expect(page.locator("dialog.session")).to_be_visible()


def test_each_session_begins_without_notes(watched: Watched) -> None:
    page = watched.open(f"de/{FIND}/#session")
    page.get_by_role("switch", name="Hinweise für Mentorin oder Mentor").click()
    press(page, "Nein, Hinweise zeigen")
    while "our-programme" not in page.url:
        page.locator("[data-turn=next]").click()
    watched.open(f"de/{FIND}/#session")
    expect(page.get_by_role("switch", name="Hinweise für Mentorin oder Mentor")).not_to_be_checked()


def test_an_address_of_no_step_opens_the_plan(watched: Watched) -> None:
    page = watched.open(f"de/{FIND}/#session/doing/nonsense")
    expect(page.locator(".session__title")).to_have_text("Der Plan für die Sitzung")
    expect(page).to_have_url(re.compile(r"/#session$"))
