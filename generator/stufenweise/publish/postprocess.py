"""What any builder's output needs before it is published."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from stufenweise.publish.sitemap import SITEMAP, pages_of, sitemap
from stufenweise.safe_folders import SafeFolder

SEGMENTERS = {"tinyseg.js": {"ja"}, "wordcut.js": {"hi", "th"}}
"""What finds the words of languages that write them without spaces, by file."""


def postprocess_site(site: Path, languages: Sequence[str], *, site_url: str, reviewed: Mapping[str, date]) -> None:
    """Finish a rendered site in place: `site` holds one folder a language, of any builder.

    Removed are source maps (half of the bytes, of use to the theme's developers alone), what the search has for
    languages that it does not search, and the builders' site maps: they carry the day of the build, their `.gz`
    the second, and none knows the other languages.
    One site map at the root takes their place, but only if the site's address is known: its entries must be
    absolute, and guessed ones help nobody.

    Args:
        site: the folder that will be published.
        languages: codes, the source language first.
        site_url: address of the site's root with a slash at its end, or empty.
        reviewed: review date by address below the language's folder, e.g. `tutorials/find-people/`; a fact of
            the source, so it holds for all languages.
    """
    drop_source_maps(site)
    for language in languages:
        drop_stemmers(site / language)
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


def drop_stemmers(site: Path) -> None:
    """Remove what the search of a language's site brings along for other languages: 800 kB in 35 files.

    The theme's worker loads them by the languages that the index names; an index of another form keeps them all.
    """
    index = site / "search" / "search_index.json"
    if not index.is_file():
        return
    searched = set(json.loads(index.read_text(encoding="utf-8"))["config"]["lang"])
    needed = {f"lunr.{name}.min.js" for name in ("multi", "stemmer.support", *searched)}
    needed |= {name for name, languages in SEGMENTERS.items() if languages & searched}
    folder = SafeFolder(site)
    for path, _ in list(folder.entries("assets/javascripts/lunr")):
        if path.endswith(".js") and path.rpartition("/")[2] not in needed:
            folder.remove(path)
