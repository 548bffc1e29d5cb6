"""The site as a folder: it works from `file://`, under a strict policy, in a path with spaces and umlauts."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from axe import LOOKS, findings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import package

NAME = "Haus Süd Nord"


@pytest.fixture(scope="module")
def zipped(project_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    [file] = package(project_file, tmp_path_factory.mktemp("zip"), "zip")
    return file


@pytest.fixture(scope="module")
def folder(zipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the unpacked folder, where people put such things."""
    target = tmp_path_factory.mktemp("Eigene Dateien") / "Büro & Ablage #1"
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(target)
    [found] = target.iterdir()
    return found


class Reader:
    """A browser before the folder, and everything that should not have happened."""

    def __init__(self, context: BrowserContext, folder: Path) -> None:
        self.page: Page = context.new_page()
        self.folder = folder
        self.faults: list[str] = []
        self.page.on("console", lambda message: self.faults.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on(
            "request",
            lambda request: (
                None
                if unquote(request.url).startswith((f"file://{folder}", "data:"))
                else self.faults.append(request.url)
            ),
        )

    def open(self, path: str) -> Page:
        self.page.goto((self.folder / path).as_uri())
        return self.page


@pytest.fixture(params=[360, 1280], ids=["360px", "1280px"])
def reader(browser: Browser, folder: Path, request: pytest.FixtureRequest) -> Iterator[Reader]:
    context = browser.new_context(
        locale="de-DE", viewport={"width": request.param, "height": 900}, accept_downloads=True
    )
    found = Reader(context, folder)
    yield found
    context.close()
    assert found.faults == []


def test_it_has_a_start_file_that_anyone_recognises(folder: Path) -> None:
    assert folder.name == NAME
    assert {path.name for path in folder.iterdir()} == {
        "START - hier oeffnen.html",
        "LIESMICH.txt",
        "README.txt",
        "website",
    }
    note = (folder / "LIESMICH.txt").read_bytes()
    assert note.startswith(b"\xef\xbb\xbfHaus: S\xc3\xbcd & Nord\r\n")
    assert b"SharePoint" in note
    assert b'"START - hier oeffnen.html"' in note


def test_the_start_file_leads_to_the_readers_language(reader: Reader) -> None:
    page = reader.open("START - hier oeffnen.html")
    page.wait_for_url("**/website/de/index.html")
    expect(page.locator("h1")).to_contain_text("Kleine Bibliothek")


def test_links_lead_from_page_to_page(reader: Reader) -> None:
    page = reader.open("website/de/index.html")
    page.get_by_role("link", name="erstes Tutorial").click()
    expect(page.locator("h1")).to_contain_text("Tutorial first")
    assert page.url.endswith("/website/de/tutorials/first.html#try")
    page.locator("ul.languages a[lang=en]:visible").first.click()
    page.wait_for_url("**/website/en/tutorials/first.html")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_search_finds(reader: Reader) -> None:
    page = reader.open("website/de/tutorials/second.html")
    page.keyboard.press("/")
    field = page.locator(".md-search__input")
    field.fill("Festhalten")
    field.press("Shift")
    results = page.locator(".md-search-result__link")
    expect(results.first).to_be_visible(timeout=15000)
    hrefs = [unquote(one.get_attribute("href") or "") for one in results.all()]
    assert any("tutorials/first.html" in href for href in hrefs), hrefs


def test_ticks_stay_and_the_limits_are_said(reader: Reader) -> None:
    page = reader.open("website/de/tutorials/first.html")
    box = page.locator("article").get_by_role("checkbox").first
    box.check()
    page.reload()
    expect(box).to_be_checked()
    expect(page.get_by_text("Diese Seiten liegen in einem Ordner")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(browser: Browser, folder: Path, look: dict[str, Any]) -> None:
    page = browser.new_page(viewport={"width": look["width"], "height": 900}, color_scheme=look["scheme"])
    for path in ("website/de/tutorials/first.html", "website/en/checklists/index.html", "website/de/index.html"):
        page.goto((folder / path).as_uri())
        assert findings(page) == []
    page.close()


def test_handouts_are_there(reader: Reader) -> None:
    page = reader.open("website/de/tutorials/first.html")
    links = page.locator("a[href$='.pdf']")
    assert links.count() >= 2
    for link in links.all():
        target = unquote(str(link.evaluate("one => one.href"))).removeprefix("file://")
        assert Path(target).read_bytes().startswith(b"%PDF-")


def test_planner_session_and_find_work(reader: Reader) -> None:
    page = reader.open("website/de/tutorials/first.html")
    page.get_by_role("button", name="Sitzung beginnen").click()
    expect(page.locator("dialog.session")).to_be_visible()
    page = reader.open("website/de/tutorials/index.html")
    expect(page.get_by_role("link", name="Tutorial second").first).to_be_visible()
    page = reader.open("website/de/programmes/planner.html")
    expect(page.locator("h1")).to_be_visible()


def test_every_page_has_the_strict_policy(folder: Path) -> None:
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.count('http-equiv="Content-Security-Policy"') == 1, page
        policy = text.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0]
        assert "default-src" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors" not in policy
        assert "<script" not in text.partition("Content-Security-Policy")[0], page


def test_no_link_leads_to_a_folder_or_a_server(folder: Path) -> None:
    for page in sorted(folder.rglob("*.html")):
        for href in re.findall(r'<a [^>]*href="([^"#?]+)', page.read_text(encoding="utf-8")):
            if not href.startswith(("mailto:", "https://", "tel:")):
                assert not href.endswith("/"), f"{page}: {href}"
                assert (page.parent / unquote(href)).is_file(), f"{page}: {href}"


def test_the_same_site_is_the_same_zip_file(project_file: Path, zipped: Path, tmp_path: Path) -> None:
    [again] = package(project_file, tmp_path, "zip")
    assert again.read_bytes() == zipped.read_bytes()
    with zipfile.ZipFile(again) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_folder_can_be_written_unpacked(project_file: Path, zipped: Path, tmp_path: Path) -> None:
    [found] = package(project_file, tmp_path, "zip", "--folder")
    assert found.name == NAME
    with zipfile.ZipFile(zipped) as archive:
        files = {path.relative_to(tmp_path).as_posix() for path in found.rglob("*") if path.is_file()}
        assert files == set(archive.namelist())


def test_the_published_site_is_left_alone(project_file: Path, zipped: Path) -> None:
    assert zipped.is_file()
    assert not (project_file.parent / "site").exists()
