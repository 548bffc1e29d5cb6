"""Convert an author's Markdown to a tree of nodes that a Typst template prints.

The tree is read from the HTML of the site, so that site and handouts agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from stufenweise.handouts.tree_nodes import ImageData, Node, text_with_spaces
from stufenweise.source.files.file_names import path_from
from stufenweise.source.markdown.line_breaks import WHOLE_WORD, with_no_break_spaces
from stufenweise.source.markdown.markdown_rendering import markdown_to_html

_DROPPED = frozenset({"thead", "tbody"})
_KINDS: Mapping[str, str] = {"blockquote": "quote", "br": "break", "div": "box", "details": "box"}
_VOID = frozenset({"br", "hr", "img", "wbr"})
_BLOCKS = frozenset({"p", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "hr", "quote", "box", "pre", "table", "tr"})
_CONTAINERS = frozenset({"ul", "ol", "dl", "table", "tr", "quote", "box"})
"""Kinds that contain only blocks: text between the blocks is white space."""
_SPACE = re.compile(r"[ \t\r\n]+")
_ALIGN = re.compile(r"text-align: (left|center|right);")

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""A letter of Hebrew, Arabic and other scripts that are read from right to left."""
_LETTER = re.compile(r"[^\W\d_]")

INLINE = "\x06"
"""Mark at the beginning of a one-line fragment, such as a title; content can't contain it."""
_SEPARATOR = "\x05"
"""Paragraph between two fragments that are converted together; content can't contain it."""
_BREAK = f"\n\n{_SEPARATOR}\n\n"
_LONG = 14
"""Letters from which on Typst may hyphenate a word. Hyphenating all words doubles the time of a handout, and shorter
words fit into the shortest line."""
_MARKED_WORD = re.compile(rf"{WHOLE_WORD.pattern}|[^\W\d_]{{{_LONG},}}")
"""Long words, and words such as "E-Mail", which is not broken."""

PageUrl = Callable[[str], str]
"""Returns the address of a page for a link inside the content; empty if no address is printed."""
ImageOf = Callable[[str], tuple[ImageData, str]]
"""Returns the data of an image and its format, by its path below the content folder."""


@dataclass(frozen=True, slots=True)
class LinkContext:
    """Finds the targets of links and the images of a text."""

    folder: str
    """Folder of the text's file below the content folder; image paths are relative to it."""
    page_url: PageUrl
    image: ImageOf = lambda _: ("", "")


class _TreeBuilder(HTMLParser):
    """Builds nodes from Python-Markdown's HTML of a checked text."""

    def __init__(self, context: LinkContext) -> None:
        super().__init__(convert_charrefs=True)
        self.context = context
        self.root: Node = {"kind": "root", "children": []}
        self.open: list[tuple[str, Node]] = [("", self.root)]

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Add the node of an element, and open it if it can have children."""
        values = {name: value or "" for name, value in attrs}
        if tag in _DROPPED or tag == "wbr":
            return
        node = self._node(tag, values)
        self._children().append(node)
        if tag not in _VOID:
            self.open.append((tag, node))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those in it that are still open."""
        if tag in _DROPPED or tag in _VOID:
            return
        while len(self.open) > 1:
            name, node = self.open.pop()
            _tidy_node(node)
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        """Add a text."""
        self._children().append(data)

    def _children(self) -> list[Node | str]:
        """Return the children of the innermost open node."""
        return self.open[-1][1]["children"]

    def _node(self, tag: str, values: Mapping[str, str]) -> Node:
        """Return the empty node of an element."""
        node: Node = {"kind": _KINDS.get(tag, tag), "children": []}
        if tag == "a":
            address = values.get("href", "")
            inside = not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", address)
            return {
                "kind": "link",
                "children": [],
                "href": self.context.page_url(address) if inside else address,
                "shown": not inside,
            }
        if tag == "img":
            src = path_from(self.context.folder, values.get("src", "").partition("#")[0])
            data, image_format = self.context.image(src)
            alt = values.get("alt", "")
            return {"kind": "image", "children": [], "src": src, "alt": alt, "data": data, "format": image_format}
        if tag == "ol":
            node["start"] = int(values.get("start") or 1)
        elif tag in {"td", "th"} and (match := _ALIGN.search(values.get("style", ""))):
            node["align"] = match[1]
        elif tag == "summary" or (tag == "p" and values.get("class") == "admonition-title"):
            node["kind"] = "title"
        return node


def _tidy_node(node: Node) -> None:
    """Drop white space that HTML does not show, and the printed address of a link whose text contains it already."""
    kind, inner = node["kind"], node["children"]
    if kind == "pre":
        node["children"] = [text_with_spaces(inner).rstrip("\n")]
        return
    if kind in _CONTAINERS:
        node["children"] = [child for child in inner if not isinstance(child, str) or child.strip()]
    elif kind in {"p", "li", "td", "th", "dd", "dt", "h3", "h4", "title"}:
        node["children"] = _trim(inner)
        if kind in {"p", "li", "td"} and _is_right_to_left(text_with_spaces(inner)):
            node |= {"rtl": True} if kind != "p" else {"children": [{"kind": "rtl", "children": node["children"]}]}
    if kind == "link" and node.get("shown"):
        text, address = text_with_spaces(inner).strip(), node["href"]
        node["shown"] = text.rstrip("/") != address.rstrip("/") and text != address.partition(":")[2]


def _is_right_to_left(text: str) -> bool:
    """Return whether at least four fifths of the letters of a text are read from right to left."""
    from_right = 0 if text.isascii() else len(_RIGHT_TO_LEFT.findall(text))
    return from_right > 0 and 5 * from_right >= 4 * len(_LETTER.findall(text))


def _trim(inner: list[Node | str]) -> list[Node | str]:
    """Collapse the white space of nodes: single spaces in text, none at the ends and none beside a block."""
    result: list[Node | str] = []
    for index, node in enumerate(inner):
        if not isinstance(node, str):
            result.append(node)
            continue
        text = _SPACE.sub(" ", node)
        before, after = inner[index - 1] if index else None, inner[index + 1] if index + 1 < len(inner) else None
        text = text.lstrip(" ") if before is None or _is_block(before) else text
        text = text.rstrip(" ") if after is None or _is_block(after) else text
        if text:
            result.append(text)
    return result


def _is_block(node: Node | str) -> bool:
    """Return whether white space beside a node is not shown."""
    return not isinstance(node, str) and (node["kind"] in _BLOCKS or node["kind"] == "break")


def markdown_tree(fragments: Sequence[str], context: LinkContext) -> list[list[Node | str]]:
    """Convert the fragments of a text to nodes, all in one conversion.

    Args:
        fragments: Checked Markdown; a fragment that begins with `INLINE` is a single line.
        context: Resolves their links and images.

    Raises:
        UnreadableMarkdownError: Python-Markdown can't handle the text.
    """
    trees = _fragment_trees(fragments, context) if fragments else []
    return [
        _mark_words(_unwrap_line(tree) if fragment.startswith(INLINE) else tree)
        for fragment, tree in zip(fragments, trees, strict=True)
    ]


def html_tree(html: str, context: LinkContext) -> list[Node | str]:
    """Convert Python-Markdown's HTML to nodes."""
    builder = _TreeBuilder(context)
    builder.feed(html)
    builder.close()
    return builder.root["children"]


def _fragment_trees(fragments: Sequence[str], context: LinkContext) -> list[list[Node | str]]:
    """Convert each fragment to nodes, through a single HTML document with all fragments."""
    result: list[list[Node | str]] = [[]]
    for node in html_tree(markdown_to_html(_BREAK.join(fragments)), context):
        if isinstance(node, str):
            continue
        if node["kind"] == "p" and node["children"] == [_SEPARATOR]:
            result.append([])
        else:
            result[-1].append(node)
    return result


def _unwrap_line(tree: list[Node | str]) -> list[Node | str]:
    """Return the inline nodes of a one-line fragment: the content of its paragraph without the mark."""
    return tree if not tree or isinstance(tree[0], str) else _without_mark(tree[0]["children"])


def _without_mark(nodes: list[Node | str]) -> list[Node | str]:
    """Return the nodes of a one-line fragment without the mark that they begin with."""
    first, *rest = nodes or [""]
    if isinstance(first, str):
        text = first.removeprefix(INLINE)
        return [text, *rest] if text else rest
    if first["kind"] == "rtl":  # A line that is read from right to left as a whole
        return [{**first, "children": _without_mark(first["children"])}, *rest]
    return nodes


def _mark_words(inner: Sequence[Node | str]) -> list[Node | str]:
    """Put each word that is long, or must not be broken, into a node of its own."""
    result: list[Node | str] = []
    for node in inner:
        if not isinstance(node, str):
            if node["kind"] not in {"code", "kbd", "pre"}:
                node["children"] = _mark_words(node["children"])
            result.append(node)
        else:
            result += _marked(with_no_break_spaces(node))
    return result


def _marked(text: str) -> Iterator[Node | str]:
    """Yield the parts of a text: words that are long or must not be broken as nodes, all else as strings."""
    if "-" not in text and max(map(len, text.split()), default=_LONG) < _LONG:
        yield text
        return
    done = 0
    for match in _MARKED_WORD.finditer(text):
        if match.start() > done:
            yield text[done : match.start()]
        yield {"kind": "whole" if match[1] else "long", "children": [match[0]]}
        done = match.end()
    if done < len(text):
        yield text[done:]
