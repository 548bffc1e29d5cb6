"""The site as a folder for a file share or a stick: it works from `file://`, with a start file anyone recognises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatch

from generator.assemble.labels import labels
from generator.packages.courses import SITE
from generator.packages.pages import with_policy
from generator.render.plain_page import plain_page
from generator.render.start_page import start_languages, start_page

FRAME = "search-frame.html"
"""Name of the page in which the search's worker runs; the theme's template names it too."""


def folder_files(
    site: Mapping[str, bytes], name: str, languages: Sequence[str], policy: str, colours: str = ""
) -> dict[str, bytes]:
    """Return the files of the folder by path.

    Args:
        site: The site's files by path, made for pages without a server.
        name: Name of the site.
        languages: Codes of its languages, the source language first.
        policy: Policy of the start file.
        colours: Style sheet that the start page of the site has beside its own.
    """
    words = labels(languages[0]).group("folder")
    start = start_page(name, start_languages(languages), below=SITE, colours=colours)
    files = {f"{SITE}{path}": data for path, data in site.items()}
    for language in languages:
        files[f"{SITE}{language}/{FRAME}"] = with_policy(_frame(site, language), policy, FRAME).encode()
    files[words["start"]] = with_policy(start, policy, words["start"]).encode()
    for language in languages:
        own = labels(language).group("folder")
        lines = own["readme"].format(name=name, start=words["start"]).strip().split("\n")
        # Windows' own editor shows it well with its line ends and mark.
        files[own["readme_name"]] = b"\xef\xbb\xbf" + "\r\n".join((*lines, "")).encode()
    return files


def _frame(site: Mapping[str, bytes], language: str) -> str:
    """Return the page in which the search's worker runs."""
    script = next(path for path in site if fnmatch(path, f"{language}/assets/javascripts/frame.*.js"))
    title = labels(language).of("nav", "home")
    return plain_page(f"{FRAME}.j2", language=language, title=title, script=script.removeprefix(f"{language}/"))
