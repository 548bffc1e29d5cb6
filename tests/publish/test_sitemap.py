"""The site map names every page once, with its translations and the day of its last review."""

from __future__ import annotations

import datetime
from pathlib import Path
from xml.etree import ElementTree

from stufenweise.publish.sitemap import pages_of, sitemap, write_sitemap

XHTML = "{http://www.w3.org/1999/xhtml}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ROOT = "https://example.org/rm/"


def _touch(site: Path, *names: str) -> None:
    for name in names:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).touch()


def test_pages_are_found_whatever_the_form_of_their_addresses(tmp_path: Path) -> None:
    _touch(tmp_path, "index.html", "404.html", "de/404.html", "de/index.html", "de/a/index.html", "de/b.html")
    _touch(tmp_path, "en/index.html", "en/b.html", "en/search/data.json")
    assert pages_of(tmp_path, ["de", "en"]) == {"": ("de", "en"), "a/": ("de",), "b.html": ("de", "en")}


def test_each_page_names_its_twins_and_its_review() -> None:
    pages = {"": ("de", "en"), "a/": ("de",), "ä&b/": ("de", "en")}
    tree = ElementTree.fromstring(sitemap(pages, ROOT, {"a/": datetime.date(2026, 1, 2)}))
    found = {
        url.findtext(f"{MAP}loc"): (
            url.findtext(f"{MAP}lastmod"),
            {link.get("hreflang"): link.get("href") for link in url.iter(f"{XHTML}link")},
        )
        for url in tree
    }
    homes = {"de": f"{ROOT}de/", "en": f"{ROOT}en/", "x-default": ROOT}
    odd = {"de": f"{ROOT}de/%C3%A4%26b/", "en": f"{ROOT}en/%C3%A4%26b/"}
    assert found == {
        f"{ROOT}de/": (None, homes),
        f"{ROOT}en/": (None, homes),
        f"{ROOT}de/a/": ("2026-01-02", {"de": f"{ROOT}de/a/"}),
        odd["de"]: (None, odd),
        odd["en"]: (None, odd),
    }


def test_the_review_of_a_home_page_is_known_by_either_form_of_its_address() -> None:
    for address in ("", "index.html"):
        assert "<lastmod>2026-01-02</lastmod>" in sitemap({"": ("de",)}, ROOT, {address: datetime.date(2026, 1, 2)})


def test_the_site_map_stands_at_the_root(tmp_path: Path) -> None:
    _touch(tmp_path, "de/index.html", "en/index.html")
    write_sitemap(tmp_path, ["de", "en"], ROOT, {})
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("sitemap*")] == ["sitemap.xml"]


def test_without_an_address_there_is_no_site_map(tmp_path: Path) -> None:
    _touch(tmp_path, "de/index.html")
    write_sitemap(tmp_path, ["de"], "", {})
    assert list(tmp_path.rglob("sitemap*")) == []
