"""Find the line that an entry of front matter was meant to be, where YAML can't read its value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from stufenweise.source.yaml.yaml_diagnostics import in_quotes, split_comment, value_in_quotes

_CLOSED = re.compile(r"\"(?:[^\"\\]|\\[\\\"/abefnrtv0 ])*\"|'(?:[^']|'')*'")
_ENTRY = r"[ \t]*+(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^']|'')*+')?+[^,\]]*+"
"""An entry of a list in brackets; a comma or bracket in quotation marks is part of it."""
_LIST = re.compile(rf"\[({_ENTRY}(?:,{_ENTRY})*+)\]")
_LIST_ENTRY = re.compile(rf"(?:\A|,)({_ENTRY})")
_NO_BEGINNING = frozenset("@`%*&!,?|>")
_LIST_CHARACTERS = "#%@`&*!|>"
_KEY_COLON = re.compile(r":(?:[ \t]|$)")
"""A colon that ends a key, unlike the one in `10:30`."""
_TAG = re.compile(r"[ \t]+#\S.*")


@dataclass(frozen=True, slots=True)
class ValueRepair:
    """The line that an entry becomes, and what was wrong with it."""

    line: str
    code: str
    column: int
    """Column of the mistake in the first line of the entry, from 0."""
    values: Mapping[str, object] = field(default_factory=dict)
    """Values of the problem's message."""
    covers: int = 0
    """The number of lines, from its own on, that are part of the mistake."""


def joined_value(lines: Sequence[str]) -> ValueRepair:
    """Return the repair of an entry whose value goes on below its first line: on one line, in quotation marks."""
    pieces = [split_comment(line.strip()) for line in lines]
    whole = value_in_quotes(" ".join(text for text, _ in pieces)) + "".join(comment for _, comment in pieces)
    return ValueRepair(whole, "yaml-continued", 0, {"right": whole}, covers=len(lines))


def odd_value(key: str, value: str, line: str, text_keys: Set[str]) -> ValueRepair | None:
    """Return the repair of an entry on one line; None if nothing odd is in its value. A comment stays behind it.

    Args:
        key: The key.
        value: Its value as written, with a comment.
        line: The line.
        text_keys: The keys whose values are texts, or lists of texts.
    """
    start = line.index(value, line.index(":") + 1)
    if key not in text_keys and value[0] not in "[\"'" and (tag := _TAG.search(value)):  # No number has a tag
        repair = odd_value(key, value[: tag.start()], line[: start + tag.start()], text_keys)
        return replace(repair, line=repair.line + tag[0]) if repair else None
    text, comment = split_comment(value)
    quoted = value_in_quotes(line)
    right = {"right": quoted}
    if value[0] in "\"'":
        if closed := _CLOSED.match(value):
            return ValueRepair(quoted, "yaml-quote", start + closed.end(), right)
        if text.count(text[0]) == 1:
            return _closed(f"{key}: {text}{text[0]}{comment}", start, text[0], text[0])
        if text[-1] == text[0]:
            quoted = value_in_quotes(f"{key}: {text[1:-1]}") + comment
        return ValueRepair(quoted, "yaml-escape", start, {"right": quoted})
    if value[0] == "[":
        return _odd_list(key, value, start, is_text=key in text_keys)
    if value[0] in _NO_BEGINNING:
        return ValueRepair(quoted, "yaml-character", start, {**right, "character": value[0]})
    if colon := _KEY_COLON.search(text):
        return ValueRepair(quoted, "yaml-colon", start + colon.start(), right)
    if "\t" in line[: start + 1]:
        return ValueRepair(f"{key}: {value}", "yaml-tab", line.index("\t"))
    return None


def _closed(line: str, column: int, character: str, closing: str) -> ValueRepair:
    """Return the repair that closes what is opened and not closed."""
    return ValueRepair(line, "yaml-open", column, {"character": character, "closing": closing})


def _odd_list(key: str, value: str, start: int, *, is_text: bool) -> ValueRepair | None:
    """Return the repair of a list whose closing bracket is missing or in a comment, or with an odd entry."""
    whole = _LIST.match(value)
    if not whole:
        text, comment = split_comment(value)
        return _closed(f"{key}: {text}]{comment}", start, "[", "]")
    comment = value[whole.end() :]
    if comment.strip() and not comment.lstrip().startswith("#"):
        return None
    entries = [entry[1].strip() for entry in _LIST_ENTRY.finditer(whole[1]) if entry[1].strip()]
    if is_text:
        entries = [in_quotes(entry) if entry[:1] in _LIST_CHARACTERS else entry for entry in entries]
    else:
        entries = [entry.lstrip(_LIST_CHARACTERS).strip() for entry in entries]
    line = f"{key}: [{', '.join(entries)}]{comment}"
    return ValueRepair(line, "yaml-list-character", start, {"right": line})
