"""Parsed built pages: ids, links, words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html.parser import HTMLParser
from pathlib import Path

SILENT = {"script", "style", "template"}
SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-label")
FETCHED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
}


@dataclass
class Tag:
    """One start tag."""

    name: str
    attributes: dict[str, str]


@dataclass
class Html(HTMLParser):
    """The words, ids and links of a page."""

    tags: list[Tag] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    article: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._silent = 0
        self._article = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append(Tag(tag, values))
        self.words += [values[name] for name in SPOKEN if values.get(name)]
        self._silent += tag in SILENT
        self._article += tag == "article"

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT
        self._article -= tag == "article"

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and not self._silent:
            self.words.append(text)
            if self._article:
                self.article.append(text)

    @cached_property
    def ids(self) -> list[str]:
        return [tag.attributes["id"] for tag in self.tags if "id" in tag.attributes]

    @cached_property
    def links(self) -> list[str]:
        return [tag.attributes["href"] for tag in self.tags if tag.name == "a" and "href" in tag.attributes]

    @property
    def fetched(self) -> list[str]:
        """Addresses of everything that a browser fetches to show the page."""
        found = [tag.attributes[FETCHED[tag.name]] for tag in self.tags if FETCHED.get(tag.name, "") in tag.attributes]
        kinds = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}
        links = [tag.attributes for tag in self.tags if tag.name == "link"]
        return found + [link["href"] for link in links if set(link.get("rel", "").split()) & kinds]


@lru_cache(maxsize=512)
def read(path: Path) -> Html:
    """Return a built page."""
    page = Html()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    return page


def words_of(page: Path) -> str:
    """Return the words of a page's article, without the characters that builders add to headings."""
    return re.sub(r"[\s¶#]+", " ", " ".join(read(page).article)).strip()


def pages(site: Path) -> list[Path]:
    """Return all pages of a site."""
    return sorted(site.rglob("*.html"))
