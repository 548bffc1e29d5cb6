"""Tell what is wrong with a line of YAML, as authors write it with one key a line, and how it was meant to be.

What YAML fails at is often found only in the lines around; so callers decide whether a suspicious line is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

KEY = re.compile(r"([ \t]*+)((?:- )*+)([\w-]++)[ \t]*+:(?:[ \t]++|$)")
"""Indentation, hyphens of list entries, and a key with its colon."""
BLOCK_OF_TEXT = re.compile(r"[|>][0-9+-]{0,2}(?:[ \t]*#.*)?")
"""What stands behind a key whose value is the indented lines below it."""
CLOSING = {"'": "'", '"': '"', "[": "]", "{": "}"}
"""What closes a value, by what opens it."""

_KEY_COLON = re.compile(r":(?:[ \t]|$)")
"""A colon that ends a key, unlike the one in `10:30`."""
_UNFINISHED = re.compile(r"(?P<key>[\w-]++)(?:[ \t]*+[:=][ \t]*+|[ \t]++)(?P<value>[^\s:=].*)")
"""A key without a colon, or without a space after it."""
_HALF = "[Dd][89A-Fa-f]"
"""How half of a surrogate pair begins, which is no character."""
_ESCAPE = (
    r"\\(?:[0abtnvfreN_LP \"/\\]|x[0-9A-Fa-f]{2}"
    rf"|u(?!{_HALF})[0-9A-Fa-f]{{4}}|U(?!0000{_HALF})00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{{4}})"
)
"""https://yaml.org/spec/1.2.2/#57-escaped-characters"""
_SINGLE = r"'(?:[^']|'')*+'"
_QUOTED = {"'": re.compile(_SINGLE), '"': re.compile(rf'"(?:[^"\\]|{_ESCAPE})*+"')}
_LIST_ENTRY = rf"[ \t]*+(?:\"(?:[^\"\\]|\\.)*+\"|{_SINGLE})?+[^,\]]*+"
"""An entry of a list in brackets; a comma or bracket in quotation marks is part of it."""
_LIST = re.compile(rf"\[({_LIST_ENTRY}(?:,{_LIST_ENTRY})*+)\]")
_LIST_ENTRIES = re.compile(rf"(?:\A|,)({_LIST_ENTRY})")
_PAIR = re.compile(r"[{,][ \t]*+(?P<pair>[\w-]++[ \t]*+:[ \t]++[^\s'\"\[{,}#][^,}]*?(?P<colon>:[ \t])[^,}]*+)")
"""An entry in braces whose value holds a colon."""
_NO_BEGINNING = frozenset("@`%*&!,?|>")
"""Characters with which a value without quotation marks can't begin (https://yaml.org/spec/1.2.2/#rule-c-indicator)."""
_NO_BEGINNING_IN_LIST = "#%@`&*!|>"
_TAG = re.compile(r"[ \t]+#\S.*")
_COMMENT = r"(?:(?<=[ \t])|\A)#(?:[ \t].*)?"
_COMMENT_OUTSIDE_QUOTES = re.compile(rf"(?P<text>(?:{_SINGLE})?+(?:\"[^\"]*+\"|[^\"])*?){_COMMENT}")
_FIRST_COMMENT = re.compile(rf"(?P<text>.*?){_COMMENT}")


@dataclass(frozen=True, slots=True)
class LineMistake:
    """What is wrong with a line, and the line that it was meant to be."""

    line: str
    """The line without its indentation, as it was meant to be."""
    code: str
    """Code of the problem."""
    column: int
    """Column of the mistake, from 0."""
    values: Mapping[str, object] = field(default_factory=dict)
    """Values of the problem's message."""
    covers: int = 0
    """The number of lines, from its own on, that are part of the mistake."""


def value_mistake(line: str, *, is_text: bool = True) -> LineMistake | None:
    """Return what is suspicious about the value on a line; a comment stays behind it.

    Args:
        line: The line.
        is_text: Whether the value is text, or a list of texts, and not numbers or names.
    """
    match = KEY.match(line)
    value = line[match.end() :].rstrip() if match else ""
    if not match or not value or value[0] == "{":
        return _mistake_in_braces(line, match.end() if value and match else -1)
    start = match.end()
    if not is_text and value[0] not in "[\"'" and (tag := _TAG.search(value)):  # No number has a tag
        mistake = value_mistake(line[: start + tag.start()], is_text=False)
        return replace(mistake, line=mistake.line + tag[0]) if mistake else None
    if value[0] in _QUOTED:
        return _mistake_in_quotes(line, match[3], start, value)
    if value[0] == "[":
        return _mistake_in_list(match[3], start, value, is_text=is_text)
    if BLOCK_OF_TEXT.fullmatch(value):
        return None
    if value[0] in _NO_BEGINNING:
        return _unquoted(line, "yaml-character", start, character=value[0])
    if colon := _KEY_COLON.search(split_comment(value)[0]):
        return _unquoted(line, "yaml-colon", start + colon.start())
    if "\t" in line[:start]:
        return LineMistake(f"{match[3]}: {value}", "yaml-tab", line.index("\t"))
    return None


def missing_colon(line: str) -> LineMistake | None:
    """Return the mistake of a line that begins with a word without colon, or without a space behind that."""
    content = line.strip()
    match = _UNFINISHED.fullmatch(content)
    if not match or KEY.match(content):
        return None
    right = f"{match['key']}: {match['value']}"
    return LineMistake(right, "yaml-no-colon", len(line) - len(line.lstrip()), {"right": right})


def continued_value(lines: Sequence[str]) -> LineMistake:
    """Return the mistake of an entry whose value goes on below its first line: it is to be on one, in quotes."""
    pieces = [split_comment(line.strip()) for line in lines]
    whole = value_in_quotes(" ".join(text for text, _ in pieces)) + "".join(comment for _, comment in pieces)
    return LineMistake(whole, "yaml-continued", 0, {"right": whole}, covers=len(lines))


def _unquoted(line: str, code: str, column: int, **values: object) -> LineMistake:
    """Return a mistake that is mended by quotation marks around the value."""
    quoted = value_in_quotes(line)
    return LineMistake(quoted, code, column, {"right": quoted, **values})


def _open(line: str, column: int, character: str, closing: str) -> LineMistake:
    """Return the mistake that something is opened and not closed."""
    return LineMistake(line, "yaml-open", column, {"character": character, "closing": closing})


def _mistake_in_quotes(line: str, key: str, start: int, value: str) -> LineMistake | None:
    """Return what is wrong with a value that begins with a quotation mark."""
    quote = value[0]
    if closed := _QUOTED[quote].match(value):
        rest = value[closed.end() :].lstrip()
        return _unquoted(line, "yaml-quote", start + closed.end()) if rest and rest[0] != "#" else None
    text, comment = split_comment(value)
    if quote == "'" or text.count(quote) == 1:
        return _open(f"{key}: {text}{quote}{comment}", start, quote, quote)
    if text[-1] != quote:
        return _unquoted(line, "yaml-escape", start)
    right = f"{key}: {in_quotes(text[1:-1])}{comment}"
    return LineMistake(right, "yaml-escape", start, {"right": right})


def _mistake_in_list(key: str, start: int, value: str, *, is_text: bool) -> LineMistake | None:
    """Return what is wrong with a list in brackets: its closing one is missing, or an entry is odd."""
    whole = _LIST.match(value)
    written = [entry[1].strip() for entry in _LIST_ENTRIES.finditer(whole[1])] if whole else []
    odd = {entry for entry in written if entry and entry[0] in _NO_BEGINNING_IN_LIST}
    if not whole or not odd:
        text, comment = split_comment(value)
        return None if _LIST.match(text) else _open(f"{key}: {text}]{comment}", start, "[", "]")
    comment = value[whole.end() :]
    if comment.strip() and not comment.lstrip().startswith("#"):
        return None
    mended = in_quotes if is_text else _without_odd_beginning
    entries = [mended(entry) if entry in odd else entry for entry in written if entry]
    line = f"{key}: [{', '.join(entries)}]{comment}"
    return LineMistake(line, "yaml-list-character", start, {"right": line})


def _without_odd_beginning(entry: str) -> str:
    return entry.lstrip(_NO_BEGINNING_IN_LIST).strip()


def _mistake_in_braces(line: str, start: int) -> LineMistake | None:
    """Return what is wrong with entries in braces, or with the brace that opens a value at column `start`."""
    content = line.strip()
    if match := _PAIR.search(line):
        right = value_in_quotes(match["pair"].rstrip())
        whole = f"{line[: match.start('pair')]}{right}{line[match.end('pair') :]}"
        return LineMistake(whole.strip(), "yaml-colon", match.start("colon"), {"right": right})
    if start >= 0 and content.count("{") > content.count("}"):
        return _open(f"{content}}}", start, "{", "}")
    return None


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
    match = KEY.match(line)
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
