"""Write the lines of front matter that were read as they were meant."""

from __future__ import annotations

from stufenweise.load.load_result import TextFile


def mend_head(text: str, file: TextFile) -> str:
    """Return a file's text with the lines of its head as `front_matter_lines` read them."""
    lines = text.split("\n")
    for index, right in sorted(file.tree.mended_lines.items(), reverse=True):
        end = "\r" if lines[index + 1].endswith("\r") else ""
        lines[index + 1 : index + 2] = [f"{line}{end}" for line in right]
    return "\n".join(lines)
