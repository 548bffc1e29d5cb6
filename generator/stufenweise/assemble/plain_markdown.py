"""Markdown as plain lines, one for each paragraph, item and row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.source.markdown.outline import LineKind, read_outline
from stufenweise.source.markdown.tables import DELIMITER_ROW

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()]*\)(?:\{[^{}\n]*\})?")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)(?:\{[^{}\n]*\})?")
_ATTRIBUTES = re.compile(r"[ \t]*\{[:#.][^{}\n]*\}")
_MARKS = re.compile(r"\*\*|__|~~|`+|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|\\(?=[^\w\s])")
_MARKED = re.compile(r"[\[<{*_~`\\]")
"""A character without which a line has none of the above."""
_WRITING_LINE = re.compile(r"_{3,}")
_BEGINS_BLOCK = re.compile(
    r"[ \t]*(?:[-*+][ \t]+|\d+[.)][ \t]+|\#{1,6}[ \t]+|>[ \t]?|:[ \t]+|(?:\?\?\?\+?|!!!)[ \t]+\w+)"
)
_BOX = re.compile(r"\[[ xX]\][ \t]+")
_CELLS = re.compile(r"[ \t]*\|[ \t]*")


def plain_lines(markdown: str) -> list[str]:
    """Return the words of a text, one line for each paragraph, item and row of a table."""
    return [line for block in _blocks(_COMMENT.sub("", markdown)) if (line := plain_line(block))]


def plain_line(markdown: str) -> str:
    """Remove the markup of one line of Markdown."""
    text = markdown
    if _MARKED.search(text):  # Most lines have no markup
        text = _WRITING_LINE.sub("", _LINK.sub(r"\1", _IMAGE.sub(r"\1", text)))
        text = _MARKS.sub("", _ATTRIBUTES.sub("", _TAG.sub("", text)))
    return " ".join(text.split()).removesuffix(" :")


def _blocks(text: str) -> Iterator[str]:
    """Yield the paragraphs, items, rows and lines of code of a text."""
    outline = read_outline(text)
    paragraph: list[str] = []
    for line, kind in zip((*outline.lines, ""), (*outline.kinds, LineKind.BLANK), strict=True):
        is_code = kind is LineKind.CODE
        begins = None if is_code else _BEGINS_BLOCK.match(line)
        is_row = not is_code and line.lstrip().startswith("|")
        if paragraph and (kind in {LineKind.BLANK, LineKind.FENCE} or begins or is_row):
            yield " ".join(paragraph)
            paragraph = []
        if is_row:
            if not DELIMITER_ROW.fullmatch(line):
                yield ", ".join(cell for cell in _CELLS.split(line) if cell.strip())
        elif line.strip() and kind is not LineKind.FENCE:
            paragraph.append(_BOX.sub("", line[begins.end() :] if begins else line.strip(), count=1))
