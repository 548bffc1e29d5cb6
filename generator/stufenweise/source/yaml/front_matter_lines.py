"""Read front matter line by line where YAML fails or would read a line differently than meant.

Each suspicious line is reported and corrected before reading on, so that one run finds all problems of the front matter
and of the body below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import get_args, get_type_hints

from stufenweise.model.facts import Facts, Plain, TranslationFacts
from stufenweise.model.kinds import KINDS
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Place, Problem, Subject, new_problem
from stufenweise.source.yaml.line_mistakes import (
    BLOCK_OF_TEXT,
    LineMistake,
    continued_value,
    missing_colon,
    split_comment,
    value_in_quotes,
    value_mistake,
)
from stufenweise.source.yaml.yaml_positions import YamlDocument, read_yaml

_MODELS: tuple[type[Facts], ...] = (TranslationFacts, *(kind.facts for kind in KINDS))
_KEYS = frozenset(name for facts in _MODELS for name in facts.model_fields)
_ENTRY = re.compile(r"(?P<key>[\w-]+)(?P<separator>[ \t]*[:=][ \t]*|[ \t]+)(?P<value>.*)")
_KEY_LINE = re.compile(r"(?P<indent>[ \t]*)(?P<key>[\w-]+)[ \t]*:(?:[ \t]+(?P<value>.*))?")
_ENTRY_START = re.compile(r"[\w-]+[ \t]*:(?:[ \t]|$)|(?P<quote>[\"']).*(?P=quote)[ \t]*:")
_CUT = re.compile(r"[ \t]#(?=\S)")
_MAX_REPAIRS = 40
"""Most entries that are left out before reading stops."""


@lru_cache(maxsize=1)
def _text_keys() -> frozenset[str]:
    """Return the keys whose value is a line of text, or a list of these."""
    types = [hint for facts in _MODELS for hint in get_type_hints(facts, include_extras=True).items()]
    return frozenset(key for key, hint in types if hint == Plain or tuple[Plain, ...] in (hint, *get_args(hint)))


@dataclass(kw_only=True)
class _Head:
    """The lines of front matter while they are read."""

    lines: list[str]
    file: ShownPath
    first: int
    problems: list[Problem] = field(default_factory=list)
    repaired: dict[int, tuple[str, ...]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def report(self, index: int, column: int, code: str, *, covers: int = 0, **values: object) -> None:
        place = Place(self.file, self.first + index, column + 1)
        self.problems.append(new_problem(place, code, Subject(covers=covers), **values))

    def repair(self, index: int, mistake: LineMistake) -> None:
        """Report a mistake in a line, and replace the line by the one that was meant."""
        self.report(index, mistake.column, mistake.code, covers=mistake.covers, **mistake.values)
        self.replace(index, mistake.line)

    def replace(self, index: int, line: str) -> None:
        """Replace a line."""
        self.lines[index] = line
        self.repaired[index] = (line,)

    def remove(self, index: int) -> None:
        """Remove a line; the lines below keep their numbers."""
        self.lines[index] = ""
        self.repaired[index] = ()


def read_head(lines: list[str], file: ShownPath, first_line: int) -> YamlDocument:
    """Read front matter line by line; return it with the lines that were repaired or skipped."""
    head = _Head(lines=[line.removesuffix("\r") for line in lines], file=file, first=first_line)
    document = read_yaml(_text(head.lines), file, first_line)
    if _has_failed(document) or isinstance(document.value, str):
        _keys_without_colon(head)
        _indented_keys(head)
        _odd_values(head)
        document = read_yaml(_text(head.lines), file, first_line)
    for _ in range(_MAX_REPAIRS):
        if not _has_failed(document) or not _leave_out(head, document):
            break
        document = read_yaml(_text(head.lines), file, first_line)
    if not _has_failed(document):
        _cut_values(head, document)
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
        "yaml-escape",
        "yaml-list-character",
    }
)


def _top_lines(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that may begin an entry of the front matter."""
    for index, line in enumerate(lines):
        if line.strip() and line[:1] not in "# \t-]}":
            yield index, line


def _reads(lines: list[str]) -> bool:
    """Return whether YAML reads lines as one entry."""
    document = read_yaml(_text(lines), ShownPath(""))
    return not _has_failed(document) and isinstance(document.value, dict) and len(document.value) == 1


def _starts(lines: list[str]) -> list[int]:
    """Return the lines that begin an entry, if none of them is part of a value."""
    return [index for index, line in enumerate(lines) if _ENTRY_START.match(line)]


def _broken_entries(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield beginning and end of each entry that YAML can't read by itself, except those with a block of text."""
    starts = _starts(lines)
    ends = [*starts[1:], len(lines)]
    read_to = 0
    for number, start in enumerate(starts):
        if start < read_to or _begins_block(lines[start]):
            continue
        end = next((end for end in ends[number : number + 2] if _reads(lines[start:end])), 0)
        read_to = max(end, read_to)  # A value in quotation marks may hold lines that look like keys
        if not end:
            yield start, ends[number]


def _begins_block(line: str) -> bool:
    """Return whether a key's value is the indented lines below it."""
    match = _KEY_LINE.fullmatch(line)
    return bool(match and BLOCK_OF_TEXT.fullmatch((match["value"] or "").strip()))


def _keys_without_colon(head: _Head) -> None:
    """Repair lines that lack the colon after a known key, or the space after that."""
    for index, line in list(_top_lines(head.lines)):
        mistake = missing_colon(line)
        if mistake and mistake.line.split(":")[0] in _KEYS and not _is_sentence(line):
            head.repair(index, mistake)


def _is_sentence(line: str) -> bool:
    """Return whether a line that begins with the word of a key is a sentence."""
    entry = _ENTRY.fullmatch(line)
    if not entry or entry["separator"].strip():
        return False
    return " " in split_comment(entry["value"])[0] or entry["value"].count('"') == 1


def _indented_keys(head: _Head) -> None:
    """Move known keys to the margin that are indented though nothing above them expects it."""
    lines = head.lines
    first = next(iter(_starts(lines)), len(lines))
    for start, end in ((0, first), *_broken_entries(lines)):
        above, block_indent = "", len(lines[start]) if start < end else 0
        for index in range(start, end):
            line = lines[index]
            indent = len(line) - len(line.lstrip())
            if not line.strip() or indent > block_indent:
                continue
            block_indent = indent if _begins_block(line) else len(line)
            match = _KEY_LINE.fullmatch(above)
            if _is_indented_key(line) and (not match or match["value"]):
                if "\t" in line[:indent]:
                    head.report(index, 0, "yaml-tab")
                else:
                    head.report(index, indent, "yaml-indent", found=indent, expected=0)
                head.replace(index, line.lstrip())
            above = line


def _is_indented_key(line: str) -> bool:
    return bool(re.match(r"[ \t]{1,3}[\w-]+[ \t]*:(?:[ \t]|$)", line)) and line.split(":")[0].strip() in _KEYS


def _odd_values(head: _Head) -> None:
    """Repair values that YAML can't read: continued below, or with colons, quotation marks or the like.

    A repair is made only if YAML then reads the entry.
    """
    for start, end in list(_broken_entries(head.lines)):
        match = _KEY_LINE.fullmatch(head.lines[start])
        if not match or not (value := (match["value"] or "").strip()):
            continue
        further = _further_lines(head.lines[:end], start) if value[0] not in "[{" else []
        below = start + 1 + len(further)
        if further:
            mistake: LineMistake | None = continued_value(head.lines[start:below])
        else:
            mistake = value_mistake(head.lines[start], is_text=match["key"] in _text_keys())
        if mistake and _reads([mistake.line, *head.lines[below:end]]):
            head.repair(start, mistake)
            for index in further:
                head.remove(index)


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


def _cut_values(head: _Head, document: YamlDocument) -> None:
    """Repair texts that `#` would cut off as a comment."""
    for path, place in document.keys.items():
        index = place.line - head.first
        match = _KEY_LINE.fullmatch(head.lines[index]) if len(path) == 1 else None
        value = (match["value"] or "") if match else ""
        if match and match["key"] in _text_keys() and value[:1] not in "\"'|>[" and (cut := _CUT.search(value)):
            line = head.lines[index]
            quoted = value_in_quotes(line)
            column = line.index(value) + cut.start() + 1
            head.repair(index, LineMistake(quoted, "yaml-cut", column, {"right": quoted.strip()}))


def _leave_out(head: _Head, document: YamlDocument) -> bool:
    """Drop the entry at which YAML stopped and note its problem; return False if there is none to drop."""
    failure = next(failure for failure in document.problems if failure.code in _GIVEN_UP)
    start = min(max(failure.place.line - head.first, 0), len(head.lines) - 1)
    start = max((index for index, _ in _top_lines(head.lines) if index <= start), default=0)
    if not head.lines[start].strip():
        return False
    head.problems.append(failure)
    if match := _ENTRY.match(head.lines[start]):
        head.unread.add(match["key"])
    ends = (index for index, _ in _top_lines(head.lines) if index > start)
    for index in range(start, next(ends, len(head.lines))):
        head.lines[index] = ""
        head.repaired.pop(index, None)
    return True
