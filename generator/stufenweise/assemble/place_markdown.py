"""Write fields and grids as Markdown that a script turns into inputs.

Without the script, a field is its label with lines, and a grid is a table with empty cells.
"""

from __future__ import annotations

import re

from stufenweise.source.markdown.writing_places import Field, Grid, Prose, read_blocks

_UNQUOTED = re.compile(r"[\"'{}*_`\\\n]|\[(?=[^\]]*\]\()|\]\([^()]*\)")
"""Characters and addresses that are removed from a name without markup."""


def places_as_markdown(text: str, owner: str) -> str:
    """Give each field and grid of a text its id.

    Args:
        text: Markdown of a step or of practice material, ready for the page.
        owner: Id of the step or section.
    """
    parts: list[str] = []
    for block in read_blocks(text, owner):
        match block:
            case Prose():
                parts.append(block.markdown)
            case Field():
                parts.append(_field(block))
            case Grid():
                parts.append(_grid(block))
    return "\n\n".join(parts)


def _field(field: Field) -> str:
    number = f"{field.number}\\. " if field.number else ""
    label = f"{field.label}:" if field.label else ""
    name = f' data-name="{_UNQUOTED.sub("", field.group)} {field.number}"' if not field.label else ""
    attributes = f'.place data-place="{field.id}" data-lines="{field.lines}"{name}'
    return f"{number}{label}\n{{: {attributes} }}"


def _grid(grid: Grid) -> str:
    rows = [grid.head, tuple("---" for _ in grid.head), *grid.rows]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f'<p class="place-grid" data-grid="{grid.id}" hidden></p>\n\n{table}'
