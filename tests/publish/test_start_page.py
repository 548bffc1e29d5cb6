"""The first page leads to a language, and a missing page back to the site, with and without scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from stufenweise.i18n.labels import package_labels
from stufenweise.publish.start_page import not_found_page, start_languages, start_page, write_start_pages

CODES = ["de", "en"]
LABELS = [package_labels(code) for code in CODES]


def test_the_start_page_lists_every_language_without_script() -> None:
    html = start_page("Stufenweise", start_languages(LABELS))
    for code, name in (("de", "Deutsch"), ("en", "English")):
        assert re.search(rf'<a [^>]*href="{code}/index.html" lang="{code}" hreflang="{code}">{name}</a>', html)


def test_the_site_s_name_is_escaped() -> None:
    for page in (start_page, not_found_page):
        html = page('<script>alert(1)</script> & "Co"', start_languages(LABELS))
        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html


def test_nothing_is_inline_so_that_the_strict_policy_holds() -> None:
    for page in (start_page, not_found_page):
        html = page("Stufenweise", start_languages(LABELS), "https://example.org/rm/")
        assert "<style" not in html
        assert "style=" not in html
        assert re.findall(r"<script[^>]*>(?!</script>)", html) == []
        assert re.findall(r"\son\w+=", html) == []


def test_hreflang_needs_the_site_s_address() -> None:
    assert 'rel="alternate"' not in start_page("S", start_languages(LABELS))
    html = start_page("S", start_languages(LABELS), "https://example.org/rm/")
    assert re.findall(r'hreflang="([^"]+)" href="(https[^"]+)"', html) == [
        ("de", "https://example.org/rm/de/"),
        ("en", "https://example.org/rm/en/"),
        ("x-default", "https://example.org/rm/"),
    ]


def test_links_of_the_lost_page_hold_at_any_depth_if_the_address_is_known() -> None:
    known = not_found_page("S", start_languages(LABELS), "https://example.org/rm/", "de/favicon.png")
    assert all(link.startswith("/rm/") for link in re.findall(r'href="([^"]+)"', known))
    unknown = not_found_page("S", start_languages(LABELS))
    assert 'href="de/index.html"' in unknown


def test_start_pages_name_only_files_that_exist(tmp_path: Path) -> None:
    (tmp_path / "en" / "assets" / "images").mkdir(parents=True)
    (tmp_path / "en" / "assets" / "images" / "favicon.png").touch()
    for code in CODES:
        (tmp_path / code).mkdir(exist_ok=True)
        (tmp_path / code / "index.html").touch()
    write_start_pages(tmp_path, "Stufenweise", LABELS)
    for page in ("index.html", "404.html"):
        html = (tmp_path / page).read_text(encoding="utf-8")
        links = re.findall(r'(?:href|src)="([^"]+)"', html)
        assert "en/assets/images/favicon.png" in links
        assert [link for link in links if not (tmp_path / link).is_file()] == []


@pytest.mark.parametrize(
    ("locale", "codes", "lands"),
    [
        ("de-AT", CODES, "de/index.html"),
        ("de", CODES, "de/index.html"),
        ("en-GB", CODES, "en/index.html"),
        ("fr-FR", CODES, "index.html"),
        ("en-GB", ["de"], "index.html"),
    ],
)
def test_the_reader_lands_in_the_language_of_the_browser(
    browser: Browser, tmp_path: Path, locale: str, codes: list[str], lands: str
) -> None:
    for code in codes:
        (tmp_path / code).mkdir()
        (tmp_path / code / "index.html").write_text(f"<title>{code}</title>", encoding="utf-8")
    write_start_pages(tmp_path, "Stufenweise", [package_labels(code) for code in codes])
    context = browser.new_context(locale=locale)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((tmp_path / "index.html").as_uri())
    page.wait_for_url((tmp_path / lands).as_uri())
    page.wait_for_load_state()
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert said == []
    context.close()
