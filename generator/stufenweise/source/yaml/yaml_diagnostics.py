"""Find the likely cause of a YAML syntax error among mistakes people often make.

A parser reports the place at which it failed, often a line or more below the mistake. So the lines down to that place
are read as an author writes them, one key per line, and the first suspicious one is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.source.yaml.line_mistakes import BLOCK_OF_TEXT, KEY, LineMistake, missing_colon, value_mistake

MAX_EXAMINED_LINES = 2000
"""Most lines that are examined."""
MAX_EXAMINED_CHARACTERS = 2000
"""Most characters of a line that are examined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line that begins with a key."""

    index: int
    indent: int
    value: str


def diagnose_yaml_error(text: str, where: Place, first_line: int, detail: str) -> Problem:
    """Return the problem of a syntax error, by its most likely cause.

    Args:
        text: The document.
        where: The place at which the parser failed.
        first_line: Line of the file at which the document starts, from 1.
        detail: The parser's own message.
    """
    lines = [line[:MAX_EXAMINED_CHARACTERS].rstrip("\r") for line in text.split("\n")]
    last = min(max(where.line - first_line, 0), len(lines) - 1)
    line = lines[last]
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in detail:
        return new_problem(where, "yaml-tab")
    for candidate in (last, last - 1):
        mistake = value_mistake(lines[candidate]) if candidate >= 0 else None
        if mistake and mistake.code == "yaml-colon":
            return _problem(where, first_line, candidate, mistake)
    return next(_suspects(lines, last, where, first_line), new_problem(where, "yaml-syntax", detail=detail))


def _place(where: Place, first_line: int, index: int, column: int) -> Place:
    return Place(where.file, first_line + index, column + 1)


def _problem(where: Place, first_line: int, index: int, mistake: LineMistake) -> Problem:
    """Return the problem of a mistake in the line `index`."""
    return new_problem(_place(where, first_line, index, mistake.column), mistake.code, **mistake.values)


def _suspects(lines: list[str], last: int, where: Place, first_line: int) -> Iterator[Problem]:
    """Yield suspicious lines down to `last`, in order."""
    problem = partial(_problem, where, first_line)
    key: _Line | None = None
    indents: list[int] = []
    until = -1
    """Last line of a quoted value or a block of text, in which anything is allowed."""
    for index, line in enumerate(lines[: min(last + 1, MAX_EXAMINED_LINES)]):
        content = line.strip()
        if index <= until or not content or content.startswith("#"):
            continue
        match = KEY.match(line)
        if not match:
            is_below = key is not None and len(line) - len(line.lstrip()) > key.indent
            if not content.startswith("- ") and not is_below and (mistake := missing_colon(line)):
                yield problem(index, mistake)
            continue
        above, key = (
            key,
            _Line(index=index, indent=len(match[1]) + len(match[2]), value=line[match.end() :]),
        )
        expected = _expected_indent(indents, key, above)
        if expected != key.indent and not match[2]:
            place = _place(where, first_line, index, key.indent)
            yield new_problem(place, "yaml-indent", found=key.indent, expected=expected)
        mistake = value_mistake(line)
        if BLOCK_OF_TEXT.fullmatch(key.value.strip()):
            until = _end_of_block(lines, key)
        elif mistake and _is_wrong(mistake, lines, key, is_last=index == last):
            yield problem(index, mistake)
        elif mistake and mistake.code in _MAY_CONTINUE and key.value[0] in "\"'":
            until = _end_of(lines, index, key.value[0])


_MAY_CONTINUE = frozenset({"yaml-open", "yaml-escape", "yaml-list-character"})
"""Mistakes that are none where the value continues below."""


def _is_wrong(mistake: LineMistake, lines: list[str], key: _Line, *, is_last: bool) -> bool:
    """Return whether a suspicious value of the line of `key` is wrong, given the lines below it."""
    if mistake.code in _MAY_CONTINUE:
        hides = mistake.code != "yaml-list-character" or "#" in key.value or is_last
        return hides and _is_open(lines, key)
    return mistake.code == "yaml-quote" or (mistake.code == "yaml-character" and is_last)


def _expected_indent(indents: list[int], key: _Line, above: _Line | None) -> int:
    """Return the indentation that a key should have, given those of the keys above (`indents`)."""
    last = key.indent
    while indents and indents[-1] > key.indent:
        last = indents.pop()
    if (
        indents
        and indents[-1] < key.indent
        and (last > key.indent or (above and above.value and above.value[0] != "#"))
    ):
        return last if last > key.indent else indents[-1]
    if not indents and last > key.indent:
        return last
    if not indents or indents[-1] < key.indent:
        indents.append(key.indent)
    return key.indent


def _is_open(lines: list[str], key: _Line) -> bool:
    """Return whether a quoted value continues to a line that looks like the next key, or to the end."""
    for line in lines[key.index + 1 : key.index + MAX_EXAMINED_LINES]:
        if line.strip():
            match = KEY.match(line)
            return bool(match and len(match[1]) <= key.indent)
    return True


def _end_of(lines: list[str], index: int, character: str) -> int:
    """Return the last line of a quoted value."""
    return next((other for other in range(index + 1, len(lines)) if character in lines[other]), index)


def _end_of_block(lines: list[str], key: _Line) -> int:
    """Return the last line of a block of text."""
    end = key.index
    for index in range(key.index + 1, len(lines)):
        line = lines[index]
        if line.strip() and len(line) - len(line.lstrip()) <= key.indent:
            break
        end = index
    return end
