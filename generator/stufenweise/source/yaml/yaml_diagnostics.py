"""Find the likely cause of a YAML syntax error among mistakes people often make.

A parser reports the place at which it failed, often a line or more below the mistake. So the lines down to that place
are read as an author writes them, one key per line, and the first suspicious one is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from stufenweise.model.problem import Place, Problem, new_problem

MAX_EXAMINED_LINES = 2000
"""Most lines that are examined."""
MAX_EXAMINED_CHARACTERS = 2000
"""Most characters of a line that are examined."""

_KEY = re.compile(r"([ \t]*+)((?:- )*+)([\w-]++)[ \t]*+:(?:[ \t]++|$)")
_COLON = re.compile(r"[ \t]*+[\w-]++[ \t]*+:[ \t]++[^\s'\"|>\[{#].*?(: )")
"""A value without quotation marks that contains a colon; possessive, because a line can be very long."""
_ENTRY_COLON = re.compile(
    r"[{,][ \t]*+(?P<key>[\w-]++[ \t]*+:[ \t]++)(?P<value>[^\s'\"\[{,}#][^,}]*?(?P<colon>: )[^,}]*+)"
)
"""The same in an entry in braces."""
_JOINED = re.compile(r"([\w-]++)(?::\s*+|\s++)(\S.*)")
"""A key without a colon, or without a space after it."""
_QUOTED = {"'": re.compile(r"'(?:[^']|'')*+'"), '"': re.compile(r'"(?:[^"\\]|\\.)*+"')}
_CLOSING = {"'": "'", '"': '"', "[": "]", "{": "}"}
_NO_BEGINNING = frozenset("@`%*&!,?")
"""Characters with which a value without quotation marks can't begin (https://yaml.org/spec/1.2.2/#rule-c-indicator)."""
_BLOCK = frozenset("|>")
_COMMENT = r"(?:(?<=[ \t])|\A)#(?:[ \t].*)?"
_COMMENT_OUTSIDE_QUOTES = re.compile(rf"(?P<text>(?:'(?:[^']|'')*+')?+(?:\"[^\"]*+\"|[^\"])*?){_COMMENT}")
_FIRST_COMMENT = re.compile(rf"(?P<text>.*?){_COMMENT}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line that begins with a key."""

    index: int
    indent: int
    start: int
    """Column of the value."""
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
        if candidate >= 0 and (match := _COLON.match(lines[candidate])):
            place = _place(where, first_line, candidate, match.start(1))
            return new_problem(place, "yaml-colon", right=value_in_quotes(lines[candidate]))
        if candidate >= 0 and (match := _ENTRY_COLON.search(lines[candidate])):
            place = _place(where, first_line, candidate, match.start("colon"))
            return new_problem(place, "yaml-colon", right=value_in_quotes(f"{match['key']}{match['value'].rstrip()}"))
    return next(_suspects(lines, last, where, first_line), new_problem(where, "yaml-syntax", detail=detail))


def _place(where: Place, first_line: int, index: int, column: int) -> Place:
    return Place(where.file, first_line + index, column + 1)


def _suspects(lines: list[str], last: int, where: Place, first_line: int) -> Iterator[Problem]:
    """Yield suspicious lines down to `last`, in order."""
    at = partial(_place, where, first_line)
    key: _Line | None = None
    indents: list[int] = []
    until = -1
    """Last line of a quoted value or a block of text, in which anything is allowed."""
    for index, line in enumerate(lines[: min(last + 1, MAX_EXAMINED_LINES)]):
        content = line.strip()
        if index <= until or not content or content.startswith("#"):
            continue
        match = _KEY.match(line)
        if not match:
            indent = len(line) - len(line.lstrip())
            if (
                not content.startswith("- ")
                and (key is None or indent <= key.indent)
                and (odd := _JOINED.match(content))
            ):
                yield new_problem(at(index, indent), "yaml-no-colon", right=f"{odd[1]}: {odd[2]}")
            continue
        above, key = (
            key,
            _Line(index=index, indent=len(match[1]) + len(match[2]), start=match.end(), value=line[match.end() :]),
        )
        value, character = key.value, key.value[:1]
        expected = _expected_indent(indents, key, above)
        if expected != key.indent and not match[2]:
            yield new_problem(at(index, key.indent), "yaml-indent", found=key.indent, expected=expected)
        if character in _QUOTED:
            end = _QUOTED[character].match(value)
            rest = value[end.end() :].strip() if end else ""
            if end and rest and not rest.startswith("#"):
                yield new_problem(at(index, key.start + end.end()), "yaml-quote", right=value_in_quotes(line))
            elif not end and _is_open(lines, key):
                yield new_problem(at(index, key.start), "yaml-open", character=character, closing=_CLOSING[character])
            elif not end:
                until = _end_of(lines, index, character)
        elif character and character in "[{":
            if value.count(character) > value.count(_CLOSING[character]) and _is_open(lines, key):
                yield new_problem(at(index, key.start), "yaml-open", character=character, closing=_CLOSING[character])
        elif character in _BLOCK:
            until = _end_of_block(lines, key)
        elif character in _NO_BEGINNING and index == last:
            yield new_problem(at(index, key.start), "yaml-character", character=character, right=value_in_quotes(line))


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
            match = _KEY.match(line)
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


def split_comment(value: str) -> tuple[str, str]:
    """Return a value as written, without the comment after it, and this comment with the spaces before it.

    A `#` between quotation marks is text, and so is one without a space after it: a tag or a number.
    """
    if _holds_its_quote(value.rstrip()):
        return value.rstrip(), ""
    match = _COMMENT_OUTSIDE_QUOTES.fullmatch(value)
    if not match and value.count('"') % 2:
        match = _FIRST_COMMENT.fullmatch(value)
    text = (match["text"] if match else value).rstrip(" \t")
    return text, value[len(text) :] if match else ""


def _holds_its_quote(value: str) -> bool:
    """Return whether the suspicious character of a value is a quotation mark inside, as in 'it's'."""
    return value[:1] in _QUOTED and value[0] == value[-1] and len(value) > 1 and value.count(value[0]) % 2 == 1


def value_in_quotes(line: str) -> str:
    """Return a line with its value in quotation marks; a comment stays behind it."""
    match = _KEY.match(line)
    value, comment = split_comment(line[match.end() :] if match else line.strip())
    key = f"{match[3]}: " if match else ""
    if _holds_its_quote(value):
        value = value[1:-1]
    return f"{key}{in_quotes(value)}{comment}"


def in_quotes(value: str) -> str:
    """Return a value in the quotation marks that change nothing in it."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    doubled = value.replace("'", "''")
    return f"'{doubled}'"
