"""The small library with a stranger's text in it, and an HTML checker that reports anything that could run or fetch."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from memory_library import check_files, library, load
from stufenweise.load.load_result import LoadResult
from stufenweise.model.paths import ContentPath
from stufenweise.model.problem import Problem
from stufenweise.source.markdown.html_policy import LINK_SCHEMES, PAGE, PAGE_PREFIXES

TUTORIAL = ContentPath("tutorials/first.de.md")
AFTER = "Die Community kennt die Antwort.\n"
"""The line of the library's first tutorial behind which a case's text is put."""


def tutorial(text: str) -> tuple[str, int]:
    """Return the first tutorial with `text` in its first section, and the line at which that starts."""
    whole = library()[TUTORIAL].decode()
    before, mark, after = whole.partition(AFTER)
    assert mark, f"{TUTORIAL} no longer says: {AFTER}"
    before += mark + "\n"
    return f"{before}{text}\n{after}", before.count("\n") + 1


def read(files: dict[ContentPath, bytes]) -> LoadResult:
    """Return the library with these files laid over it, as it is loaded."""
    return load({**library(), **files})


def problems(files: dict[ContentPath, bytes]) -> list[Problem]:
    """Return what is wrong with the library with these files laid over it, other than digests of translations."""
    return [problem for problem in check_files({**library(), **files}) if problem.code != "translation-stale"]


@dataclass
class ForbiddenHtmlFinder(HTMLParser):
    """Parses HTML and collects everything that runs, fetches or triggers the theme's scripts."""

    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {name.lower() for name in PAGE}:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            self.attribute(tag, name, value or "")

    def attribute(self, tag: str, name: str, value: str) -> None:
        known = {attribute.lower() for attribute in PAGE.get(tag, ())}
        if name not in known and not name.startswith(tuple(PAGE_PREFIXES)):
            self.faults.append(f"{tag} {name}")
        address = re.sub(r"[\x00-\x20]", "", html.unescape(value)).replace("\\", "/").lower()
        scheme = re.match(r"[a-z][a-z0-9+.-]*(?=:)", address)
        if name in {"href", "src", "action", "formaction", "data", "poster", "background", "srcset", "ping"}:
            if scheme and scheme[0] not in LINK_SCHEMES:
                self.faults.append(f"{tag} {name}={value}")
            if tag != "a" and (scheme or address.startswith("//")):
                self.faults.append(f"{tag} fetches {value}")
        if name.startswith(("on", "data-md-")) or name == "style":
            self.faults.append(f"{tag} {name}")
        if name in {"id", "for"} and value.startswith("__"):
            self.faults.append(f"{tag} {name}={value}")
        if (name == "class" and "mermaid" in value.split()) or (name == "title" and "<" in value):
            self.faults.append(f"{tag} {name}={value}")
        if "url(" in address and "url(#" not in address and name not in {"title", "alt", "href"}:
            self.faults.append(f"{tag} {name}={value}")

    def handle_comment(self, data: str) -> None:
        self.faults.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.faults.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.faults.append("processing instruction")

    def unknown_decl(self, data: str) -> None:
        self.faults.append("marked section")


def faults(text: str) -> list[str]:
    """Return everything in this HTML that is forbidden in a page."""
    finder = ForbiddenHtmlFinder()
    finder.feed(text)
    finder.close()
    return finder.faults
