"""Write one site map over all languages from the published pages.

The protocol is that of https://www.sitemaps.org/protocol.html, the links to other languages are those of
https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from stufenweise.core.safe_folders import SafeFolder
from stufenweise.model import page_paths

SITEMAP = "sitemap.xml"

_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def write_sitemap(site: Path, languages: Sequence[str], site_url: str, reviewed: Mapping[str, date]) -> None:
    """Write the site map of a rendered site, if the site's address is known: entries must be absolute.

    Args:
        site: The folder that will be published, with a folder for each language.
        languages: Their codes, the source language first.
        site_url: Address of the site's root with a slash at its end, or empty.
        reviewed: Review date by address below the language's folder, e.g. `tutorials/find-people/`; a fact of
            the source, so it holds for all languages.
    """
    if site_url:
        text = sitemap(pages_of(site, languages), site_url, reviewed)
        SafeFolder(site).write(SITEMAP, text.encode())


def pages_of(site: Path, languages: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the sorted addresses of pages below their language's folder, each with the languages that have it."""
    languages_of: dict[str, list[str]] = {}
    for language in languages:
        for address in _addresses(site / language):
            languages_of.setdefault(address, []).append(language)
    return {address: tuple(languages_of[address]) for address in sorted(languages_of)}


def _addresses(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.html"):
        address = path.relative_to(folder).as_posix()
        if address != page_paths.NOT_FOUND:
            yield _short(address)


def _short(address: str) -> str:
    """Remove `index.html`, which servers add themselves, from an address."""
    return address.removesuffix("index.html") if address.rpartition("/")[2] == "index.html" else address


def sitemap(pages: Mapping[str, Sequence[str]], site_url: str, reviewed: Mapping[str, date]) -> str:
    """Return a site map; each page has links to its translations.

    Args:
        pages: What `pages_of` found.
        site_url: Address of the site's root with a slash at its end.
        reviewed: Review date by address below the language's folder, for `lastmod`.
    """
    days = {_short(address): day for address, day in reviewed.items()}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<urlset {_NAMESPACES}>"]
    for address, languages in pages.items():
        alternates = [(language, f"{site_url}{language}/{quote(address)}") for language in languages]
        links = [*alternates, ("x-default", site_url)] if address == "" else alternates
        for _, location in alternates:
            lines.append("  <url>")
            lines.append(f"    <loc>{escape(location)}</loc>")
            if (day := days.get(address)) is not None:
                lines.append(f"    <lastmod>{day.isoformat()}</lastmod>")
            lines += [
                f'    <xhtml:link rel="alternate" hreflang={quoteattr(code)} href={quoteattr(href)}/>'
                for code, href in links
            ]
            lines.append("  </url>")
    return "\n".join([*lines, "</urlset>", ""])
