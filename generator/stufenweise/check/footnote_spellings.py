"""Report footnotes without a target, or in another section than their reference."""

from __future__ import annotations

from collections.abc import Iterator

from stufenweise.check.spelling import Spelling, WrittenText
from stufenweise.source.footnotes import find_footnotes, footnote_end
from stufenweise.source.outline import LineKind


def footnote_spellings(text: WrittenText) -> Iterator[Spelling]:
    """Yield what keeps a footnote from being one."""
    if "[^" not in text.file.source_body:
        return
    notes = find_footnotes(text.lines, text.literal)
    for name, lines in notes.references.items():
        if name not in notes.definitions:
            yield Spelling(line=lines[0], code="footnote-missing", values={"name": name, "right": f"[^{name}]: …"})
            continue
        start = notes.definitions[name][0]
        end = footnote_end(text.lines, start)
        odd = next((one for one in lines if one in text.checklist or text.outline.kinds[one] is LineKind.HEADING), None)
        if odd is not None:
            yield Spelling(line=odd, code="footnote-misplaced", values={"name": name})
        elif (part := _part_end(text, lines[0])) != _part_end(text, start):
            moved = tuple(text.lines[start:end])
            yield Spelling(line=start, code="footnote-elsewhere", values={"name": name}, end=end, right=())
            while text.is_blank(part - 1):
                part -= 1
            yield Spelling(line=part - 1, code="", end=part, right=(text.lines[part - 1], "", *moved))
    for name, lines in notes.definitions.items():
        if name not in notes.references:
            yield Spelling(line=lines[0], code="footnote-unused", values={"name": name})
        for further in lines[1:]:
            yield Spelling(line=further, code="footnote-twice", values={"name": name})


def _part_end(text: WrittenText, index: int) -> int:
    """Return the line behind the step or section in which a line stands."""
    later = (one.line for one in text.outline.headings if one.line > index and one.level in {2, 3})
    return min(later, default=len(text.lines))
