"""Correct misreadings: write what was meant, where that is certain."""

from __future__ import annotations

from collections.abc import Sequence

from stufenweise.check.misreadings.written_text_rules import written_text_misreadings
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextFile


def correct_misreadings(text: str, file: TextFile, loaded: LoadResult) -> str:
    """Return a text with the replacement of each misreading that has one; of two for the same line, the first.

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
    misreadings = written_text_misreadings(loaded, file)
    for misreading in sorted(misreadings, key=lambda misreading: (misreading.line, misreading.next_line)):
        if misreading.replacement is None:
            continue
        span = range(misreading.line, misreading.next_line)
        is_unchanged = all(lines[shift + index].rstrip("\r") == body[index] for index in span)
        if is_unchanged and not taken & {*span}:
            taken |= {*span}
            chosen.append((shift + misreading.line, shift + misreading.next_line, misreading.replacement))
    for start, end, replacement in reversed(chosen):
        line_end = "\r" if lines[start].endswith("\r") else ""
        lines[start:end] = [f"{line}{line_end}" for line in replacement]
    return "\n".join(lines)
