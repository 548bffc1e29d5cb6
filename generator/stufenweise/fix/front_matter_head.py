"""Write the repaired front matter lines into the file."""

from __future__ import annotations

from stufenweise.load.load_result import TextFile


def mend_head(text: str, file: TextFile) -> str:
    """Return a file's text with front matter lines as `front_matter_lines` repaired them."""
    lines = text.split("\n")
    for index, right in sorted(file.tree.mended_lines.items(), reverse=True):
        end = "\r" if lines[index + 1].endswith("\r") else ""
        lines[index + 1 : index + 2] = [f"{line}{end}" for line in right]
    return "\n".join(lines)
