"""An author's Markdown as a tree of nodes that a Typst template prints.

What is printed is the HTML that the site shows, read as a tree: site and paper can't disagree about the text. Nodes
are plain data and reach Typst as JSON, so no text can become code there.

A node is a string (text), or a map with `k`, its kind, and `c`, the nodes in it. Kinds: `p h3 h4 ul ol li dl dt dd
quote box title pre hr table tr th td link em strong code kbd sub sup small mark ins del break image long`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TypedDict, cast

from stufenweise.source.markdown_rendering import markdown_to_html

_TRANSPARENT = frozenset({"thead", "tbody"})
_NAMES: Mapping[str, str] = {"blockquote": "quote", "br": "break", "div": "box", "details": "box"}
_VOID = frozenset({"br", "hr", "img", "wbr"})
_BLOCKS = frozenset({"p", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "hr", "quote", "box", "pre", "table", "tr"})
_HOLDERS = frozenset({"ul", "ol", "dl", "table", "tr", "quote", "box"})
"""Kinds in which text between two blocks is only white space."""
_SPACE = re.compile(r"[ \t\r\n]+")
_ALIGN = re.compile(r"text-align: (left|center|right);")

INLINE = "\x06"
"""Sign at the beginning of a fragment that is one line of Markdown, such as a title; no content may hold it."""
_MARK = "\x05"
_BREAK = f"\n\n{_MARK}\n\n"
_LONG = re.compile(r"([^\W\d_]{14,})")
"""Words that may be broken. To look for the breaks of all words doubles the time that a sheet takes; a shorter word
fits into the shortest line that there is."""

MarkdownPage = Callable[[str], str]
"""Gives the address of a page for a link inside of the content; empty if there is none to print."""


class Node(TypedDict, total=False):
    """One element."""

    k: str
    c: list[Node | str]
    href: str
    """Where a link leads; empty for a page of a site whose address is not known."""
    shown: bool
    """Whether the address has to be printed, since the text does not say it."""
    start: int
    """First number of a numbered list."""
    align: str
    alt: str
    src: str
    """Path of an image below the content folder."""
    data: str | list[int]
    """The image itself: a drawing as text, a picture as its bytes."""
    format: str


@dataclass(frozen=True, slots=True)
class Source:
    """What the nodes of a text need to know of it."""

    folder: str
    """Folder of its file below the content folder: images are found from there."""
    page: MarkdownPage


class _Reader(HTMLParser):
    """Builds nodes of HTML that Python-Markdown wrote and the checks let through."""

    def __init__(self, source: Source) -> None:
        super().__init__(convert_charrefs=True)
        self.source = source
        self.root: Node = {"k": "root", "c": []}
        self.open: list[tuple[str, Node]] = [("", self.root)]

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _TRANSPARENT or tag == "wbr":
            return
        node = self._node(tag, values)
        self._children().append(node)
        if tag not in _VOID:
            self.open.append((tag, node))

    def handle_endtag(self, tag: str) -> None:
        if tag in _TRANSPARENT or tag in _VOID:
            return
        while len(self.open) > 1:
            name, node = self.open.pop()
            _tidy(node)
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        self._children().append(data)

    def _children(self) -> list[Node | str]:
        return self.open[-1][1]["c"]

    def _node(self, tag: str, values: Mapping[str, str]) -> Node:
        """Return the node of an element, with nothing in it yet."""
        node: Node = {"k": _NAMES.get(tag, tag), "c": []}
        if tag == "a":
            address = values.get("href", "")
            inside = not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", address)
            return {"k": "link", "c": [], "href": self.source.page(address) if inside else address, "shown": not inside}
        if tag == "img":
            src = posixpath.normpath(posixpath.join(self.source.folder, values.get("src", "").partition("#")[0]))
            return {"k": "image", "c": [], "src": src, "alt": values.get("alt", "")}
        if tag == "ol":
            node["start"] = int(values.get("start") or 1)
        elif tag in {"td", "th"} and (found := _ALIGN.search(values.get("style", ""))):
            node["align"] = found[1]
        elif tag == "summary" or (tag == "p" and values.get("class") == "admonition-title"):
            node["k"] = "title"
        return node


def _tidy(node: Node) -> None:
    """Drop the white space that HTML does not show, and what a link need not say."""
    kind, inner = node["k"], node["c"]
    if kind == "pre":
        node["c"] = [_text(inner).rstrip("\n")]
        return
    if kind in _HOLDERS:
        node["c"] = [one for one in inner if not isinstance(one, str) or one.strip()]
    elif kind in {"p", "li", "td", "th", "dd", "dt", "h3", "h4", "title"}:
        node["c"] = _trimmed(inner)
    if kind == "link" and node.get("shown"):
        said, address = _text(inner).strip(), node["href"]
        node["shown"] = said.rstrip("/") != address.rstrip("/") and said != address.partition(":")[2]


def _trimmed(inner: list[Node | str]) -> list[Node | str]:
    """Return nodes with single spaces in their text, none at the ends and none beside a block."""
    result: list[Node | str] = []
    for index, one in enumerate(inner):
        if not isinstance(one, str):
            result.append(one)
            continue
        text = _SPACE.sub(" ", one)
        before, after = inner[index - 1] if index else None, inner[index + 1] if index + 1 < len(inner) else None
        text = text.lstrip(" ") if before is None or _is_block(before) else text
        text = text.rstrip(" ") if after is None or _is_block(after) else text
        if text:
            result.append(text)
    return result


def _is_block(node: Node | str) -> bool:
    return not isinstance(node, str) and (node["k"] in _BLOCKS or node["k"] == "break")


def _text(inner: Sequence[Node | str]) -> str:
    return "".join(one if isinstance(one, str) else _text(one["c"]) for one in inner)


def markdown_tree(fragments: Sequence[str], source: Source) -> list[list[Node | str]]:
    """Return pieces of a text as nodes, each for itself, at the price of one conversion.

    Args:
        fragments: Markdown that the checks have let through; one that begins with `INLINE` stands in a line.
        source: Where it stands.

    Raises:
        UnreadableMarkdownError: Python-Markdown can't handle the text.
    """
    trees = _read(fragments, source) if fragments else []
    return [
        _breakable(_unwrapped(tree) if fragment.startswith(INLINE) else tree)
        for fragment, tree in zip(fragments, trees, strict=True)
    ]


def _read(fragments: Sequence[str], source: Source) -> list[list[Node | str]]:
    """Return pieces of a text as nodes by way of the HTML that Python-Markdown makes of them."""
    reader = _Reader(source)
    reader.feed(markdown_to_html(_BREAK.join(fragments)))
    reader.close()
    result: list[list[Node | str]] = [[]]
    for one in reader.root["c"]:
        if isinstance(one, str):
            continue
        if one["k"] == "p" and one["c"] == [_MARK]:
            result.append([])
        else:
            result[-1].append(one)
    return result


def _unwrapped(found: list[Node | str]) -> list[Node | str]:
    """Return what stands in the one paragraph of a line."""
    if not found or isinstance(found[0], str):
        return found
    first, *rest = found[0]["c"] or [""]
    if not isinstance(first, str):
        return found[0]["c"]
    text = first.removeprefix(INLINE)
    return [text, *rest] if text else rest


def _breakable(inner: Sequence[Node | str]) -> list[Node | str]:
    """Return nodes in which the long words of a text are nodes of their own."""
    result: list[Node | str] = []
    for one in inner:
        if not isinstance(one, str):
            if one["k"] not in {"code", "kbd", "pre"}:
                one["c"] = _breakable(one["c"])
            result.append(one)
        elif _LONG.search(one):
            parts = enumerate(_LONG.split(one))
            result += [{"k": "long", "c": [part]} if index % 2 else part for index, part in parts if part]
        else:
            result.append(one)
    return result


def plain_text(inner: Sequence[Node | str]) -> str:
    """Return the text of nodes without its looks."""
    return _SPACE.sub(" ", _text(inner)).strip()


def images(data: object) -> Iterator[Node]:
    """Yield the images among nodes anywhere in `data`."""
    if isinstance(data, dict):
        if data.get("k") == "image":
            yield cast("Node", data)
        for one in data.values():
            yield from images(one)
    elif isinstance(data, (list, tuple)):
        for one in data:
            yield from images(one)
