"""Correct wrong facts where only one meaning is possible: `level: Stufe 2`, `goals: S1/O1`.

The mistakes are reported all the same. With corrected facts, the same run checks the rest of the text, and
`check --fix` writes them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from stufenweise.model.example_values import as_yaml_value
from stufenweise.model.paths import ShownPath
from stufenweise.source.yaml.validation import WrongFact
from stufenweise.source.yaml.yaml_positions import Scalar, Value, YamlDocument, read_yaml

_FIRST_LINE = 2
"""The line of a file at which its facts begin."""
_VALUE = (
    r"(?P<value>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\"'#\s](?:[^#]|(?<![ \t])#)*?)"
    r"(?P<after>[ \t]*(?:(?<=[ \t])#.*)?)"
)
"""A value on one line, and the comment after it."""
_ENTRY = re.compile(r"(?P<before>(?P<key>[\w-]+)[ \t]*:[ \t]+)" + _VALUE)
_PIECE = re.compile(r"(?P<before>[ \t]*-[ \t]+)" + _VALUE)
_SCALARS = frozenset({"expected-number", "expected-date", "expected-true-false", "unknown-value"})


@dataclass(kw_only=True)
class MeantFacts:
    """Facts with corrections."""

    value: dict[Scalar, Value]
    lines: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Corrected lines by their index in the document, from 0; none if YAML would read something else."""


def facts_as_meant(tree: YamlDocument, wrong: Iterable[WrongFact]) -> MeantFacts | None:
    """Return the facts with wrong values corrected; None if a correction is not certain.

    Args:
        tree: The document.
        wrong: What is wrong with its facts.
    """
    if not isinstance(tree.value, dict):
        return None
    meant = MeantFacts(value=dict(tree.value))
    for fact in wrong:
        code, index = fact.problem.code, fact.problem.place.line - _FIRST_LINE
        line = meant.lines.get(index, (tree.lines[index],))[0] if 0 <= index < len(tree.lines) else ""
        read = _READERS.get("value" if code in _SCALARS else code)
        if not read or not read(meant, index, line, fact):
            return None
    if not _is_read_as_meant(tree, meant):
        meant.lines.clear()
    return meant


def _is_read_as_meant(tree: YamlDocument, meant: MeantFacts) -> bool:
    """Return whether YAML reads the corrected lines as the corrected facts."""
    corrected = (line for index, line in enumerate(tree.lines) for line in meant.lines.get(index, (line,)))
    value = read_yaml("\n".join(corrected) + "\n", ShownPath("")).value
    return isinstance(value, dict) and {key: value.get(key) for key in meant.value} == meant.value


def _scalar(meant: MeantFacts, index: int, line: str, fact: WrongFact) -> bool:
    match, nearest = _ENTRY.fullmatch(line), fact.problem.subject.nearest
    if not nearest or not match or (match["key"],) != fact.path:
        return False
    key = match["key"]
    meant.value[key] = _value(nearest)
    meant.lines[index] = (f"{match['before']}{nearest}{match['after']}",)
    return True


def _value(text: str) -> Scalar:
    """Return the value that YAML reads in a proposed text."""
    if re.fullmatch(r"[0-9]{1,18}", text):
        return int(text)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return datetime.date.fromisoformat(text)
    return {"true": True, "false": False}.get(text, text)


def _list(meant: MeantFacts, index: int, line: str, fact: WrongFact) -> bool:
    """Correct a text to a list."""
    match = _ENTRY.fullmatch(line)
    if not match or (match["key"],) != fact.path or not isinstance(fact.value, str):
        return False
    key, nearest = match["key"], fact.problem.subject.nearest
    entries = tuple(entry.strip() for entry in nearest.split(",") if entry.strip())
    meant.value[key] = entries
    meant.lines[index] = (f"{match['before']}{as_yaml_value(entries)}{match['after']}",)
    return True


def _entries(meant: MeantFacts, index: int, line: str, fact: WrongFact) -> bool:
    """Correct a list entry that holds several entries."""
    key, wrong, nearest = str(fact.path[0]), fact.value, fact.problem.subject.nearest
    written = meant.value.get(key)
    if not nearest or not isinstance(wrong, str) or not isinstance(written, tuple) or written.count(wrong) != 1:
        return False
    entries = tuple(nearest.split(", "))
    at = written.index(wrong)
    meant.value[key] = (*written[:at], *entries, *written[at + 1 :])
    if (piece := _PIECE.fullmatch(line)) and piece["value"] == wrong:
        meant.lines[index] = tuple(f"{piece['before']}{entry}{piece['after']}" for entry in entries)
    elif _has_key(line, key) and line.count(wrong) == 1:
        meant.lines[index] = (line.replace(wrong, nearest),)
    else:
        return False
    return True


def _has_key(line: str, key: str) -> bool:
    """Return whether a line begins with a key and its colon; YAML allows spaces between them."""
    return line.startswith(key) and line[len(key) :].lstrip(" \t").startswith(":")


def _key(meant: MeantFacts, index: int, line: str, fact: WrongFact) -> bool:
    """Treat an unknown key as the missing key that it resembles; ignore one that resembles none."""
    key, nearest = str(fact.path[0]), fact.problem.subject.nearest
    if len(fact.path) > 1 or key not in meant.value:
        return False
    value = meant.value.pop(key)
    if nearest and nearest not in meant.value and _has_key(line, key):
        meant.value[nearest] = value
        meant.lines[index] = (f"{nearest}{line[len(key) :]}",)
    return True


_READERS: Mapping[str, Callable[[MeantFacts, int, str, WrongFact], bool]] = {
    "value": _scalar,
    "expected-list": _list,
    "bad-form": _entries,
    "unknown-key": _key,
}
"""Functions that correct a fact, by problem code."""
