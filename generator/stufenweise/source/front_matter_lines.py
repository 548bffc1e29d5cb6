"""Read front matter line by line where YAML fails or would read a line in an unintended way.

Each line that is odd is reported and read as it was meant, so that one run finds all that is wrong with a head, and the
body below it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from stufenweise.model.facts import Facts, TranslationFacts
from stufenweise.model.kinds import KINDS
from stufenweise.model.problem import Place, Problem, problem
from stufenweise.source.yaml_diagnostics import value_in_quotes
from stufenweise.source.yaml_positions import YamlDocument, read_yaml

_MODELS: tuple[type[Facts], ...] = (TranslationFacts, *(kind.facts for kind in KINDS))
_KEYS = frozenset(name for facts in _MODELS for name in facts.model_fields)
_TEXTS = frozenset({"title", "summary", "short_title", "lead"})
_ENTRY = re.compile(r"(?P<key>[\w-]+)(?P<separator>[ \t]*[:=][ \t]*|[ \t]+)(?P<value>.*)")
_KEY_LINE = re.compile(r"(?P<indent>[ \t]*)(?P<key>[\w-]+):(?:[ \t]+(?P<value>.*))?")
_CUT = re.compile(r"[ \t]#(?=\S)")
_CLOSED = re.compile(r"\"(?:[^\"\\]|\\[\\\"/abefnrtv0 ])*\"|'(?:[^']|'')*'")
_NO_BEGINNING = frozenset("@`%*&!,?|>")
_MAX_REPAIRS = 40
"""Most lines that are repaired before the head is given up."""


@dataclass(kw_only=True)
class _Head:
    """The lines of a head while they are read."""

    lines: list[str]
    file: str
    first: int
    problems: list[Problem] = field(default_factory=list)
    repaired: dict[int, tuple[str, ...]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def report(self, index: int, column: int, code: str, **values: object) -> None:
        self.problems.append(problem(Place(self.file, self.first + index, column + 1), code, **values))

    def repair(self, index: int, line: str, code: str, column: int = 0, **values: object) -> None:
        """Note what is wrong with a line, and read it as `line` from now on."""
        self.report(index, column, code, right=line.strip(), **values)
        self.lines[index] = line
        self.repaired[index] = (line,)


def read_head(lines: list[str], file: str, first_line: int) -> YamlDocument:
    """Read front matter line by line; return it with the lines it had to repair or skip."""
    head = _Head(lines=[line.removesuffix("\r") for line in lines], file=file, first=first_line)
    _keys_without_colon(head)
    tree = read_yaml(_text(head.lines), file, first_line)
    if _has_failed(tree):
        _odd_values(head)
        tree = read_yaml(_text(head.lines), file, first_line)
    for _ in range(_MAX_REPAIRS):
        if not _has_failed(tree) or not _leave_out(head, tree):
            break
        tree = read_yaml(_text(head.lines), file, first_line)
    _cut_values(head)
    if head.problems and not tree.problems:
        tree = read_yaml(_text(head.lines), file, first_line)
    tree.lines = tuple(head.lines)
    if not _has_failed(tree):
        tree.repaired_problems, tree.repaired_lines, tree.unread = (
            head.problems,
            dict(head.repaired),
            frozenset(head.unread),
        )
    elif head.problems:
        tree.problems[:] = head.problems
    return tree


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def _has_failed(tree: YamlDocument) -> bool:
    """Return whether YAML gave up."""
    return any(one.code in _GIVEN_UP for one in tree.problems)


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
    """Yield the lines that may begin an entry of the head."""
    for index, line in enumerate(head.lines):
        if line.strip() and line[:1] not in "# \t-":
            yield index, line


def _keys_without_colon(head: _Head) -> None:
    """Repair lines in which the colon behind a known key, or the space behind that, is missing."""
    for index, line in list(_top_lines(head)):
        found = _ENTRY.fullmatch(line)
        if not found or found["key"] not in _KEYS or not found["value"] or re.match(r":[ \t]", found["separator"]):
            continue
        if "=" in found["separator"] and found["separator"].strip() == "=":
            head.repair(index, f"{found['key']}: {found['value']}", "yaml-no-colon")
        elif found["separator"].strip() == ":" or not found["value"].startswith((":", "=")):
            if found["separator"].strip() == "" and " " in found["value"].strip():
                continue  # A sentence that begins with such a word
            head.repair(index, f"{found['key']}: {found['value']}", "yaml-no-colon")


def _odd_values(head: _Head) -> None:
    """Repair what keeps YAML from reading a value: it goes on below, or holds a colon, quotation marks or the like."""
    lines = head.lines
    for index, line in enumerate(lines):
        if re.match(r"[ \t]{1,3}[\w-]+:(?:[ \t]|$)", line) and line.split(":")[0].strip() in _KEYS:
            above = next((one for one in reversed(lines[:index]) if one.strip()), "")
            if (found := _KEY_LINE.fullmatch(above)) is None or found["value"]:
                width = len(line) - len(line.lstrip())
                if "\t" in line[:width]:
                    head.report(index, 0, "yaml-tab")
                else:
                    head.report(index, width, "yaml-indent", found=width, expected=0)
                lines[index] = line.lstrip()
                head.repaired[index] = (lines[index],)
    for index, line in list(_top_lines(head)):
        found = _KEY_LINE.fullmatch(line)
        if not found or not (value := (found["value"] or "").strip()) or not lines[index]:
            continue
        further = _further_lines(lines, index) if value[0] not in "[{|>" else []
        if further and not _CLOSED.fullmatch(" ".join([value, *(lines[one].strip() for one in further)])):
            whole = " ".join([value, *(lines[one].strip() for one in further)])
            head.repair(index, value_in_quotes(f"{found['key']}: {whole}"), "yaml-continued", lines=len(further))
            for one in further:
                lines[one] = ""
                head.repaired[one] = ()
            continue
        _odd_value(head, index, found["key"], value, line)


def _odd_value(head: _Head, index: int, key: str, value: str, line: str) -> None:
    """Repair the value of one line."""
    start = line.index(value, len(key) + 1)
    if value[0] in "\"'":
        closed = _CLOSED.match(value)
        behind = value[closed.end() :].strip() if closed else ""
        if closed and behind and not behind.startswith("#"):
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
    """Repair a list between brackets whose end is hidden or missing."""
    if "]" not in value:
        head.report(index, start, "yaml-open", character="[", closing="]")
        head.lines[index] = f"{key}: {value}]"
        head.repaired[index] = (head.lines[index],)
        return
    entries = [one.strip() for one in value[1 : value.rindex("]")].split(",")]
    if key in _TEXTS:
        right = ", ".join(f'"{one}"' if one[:1] in "#%@`&*!|>" else one for one in entries)
    else:
        right = ", ".join(one.lstrip("#%@`&*!|>") for one in entries)
    head.repair(index, f"{key}: [{right}]", "yaml-list-character", start)


def _further_lines(lines: list[str], index: int) -> list[int]:
    """Return the lines that a value most likely goes on in: no keys, no entries of a list, no comments."""
    result: list[int] = []
    for at in range(index + 1, len(lines)):
        line = lines[at]
        content = line.strip()
        found = _KEY_LINE.fullmatch(line)
        is_key = found and (not found["indent"] or found["key"] in _KEYS)
        if not content or content.startswith(("#", "- ")) or is_key:
            break
        if (entry := _ENTRY.fullmatch(content)) and entry["key"] in _KEYS:
            break
        result.append(at)
    return result


def _cut_values(head: _Head) -> None:
    """Repair titles that a character for a comment cuts."""
    for index, line in list(_top_lines(head)):
        found = _KEY_LINE.fullmatch(line)
        value = (found["value"] or "") if found else ""
        if found and found["key"] in _TEXTS and value[:1] not in "\"'|>" and (cut := _CUT.search(value)):
            head.repair(index, value_in_quotes(line), "yaml-cut", line.index(value) + cut.start() + 1)


def _leave_out(head: _Head, tree: YamlDocument) -> bool:
    """Leave out the entry in which YAML gave up, and note its problem; return whether that was possible."""
    one = next(one for one in tree.problems if one.code in _GIVEN_UP)
    index = min(max(one.place.line - head.first, 0), len(head.lines) - 1)
    start = index
    while start > 0 and (not head.lines[start].strip() or head.lines[start][:1] in " \t-"):
        start -= 1
    if not head.lines[start].strip():
        return False
    head.problems.append(one)
    if found := _ENTRY.match(head.lines[start]):
        head.unread.add(found["key"])
    head.lines[start] = ""
    for at in range(start + 1, len(head.lines)):
        if head.lines[at].strip() and head.lines[at][:1] not in " \t-":
            break
        head.lines[at] = ""
    return True
