"""Decode a file of content to text, or report why that fails: size, UTF-8, control characters.

Invisible characters don't make a file unreadable; they are removed and reported.
"""

from __future__ import annotations

import re

from stufenweise.model.outcome import Outcome
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.source.files.invisible_characters import invisible_characters, without_invisible_characters

MAX_TEXT_BYTES = 128 * 1024
"""Largest Markdown file, in bytes: some twenty times a long tutorial, and rendered well within a second."""
MAX_YAML_BYTES = 256 * 1024
"""Largest YAML file, in bytes: some 800 terms of a glossary."""
MAX_DATA_BYTES = 1024 * 1024
"""Largest image file, in bytes."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


def decode(data: bytes, file: ShownPath, limit: int) -> Outcome[str]:
    """Return the text of a file with LF line ends and without a BOM, or the problem that prevents decoding.

    Args:
        data: The file's bytes.
        file: Its path as people write it.
        limit: Largest size in bytes.
    """
    if len(data) > limit:
        return Outcome.failure(too_large_problem(Place(file), len(data), limit))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        data = error.object  # Without the BOM, positions count from its end
        before = data[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        byte = f"0x{data[error.start]:02X}"
        return Outcome.failure(new_problem(Place(file, line, column), "not-utf8", byte=byte))
    text = text.replace("\r\n", "\n")
    if control := _CONTROL.search(text):
        code = f"U+{ord(control.group()):04X}"
        return Outcome.failure(new_problem(place_at(file, text, control.start()), "control-character", code=code))
    return Outcome(text)


def read_text(data: bytes, file: ShownPath, limit: int) -> Outcome[str]:
    """Return the text of a file without invisible characters and a problem for each, or the problem of `decode`."""
    decoded = decode(data, file, limit)
    if (text := decoded.value) is None:
        return decoded
    is_yaml = not file.endswith(".md")
    problems = tuple(
        new_problem(
            Place(file, character.line + 1, character.column), "invisible-character", **{character.kind: character.code}
        )
        for character in invisible_characters(text, is_yaml=is_yaml)
    )
    return Outcome(without_invisible_characters(text, is_yaml=is_yaml) if problems else text, problems)


def too_large_problem(place: Place, size: int, limit: int) -> Problem:
    """Return the problem that something is larger than its limit, both in bytes; messages round the size up to kB."""
    return new_problem(place, "file-too-large", size=-(-size // 1024), limit=limit // 1024)


def place_at(file: ShownPath, text: str, offset: int, first_line: int = 1) -> Place:
    """Return the place of the character at `offset` in `text`, whose first line is line `first_line` of `file`."""
    start = text.rfind("\n", 0, offset) + 1
    return Place(file, first_line + text.count("\n", 0, offset), offset - start + 1)
