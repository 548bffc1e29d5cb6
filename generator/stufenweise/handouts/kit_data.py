"""The data of the coordinators' sheets: texts with places to write in, for Typst and for Word alike.

A section is a list of blocks: `prose` (nodes of `markdown_tree.py`), `field` (lines to write on, with a label) and
`grid` (a table with cells to write in, and how wide its columns are).
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from math import ceil

from stufenweise.assemble.page_paths import rewrite_links
from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.handouts.markdown_tree import INLINE, LinkContext, Node, markdown_tree
from stufenweise.handouts.tutorial_data import page_of_link
from stufenweise.model.kinds import KIT_RATINGS
from stufenweise.model.library import Form, KitPiece, Text
from stufenweise.source.writing_places import Block, Field, Grid, Prose, read_blocks

Nodes = Sequence[Node | str]

CARDS_A_SHEET: Mapping[str, int] = {"pocket-card": 4, "leader-card": 4}
"""How many copies of a form are on one sheet, where that is more than one."""
LETTERS = (14, 44)
"""For how many letters a column has room at least, and at most: what is longer breaks."""


def kit_data(branding: HandoutBranding, piece: KitPiece) -> dict[str, object]:
    """Return what is printed of a piece of the kit."""
    text = piece.text(branding.language)
    labels = branding.localized.labels_by_language[text.language]
    return {
        "title": text.title,
        "summary": [text.summary],
        "layout": piece.facts.layout,
        "sections": writing_sections(branding, text),
        "source": text.title,
        "version": labels("handout_date", date=labels.date(piece.facts.reviewed)),
    }


def writing_sections(branding: HandoutBranding, text: Text) -> list[dict[str, object]]:
    """Return the sections of a text, each with its blocks; all its Markdown is converted at once."""
    folder = posixpath.dirname(text.path)
    context = LinkContext(folder, lambda target: page_of_link(branding, folder, target, text.language))
    read = {name: read_blocks(section.body, name) for name, section in text.sections.items()}
    fragments = {f"heading {name}": INLINE + section.heading for name, section in text.sections.items()}
    for name, blocks in read.items():
        for index, block in enumerate(blocks):
            fragments |= {f"{name} {index} {part}": markdown for part, markdown in _fragments(block)}
    markdown = [rewrite_links(fragment, text.language) for fragment in fragments.values()]
    trees: Mapping[str, Nodes] = dict(zip(fragments, markdown_tree(markdown, context), strict=True))
    result: list[dict[str, object]] = []
    for name, blocks in read.items():
        data = [_block(block, f"{name} {index}", trees) for index, block in enumerate(blocks)]
        items = _items(data) if name == KIT_RATINGS else []
        result.append({"id": name, "heading": trees[f"heading {name}"], "blocks": data, "items": items})
    return result


def _fragments(block: Block) -> list[tuple[str, str]]:
    """Return the pieces of Markdown of a block, each with its name."""
    if isinstance(block, Prose):
        return [("text", block.markdown)]
    if isinstance(block, Field):
        return [("label", INLINE + block.label)]
    rows = (block.head, *block.rows)
    return [(f"{y}.{x}", INLINE + cell) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell]


def _block(block: Block, key: str, trees: Mapping[str, Nodes]) -> dict[str, object]:
    """Return a block as it is printed."""
    if isinstance(block, Prose):
        return {"k": "prose", "c": trees[f"{key} text"]}
    if isinstance(block, Field):
        label = trees[f"{key} label"] if block.label else []
        return {"k": "field", "c": label, "number": block.number, "lines": block.lines}
    rows = [
        [trees.get(f"{key} {y}.{x}", []) for x in range(len(row))] for y, row in enumerate((block.head, *block.rows))
    ]
    return {"k": "grid", "rows": rows, "widths": _widths(block)}


def _widths(grid: Grid) -> list[int]:
    """Return for how many letters each column has room."""
    least, most = LETTERS
    columns = zip(grid.head, *grid.rows, strict=True)
    return [min(most, max(least, *(len(cell) for cell in column))) for column in columns]


def _items(blocks: Sequence[Mapping[str, object]]) -> list[str | Nodes]:
    """Return the contents of all items of the lists among blocks."""
    found: list[str | Nodes] = []
    for block in blocks:
        nodes = block["c"] if block["k"] == "prose" else []
        for node in nodes if isinstance(nodes, list) else []:
            if isinstance(node, dict) and node["k"] in {"ul", "ol"}:
                found += [item["c"] for item in node["c"] if isinstance(item, dict)]
    return found


def set_copies(document: Form | KitPiece, pairs: int) -> int:
    """Return how many sheets of a form or piece so many pairs need."""
    return ceil(document.facts.per_pair * pairs / CARDS_A_SHEET.get(document.slug, 1))
