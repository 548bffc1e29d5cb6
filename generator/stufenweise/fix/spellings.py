"""Replace other programs' markup by ours where the meaning is certain."""

from __future__ import annotations

from collections.abc import Sequence

from stufenweise.check.spellings.written_text_rules import written_text_spellings
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextFile


def apply_spellings(text: str, file: TextFile, loaded: LoadResult) -> str:
    """Apply each spelling that has a replacement; of two for the same line, the first.

    Args:
        text: The whole file.
        file: The loaded text.
        loaded: The whole load result.
    """
    lines = text.split("\n")
    body = file.source_body.split("\n")
    shift = file.body_line - 1
    taken: set[int] = set()
    chosen: list[tuple[int, int, Sequence[str]]] = []
    spellings = written_text_spellings(loaded, file)
    for spelling in sorted(spellings, key=lambda spelling: (spelling.line, spelling.next_line)):
        if spelling.replacement is None:
            continue
        span = range(spelling.line, spelling.next_line)
        is_unchanged = all(lines[shift + index].rstrip("\r") == body[index] for index in span)
        if is_unchanged and not taken & {*span}:
            taken |= {*span}
            chosen.append((shift + spelling.line, shift + spelling.next_line, spelling.replacement))
    for start, end, replacement in reversed(chosen):
        line_end = "\r" if lines[start].endswith("\r") else ""
        lines[start:end] = [f"{line}{line_end}" for line in replacement]
    return "\n".join(lines)
