"""Indent the contents of list items by four spaces, whatever indentation CommonMark allows.

In CommonMark, lines belong to an item if they are indented to its first word (two spaces for `-`, three for `1.`);
Python-Markdown needs four. Only lists with another indentation change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stufenweise.source.markdown.outline import LineKind, Outline

_TAB = 4
_ITEM = re.compile(r"(?P<mark>[-*+]|(?P<number>\d{1,9})(?P<end>[.)]))(?P<gap>[ ]+)(?=\S)")
_RULE = re.compile(r"(?:(?:-[ ]*){3,}|(?:\*[ ]*){3,})$")


def nest_by_four(outline: Outline, lines: Sequence[str]) -> list[str]:
    """Return lines with items and their contents indented as Python-Markdown reads them.

    Args:
        outline: The kind of each line.
        lines: The lines to indent.
    """
    result = list(lines)
    index = 0
    while index < len(lines):
        if outline.is_hidden(index) or not _starts_list(lines, index):
            index += 1
            continue
        end = _list_end(outline, lines, index)
        if _needs_change(outline, lines, index, end):
            result[index:end] = _nested(outline, lines, index, end)
        index = end
    return result


def _starts_list(lines: Sequence[str], index: int) -> bool:
    line = lines[index].expandtabs(_TAB)
    content = line.lstrip(" ")
    if len(line) - len(content) > 3 or not _ITEM.match(content) or _RULE.match(content):
        return False
    return not index or not lines[index - 1].strip() or lines[index - 1].startswith("#")


def _list_end(outline: Outline, lines: Sequence[str], start: int) -> int:
    """Return the line after a list: the first one after an empty line that is neither an item nor indented."""
    end = start + 1
    while end < len(lines):
        line = lines[end]
        if outline.kinds[end] is LineKind.HEADING or (outline.is_hidden(end) and not line.startswith((" ", "\t"))):
            break
        if line.strip() and not lines[end - 1].strip() and not line.startswith((" ", "\t")):
            content = line.expandtabs(_TAB)
            if not _ITEM.match(content) or _RULE.match(content):
                break
        end += 1
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return end


def _needs_change(outline: Outline, lines: Sequence[str], start: int, end: int) -> bool:
    """Return whether an item or a paragraph in it is indented by other than a multiple of four."""
    for index in range(start, end):
        line = lines[index].expandtabs(_TAB)
        content = line.lstrip(" ")
        indent = len(line) - len(content)
        if not content or (outline.is_hidden(index) and outline.kinds[index] is not LineKind.FENCE):
            continue
        item = _ITEM.match(content)
        if item and item["end"] == ")":
            return True
        if indent % _TAB and (item or outline.kinds[index] is LineKind.FENCE or not lines[index - 1].strip()):
            return True
    return False


def _nested(outline: Outline, lines: Sequence[str], start: int, end: int) -> list[str]:
    """Return the lines of one list, indented by four spaces a level."""
    result: list[str] = []
    columns: list[int] = []
    """The column of an item's words, by level."""
    was_blank = True
    shift = 0
    for index in range(start, end):
        line = lines[index].expandtabs(_TAB)
        content = line.lstrip(" ")
        indent = len(line) - len(content)
        if not content:
            result.append("")
            was_blank = True
            continue
        if outline.is_hidden(index) and outline.kinds[index] is not LineKind.FENCE:
            result.append(" " * max(indent + shift, 0) + content)
            was_blank = False
            continue
        item = _ITEM.match(content) if not _RULE.match(content) else None
        if item or was_blank or indent >= (columns[-1] if columns else 0):
            while columns and indent < columns[-1]:
                columns.pop()
        elif columns:  # It continues the line above
            result.append(line)
            continue
        extra = indent - columns[-1] if columns else indent
        level = len(columns)
        kept = extra if extra >= _TAB and not (item and level) else 0
        if item and not (kept and not level):
            columns.append(indent + len(item["mark"]) + min(len(item["gap"]), _TAB))
            if item["end"] == ")":
                content = f"{item['number']}.{content[item.end('mark') :]}"
        result.append(" " * (_TAB * level + kept) + content)
        shift = _TAB * level + kept - indent
        was_blank = False
    return result
