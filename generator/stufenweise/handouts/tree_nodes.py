"""Nodes of the tree that a Typst template prints: plain data that Typst reads as JSON, so that no text can become code.

A node is a string (text), or a map: `kind` is one of the following, `children` are the nodes in it. Kinds: `p h3 h4
ul ol li dl dt dd quote box title pre hr table tr th td link em strong code kbd sub sup small mark ins del break
image`; `long` for a word that may be hyphenated, `whole` for a word that is not broken; `rtl` for a paragraph read
from right to left; `frame` for an image that can't be read; and those that `worksheet.py` adds: `fields field grid
label`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypedDict, cast

ImageData = str | list[int]
"""An image: a drawing as text, a picture as bytes; empty if there is none."""


class Node(TypedDict, total=False):
    """An element of the tree."""

    kind: str
    """One of the kinds listed above."""
    children: list[Node | str]
    href: str
    """Target of a link; empty for a page if the site's address is unknown."""
    shown: bool
    """Whether the address is printed, because the text does not contain it."""
    start: int
    """First number of a numbered list."""
    align: str
    rtl: bool
    """Whether a whole item or cell is read from right to left; names in a sentence need no mark."""
    alt: str
    src: str
    """Path of an image below the content folder."""
    data: ImageData
    format: str
    """Format of the image, as Typst calls it; empty if there is none."""
    lines: int
    """Number of lines to write on in a field."""
    above: bool
    """Whether the label of a field is above its lines."""
    labels_place: bool
    """Whether a label belongs to places to write in."""
    two: bool
    """Whether a list is set in two columns."""
    rows: list[list[Sequence[Node | str]]]
    """Rows of cells of a grid, the head first; an empty cell is a place to write in."""
    sparse: bool
    """Whether most cells of a grid are empty."""
    widths: list[float]
    """Width of each column of a grid, in letters."""


Nodes = Sequence[Node | str]


def text_with_spaces(inner: Nodes) -> str:
    """Return the text of nodes with its white space."""
    return "".join(child if isinstance(child, str) else text_with_spaces(child["children"]) for child in inner)


def elements(nodes: Nodes) -> list[Node]:
    """Return the elements among nodes, without the text between them."""
    return [node for node in nodes if not isinstance(node, str)]


def table_cells(table: Node) -> list[list[Nodes]]:
    """Return the content of each cell of a table, row by row."""
    return [[cell["children"] for cell in elements(row["children"])] for row in elements(table["children"])]


def plain_text(inner: Nodes) -> str:
    """Return the plain text of nodes."""
    return " ".join(text_with_spaces(inner).split())


def images(data: object) -> Iterator[Node]:
    """Yield the images among nodes anywhere in `data`."""
    if isinstance(data, dict):
        if data.get("kind") == "image":
            yield cast("Node", data)
        for value in data.values():
            yield from images(value)
    elif isinstance(data, (list, tuple)):
        for member in data:
            yield from images(member)
