"""The site as a folder: it works from `file://`, under a strict policy, in a path with spaces and umlauts."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from axe import LOOKS_OF, findings_in_every_look
from browser.webdriver import firefox
from commands import run
from conftest import CHROMIUM, chromium_path, make_project
from once import once
from playwright.sync_api import Browser, BrowserContext, Page, expect
from searching import search
from stufenweise.export.offline_folder import file_name, folder_name
from texts import SMALL_LIBRARY

from .conftest import package

NAME = "Haus Süd & Nord"
NOTE = "[data-folder] > :visible"


@pytest.fixture(scope="module")
def zipped(project_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    [file] = once(tmp_path_factory, "zip", lambda folder: package(project_file, folder, "zip")).iterdir()
    return file


@pytest.fixture(scope="module")
def folder(zipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the unpacked folder, in a path with spaces and umlauts."""
    target = tmp_path_factory.mktemp("Eigene Dateien") / "Büro & Ablage #1"
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(target)
    [found] = target.iterdir()
    return found


class Reader:
    """A page opened from the folder; records errors and outside requests."""

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
                if unquote(request.url).startswith((f"file://{self.folder}", "data:"))
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


@pytest.mark.build
def test_the_folder_has_a_start_file_that_anyone_recognises(folder: Path) -> None:
    assert folder.name == NAME
    assert {path.name for path in folder.iterdir()} == {
        "START - hier oeffnen.html",
        "START - open this.html",
        "LIESMICH.txt",
        "README.txt",
        "website",
    }
    note = (folder / "LIESMICH.txt").read_bytes()
    assert note.startswith(b"\xef\xbb\xbfHaus: S\xc3\xbcd & Nord\r\n")
    assert b"SharePoint" in note
    assert b'"START - hier oeffnen.html"' in note
    assert b'"START - open this.html"' in (folder / "README.txt").read_bytes()


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
    page.wait_for_url("**/website/en/tutorials/first.html#try")
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize(("code", "words", "title"), [("de", "Gerät", "Tutorial"), ("en", "device", "Tutorial")])
def test_the_search_finds_in_each_language(reader: Reader, code: str, words: str, title: str) -> None:
    page = reader.open(f"website/{code}/index.html")
    search(page, words)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/website/{code}/tutorials/*.html*")
    expect(page.locator("h1")).to_contain_text(title)


def test_the_search_finds_where_all_pages_of_a_folder_are_of_one_origin(browser: Browser, folder: Path) -> None:
    """As in Firefox; Chromium does the same with a flag."""
    options = [*CHROMIUM, "--allow-file-access-from-files"]
    lenient = browser.browser_type.launch(executable_path=chromium_path(), args=options)
    page = lenient.new_page()
    page.goto((folder / "website/de/index.html").as_uri())
    search(page, "Gerät")
    page.keyboard.press("Enter")
    page.wait_for_url("**/website/de/tutorials/*.html*")
    lenient.close()


def test_ticks_stay_and_the_limits_are_said(reader: Reader) -> None:
    page = reader.open("website/de/tutorials/first.html")
    box = page.locator("article").get_by_role("checkbox").first
    box.check()
    page.reload()
    expect(box).to_be_checked()
    expect(page.locator(NOTE)).to_contain_text("Diese Seiten liegen in einem Ordner")
    page = reader.open("website/en/tutorials/first.html")
    expect(page.locator("article").get_by_role("checkbox").first).to_be_checked()
    page = reader.open("website/en/checklists/index.html")
    expect(page.locator("[data-item]:checked")).to_have_count(1)
    # Another page's ticks were found, so all pages share one storage.
    expect(page.locator(NOTE)).to_contain_text("for all pages of the folder")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save to a file").click()
    assert "tutorials/first/" in saved.value.path().read_text(encoding="utf-8")


def test_a_goal_sheet_stays_and_its_limits_are_said(reader: Reader) -> None:
    page = reader.open("website/de/programmes/goal-sheet.html")
    page.get_by_label("Unser erster Schritt").fill("Fragen")
    page.reload()
    expect(page.get_by_label("Unser erster Schritt")).to_have_value("Fragen")
    expect(page.locator(NOTE)).to_contain_text("Diese Seiten liegen in einem Ordner")


def test_the_state_is_found_again_when_the_folder_has_moved(reader: Reader, folder: Path, tmp_path: Path) -> None:
    page = reader.open("website/de/tutorials/first.html")
    page.locator("article").get_by_role("checkbox").first.check()
    reader.folder = shutil.copytree(folder, tmp_path / "elsewhere")
    page = reader.open("website/de/tutorials/first.html")
    expect(page.locator("article").get_by_role("checkbox").first).to_be_checked()


@pytest.mark.browser
@pytest.mark.linux
def test_a_browser_that_keeps_each_page_apart_is_found_out(folder: Path, tmp_path: Path) -> None:
    """As in Firefox with default settings, which automation changes."""
    strict = {"remote.prefs.recommended": False, "browser.shell.checkDefaultBrowser": False}
    shown = "[...document.querySelectorAll('[data-folder] > *')].find((one) => one.checkVisibility()).textContent"
    with firefox(tmp_path, strict) as driven:
        driven.open((folder / "website/de/tutorials/second.html").as_uri())
        assert "Manche Browser" in driven.wait(shown)
        driven.click("article input[data-item]")
        driven.click(".languages a[lang=en]")
        driven.wait("document.documentElement.lang === 'en'")
        assert "for each page alone" in driven.wait(shown)
        assert driven.run("location.hash") == ""
        assert not driven.run("document.querySelector('article input[data-item]').checked")
        # The way out: a link takes the data to the pair's page, which merges them.
        driven.click("article input[data-item]")
        driven.click("[data-folder] a[data-take]")
        driven.wait("document.querySelector('[data-said]')?.textContent.includes('Ticks: 1')")
        # Deleting promises only what it does.
        driven.open((folder / "website/en/checklists/index.html").as_uri())
        driven.click("#kept-ticks [data-do=wipe]")
        driven.click("[data-ask=wipe] [value=wipe]")
        said = "document.querySelector('#kept-ticks [aria-live]').textContent"
        driven.wait(f"{said}.startsWith('What this page had saved')")


def test_the_look_stays(reader: Reader) -> None:
    page = reader.open("website/de/index.html")
    before = page.locator("body").get_attribute("data-md-color-media")
    page.locator("[data-colours]").click()
    chosen = page.locator("body").get_attribute("data-md-color-media")
    assert chosen != before
    page = reader.open("website/de/tutorials/first.html")
    expect(page.locator("body")).to_have_attribute("data-md-color-media", str(chosen))


def test_the_folder_can_be_read_without_scripts(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "START - open this.html").as_uri())
    page.get_by_role("link", name="English").click()
    page.get_by_role("link", name="first tutorial").click()
    expect(page.locator("h1")).to_contain_text("Tutorial first")
    page.locator("ul.languages a[lang=de]:visible").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    context.close()


def test_axe_finds_nothing_on_a_page_with_the_folders_note(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "website/en/checklists/index.html").as_uri())
    page.locator(NOTE).first.wait_for()
    assert findings_in_every_look(page, LOOKS_OF["en"]) == []
    page.close()


def test_feedback_by_mail_has_the_slug_as_its_subject(folder: Path) -> None:
    html = (folder / "website/de/tutorials/second.html").read_text(encoding="utf-8")
    assert 'href="mailto:team@example.org?subject=second"' in html


def test_handouts_are_there(reader: Reader) -> None:
    page = reader.open("website/de/tutorials/first.html")
    links = page.locator("a[href$='.pdf']")
    assert links.count() >= 2
    for link in links.all():
        target = unquote(str(link.evaluate("one => one.href"))).removeprefix("file://")
        assert Path(target).read_bytes().startswith(b"%PDF-")


def test_planner_session_find_and_self_check_work(reader: Reader) -> None:
    page = reader.open("website/de/tutorials/first.html")
    page.get_by_role("button", name="Sitzung beginnen").click()
    page.get_by_role("button", name="Los geht’s").click()
    expect(page.locator("dialog.session")).to_be_visible()
    page = reader.open("website/de/tutorials/index.html")
    rows = page.locator("tr[data-tutorial]:not([hidden])")
    everything = rows.count()
    page.goto(f"{page.url}#level=2")
    page.reload()
    expect(rows).not_to_have_count(everything)
    expect(rows).not_to_have_count(0)
    page = reader.open("website/de/begin.html")
    for question in page.locator("#self-check fieldset").all():
        question.locator("input").first.check()
    # The library has two questions; a recommendation needs more answers, and says so.
    page.get_by_role("button", name="Vorschlag zeigen").click()
    expect(page.locator("#self-check [aria-live]")).not_to_be_empty()
    page = reader.open("website/de/programmes/planner.html")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Termine in den Kalender").click()
    assert saved.value.path().read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")


@pytest.mark.build
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


@pytest.mark.build
def test_no_link_leads_to_a_folder_or_a_server(folder: Path) -> None:
    for page in sorted(folder.rglob("*.html")):
        for href in re.findall(r'<a [^>]*href="([^"#?]+)', page.read_text(encoding="utf-8")):
            if not href.startswith(("mailto:", "https://", "tel:")):
                assert not href.endswith("/"), f"{page}: {href}"
                assert (page.parent / unquote(href)).is_file(), f"{page}: {href}"


@pytest.mark.build
def test_the_same_site_is_the_same_zip_file(project_file: Path, zipped: Path, tmp_path: Path) -> None:
    [again] = package(project_file, tmp_path, "zip")
    assert again.read_bytes() == zipped.read_bytes()
    with zipfile.ZipFile(again) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.build
def test_a_document_that_a_tutorial_offers_is_in_it(zipped: Path) -> None:
    assert any(name.endswith("/de/tutorials/files/vorlage.docx") for name in zipfile.ZipFile(zipped).namelist())


def test_windows_can_unpack_it(zipped: Path) -> None:
    with zipfile.ZipFile(zipped) as archive:
        for entry in archive.infolist():
            inside = entry.filename.removeprefix(f"{NAME}/")
            assert re.fullmatch(r"[A-Za-z0-9 ._/-]+", inside), inside
            assert not any(part.startswith(".") or part.endswith((".", " ")) for part in inside.split("/")), inside
            assert len(entry.filename) < 160
            assert entry.flag_bits & 0x800, "names are marked as UTF-8"
        names = [name.lower() for name in archive.namelist()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("site_name", "name"),
    [
        ("Stufenweise", "Stufenweise"),
        ("Haus: Süd & Nord", NAME),
        ("Bu\u0308ro", "Büro"),
        ("../a\\b/c", "a b c"),
        ('<Müller>: "Söhne" | ?*', "Müller Söhne"),
        ("con", "Stufenweise con"),
        ("COM1.txt", "Stufenweise COM1.txt"),
        ("?", "Stufenweise"),
        ("Lernen. ", "Lernen"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_folder_has_a_name_that_every_system_takes(site_name: str, name: str) -> None:
    assert folder_name(site_name) == name


@pytest.mark.build
def test_the_folder_can_be_written_unpacked(project_file: Path, zipped: Path, tmp_path: Path) -> None:
    [found] = package(project_file, tmp_path, "zip", "--folder")
    assert found.name == NAME
    stale = found / "website" / "de" / "assets" / "javascripts" / "every.00000000.js"
    stale.touch()
    own = found / "Hinweis der IT.txt"
    own.touch()
    package(project_file, tmp_path, "zip", "--folder")
    assert not stale.exists()
    own.unlink()
    with zipfile.ZipFile(zipped) as archive:
        files = {path.relative_to(tmp_path).as_posix() for path in found.rglob("*") if path.is_file()}
        assert files == set(archive.namelist())


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("START - open this.html", "START - open this.html"),
        ("DÉPART : ouvrir ici ?", "DÉPART ouvrir ici.html"),
        ("aux", "Stufenweise aux.html"),
    ],
)
def test_a_start_file_has_a_name_that_every_system_takes_in_any_language(words: str, name: str) -> None:
    assert file_name(words, ".html") == name


@pytest.mark.build
def test_a_page_without_its_encoding_is_named(tmp_path: Path) -> None:
    config = make_project(tmp_path / "project", content=SMALL_LIBRARY)
    theme = config.parent / "theme"
    theme.mkdir()
    (theme / "main.html").write_text(
        '<!doctype html><html lang="de"><title>x</title><h1>{{ page.title }}</h1></html>', encoding="utf-8"
    )
    text = config.read_text(encoding="utf-8").replace("  name: material\n", "  name: material\n  custom_dir: theme\n")
    config.write_text(text, encoding="utf-8")
    result = run(config, "package", "zip", "-o", str(tmp_path / "out"))
    assert result.exit_code == 2
    assert "de/begin.html is no page of the theme" in result.stderr
    assert "Add it to your own template." in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.build
def test_the_published_site_is_left_alone(project_file: Path, zipped: Path) -> None:
    assert zipped.is_file()
    assert not (project_file.parent / "site").exists()
