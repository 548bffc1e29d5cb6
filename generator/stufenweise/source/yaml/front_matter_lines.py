"""Read front matter line by line where YAML fails or would read a line differently than meant.

Each suspicious line is reported and corrected before reading on, so that one run finds all problems of the front matter
and of the body below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import get_args, get_type_hints

from stufenweise.model.facts import Facts, Plain, TranslationFacts
from stufenweise.model.kinds import KINDS
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.source.yaml.yaml_diagnostics import value_in_quotes
from stufenweise.source.yaml.yaml_positions import YamlDocument, read_yaml

_MODELS: tuple[type[Facts], ...] = (TranslationFacts, *(kind.facts for kind in KINDS))
_KEYS = frozenset(name for facts in _MODELS for name in facts.model_fields)
_ENTRY = re.compile(r"(?P<key>[\w-]+)(?P<separator>[ \t]*[:=][ \t]*|[ \t]+)(?P<value>.*)")
_COLON = re.compile(r"[ \t]*:[ \t]")
"""A colon that ends a key; YAML allows spaces before it."""
_KEY_LINE = re.compile(r"(?P<indent>[ \t]*)(?P<key>[\w-]+)[ \t]*:(?:[ \t]+(?P<value>.*))?")
_CUT = re.compile(r"[ \t]#(?=\S)")
_CLOSED = re.compile(r"\"(?:[^\"\\]|\\[\\\"/abefnrtv0 ])*\"|'(?:[^']|'')*'")
_NO_BEGINNING = frozenset("@`%*&!,?|>")
_MAX_REPAIRS = 40
"""Most lines that are repaired before reading stops."""


@lru_cache(maxsize=1)
def _types() -> Mapping[str, object]:
    return {key: hint for facts in _MODELS for key, hint in get_type_hints(facts, include_extras=True).items()}


@lru_cache(maxsize=1)
def _text_keys() -> frozenset[str]:
    """Return the keys whose value is a line of text."""
    return frozenset(key for key, hint in _types().items() if hint == Plain)


@lru_cache(maxsize=1)
def _text_list_keys() -> frozenset[str]:
    """Return the keys whose value is a list of lines of text."""
    return frozenset(key for key, hint in _types().items() if tuple[Plain, ...] in (hint, *get_args(hint)))


@dataclass(kw_only=True)
class _Head:
    """The lines of front matter while they are read."""

    lines: list[str]
    file: ShownPath
    first: int
    problems: list[Problem] = field(default_factory=list)
    repaired: dict[int, tuple[str, ...]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def report(self, index: int, column: int, code: str, **values: object) -> None:
        self.problems.append(new_problem(Place(self.file, self.first + index, column + 1), code, **values))

    def repair(self, index: int, line: str, code: str, column: int = 0, **values: object) -> None:
        """Report a line, and replace it by `line`."""
        self.report(index, column, code, right=line.strip(), **values)
        self.lines[index] = line
        self.repaired[index] = (line,)


def read_head(lines: list[str], file: ShownPath, first_line: int) -> YamlDocument:
    """Read front matter line by line; return it with the lines that were repaired or skipped."""
    head = _Head(lines=[line.removesuffix("\r") for line in lines], file=file, first=first_line)
    _keys_without_colon(head)
    document = read_yaml(_text(head.lines), file, first_line)
    if _has_failed(document):
        _odd_values(head)
        document = read_yaml(_text(head.lines), file, first_line)
    for _ in range(_MAX_REPAIRS):
        if not _has_failed(document) or not _leave_out(head, document):
            break
        document = read_yaml(_text(head.lines), file, first_line)
    _cut_values(head)
    if head.problems and not document.problems:
        document = read_yaml(_text(head.lines), file, first_line)
    document = replace(document, lines=tuple(head.lines))
    if _has_failed(document):
        return replace(document, problems=head.problems or document.problems)
    return replace(
        document,
        repaired_problems=tuple(head.problems),
        repaired_lines=dict(head.repaired),
        unread=frozenset(head.unread),
    )


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def _has_failed(document: YamlDocument) -> bool:
    """Return whether YAML stopped at a syntax error."""
    return any(problem.code in _GIVEN_UP for problem in document.problems)


_GIVEN_UP = frozenset(
    {
        "yaml-syntax",
        "yaml-tab",
        "yaml-colon",
        "yaml-no-colon",
        "yaml-open",
        "yaml-quote",
        "yaml-character",
        "yaml-indent",
    }
)


def _top_lines(head: _Head) -> Iterator[tuple[int, str]]:
    """Yield the lines that may begin an entry of the front matter."""
    for index, line in enumerate(head.lines):
        if line.strip() and line[:1] not in "# \t-":
            yield index, line


def _keys_without_colon(head: _Head) -> None:
    """Repair lines that lack the colon after a known key, or the space after that."""
    for index, line in list(_top_lines(head)):
        entry = _ENTRY.fullmatch(line)
        if not entry or entry["key"] not in _KEYS or not entry["value"] or _COLON.match(entry["separator"]):
            continue
        if "=" in entry["separator"] and entry["separator"].strip() == "=":
            head.repair(index, f"{entry['key']}: {entry['value']}", "yaml-no-colon")
        elif entry["separator"].strip() == ":" or not entry["value"].startswith((":", "=")):
            if entry["separator"].strip() == "" and " " in entry["value"].strip():
                continue  # Not a key: a sentence that begins with such a word
            head.repair(index, f"{entry['key']}: {entry['value']}", "yaml-no-colon")


def _odd_values(head: _Head) -> None:
    """Repair values that YAML can't read: continued below, or with colons, quotation marks or the like."""
    lines = head.lines
    for index, line in enumerate(lines):
        if re.match(r"[ \t]{1,3}[\w-]+[ \t]*:(?:[ \t]|$)", line) and line.split(":")[0].strip() in _KEYS:
            above = next((earlier for earlier in reversed(lines[:index]) if earlier.strip()), "")
            if (match := _KEY_LINE.fullmatch(above)) is None or match["value"]:
                width = len(line) - len(line.lstrip())
                if "\t" in line[:width]:
                    head.report(index, 0, "yaml-tab")
                else:
                    head.report(index, width, "yaml-indent", found=width, expected=0)
                lines[index] = line.lstrip()
                head.repaired[index] = (lines[index],)
    for index, line in list(_top_lines(head)):
        match = _KEY_LINE.fullmatch(line)
        if not match or not (value := (match["value"] or "").strip()) or not lines[index]:
            continue
        further = _further_lines(lines, index) if value[0] not in "[{|>" else []
        if further and not _CLOSED.fullmatch(" ".join([value, *(lines[number].strip() for number in further)])):
            whole = " ".join([value, *(lines[number].strip() for number in further)])
            head.repair(index, value_in_quotes(f"{match['key']}: {whole}"), "yaml-continued", lines=len(further))
            for number in further:
                lines[number] = ""
                head.repaired[number] = ()
            continue
        _odd_value(head, index, match["key"], value, line)


def _odd_value(head: _Head, index: int, key: str, value: str, line: str) -> None:
    """Repair the value of one line."""
    start = line.index(value, line.index(":") + 1)
    if value[0] in "\"'":
        closed = _CLOSED.match(value)
        rest = value[closed.end() :].strip() if closed else ""
        if closed and rest and not rest.startswith("#"):
            head.repair(index, value_in_quotes(line), "yaml-quote", start + closed.end())
        elif not closed and value.count(value[0]) == 1:
            character = value[0]
            head.report(index, start, "yaml-open", character=character, closing=character)
            head.lines[index] = f"{key}: {value}{character}"
            head.repaired[index] = (head.lines[index],)
        elif not closed:
            head.repair(index, value_in_quotes(f"{key}: {value[1:-1]}"), "yaml-escape", start)
    elif value[0] == "[" and ("]" not in value.partition(" #")[0] or re.search(r"[\[,][ \t]*[%@`&*!|>#]", value)):
        _odd_list(head, index, key, value, start)
    elif value[0] in _NO_BEGINNING and not re.fullmatch(r"[|>][+-]?\d?", value):
        head.repair(index, value_in_quotes(line), "yaml-character", start, character=value[0])
    elif ": " in value or value.endswith(":"):
        head.repair(index, value_in_quotes(line), "yaml-colon", start + value.find(":"))
    elif "\t" in line[: start + 1]:
        head.report(index, line.index("\t"), "yaml-tab")
        head.lines[index] = f"{key}: {value}"
        head.repaired[index] = (head.lines[index],)


def _odd_list(head: _Head, index: int, key: str, value: str, start: int) -> None:
    """Repair a list whose closing bracket is missing or in a comment."""
    if "]" not in value:
        head.report(index, start, "yaml-open", character="[", closing="]")
        head.lines[index] = f"{key}: {value}]"
        head.repaired[index] = (head.lines[index],)
        return
    entries = [entry.strip() for entry in value[1 : value.rindex("]")].split(",")]
    if key in _text_keys() | _text_list_keys():
        replacement = ", ".join(f'"{entry}"' if entry[:1] in "#%@`&*!|>" else entry for entry in entries)
    else:
        replacement = ", ".join(entry.lstrip("#%@`&*!|>") for entry in entries)
    head.repair(index, f"{key}: [{replacement}]", "yaml-list-character", start)


def _further_lines(lines: list[str], index: int) -> list[int]:
    """Return the lines in which a value probably continues: neither keys nor list entries nor comments."""
    result: list[int] = []
    for at in range(index + 1, len(lines)):
        line = lines[at]
        content = line.strip()
        match = _KEY_LINE.fullmatch(line)
        is_key = match and (not match["indent"] or match["key"] in _KEYS)
        if not content or content.startswith(("#", "- ")) or is_key:
            break
        if (entry := _ENTRY.fullmatch(content)) and entry["key"] in _KEYS:
            break
        result.append(at)
    return result


def _cut_values(head: _Head) -> None:
    """Repair texts that `#` would cut off as a comment."""
    for index, line in list(_top_lines(head)):
        match = _KEY_LINE.fullmatch(line)
        value = (match["value"] or "") if match else ""
        if match and match["key"] in _text_keys() and value[:1] not in "\"'|>" and (cut := _CUT.search(value)):
            head.repair(index, value_in_quotes(line), "yaml-cut", line.index(value) + cut.start() + 1)


def _leave_out(head: _Head, document: YamlDocument) -> bool:
    """Drop the entry at which YAML stopped and note its problem; return False if there is none to drop."""
    failure = next(failure for failure in document.problems if failure.code in _GIVEN_UP)
    index = min(max(failure.place.line - head.first, 0), len(head.lines) - 1)
    start = index
    while start > 0 and (not head.lines[start].strip() or head.lines[start][:1] in " \t-"):
        start -= 1
    if not head.lines[start].strip():
        return False
    head.problems.append(failure)
    if match := _ENTRY.match(head.lines[start]):
        head.unread.add(match["key"])
    head.lines[start] = ""
    for at in range(start + 1, len(head.lines)):
        if head.lines[at].strip() and head.lines[at][:1] not in " \t-":
            break
        head.lines[at] = ""
    return True
