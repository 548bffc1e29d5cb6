"""Front matter: found at the top of a file, read strictly, and turned into facts or problems with their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from generator.load.nearest import nearest
from generator.load.yaml_tree import Path, Tree, Value, read_yaml
from generator.model.facts import SLUG_PATTERN
from generator.model.problem import Place, Problem, problem
from generator.model.settings import COLOUR_PATTERN, CONTACT_PATTERN, FEEDBACK_PATTERN

T = TypeVar("T")

MAX_TOLD = 50
"""Most problems that are told of the facts of one text, and about as many of one data file."""

_FENCE = re.compile(r"---[ \t]*")
_TYPES = {
    "string_type": "expected-text",
    "int_type": "expected-number",
    "int_from_float": "expected-number",
    "date_type": "expected-date",
    "bool_type": "expected-true-false",
    "tuple_type": "expected-list",
    "dict_type": "expected-map",
    "model_type": "expected-map",
    "model_attributes_type": "expected-map",
    "literal_error": "unknown-value",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
    "string_pattern_mismatch": "bad-form",
    "string_too_long": "too-long",
    "string_too_short": "empty-value",
    "too_long": "too-many",
    "too_short": "too-few",
    "missing": "missing-key",
    "extra_forbidden": "unknown-key",
    "invalid_key": "unknown-key",
}
_EXAMPLES = {
    SLUG_PATTERN: "find-people",
    r"^[A-Z][0-9]{1,2}$": "S1",
    r"^(?:[0-9a-f]{12}|pending)$": "3f0a9c81d2e4, pending",
    COLOUR_PATTERN: '"#17505c"',
    CONTACT_PATTERN: "https://intranet.example.org/rat, mailto:rat@example.org, tel:+49-30-1234, none",
    FEEDBACK_PATTERN: "mailto:team@example.org, https://forms.example.org/?tutorial={slug}",
}
"""What texts of a form look like, for people who don't read patterns."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A Markdown file cut in two."""

    tree: Tree
    body: str
    body_line: int
    """Line of the file at which the body starts, from 1."""


def split(text: str, file: str) -> Parts | Problem:
    """Return front matter and body of `text`, or the problem that there is no front matter."""
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0]):
        return problem(Place(file), "front-matter-missing")
    for index in range(1, len(lines)):
        if _FENCE.fullmatch(lines[index]):
            tree = read_yaml("\n".join(lines[1:index]) + "\n", file, first_line=2)
            return Parts(tree, "\n".join(lines[index + 1 :]), index + 2)
    return problem(Place(file), "front-matter-open")


def facts(kind: TypeAdapter[T], tree: Tree, value: Value, at: Path = ()) -> T | list[Problem]:
    """Return `value` (the part of `tree` at path `at`) as an object of `kind`, or every problem it has."""
    if at == () and value is None:
        return [problem(tree.place(()), "front-matter-empty")]
    if at == () and not isinstance(value, dict):
        return [problem(tree.place(()), "expected-map", key="---", value=shown(value))]
    try:
        return kind.validate_python(value, strict=True)
    except ValidationError as error:
        model = getattr(kind, "_type", None)
        fields = model.model_fields if isinstance(model, type) and issubclass(model, BaseModel) else {}
        found = [dict(item) for item in error.errors(include_url=False) if not _only_follows(item)]
        return [_problem(item, tree, at, fields) for item in found[:MAX_TOLD]]


def _only_follows(error: Mapping[str, Any]) -> bool:
    """Return whether a list is said to be too short only because pydantic doesn't count its wrong entries."""
    return error["type"] == "too_short" and bool(len(error["input"]) >= error["ctx"]["min_length"])


def _problem(error: Mapping[str, Any], tree: Tree, at: Path, fields: Iterable[str]) -> Problem:
    """Return pydantic's `error` as a problem at its place in the file."""
    is_key = error["loc"][-1:] == ("[key]",)
    location = error["loc"][:-1] if is_key else error["loc"]
    path = (*at, *location)
    kind = str(error["type"])
    code = _TYPES.get(kind, kind)
    if error["input"] is None and code.startswith("expected-") and not is_key:
        code = "empty-value"
    context: dict[str, object] = dict(error.get("ctx", {}))
    key = next((part for part in reversed(path[:-1] if is_key else path) if isinstance(part, str)), "---")
    values: dict[str, object] = {"key": key, "value": shown(error["input"])}
    if code == "missing-key":
        return problem(tree.place(path[:-1]), code, key=key)
    if code == "unknown-key":
        known = fields if len(location) == 1 else ()
        name = shown(location[-1])
        return problem(tree.place(path, key=True), code, key=name, nearest=nearest(name, known))
    if code == "unknown-value":
        expected = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        values |= {"expected": ", ".join(expected), "nearest": nearest(str(error["input"]), expected)}
    elif code == "out-of-range":
        values |= {"least": context.get("ge", ""), "most": context.get("le", "")}
    elif code in {"too-long", "too-many", "too-few"}:
        values |= {"limit": context.get("max_length", context.get("min_length", ""))}
    elif code == "bad-form":
        pattern = str(context.get("pattern", ""))
        values |= {"examples": _EXAMPLES.get(pattern, pattern)}
    elif code not in _TYPES.values():
        values |= context
    return problem(tree.place(path, key=is_key), code, **values)


def shown(value: object) -> str:
    """Return `value` short enough to be shown in a message, on one line."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, (tuple, list)):
        text = "[…]"
    elif isinstance(value, dict):
        text = "{…}"
    else:
        text = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"
