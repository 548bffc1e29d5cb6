"""Build the `!!!` box that replaces a box in another program's markup."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from stufenweise.check.misreadings.misreading import Misreading
from stufenweise.check.misreadings.written_text import WrittenText
from stufenweise.source.markdown.outline import LineKind

MAX_BOX_LINES = 80
"""Most lines between the beginning and the end of a box."""


def box_misreading(text: WrittenText, start: int, end: int, head: str, inner: Sequence[str]) -> Misreading:
    """Return the `!!!` box that replaces some lines; there is no replacement if they contain headings.

    Args:
        text: The text.
        start: The first of the lines.
        end: The line after the last one.
        head: First line of the replacement.
        inner: Content of the box.
    """
    kinds = text.outline.kinds[start:end]
    lines = "\n".join(f"    {line}" if line.strip() else "" for line in inner).strip("\n").split("\n")
    right = (head, *lines) if inner else (head,)
    if end < len(text.lines) and not text.is_blank(end) and inner:
        right = (*right, "")
    sure = None if LineKind.HEADING in kinds or (inner and lines == [""]) else right
    return text.misreading(
        start, "other-markup", sure, end=end, is_box=end > start + 1, text=text.lines[start].strip(), right=head
    )


def code_misreading(text: WrittenText, start: int, end: int, language: str, inner: Sequence[str]) -> Misreading:
    """Return a fenced code block; no other rule reports its lines."""
    fence = "````" if any(line.lstrip().startswith("```") for line in inner) else "```"
    right = (f"{fence}{language}", *inner, fence)
    return text.misreading(
        start, "other-markup", right, end=end, is_box=True, is_code=True, text=text.lines[start].strip(), right=right[0]
    )


def quote_misreading(text: WrittenText, start: int, end: int, inner: Sequence[str]) -> Misreading:
    """Return the quote that replaces some lines."""
    quote = [f"> {line}".rstrip() for line in inner]
    return text.misreading(
        start,
        "other-markup",
        quote,
        end=end,
        is_box=True,
        text=text.lines[start].strip(),
        right=quote[0] if quote else "",
    )


def end_of_box(text: WrittenText, start: int, closing: re.Pattern[str]) -> int:
    """Return the line after the end mark of a box that began above `start`; 0 if there is none."""
    last = min(start + MAX_BOX_LINES, len(text.lines))
    return next((at + 1 for at in range(start, last) if not text.literal[at] and closing.fullmatch(text.lines[at])), 0)


def box_head(marker: str, kind: str, title: str) -> str:
    """Return the first line of a box."""
    return f'{marker} {kind} "{title.replace(chr(34), chr(39))}"'


def usual_title(text: WrittenText, written: str, kind: str) -> str:
    """Return the default title of a box."""
    titles = text.loaded.admonition_titles[text.language]
    return titles.get(written.casefold()) or titles.get(kind, "")


def dedented(lines: Sequence[str]) -> list[str]:
    """Return lines without their common indentation."""
    return textwrap.dedent("\n".join(lines)).split("\n")
