"""Convert HTML of wikis, mail programs and word processors to Markdown with nh3 and markdownify."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import nh3
from markdownify import MarkdownConverter

from stufenweise.importing.foreign_file import ForeignText, Loss
from stufenweise.importing.page_surroundings import KEPT_ATTRIBUTES, SURROUNDING_TAGS, without_surroundings

if TYPE_CHECKING:
    from bs4 import Tag

_TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code", "dl", "dt"),
    *("dd", "strong", "b", "em", "i", "s", "del", "sub", "sup", "kbd", "a", "img", "table", "thead", "tbody", "tr"),
    *("th", "td", "input", "div"),
} | SURROUNDING_TAGS
_ATTRIBUTES = {
    "*": KEPT_ATTRIBUTES,
    "a": {"href"}, "img": {"src", "alt"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"},
    "input": {"type", "checked"}, "ol": {"start"},
}  # fmt: skip
_LOST = (
    "iframe",
    "video",
    "audio",
    "object",
    "embed",
    "svg",
    "canvas",
    "select",
    "textarea",
    "math",
    "ac:structured-macro",
)
"""Elements with visible content that text can't represent."""
_LOST_ELEMENT = re.compile(rf"<(?P<name>{'|'.join(_LOST)})(?=[\s/>])", re.IGNORECASE)
_MARK = "\ue0ff"
"""Character around the number of a loss, at its place."""
_MARKED = re.compile(f"{_MARK}(\\d+){_MARK}")
UNKNOWN_IMAGE = "unknown:"
"""Prefix of the address of an image of an unsupported type."""
MAX_NESTED = 150
"""Deepest nesting of elements."""
_CONTAINER = re.compile(r"<(/?)(?:div|span|section|font|b|i|em|strong|u|blockquote|table|ul|ol|a)\b", re.IGNORECASE)
HTML_BLOCK = re.compile(r"^<(?:table|ul|ol|p|div|dl|figure|details|img)\b(?:.+\n?)+", re.MULTILINE | re.IGNORECASE)
"""A block of HTML in Markdown, up to the next empty line."""
_DATA = re.compile(r"data:image/(png|jpeg|webp);base64,([A-Za-z0-9+/=\s]+)")
_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_ESCAPED_INSIDE = re.compile(r"(?<=\w)\\([*_])(?=\w)")
"""Escaped stars and underscores inside words, which need no escape here."""
_TITLE = re.compile(r"<title[^>]*>([^<]{1,200})</title>", re.IGNORECASE)


class _Converter(MarkdownConverter):
    """Writes Markdown in this project's style, and notes what can't be written."""

    def __init__(self, images: dict[str, bytes], losses: list[tuple[str, str]]) -> None:
        """Take containers for images and losses; the Markdown has the number of each loss between two marks."""
        super().__init__(heading_style="ATX", bullets="-", newline_style="BACKSLASH", table_infer_header=True)
        self.images, self.losses = images, losses

    def convert_img(self, element: Tag, text: str, parent_tags: Iterable[str]) -> str:
        source, alt = str(element.get("src") or ""), " ".join(str(element.get("alt") or "").split())
        if match := _DATA.fullmatch(source):
            try:
                content = base64.b64decode(match[2])
            except binascii.Error:
                return ""
            source = f"image-{len(self.images) + 1}.{match[1].replace('jpeg', 'jpg')}"
            self.images[source] = content
        if not source or _REMOTE.match(source) or ":" in source:
            if source.startswith(UNKNOWN_IMAGE):
                return self.lost("import-image-kind", source.removeprefix(UNKNOWN_IMAGE))
            return self.lost("import-image", alt or source[:80])
        return f"![{alt.replace('[', '(').replace(']', ')')}]({source})"

    def convert_a(self, element: Tag, text: str, parent_tags: Iterable[str]) -> str:
        address = str(element.get("href") or "").strip()
        if re.match(r"(?:https?://|mailto:|tel:)", address, re.IGNORECASE) and not re.search(r"[\s<>()]", address):
            return f"[{text.strip()}]({address})" if text.strip() else ""
        if address and not address.startswith("#"):
            return self.lost("import-link", f"{text.strip()[:40]} ({address[:80]})") + text
        return text

    def convert_input(self, element: Tag, text: str, parent_tags: Iterable[str]) -> str:
        return ("[x] " if element.has_attr("checked") else "[ ] ") if element.get("type") == "checkbox" else ""

    def convert_table(self, element: Tag, text: str, parent_tags: Iterable[str]) -> str:
        if element.find(["td", "th"], attrs={"colspan": re.compile("[2-9]")}):
            mark = self.lost("import-merged", " ".join(element.get_text(" ").split())[:60])
            text = text.replace("|", f"|{mark}", 1)
        written: str = super().convert_table(element, text, parent_tags)  # type: ignore[misc]
        return written

    def lost(self, kind: str, text: str) -> str:
        """Note a loss, and return the mark of its place."""
        self.losses.append((kind, text))
        return f"{_MARK}{len(self.losses) - 1}{_MARK}"


def _is_too_deep(html: str) -> bool:
    """Return whether elements are nested more deeply than on any real page."""
    depth = 0
    for match in _CONTAINER.finditer(html):
        depth = max(depth - 1, 0) if match[1] else depth + 1
        if depth > MAX_NESTED:
            return True
    return False


def page_as_markdown(html: str, images: dict[str, bytes]) -> ForeignText:
    """Return HTML as Markdown; embedded images are added to `images`.

    Raises:
        ValueError: It is nested too deeply.
    """
    if _is_too_deep(html):
        raise ValueError("nested")
    losses: list[tuple[str, str]] = []
    html = html.replace(_MARK, "")

    def noted(match: re.Match[str]) -> str:
        losses.append(("import-element", match["name"].lower()))
        return f"{_MARK}{len(losses) - 1}{_MARK}{match[0]}"

    html = _LOST_ELEMENT.sub(noted, html)
    title = _TITLE.search(html)
    clean = nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None, strip_comments=True,
        url_schemes={"http", "https", "mailto", "tel", "data", "file"},
        clean_content_tags={"script", "style", "template", "noscript", "head", "title", "svg", "select", "textarea"},
    )  # fmt: skip
    converter = _Converter(images, losses)
    markdown: str = converter.convert_soup(without_surroundings(clean, converter.lost))
    if title and not re.search(r"^# ", markdown, re.MULTILINE):
        markdown = f"# {' '.join(title[1].split())}\n\n{markdown}"
    markdown = _ESCAPED_INSIDE.sub(r"\1", markdown)
    lines = [re.sub(r"[ \t\xa0]+$", "", line).replace("\xa0", " ") for line in markdown.split("\n")]
    markdown = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
    placed = tuple(_placed(markdown, losses))
    return ForeignText(markdown=_MARKED.sub("", markdown), has_lines=False, losses=placed, images=images)


def _placed(markdown: str, losses: Sequence[tuple[str, str]]) -> Iterator[Loss]:
    """Yield losses with the lines of their marks in the Markdown."""
    places: dict[int, int] = {}
    for number, line in enumerate(markdown.split("\n"), 1):
        places |= {int(mark): number for mark in _MARKED.findall(line)} if _MARK in line else {}
    for index, (kind, text) in enumerate(losses):
        yield Loss(kind=kind, text=text, line=places.get(index, 0))


def pages_in_markdown(text: str) -> ForeignText:
    """Return Markdown with its blocks of HTML converted; line numbers stay if possible.

    Raises:
        ValueError: HTML is nested too deeply.
    """
    losses: list[Loss] = []
    images: dict[str, bytes] = {}

    def written(match: re.Match[str]) -> str:
        page = page_as_markdown(match[0], images)
        above = text.count("\n", 0, match.start())
        losses.extend(replace(loss, line=above + max(loss.line, 1)) for loss in page.losses)
        markdown = page.markdown.rstrip("\n")
        return markdown + "\n" * max(match[0].count("\n") - markdown.count("\n"), 1)

    markdown = HTML_BLOCK.sub(written, text)
    return ForeignText(
        markdown=markdown, has_lines=markdown.count("\n") == text.count("\n"), losses=tuple(losses), images=images
    )
