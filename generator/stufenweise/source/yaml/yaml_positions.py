"""Parse YAML strictly, with the position of every key and value.

Only plain data is allowed: no aliases (nine nested ones make a page of 226 MB), no tags (they can run code), no
duplicate keys (the last one would win silently), no nesting deeper than `MAX_YAML_DEPTH`. Scalars follow YAML 1.2's
core schema, so that "no" and "on" stay words: https://yaml.org/spec/1.2.2/#103-core-schema
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

import yaml

from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import QUOTED_TEXT, Place, Problem, new_problem
from stufenweise.source.yaml.yaml_diagnostics import diagnose_yaml_error

MAX_YAML_DEPTH = 10
Scalar = str | int | float | bool | datetime.date | None
Value = Scalar | tuple["Value", ...] | dict[Scalar, "Value"]
YamlPath = tuple[str | int, ...]


class Mark(Protocol):
    """A position in PyYAML's C or Python parser, counted from 0."""

    @property
    def line(self) -> int:
        """Line."""

    @property
    def column(self) -> int:
        """Column."""


PlaceOf = Callable[[Mark | None], Place]

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: dict[str, Scalar] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class YamlDocument:
    """A YAML document: its value, the place of each value by path, and the place of each key."""

    value: Value = None
    values: dict[YamlPath, Place] = field(default_factory=dict)
    keys: dict[YamlPath, Place] = field(default_factory=dict)
    texts: dict[YamlPath, str] = field(default_factory=dict)
    """Text of each value without quotes, by path."""
    problems: list[Problem] = field(default_factory=list)
    comments: set[YamlPath] = field(default_factory=set)
    """Paths of values that are empty because of a comment in their place."""
    repaired_problems: tuple[Problem, ...] = ()
    """Problems of lines that were corrected (`front_matter_lines`)."""
    repaired_lines: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """The repaired lines, by line index from 0."""
    unread: frozenset[str] = frozenset()
    """Keys whose values could not be read at all."""
    lines: tuple[str, ...] = ()
    """The lines of the front matter."""
    end: Place | None = None
    """The closing line, if there is one."""

    def place(self, path: YamlPath, *, key: bool = False) -> Place:
        """Return the place of the value (or key) at `path`, or of the nearest known one above."""
        while path:
            if key and path in self.keys:
                return self.keys[path]
            if path in self.values:
                return self.values[path]
            path, key = path[:-1], False
        return self.values[()]


class _Stop(Exception):  # noqa: N818 -- no error: the document is left
    """Reading the document stops here; its problem has been noted."""


def read_yaml(text: str, file: ShownPath, first_line: int = 1) -> YamlDocument:
    """Return the YAML document in `text` with positions, and all problems found in it.

    Args:
        text: The document.
        file: Path for positions, as people write it.
        first_line: Line of the file at which the document starts, from 1.
    """
    document = YamlDocument(values={(): Place(file, first_line)})
    value: Value = None

    def place(mark: Mark | None) -> Place:
        return Place(file, first_line + mark.line, mark.column + 1) if mark else Place(file, first_line)

    try:
        events = yaml.parse(text, Loader=_Loader)
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                value = _node(next(events), events, document, (), place)
                break
        note_comments(document, text, first_line)
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                document.problems.append(new_problem(place(event.start_mark), "yaml-documents"))
                break
    except _Stop:
        pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        detail = error.problem or error.context or ""
        document.problems.append(diagnose_yaml_error(text, place(mark), first_line, detail))
    except (yaml.YAMLError, RecursionError):
        document.problems.append(new_problem(Place(file, first_line), "yaml-syntax", detail=""))
    return replace(document, value=value)


def note_comments(document: YamlDocument, text: str, first_line: int) -> None:
    """Note the empty values with a comment after their key."""
    empty = [path for path, written in document.texts.items() if not written and path in document.values]
    lines = text.split("\n") if empty else []
    for path in empty:
        place = document.values[path]
        index = place.line - first_line
        if index < len(lines) and lines[index][place.column - 1 :].lstrip().startswith("#"):
            document.comments.add(path)


def _node(
    event: yaml.Event,
    events: Iterator[yaml.Event],
    document: YamlDocument,
    path: YamlPath,
    place: PlaceOf,
) -> Value:
    """Return the value that starts with `event`, noting positions and problems in `document`."""
    where = place(event.start_mark)
    document.values[path] = where
    if isinstance(event, yaml.AliasEvent):
        document.problems.append(new_problem(where, "yaml-alias", name=f"*{event.anchor}"))
        return None
    if isinstance(event, yaml.NodeEvent) and event.anchor:
        document.problems.append(new_problem(where, "yaml-alias", name=f"&{event.anchor}"))
    tag = getattr(event, "tag", None)
    if tag:
        document.problems.append(new_problem(where, "yaml-tag", tag=_short_tag(tag)))
    if isinstance(event, yaml.ScalarEvent):
        if event.style:
            return event.value
        document.texts[path] = event.value
        return _scalar(event.value)
    if len(path) >= MAX_YAML_DEPTH:
        document.problems.append(new_problem(where, "yaml-depth", limit=MAX_YAML_DEPTH))
        raise _Stop
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Value] = []
        while not isinstance(item := next(events), yaml.SequenceEndEvent):
            items.append(_node(item, events, document, (*path, len(items)), place))
        return tuple(items)
    return _mapping(events, document, path, place)


def _mapping(
    events: Iterator[yaml.Event], document: YamlDocument, path: YamlPath, place: PlaceOf
) -> dict[Scalar, Value]:
    """Return the mapping after its start event."""
    result: dict[Scalar, Value] = {}
    first: dict[Scalar, int] = {}
    while not isinstance(key_event := next(events), yaml.MappingEndEvent):
        where = place(key_event.start_mark)
        key = _node(key_event, events, document, (*path, "?"), place)
        document.values.pop((*path, "?"), None)
        if isinstance(key, (tuple, dict)):
            document.problems.append(new_problem(where, "yaml-key"))
            raise _Stop
        step = key if isinstance(key, (str, int)) else str(key)
        entry_path = (*path, step)
        if key in result:
            document.problems.append(new_problem(where, "duplicate-key", key=key, first=first[key]))
        first.setdefault(key, where.line)
        document.keys.setdefault(entry_path, where)
        result[key] = _node(next(events), events, document, entry_path, place)
    return result


def _short_tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")[:QUOTED_TEXT]


def _scalar(text: str) -> Scalar:
    """Return the value of a scalar without quotes in the core schema, extended by dates."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _DATE.fullmatch(text):
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            return text
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
