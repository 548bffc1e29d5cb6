"""Write a box of ours for one that is written in another way."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from stufenweise.check.spelling import Spelling, WrittenText
from stufenweise.model.problem import QUOTED_TEXT
from stufenweise.source.outline import LineKind

MAX_BOX_LINES = 80
"""Most lines between the beginning and the end of a box."""


def box_spelling(text: WrittenText, start: int, end: int, head: str, inner: Sequence[str]) -> Spelling:
    """Return a box with the lines that are in it; one with headings in it can't be replaced.

    Args:
        text: The text.
        start: The line at which it begins.
        end: The line behind it.
        head: Its first line as it is written here.
        inner: What stands in it.
    """
    kinds = text.outline.kinds[start:end]
    lines = "\n".join(f"    {line}" if line.strip() else "" for line in inner).strip("\n").split("\n")
    right = (head, *lines) if inner else (head,)
    if end < len(text.lines) and not text.is_blank(end) and inner:
        right = (*right, "")
    values = {"text": text.lines[start].strip()[:QUOTED_TEXT], "right": head[:QUOTED_TEXT]}
    sure = None if LineKind.HEADING in kinds or (inner and lines == [""]) else right
    return Spelling(line=start, code="other-markup", values=values, end=end, right=sure, is_box=end > start + 1)


def code_spelling(text: WrittenText, start: int, end: int, language: str, inner: Sequence[str]) -> Spelling:
    """Return a block of code between fences; nothing else is said of its lines."""
    fence = "````" if any(line.lstrip().startswith("```") for line in inner) else "```"
    values = {"text": text.lines[start].strip()[:QUOTED_TEXT], "right": f"{fence}{language}"}
    right = (f"{fence}{language}", *inner, fence)
    return Spelling(line=start, code="other-markup", values=values, end=end, right=right, is_box=True, is_code=True)


def quote_spelling(text: WrittenText, start: int, end: int, inner: Sequence[str]) -> Spelling:
    """Return a quote of lines."""
    quote = tuple(f"> {line}".rstrip() for line in inner)
    right = quote[0] if quote else ""
    values = {"text": text.lines[start].strip()[:QUOTED_TEXT], "right": right[:QUOTED_TEXT]}
    return Spelling(line=start, code="other-markup", values=values, end=end, right=quote, is_box=True)


def end_of_box(text: WrittenText, start: int, closing: re.Pattern[str]) -> int:
    """Return the line behind the end of what began above `start`; 0 if it has none."""
    last = min(start + MAX_BOX_LINES, len(text.lines))
    return next((at + 1 for at in range(start, last) if not text.literal[at] and closing.fullmatch(text.lines[at])), 0)


def box_head(marker: str, kind: str, title: str) -> str:
    """Return the first line of a box."""
    return f'{marker} {kind} "{title.replace(chr(34), chr(39))}"'


def usual_title(text: WrittenText, written: str, kind: str) -> str:
    """Return what a box is called that has no title."""
    titles = text.loaded.admonition_titles[text.file.text.language]
    return titles.get(written.casefold()) or titles.get(kind, "")


def dedented(lines: Sequence[str]) -> list[str]:
    """Return lines without the indentation that all of them have."""
    return textwrap.dedent("\n".join(lines)).split("\n")
