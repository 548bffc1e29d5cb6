"""Find conflict markers that a merge left in a text, in any tool's style."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stufenweise.source.markdown.outline import read_outline

_MARK = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?:[ ].*)?")


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """Conflict markers of a text, with the first and last of their lines from 1."""

    first: int
    last: int
    markers: str
    """The markers that occur, as they begin their lines."""


def find_merge_conflict(text: str) -> MergeConflict | None:
    """Return the conflict markers of a text; None if there are none outside of code."""
    if "\n<<<<<<<" not in f"\n{text}" and "\n>>>>>>>" not in text:
        return None
    outline = read_outline(text)
    marks = [
        (index, line)
        for index, line in enumerate(outline.lines)
        if line[:7] in {"<" * 7, "|" * 7, "=" * 7, ">" * 7}
        and _MARK.fullmatch(line.rstrip())
        and not outline.is_code(index)
    ]
    kinds = {line[0]: line[:7] for _, line in marks}
    if not ({"<", ">"} & kinds.keys()) or len(kinds) < 2:
        return None
    return MergeConflict(marks[0][0] + 1, marks[-1][0] + 1, ", ".join(kinds.values()))
