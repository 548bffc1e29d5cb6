"""Tree nodes for fields and grids, and the parts of a step on a worksheet.

Kinds of nodes: `fields` (lines to write on, each with its label) and `grid` (a table with cells to write in).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stufenweise.handouts.markdown_tree import INLINE
from stufenweise.handouts.paper_metrics import LETTERS_PER_MILLIMETRE, STEP_WIDTH
from stufenweise.handouts.tree_nodes import Node, Nodes, elements, plain_text
from stufenweise.source.markdown.writing_places import Block, Field, Grid, Prose, read_blocks

WRITING = frozenset({"fields", "grid"})
"""Kinds of nodes with places to write in."""
_PRINTED = WRITING | {"table", "ul", "ol"}
_LABEL_BESIDE = 58
"""Longest label beside its lines, in letters: it leaves a third of the line for writing. A longer one is put above."""
_BOLD = 1.1
"""Width of bold type, relative to regular type."""
_CELL_EDGES = 2
"""Padding of a cell, in letters."""
_HAND_LETTERS = 20
"""Width that handwriting needs for a name or a date, in printed letters."""
_HAND_SHARES = (0.2, 0.1)
"""Share of a narrow grid for writing, and the share that each empty column adds, if that is less."""
_HAND_ALONE = 0.42
"""Share of the empty column in a narrow grid of two columns: it is for a sentence, not a tick."""
_NUMBER_HEAD, _NUMBER_LETTERS = re.compile(r"\w{0,2}[.°º#]"), 6
"""A heading such as "No.", and the width of its column in letters."""
_SPARSE = 0.6
"""From this share of empty cells on, a grid is not tagged as a table for screen readers."""
_LINE_LETTERS = round(STEP_WIDTH * LETTERS_PER_MILLIMETRE)
"""Letters in a line of the worksheet."""
_SHORT_ITEM = 40
"""Longest item, in letters, for which a list of at least `_MANY_ITEMS` items has two columns."""
_MANY_ITEMS = 5


@dataclass(frozen=True, slots=True)
class WritingText:
    """A Markdown text split at its places to write in, so that its pieces can be converted together with others."""

    blocks: tuple[Block, ...]

    @classmethod
    def read(cls, markdown: str) -> WritingText:
        """Split a text at its places to write in."""
        return cls(read_blocks(markdown, ""))

    def fragments(self, key: str) -> dict[str, str]:
        """Return the pieces of Markdown, by keys that begin with `key`."""
        result: dict[str, str] = {}
        for number, block in enumerate(self.blocks):
            name = f"{key}#{number}"
            if isinstance(block, Prose):
                result[name] = block.markdown
            elif isinstance(block, Field):
                result[name] = INLINE + block.label
            else:
                for row, cells in enumerate(_all_rows(block)):
                    result |= {f"{name}.{row}.{at}": INLINE + cell for at, cell in enumerate(cells) if cell}
        return result

    def nodes(self, key: str, trees: Mapping[str, Nodes]) -> list[Node | str]:
        """Assemble the nodes of the text from `trees`, the nodes of its pieces."""
        result: list[Node | str] = []
        for number, block in enumerate(self.blocks):
            name = f"{key}#{number}"
            if isinstance(block, Prose):
                result += trees[name]
            elif isinstance(block, Field):
                before = result[-1] if result else ""
                if isinstance(before, str) or before["kind"] != "fields":
                    before = {"kind": "fields", "children": []}
                    result.append(before)
                before["children"].append(_field(block, trees[name]))
            else:
                result.append(_grid(block, name, trees))
        return result


def worksheet_blocks(body: Nodes) -> list[Node | str]:
    """Return the parts of a step that the leader's handout prints below its instruction.

    These are tables, lists and places to write in. A line before one of these that ends with a colon is its label and
    is kept.
    """
    result: list[Node | str] = []
    label: Node | None = None
    for number, block in enumerate(body):
        if isinstance(block, str):
            continue
        if block["kind"] in _PRINTED:
            if label and number > 1:
                is_for_writing = block["kind"] in WRITING
                result.append({"kind": "label", "children": label["children"], "labels_place": is_for_writing})
            result.append({**block, "two": _is_short(block)} if block["kind"] in {"ul", "ol"} else block)
        label = block if block["kind"] == "p" and plain_text(block["children"]).endswith(":") else None
    return result


def _field(field: Field, label: Nodes) -> Node:
    """Return the node of a field."""
    number = [f"{field.number}. "] if field.number else []
    words = [*number, *label, *([":"] if field.label else [])]
    return {"kind": "field", "children": words, "lines": field.lines, "above": len(plain_text(words)) > _LABEL_BESIDE}


def _grid(grid: Grid, name: str, trees: Mapping[str, Nodes]) -> Node:
    """Return the node of a grid from the nodes of its cells."""
    rows: list[list[Nodes]] = [
        [trees.get(f"{name}.{row}.{at}", []) for at in range(len(cells))] for row, cells in enumerate(_all_rows(grid))
    ]
    cells = [cell for row in rows for cell in row]
    sparse = sum(not cell for cell in cells) > _SPARSE * len(cells)
    return {
        "kind": "grid",
        "children": [],
        "rows": rows,
        "widths": column_widths(rows, _LINE_LETTERS),
        "sparse": sparse,
    }


def column_widths(rows: Sequence[Sequence[Nodes]], letters: float) -> list[float]:
    """Return the width of each column of a grid in letters.

    Printed columns get the width of their text as long as enough is left for writing; empty columns share the rest
    equally.
    """
    columns = list(zip(*rows, strict=True))
    least = [_CELL_EDGES + max(_longest_word(head) * _BOLD, *map(_longest_word, cells)) for head, *cells in columns]
    needs = [_letters(column) for column in columns]
    written = needs.count(0)
    share, more = _HAND_SHARES
    is_alone = written == 1 and len(columns) == 2
    wanted = _HAND_ALONE if is_alone else share + more * written
    hand = min(_HAND_LETTERS * written, wanted * letters) if written else 0
    shrink = min(1.0, (letters - hand) / (sum(needs) or 1))
    widths = [max(low, need * shrink) for low, need in zip(least, needs, strict=True)]
    rest = letters - sum(width for width, need in zip(widths, needs, strict=True) if need)
    return [round(width if need else max(width, rest / written), 1) for width, need in zip(widths, needs, strict=True)]


def _letters(column: Sequence[Nodes]) -> float:
    """Return the width of a printed or numbered column in letters; 0 for a column to write in."""
    head, *cells = (plain_text(cell) for cell in column)
    if all(column):
        return _CELL_EDGES + max(len(head) * _BOLD, *map(len, cells))
    return _NUMBER_LETTERS if _NUMBER_HEAD.fullmatch(head) else 0


def _longest_word(cell: Nodes) -> int:
    """Return the letters of the longest word in a cell."""
    return max(map(len, plain_text(cell).split()), default=0)


def _all_rows(grid: Grid) -> list[Sequence[str]]:
    """Return the rows of a grid, its head first."""
    return [*([grid.head] if grid.head else []), *grid.rows]


def _is_short(block: Node) -> bool:
    """Return whether a list has many short items."""
    items = [item["children"] for item in elements(block["children"])]
    is_line = all(isinstance(node, str) or node["kind"] not in {"ul", "ol", "p"} for item in items for node in item)
    return is_line and len(items) >= _MANY_ITEMS and all(len(plain_text(item)) <= _SHORT_ITEM for item in items)
