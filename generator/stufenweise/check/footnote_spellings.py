"""Report footnotes without a target, or in another section than their reference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from stufenweise.check.spelling import Spelling, WrittenText
from stufenweise.model.problem import QUOTED_TEXT
from stufenweise.source.footnotes import find_footnotes, footnote_end
from stufenweise.source.outline import LineKind

_NOTE = re.compile(r"(?P<number>[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]?)[ \t]+(?=\S)")
_RAISED = re.compile(r"(?<=[\w.,;:!?)“”\"])(?<![⁰¹²³⁴⁵⁶⁷⁸⁹])(?P<number>[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]?)(?![\w⁰¹²³⁴⁵⁶⁷⁸⁹])")


def footnote_spellings(text: WrittenText) -> Iterator[Spelling]:
    """Yield footnotes that would not be rendered as footnotes, and why."""
    yield from _raised_numbers(text)
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


def _raised_numbers(text: WrittenText) -> Iterator[Spelling]:
    """Yield footnotes with superscript numbers, as copied from a word processor."""
    notes = {
        index: found
        for index, line in enumerate(text.lines)
        if not text.literal[index] and (found := _NOTE.match(line))
    }
    numbers = {found["number"] for found in notes.values()}
    if not notes or len(numbers) < len(notes):
        return
    used: set[str] = set()
    rights: dict[int, str] = {}
    for index, line in enumerate(text.lines):
        if index in notes or text.literal[index]:
            continue
        raised = [found for found in _RAISED.finditer(line) if found["number"] in numbers - used]
        for found in reversed(raised):
            used.add(found["number"])
            line = f"{line[: found.start('number')]}[^{_plain(found['number'])}]{line[found.end('number') :]}"
        if raised:
            rights[index] = line
    if used != numbers:
        return
    first = min(notes)
    for index, line in rights.items():
        yield Spelling(line=index, code="", right=(line,))
    for index, note in notes.items():
        right = f"[^{_plain(note['number'])}]: {text.lines[index][note.end() :]}"
        gap = () if text.is_blank(index - 1) or index - 1 in notes else ("",)
        values = {"text": text.lines[index][:QUOTED_TEXT], "right": right[:QUOTED_TEXT]}
        yield Spelling(line=index, code="other-markup" if index == first else "", values=values, right=(*gap, right))


def _plain(raised: str) -> str:
    return str(int(unicodedata.normalize("NFKC", raised)))


def _part_end(text: WrittenText, index: int) -> int:
    """Return the line after the step or section that contains a line."""
    later = (one.line for one in text.outline.headings if one.line > index and one.level in {2, 3})
    return min(later, default=len(text.lines))
