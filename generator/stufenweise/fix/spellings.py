"""Replace other programs' markup by ours where the meaning is certain."""

from __future__ import annotations

from stufenweise.check.written_text_rules import written_text_spellings
from stufenweise.load.load_result import LoadResult, TextFile


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
    spellings = [one for one in written_text_spellings(loaded, file) if one.right is not None]
    chosen = []
    for spelling in sorted(spellings, key=lambda one: (one.line, one.next_line)):
        span = range(spelling.line, spelling.next_line)
        is_unchanged = all(lines[shift + index].rstrip("\r") == body[index] for index in span)
        if is_unchanged and not taken & {*span}:
            taken |= {*span}
            chosen.append(spelling)
    for spelling in reversed(chosen):
        end = "\r" if lines[shift + spelling.line].endswith("\r") else ""
        lines[shift + spelling.line : shift + spelling.next_line] = [f"{line}{end}" for line in spelling.right or ()]
    return "\n".join(lines)
