"""Render the two pages above the languages: the start page, and the "not found" page.

The start page redirects to the first of the browser's languages that the site has, and stores nothing. Without script,
or for other languages, it is a list of links. Script and style are files of their own (names with a hash of their
content), as the policy `script-src 'self'; style-src 'self'` wants it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from stufenweise.core.digests import hashed_name
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.core.text_templates import render_html_template
from stufenweise.i18n.labels import Labels
from stufenweise.model import page_paths

_ICONS = ("favicon.svg", "favicon.png")
_NO_ICON = "data:,"
"""Prevents a request for /favicon.ico, which belongs to another site if ours is under a sub-path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartLanguage:
    """A language of the site, and the text of the root pages in it."""

    code: str
    name: str
    """Its name in itself: Deutsch, English."""
    choose: str
    """Prompt to choose a language."""
    not_found: str
    """Message that the page was not found."""
    not_found_text: str
    home: str
    """Text of the link to the home page."""


def start_languages(labels: Sequence[Labels]) -> tuple[StartLanguage, ...]:
    """Return the languages in the order of `labels`."""
    return tuple(
        StartLanguage(
            code=label.language,
            name=label("language"),
            choose=label("choose_language"),
            not_found=label("not_found_title"),
            not_found_text=label("not_found_text"),
            home=label("not_found_home"),
        )
        for label in labels
    )


def start_page(
    title: str,
    languages: Sequence[StartLanguage],
    site_url: str = "",
    icon: str = _NO_ICON,
    below: str = "",
    colours: str = "",
) -> str:
    """Return the HTML of the start page.

    Args:
        title: Name of the site.
        languages: Its languages, the source language first.
        site_url: Address of the site's root with a slash at its end; empty leaves out `hreflang`, whose
            addresses must be absolute.
        icon: Address of the icon, relative to the root.
        below: Path of the site's root from the page, with a slash at its end, if the page lies above it.
        colours: Style sheet that puts a company's colour in the place of ours.
    """
    style = hashed_name("start", (_asset("start.css") + colours).encode(), "css")
    return _render("start.html.j2", title, languages, style, root=below, site_url=site_url, icon=icon)


def not_found_page(
    title: str, languages: Sequence[StartLanguage], site_url: str = "", icon: str = _NO_ICON, colours: str = ""
) -> str:
    """Return the HTML of the page for unknown addresses; arguments as for `start_page`.

    Servers show it under any address, so its links start with the path of `site_url`. Without one they are relative,
    which is right for addresses directly below the root.
    """
    root = urlsplit(site_url).path if site_url else ""
    style = hashed_name("start", (_asset("start.css") + colours).encode(), "css")
    return _render("not_found.html.j2", title, languages, style, root=root, site_url=site_url, icon=icon)


def write_start_pages(site: Path, title: str, labels: Sequence[Labels], site_url: str = "", colours: str = "") -> None:
    """Write both pages, the script and the style into `site`, the folder with the languages' folders.

    Args:
        site: Folder of the site.
        title: Its name.
        labels: Words of its languages, those of the source language first.
        site_url: Address of its root, as for `start_page`.
        colours: Style sheet, as for `start_page`.
    """
    languages = start_languages(labels)
    icon = _icon(site, [label.language for label in labels])
    script, style = _asset("start.js"), _asset("start.css") + colours
    texts = {
        "index.html": start_page(title, languages, site_url, icon, colours=colours),
        page_paths.NOT_FOUND: not_found_page(title, languages, site_url, icon, colours),
        hashed_name("start", script.encode(), "js"): script,
        hashed_name("start", style.encode(), "css"): style,
    }
    for name, text in texts.items():
        SafeFolder(site).write(name, text.encode())


def _icon(site: Path, codes: Sequence[str]) -> str:
    """Return the address of the theme's icon in the first language that has one."""
    paths = (f"{code}/assets/images/{name}" for code in codes for name in _ICONS)
    return next((path for path in paths if (site / path).is_file()), _NO_ICON)


def _render(
    template: str, title: str, languages: Sequence[StartLanguage], style: str, *, root: str, site_url: str, icon: str
) -> str:
    return render_html_template(
        "stufenweise.publish",
        template,
        title=title,
        languages=languages,
        root=root,
        site_url=site_url,
        icon=icon if icon == _NO_ICON else root + icon,
        script=root + hashed_name("start", _asset("start.js").encode(), "js"),
        style=root + style,
    )


def _asset(name: str) -> str:
    return files("stufenweise.publish").joinpath("templates", name).read_text(encoding="utf-8")
