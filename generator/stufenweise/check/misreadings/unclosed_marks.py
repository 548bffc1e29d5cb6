"""Report bold and code marks that are opened but not closed in a paragraph; the page would show them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.check.misreadings.misreading import Misreading
from stufenweise.check.misreadings.written_text import WrittenText
from stufenweise.source.markdown.literal_lines import code_blanked
from stufenweise.source.markdown.outline import LineKind

_ESCAPED = re.compile(r"\\[*`\\]")
_BOLD = re.compile(r"\*\*(?:(?<![\w*]\*\*)(?=[^\s*])|(?<=[^\s*]\*\*)(?![\w*]))")
_CODE = re.compile(r"`(?<!``)(?!`)")
"""A single backtick; several in a row may be a wrong fence, which another rule reports."""
_MARKS = {"**": _BOLD, "`": _CODE}


def unclosed_marks(text: WrittenText) -> Iterator[Misreading]:
    """Yield the first mark of each paragraph that is not closed."""
    kinds, end = text.outline.kinds, 0
    waiting: frozenset[str] = frozenset()
    for start, _ in text.written:
        if start < end or (kinds[start] is not LineKind.TEXT and kinds[start] is not LineKind.ITEM):
            continue
        end = start + 1
        while end < len(text.lines) and kinds[end] is LineKind.TEXT and not text.literal[end]:
            end += 1
        marks = list(_in_paragraph(text, start, end))
        # A mark that is opened in one paragraph and closed in the next is one mistake.
        yield from (mark for mark in marks if mark.values["mark"] not in waiting)
        waiting = frozenset(mark.values["mark"] for mark in marks) - waiting


def _in_paragraph(text: WrittenText, start: int, end: int) -> Iterator[Misreading]:
    whole = "\n".join(text.lines[start:end])
    if "*" not in whole and "`" not in whole:
        return
    bare = _ESCAPED.sub("  ", code_blanked(whole))
    for mark, pattern in _MARKS.items():
        offsets = [match.start() for match in pattern.finditer(bare)]
        if len(offsets) % 2 == 1:
            at = offsets[0] if len(offsets) == 1 else offsets[-1]
            line = bare.count("\n", 0, at)
            column = at - (bare.rfind("\n", 0, at) + 1)
            quoted = text.lines[start + line][column:]
            yield text.misreading(start + line, "mark-open", column=column + 1, mark=mark, text=quoted)
