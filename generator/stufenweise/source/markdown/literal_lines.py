"""Tell lines that are shown literally (code, comments) from lines with markup."""

from __future__ import annotations

import re
from collections.abc import Callable

from stufenweise.source.markdown.outline import HIDDEN, LineKind, Outline

_CONTAINER = re.compile(r"[ ]{0,3}(?:[-*+][ \t]|[0-9]+[.)][ \t]|!!!|\?\?\?|===[!+]?[ ]|:[ \t]|\[\^|>)")
"""Beginnings of blocks that can contain indented lines."""
_CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)")


def literal_lines(outline: Outline) -> list[bool]:
    """Return for each line whether it is code (fenced or indented) or a comment."""
    result: list[bool] = []
    is_inside, was_blank = False, True
    for line, kind in zip(outline.lines, outline.kinds, strict=True):
        if kind in HIDDEN:
            result.append(True)
            was_blank = False
            continue
        if kind is LineKind.BLANK:
            result.append(False)
            was_blank = True
            continue
        if line.startswith(("    ", "\t")):
            result.append(not is_inside and (was_blank or (bool(result) and result[-1])))
        else:
            is_inside = bool(_CONTAINER.match(line)) or (is_inside and (not was_blank or line.startswith(" ")))
            result.append(False)
        was_blank = False
    return result


def outside_code(line: str, change: Callable[[str], str]) -> str:
    """Return a line of running text with `change` applied to the parts outside of code spans."""
    if "`" not in line:
        return change(line)
    pieces: list[str] = []
    end = 0
    for span in _CODE_SPAN.finditer(line):
        pieces += (change(line[end : span.start()]), span[0])
        end = span.end()
    return "".join((*pieces, change(line[end:])))


def code_blanked(line: str) -> str:
    """Return a line with blanks in place of its code spans."""
    return _CODE_SPAN.sub(lambda span: " " * len(span[0]), line) if "`" in line else line
