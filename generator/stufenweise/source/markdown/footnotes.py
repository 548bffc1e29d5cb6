"""Turn footnotes into a small number in the sentence and small print at the place of the definition.

They look the same on pages, in print and in the session view, and need no ids that could clash on a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stufenweise.source.markdown.literal_lines import code_blanked

REFERENCE = re.compile(r"(?<!\\)\[\^(?P<name>[^\]\s^]{1,40})\](?!:)")
DEFINITION = re.compile(r"[ ]{0,3}\[\^(?P<name>[^\]\s^]{1,40})\]:[ \t]*(?P<text>.*)")


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The footnotes of a text: lines, from 0, by name."""

    references: dict[str, list[int]]
    definitions: dict[str, list[int]]


def find_footnotes(lines: Sequence[str], literal: Sequence[bool]) -> Footnotes:
    """Return the lines of references and definitions of footnotes, in the order of the text."""
    references: dict[str, list[int]] = {}
    definitions: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if literal[index] or "[^" not in line:
            continue
        if definition := DEFINITION.fullmatch(line):
            definitions.setdefault(definition["name"], []).append(index)
        for reference in REFERENCE.finditer(code_blanked(line)):
            references.setdefault(reference["name"], []).append(index)
    return Footnotes(references, definitions)


def footnote_end(lines: Sequence[str], start: int) -> int:
    """Return the line after a footnote, including the indented lines below its first."""
    end = start + 1
    while end < len(lines) and lines[end].strip() and not DEFINITION.match(lines[end]) and lines[end][:1] in " \t":
        end += 1
    return end


def small_print(lines: Sequence[str], literal: Sequence[bool]) -> list[str]:
    """Return lines with footnotes in small print; incomplete ones stay as they are."""
    notes = find_footnotes(lines, literal)
    numbers = {
        name: number for number, name in enumerate((name for name in notes.references if name in notes.definitions), 1)
    }
    result = list(lines)
    for name, number in numbers.items():
        for index in {*notes.references[name]}:
            result[index] = _refer(result[index], name, number)
        start = notes.definitions[name][0]
        end = footnote_end(lines, start)
        definition = DEFINITION.fullmatch(result[start])
        words = [definition["text"] if definition else "", *(line.strip() for line in result[start + 1 : end])]
        words[0] = f"<small><sup>{number}</sup> {words[0]}"
        words[-1] = f"{words[-1].rstrip()}</small>"
        result[start:end] = words
    return result


def _refer(line: str, name: str, number: int) -> str:
    """Return a line with its references to a footnote as a small number."""
    pieces: list[str] = []
    end = 0
    for reference in REFERENCE.finditer(code_blanked(line)):
        if reference["name"] == name:
            pieces += (line[end : reference.start()], f"<sup>{number}</sup>")
            end = reference.end()
    return "".join((*pieces, line[end:]))
