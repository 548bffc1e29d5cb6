"""Format the line of a problem with a caret below its column, safe for any terminal."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from stufenweise.model.problem import Place
from stufenweise.source.files.decoding import MAX_TEXT_BYTES

MAX_SHOWN = 100
"""Most characters of a line that are shown; a longer line is cut around the column."""
INDENT = "    "
TAB = "    "
_STRANGE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode categories that a terminal may interpret: control, format, surrogate, private, unassigned, separators."""


class SourceLines:
    """The lines of a project's files; each file is read when its first line is needed."""

    def __init__(self, root: Path) -> None:
        """Prepare to read files below `root`; problems' paths are relative to it."""
        self.root = root
        self._lines_by_file: dict[str, list[str]] = {}

    def excerpt(self, place: Place) -> str:
        """Return the line at a place and a caret below it, as two indented lines; empty if there is no such line.

        Problems of a whole file are at its first character; for those no line is shown.
        """
        if (place.line, place.column) == (1, 1):
            return ""
        lines = self._lines_by_file.get(place.file)
        if lines is None:
            lines = self._lines_by_file[place.file] = _lines(self.root / place.file)
        if not 0 < place.line <= len(lines) or not lines[place.line - 1].strip():
            return ""
        return code_frame(lines[place.line - 1], place.column)


def code_frame(line: str, column: int) -> str:
    """Return a line and a caret below it.

    Args:
        line: The line of the file.
        column: The character to point at, from 1; one past the end is right after the line.
    """
    characters = [_printable(character) for character in line.rstrip()]
    index = min(max(column - 1, 0), len(characters))
    start = 0 if len(characters) <= MAX_SHOWN else max(0, min(index - MAX_SHOWN // 2, len(characters) - MAX_SHOWN))
    end = min(start + MAX_SHOWN, len(characters))
    before = "…" if start else ""
    after = "…" if end < len(characters) else ""
    indent = len(before) + sum(_width(character) for character in characters[start:index])
    return f"{INDENT}{before}{''.join(characters[start:end])}{after}\n{INDENT}{' ' * indent}^"


def _lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            return file.read(MAX_TEXT_BYTES).decode("utf-8-sig", "replace").split("\n")
    except OSError:
        return []


def _printable(character: str) -> str:
    """Replace a character that a terminal could interpret."""
    if character == "\t":
        return TAB
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character) in _STRANGE else character


def _width(characters: str) -> int:
    """Return the number of terminal columns of a character (Unicode Standard Annex 11)."""
    if unicodedata.combining(characters[0]):
        return 0
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in characters)
