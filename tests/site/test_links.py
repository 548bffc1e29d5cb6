"""No link of the built site leads nowhere, and no page fetches anything from another host."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from html_pages import pages, read

ROOT_PATH = "/rm/"


def target(site: Path, page: Path, href: str) -> Path | None:
    """Return the file that a link of the site leads to; None if it leads elsewhere."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    if path.startswith(ROOT_PATH):
        found = site / path.removeprefix(ROOT_PATH)
    elif path.startswith("/"):
        return site / "outside"
    else:
        found = page.parent / path if path else page
    return found / "index.html" if found.is_dir() or path.endswith("/") else found


def test_every_link_leads_to_a_page_and_its_anchor(site_on_each_base: Path) -> None:
    broken: list[str] = []
    for page in pages(site_on_each_base):
        for href in read(page).links:
            found = target(site_on_each_base, page, href)
            if found is None:
                continue
            # "#name=value" and "#session" are what a script reads, and no place on the page.
            anchor = unquote(urlsplit(href).fragment)
            if not found.resolve().is_file():
                broken.append(f"{page.relative_to(site_on_each_base)}: {href}")
            elif (
                anchor not in {"", "session"}
                and "=" not in anchor
                and found.suffix == ".html"
                and anchor not in read(found.resolve()).ids
            ):
                broken.append(f"{page.relative_to(site_on_each_base)}: {href} (anchor)")
    assert broken == []


def test_everything_that_is_fetched_lies_on_the_site(site_on_each_base: Path) -> None:
    missing: list[str] = []
    for page in pages(site_on_each_base):
        for address in read(page).fetched:
            found = target(site_on_each_base, page, address)
            if not address.startswith("data:") and (found is None or not found.resolve().is_file()):
                missing.append(f"{page.relative_to(site_on_each_base)}: {address}")
    assert missing == []


def test_no_id_stands_twice_on_a_page(site_on_each_base: Path) -> None:
    for page in pages(site_on_each_base):
        ids = read(page).ids
        assert sorted(set(ids)) == sorted(ids), page


def test_no_page_has_an_inline_script_style_or_handler(site_on_each_base: Path) -> None:
    for page in pages(site_on_each_base):
        for tag in read(page).tags:
            assert tag.name != "style", page
            assert "style" not in tag.attributes, (page, tag)
            assert not [name for name in tag.attributes if name.startswith("on")], (page, tag)
            if tag.name == "script":
                assert tag.attributes.get("src") or tag.attributes.get("type") == "application/json", page
