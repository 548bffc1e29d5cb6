"""Parse the items of checklists: a box, words, and an id."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BOX = re.compile(r"[-*+][ \t]+\[([ xX]?)\][ \t]+")
_ITEM_ID = re.compile(r"\{#([^{}\s]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistBox:
    """A parsed item of a checklist."""

    box: str
    """The text between its brackets: nothing, a blank, or a cross."""
    box_column: int
    """Column of the opening bracket, from 1."""
    text: str
    """Its words, without box and id."""
    id: str | None
    """Its id; None if it has no braces."""
    id_column: int
    """Column of the `#` of its id, from 1; the end of the line if it has none."""


def parse_checklist_box(line: str) -> ChecklistBox | None:
    """Return the checklist item of a line, or None if it is not one."""
    match = _BOX.match(line)
    if not match:
        return None
    text = line[match.end() :].rstrip(" \t")
    start = text.rfind("{#")
    named = _ITEM_ID.fullmatch(text, start) if start >= 0 else None
    if not named:
        return ChecklistBox(box=match[1], box_column=match.start(1), text=text, id=None, id_column=len(line) + 1)
    return ChecklistBox(
        box=match[1],
        box_column=match.start(1),
        text=text[:start].rstrip(" \t"),
        id=named[1],
        id_column=match.end() + named.start(1),
    )
