"""Remove everything around the text of a wiki or portal page: paths, tables of contents, comments, footers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from bs4 import Tag

KEPT_ATTRIBUTES = {"id", "class", "role", "data-automation-id"}
"""Attributes that identify elements around the text."""
SURROUNDING_TAGS = {"nav", "footer", "button", "section", "header"}
_AROUND = (
    *("nav", "footer", "button", "[role=navigation]", "[role=contentinfo]", "[role=banner]"),
    *("#breadcrumbs", "#breadcrumb-section", "#footer", ".page-metadata", ".toc-macro", ".pageSection"),
    *("#comments-section", ".confluence-page-comments", "[data-automation-id=pageCommentsWrapper]"),
    *("[data-automation-id=pageHeader]", "[data-automation-id=authorByline]", "#SuiteNavWrapper"),
)
"""Surrounding elements of Confluence, SharePoint and HTML itself."""
_TITLES = "#title-text, #title-heading, [data-automation-id=TitleTextId]"
"""The title of a page in Confluence and SharePoint, which need not be a heading."""
_BOXES = {"tip": "tip", "note": "warning", "warning": "danger"}
"""Our kinds of boxes by those of Confluence; other kinds become `info`."""
_SPACE = re.compile(r"^(?P<space>[^:\n]{1,60}) : (?=\S)")
"""The name of a space, which Confluence puts before a title."""


def without_surroundings(html: str, lost: Callable[[str, str], str]) -> BeautifulSoup:
    """Return a page with only its text.

    Args:
        html: The page, sanitised.
        lost: Notes a removed element by kind and words, and returns a mark for its place.
    """
    soup = BeautifulSoup(html, "html.parser")
    for macro in soup.select(".confluence-information-macro"):
        _make_box(soup, macro)
    title = soup.select_one(_TITLES)
    if title is not None:
        _make_heading(soup, title, lost)
    removed: set[int] = set()
    for element in soup.select(", ".join(_AROUND)):
        if element.find("h1") or any(id(parent) in removed for parent in element.parents):
            continue
        removed.add(id(element))
        words = " ".join(element.get_text(" ").split())
        if words or element.find("img"):
            element.replace_with(lost("import-around", words[:80] or "<img>"))
        else:
            element.extract()
    return soup


def _make_heading(soup: BeautifulSoup, title: Tag, lost: Callable[[str, str], str]) -> None:
    """Make the title of a page its first heading, without the name of the space."""
    words = " ".join(title.get_text(" ").split())
    heading = title.find_parent("h1") or title
    mark = ""
    if match := _SPACE.match(words):
        mark, words = lost("import-around", match["space"]), words[match.end() :]
    new = soup.new_tag("h1")
    new.string = words + mark
    heading.replace_with(new)


def _make_box(soup: BeautifulSoup, macro: Tag) -> None:
    """Turn a box of Confluence into a quote that is a callout."""
    classes = " ".join(macro.get_attribute_list("class"))
    kind = next((kind for macro_kind, kind in _BOXES.items() if f"macro-{macro_kind}" in classes), "info")
    title = macro.select_one("p.title")
    words = " ".join(title.get_text(" ").split()) if title is not None else ""
    if title is not None:
        title.decompose()
    first = soup.new_tag("p")
    first.string = f"[!{kind}] {words}".strip()
    macro.name = "blockquote"
    macro.insert(0, first)
