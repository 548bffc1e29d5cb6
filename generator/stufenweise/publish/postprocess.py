"""Postprocess any builder's output before it is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from stufenweise.publish.sitemap import SITEMAP, pages_of, sitemap
from stufenweise.safe_folders import SafeFolder

SEARCH_FOLDERS = ("assets/javascripts/lunr", "assets/javascripts/workers", "search")
"""Folders of a builder's own search: stemmers of all languages, a worker, an index."""
INDEX_FILE = "search.json"
"""Index of Zensical's search, which it writes even where the search is switched off."""


def postprocess_site(site: Path, languages: Sequence[str], *, site_url: str, reviewed: Mapping[str, date]) -> None:
    """Finish a rendered site in place: `site` holds one folder a language, of any builder.

    Removed are source maps (half of the bytes, of use to the theme's developers alone), the search of
    builders, and the builders' site maps: they carry the day of the build, their `.gz`
    the second, and none knows the other languages.
    One site map at the root takes their place, but only if the site's address is known: its entries must be
    absolute, and guessed ones help nobody.

    Args:
        site: The folder that will be published.
        languages: codes, the source language first.
        site_url: Address of the site's root with a slash at its end, or empty.
        reviewed: Review date by address below the language's folder, e.g. `tutorials/find-people/`; a fact of
            the source, so it holds for all languages.
    """
    drop_source_maps(site)
    for language in languages:
        drop_builders_search(site / language)
        for name in (SITEMAP, f"{SITEMAP}.gz"):
            SafeFolder(site).remove(f"{language}/{name}")
    if site_url:
        text = sitemap(pages_of(site, languages), site_url, reviewed)
        SafeFolder(site).write(SITEMAP, text.encode())


def drop_source_maps(site: Path) -> None:
    """Remove the source maps that a builder copied with its theme."""
    folder = SafeFolder(site)
    for path, _ in list(folder.entries()):
        if path.endswith((".js.map", ".css.map")):
            folder.remove(path)


def drop_builders_search(site: Path) -> None:
    """Remove what builders and their themes bring along to search a language's site: ours needs none of it."""
    folder = SafeFolder(site)
    folder.remove(INDEX_FILE)
    for below in SEARCH_FOLDERS:
        for path, _ in list(folder.entries(below)):
            if path.endswith((".js", ".json")):
                folder.remove(path)
    for path, is_folder in list(folder.entries("assets/javascripts")):
        if is_folder:
            folder.remove_empty(path)
