"""Find front matter at the top of a file and parse it strictly into facts or problems."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from stufenweise.model.example_values import as_yaml_value, example_value
from stufenweise.model.facts import SLUG_PATTERN, Facts
from stufenweise.model.kinds import KINDS
from stufenweise.model.problem import Place, Problem, problem
from stufenweise.model.settings import (
    ADDRESS_PATTERN,
    COLOUR_PATTERN,
    CONTACT_PATTERN,
    FEEDBACK_PATTERN,
    LANGUAGE_PATTERN,
)
from stufenweise.source.front_matter_lines import read_head
from stufenweise.source.key_suggestions import key_meant, number_meant_by_word, value_meant
from stufenweise.source.yaml_positions import Value, YamlDocument, YamlPath

T = TypeVar("T")

MAX_REPORTED = 50
"""Most problems that are reported of the facts of one text, and about as many of one data file."""

FRONT_MATTER_FENCE = re.compile(r"---[ \t]*\r?")
"""The line before and behind front matter."""
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
_MODELS: tuple[type[BaseModel], ...] = tuple(kind.facts for kind in KINDS)
_EXAMPLES = {
    SLUG_PATTERN: "find-people",
    r"^[A-Z][0-9]{1,2}$": "S1",
    r"^(?:[0-9a-f]{12}|pending)$": "3f0a9c81d2e4, pending",
    ADDRESS_PATTERN: "https://intranet.example.org/reverse-mentoring/",
    LANGUAGE_PATTERN: "de, en, pt-BR",
    COLOUR_PATTERN: '"#17505c"',
    CONTACT_PATTERN: "https://intranet.example.org/rat, mailto:rat@example.org, tel:+49-30-1234, none",
    FEEDBACK_PATTERN: "mailto:team@example.org, https://forms.example.org/?tutorial={slug}",
}
"""What texts of a form look like, for people who don't read patterns."""


@dataclass(frozen=True, slots=True)
class SplitText:
    """A Markdown file cut in two."""

    front_matter: YamlDocument
    body: str
    body_line: int
    """Line of the file at which the body starts, from 1."""


def front_matter_end(lines: Sequence[str]) -> int:
    """Return the line (from 0) that closes the front matter of a file's lines; 0 if there is none, or it is open."""
    if not FRONT_MATTER_FENCE.fullmatch(lines[0]):
        return 0
    return next((index for index in range(1, len(lines)) if FRONT_MATTER_FENCE.fullmatch(lines[index])), 0)


def split_front_matter(text: str, file: str) -> SplitText | Problem:
    """Return front matter and body of `text`, or the problem that there is no front matter."""
    lines = text.split("\n")
    if not FRONT_MATTER_FENCE.fullmatch(lines[0]):
        words = next((line.strip() for line in lines if line.strip()), "")
        is_below = bool(FRONT_MATTER_FENCE.fullmatch(words)) and not lines[0].strip()
        dashes = words if re.fullmatch(r"[-–—_*=~]{2,10}", words) and not is_below else ""
        known = {"below": "---" if is_below else "", "dashes": dashes}
        return problem(
            Place(file), "front-matter-missing", **known, **({} if any(known.values()) else _other_head(words))
        )
    if end := front_matter_end(lines):
        tree = read_head(lines[1:end], file, 2)
        tree.end = Place(file, end + 1)
        return SplitText(tree, "\n".join(lines[end + 1 :]), end + 2)
    first = next((index for index, line in enumerate(lines[1:], 1) if not line.strip() or line.startswith("#")), 0)
    return problem(Place(file, first + 1), "front-matter-open")


def _other_head(line: str) -> dict[str, str]:
    """Return what a file begins with in place of front matter, by the name of what it is."""
    if line.startswith("{"):
        return {"json": line[:20]}
    if line == "+++":
        return {"toml": line}
    if line.startswith(("```", "~~~")):
        return {"fence": line[:20]}
    return {"keys": line[:40]} if re.match(r"[\w-]+:(?:\s|$)", line) else {}


def validate_facts(kind: TypeAdapter[T], tree: YamlDocument, value: Value, at: YamlPath = ()) -> T | list[Problem]:
    """Return `value` (the part of `tree` at path `at`) as an object of `kind`, or every problem it has."""
    if at == () and value is None:
        return [problem(tree.place(()), "front-matter-empty")]
    if at == () and not isinstance(value, dict):
        return [problem(tree.place(()), "expected-map", key="---", value=short_value(value))]
    try:
        return kind.validate_python(value, strict=True)
    except ValidationError as error:
        model = getattr(kind, "_type", None)
        fields = model.model_fields if isinstance(model, type) and issubclass(model, BaseModel) else {}
        found = [dict(item) for item in error.errors(include_url=False) if not _only_follows(item)]
        name = model.__name__ if fields and model else ""
        return _once([(item, _problem(item, tree, at, fields, name)) for item in found])[:MAX_REPORTED]


def _once(found: list[tuple[dict[str, Any], Problem]]) -> list[Problem]:
    """Return problems without those that say that a key is missing which is there, misspelt."""
    meant = {(item["loc"][:-1], dict(one.values)["nearest"]) for item, one in found if one.code == "unknown-key"}
    return [one for item, one in found if one.code != "missing-key" or (item["loc"][:-1], item["loc"][-1]) not in meant]


def _only_follows(error: Mapping[str, Any]) -> bool:
    """Return whether a list is said to be too short only because pydantic doesn't count its wrong entries."""
    return error["type"] == "too_short" and bool(len(error["input"]) >= error["ctx"]["min_length"])


def _problem(error: Mapping[str, Any], tree: YamlDocument, at: YamlPath, fields: Iterable[str], model: str) -> Problem:
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
    values: dict[str, object] = {"key": key, "value": short_value(error["input"])}
    place = tree.place(path, key=is_key)
    if code == "missing-key":
        end = tree.end if len(path) == 1 else None
        place = end or tree.place(path[:-1])
        line = f"{key}: {as_yaml_value(example_value(model if len(location) == 1 else '', key))}"
        values = {"key": key, "above": line if end else "", "inside": "" if end else line}
    elif code == "unknown-key":
        known = fields if len(location) == 1 else ()
        name = short_value(location[-1])
        near = key_meant(name, known) if known else name.lower() if name.lower() in _entry_keys() else ""
        words = name if error["input"] is None and " " in name else ""  # The rest of a value behind its comma
        values = {"key": name, "nearest": near, "known": "" if near or words else ", ".join(known), "words": words}
        place = tree.place(path, key=True)
    elif code == "unknown-value":
        expected = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        values |= {"expected": ", ".join(expected), "nearest": value_meant(str(error["input"]), expected)}
    elif code == "out-of-range":
        values |= {"least": context.get("ge", ""), "most": context.get("le", "")}
    elif code in {"too-long", "too-many", "too-few"}:
        values |= {"limit": context.get("max_length", context.get("min_length", ""))}
    elif code == "bad-form":
        pattern = str(context.get("pattern", ""))
        entries = _entries(error["input"])
        near = ", ".join(entries) if all(re.fullmatch(pattern, one) for one in entries) else ""
        values |= {"examples": _EXAMPLES.get(pattern, pattern), "nearest": near}
    elif code == "expected-list":
        is_text = isinstance(error["input"], str)
        values |= {"right": ", ".join(_entries(error["input"])) if is_text else short_value(error["input"])}
    elif code == "empty-value":
        sample = as_yaml_value(example_value(model if len(location) == 1 else "", key))
        values |= {
            "comment": "#" if path in tree.comments else "",
            "example": "" if sample == "…" else f"{key}: {sample}",
        }
    elif code in _MEANT:
        nearest = _MEANT[code](error["input"]) or (number_meant_by_word(error["input"]) if key == "effort" else "")
        values |= {"value": _as_written(error["input"], tree, path), "nearest": nearest}
        if code == "expected-number":
            values["range"] = _range(model if len(location) == 1 else "", key)
    elif code not in _TYPES.values():
        values |= context
    return problem(place, code, **values)


@lru_cache(maxsize=1)
def _entry_keys() -> frozenset[str]:
    """Return the keys of the entries of data files."""
    return frozenset(key for model in Facts.__subclasses__() for key in model.model_fields)


def _range(model: str, key: str) -> str:
    """Return the numbers that a key can have, such as `1–5`; empty if they have no bounds."""
    found = next((one for one in _MODELS if one.__name__ == model), None)
    marks = found.model_fields[key].metadata if found and key in found.model_fields else []
    bounds = {name: getattr(mark, name) for mark in marks for name in ("ge", "le") if hasattr(mark, name)}
    return f"{bounds['ge']}–{bounds['le']}" if len(bounds) == 2 else ""


def _as_written(value: object, tree: YamlDocument, path: YamlPath) -> str:
    """Return a value of the wrong type as it is shown: what is text only for its quotation marks has them."""
    quoted = isinstance(value, str) and path in tree.values and path not in tree.texts
    return f'"{short_value(value)}"' if quoted else short_value(value)


def _number_meant(value: object) -> str:
    """Return the number that a text most likely means; empty if it is not clear."""
    found = re.findall(r"[0-9]+", value) if isinstance(value, str) and not _FRACTION.search(value) else []
    if len(found) == 1 and _HOURS.fullmatch(str(value).strip()):
        return str(60 * int(found[0][:2]))
    return found[0][:18] if len(found) == 1 else ""


def _entries(value: object) -> list[str]:
    """Return the entries that a text most likely means: codes in capital letters, none for a word that says so."""
    text = value.strip() if isinstance(value, str) else ""
    if text.casefold() in _NONE:
        return []
    pieces = [one for one in re.split(r"\s*(?:[,;/|&+\s]|\bund\b|\band\b)\s*", text) if one]
    if all(_CODE.fullmatch(one) for one in pieces):
        return [one.upper() for one in pieces]
    return [one for one in re.split(r"\s*[,;]\s*", text) if one]


def _date_meant(value: object) -> str:
    """Return the date that a text most likely means, as it is to be written; empty if it is not clear."""
    text = value.strip() if isinstance(value, str) else ""
    if named := _NAMED_DATE.fullmatch(text):
        month = _MONTHS.get(named["month"].casefold(), 0)
        text = f"{named['day']}.{month}.{named['year']}"
    for pattern in _DATES:
        if found := pattern.fullmatch(text):
            try:
                return datetime.date(
                    int(found["year"]) + (2000 if len(found["year"]) == 2 else 0),
                    int(found["month"]),
                    int(found["day"]),
                ).isoformat()
            except ValueError:
                return ""
    return ""


def _truth_meant(value: object) -> str:
    """Return true or false, whichever a word most likely means; empty if it is not clear."""
    word = str(value).strip().lower()
    return "true" if word in _TRUE else "false" if word in _FALSE else ""


_FRACTION = re.compile(r"[0-9][.,][0-9]")
_HOURS = re.compile(r"[0-9]{1,2}\s*(?:h|Std\.?|Stunden?|hours?)", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jan", "februar february feb", "märz march mär mar", "april apr", "mai may", "juni june jun",
            "juli july jul", "august aug", "september sep sept", "oktober october okt oct", "november nov",
            "dezember december dez dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_DATES = (
    re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<day>[0-9]{1,2})\.[ ]?(?P<month>[0-9]{1,2})\.[ ]?(?P<year>[0-9]{4}|[0-9]{2})"),
    re.compile(r"(?P<month>[0-9]{1,2})/(?P<day>1[3-9]|2[0-9]|3[01])/(?P<year>[0-9]{4})"),
)
"""Dates in figures; with slashes only where the day can't be a month."""
_NAMED_DATE = re.compile(r"(?P<day>[0-9]{1,2})\.?[ ]*(?P<month>[^\W\d_]{3,9})\.?[ ]+(?P<year>[0-9]{4})")
_CODE = re.compile(r"[A-Za-z][0-9]{1,2}")
_NONE = frozenset({"", "-", "–", "keine", "kein", "nichts", "none", "no", "nein"})
_TRUE = frozenset({"true", "ja", "yes", "on", "wahr", "1"})
_FALSE = frozenset({"false", "nein", "no", "off", "falsch", "0"})
_MEANT: Mapping[str, Callable[[object], str]] = {
    "expected-number": _number_meant,
    "expected-date": _date_meant,
    "expected-true-false": _truth_meant,
}
"""What a value of the wrong type was most likely meant to be, by code."""


def short_value(value: object) -> str:
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


def text_digest(title: str, summary: str, body: str) -> str:
    """Return 12 hexadecimal digits over the words of a text: equal words, equal digest."""
    words = "\n".join(map(str.rstrip, f"{title}\n{summary}\n{body}".split("\n"))).strip()
    return hashlib.sha256(words.encode()).hexdigest()[:12]
