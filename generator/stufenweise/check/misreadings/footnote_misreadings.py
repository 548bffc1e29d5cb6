"""Report footnotes without a target, or in another section than their reference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from stufenweise.check.misreadings.misreading import Misreading
from stufenweise.check.misreadings.written_text import WrittenText
from stufenweise.source.markdown.footnotes import find_footnotes, footnote_end
from stufenweise.source.markdown.outline import LineKind

_NOTE = re.compile(r"(?P<number>[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]?)[ \t]+(?=\S)")
_RAISED = re.compile(r"(?<=[\w.,;:!?)“”\"])(?<![⁰¹²³⁴⁵⁶⁷⁸⁹])(?P<number>[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]?)(?![\w⁰¹²³⁴⁵⁶⁷⁸⁹])")


def footnote_misreadings(text: WrittenText) -> Iterator[Misreading]:
    """Yield footnotes that would not be rendered as footnotes, and why."""
    yield from _raised_numbers(text)
    if "[^" not in text.file.source_body:
        return
    notes = find_footnotes(text.lines, text.literal)
    for name, lines in notes.references.items():
        if name not in notes.definitions:
            yield text.misreading(lines[0], "footnote-missing", name=name, right=f"[^{name}]: …")
            continue
        start = notes.definitions[name][0]
        end = footnote_end(text.lines, start)
        odd = next((at for at in lines if at in text.checklist or text.outline.kinds[at] is LineKind.HEADING), None)
        if odd is not None:
            yield text.misreading(odd, "footnote-misplaced", name=name)
        elif (part := _part_end(text, lines[0])) != _part_end(text, start):
            yield text.misreading(start, "footnote-elsewhere", (), end=end, name=name)
            while text.is_blank(part - 1):
                part -= 1
            yield text.misreading(part - 1, "", (text.lines[part - 1], "", *text.lines[start:end]), end=part)
    for name, lines in notes.definitions.items():
        if name not in notes.references:
            yield text.misreading(lines[0], "footnote-unused", name=name)
        for further in lines[1:]:
            yield text.misreading(further, "footnote-twice", name=name)


def _raised_numbers(text: WrittenText) -> Iterator[Misreading]:
    """Yield footnotes with superscript numbers, as copied from a word processor."""
    notes = {index: note for index, line in text.written if (note := _NOTE.match(line))}
    numbers = {note["number"] for note in notes.values()}
    if not notes or len(numbers) < len(notes):
        return
    used: set[str] = set()
    referring: dict[int, str] = {}
    for index, line in text.written:
        if index in notes:
            continue
        raised = [mark for mark in _RAISED.finditer(line) if mark["number"] in numbers - used]
        for mark in reversed(raised):
            used.add(mark["number"])
            line = f"{line[: mark.start('number')]}[^{_plain(mark['number'])}]{line[mark.end('number') :]}"
        if raised:
            referring[index] = line
    if used != numbers:
        return
    first = min(notes)
    for index, line in referring.items():
        yield text.misreading(index, "", (line,))
    for index, note in notes.items():
        right = f"[^{_plain(note['number'])}]: {text.lines[index][note.end() :]}"
        gap = () if index - 1 in notes else text.gap_above(index)
        code = "other-markup" if index == first else ""
        yield text.misreading(index, code, (*gap, right), text=text.lines[index], right=right)


def _plain(raised: str) -> str:
    return str(int(unicodedata.normalize("NFKC", raised)))


def _part_end(text: WrittenText, index: int) -> int:
    """Return the line after the step or section that contains a line."""
    later = (heading.line for heading in text.outline.headings if heading.line > index and heading.level in {2, 3})
    return min(later, default=len(text.lines))
