"""Convert CommonMark and GitHub Markdown to Python-Markdown, line by line.

Authors write what their editors show: CommonMark with additions of code hosts and note programs. Python-Markdown reads
some of it differently. This conversion runs once, before anything else reads the text, so that checks, pages, handouts
and session view see the same. Line numbers stay; `column_before` maps a column back.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from stufenweise.source.markdown.callouts import boxes_from_callouts
from stufenweise.source.markdown.footnotes import small_print
from stufenweise.source.markdown.inline_dialect import (
    break_at_backslash,
    drop_escapes,
    keep_inner_stars,
    link_addresses,
    strike,
)
from stufenweise.source.markdown.list_nesting import nest_by_four
from stufenweise.source.markdown.literal_lines import literal_lines, outside_code
from stufenweise.source.markdown.outline import NUMBER_MARK, LineKind, read_outline

_MARKS = re.compile(
    r"[~:@*\\\[](?:(?<=~)~|(?<=:)//|(?<=\w@)\w|(?<=\w\*)\w|(?<=\\)(?:$|[\"$%&',/:;<=?@^~])|(?<=\[)[\^!])", re.MULTILINE
)
_LINE_STARTS = re.compile(r"\n(?:[ ]+(?:[-*+]|\d+[.)])[ ]|\d{1,9}\)[ ]|#\d|[ ]{1,3}\S|[ ]{5,7}\S|\t|:[ ])")
"""Every construct that the two dialects read differently contains one of these or `www`; most texts contain none.

Each alternative begins with fixed characters: Python finds these ten times as fast as a class of letters."""
_CAPTION = re.compile(r":[ \t]+(?P<words>\S.*)")


def site_markdown(text: str, titles: Mapping[str, str]) -> str:
    """Return the Markdown of a text as the site reads it; line numbers stay.

    Args:
        text: Markdown below the front matter.
        titles: Default titles of boxes, by kind.
    """
    if not (_MARKS.search(text) or "www." in text or _LINE_STARTS.search(f"\n{text}")):
        return text
    outline = read_outline(text)
    hidden = [outline.is_hidden(index) for index in range(len(outline.lines))]
    lines = boxes_from_callouts(outline.lines, hidden, titles)
    lines = nest_by_four(outline, lines)
    literal = literal_lines(read_outline("\n".join(lines)))
    lines = small_print(lines, literal)
    for index, line in enumerate(lines):
        if literal[index] or not line:
            continue
        if outline.kinds[index] is not LineKind.HEADING:
            line = outside_code(line, strike)
            line = outside_code(line, link_addresses)
            below = lines[index + 1] if index + 1 < len(lines) else ""
            if "|" not in line:
                line = break_at_backslash(line, below)
        line = NUMBER_MARK.sub(r"\\#", line, count=1) if NUMBER_MARK.match(line) else line
        line = outside_code(line, drop_escapes)
        line = outside_code(line, keep_inner_stars)
        lines[index] = caption_marked(lines, index, line)
    return "\n".join(lines)


def caption_marked(lines: list[str], index: int, line: str) -> str:
    """Emphasise a line if it is the caption of the table above it."""
    if (caption := _CAPTION.fullmatch(line)) and _is_below_table(lines, index):
        return f"*{caption['words'].rstrip()}*"
    return line


def _is_below_table(lines: list[str], index: int) -> bool:
    """Return whether a table and one empty line are above a line."""
    return index > 1 and not lines[index - 1].strip() and "|" in lines[index - 2]


def column_before(before: str, after: str, column: int) -> int:
    """Map a column of a changed line to the column of the same words in the line before; both from 1."""
    if before == after:
        return column
    for tag, old, old_end, new, new_end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if new <= column - 1 < new_end:
            return old + (column - 1 - new if tag == "equal" else 0) + 1
        if column - 1 < new:
            return old_end + 1
    return len(before) + 1
