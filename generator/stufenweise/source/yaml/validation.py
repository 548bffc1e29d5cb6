"""Validate facts (front matter, entries of data files, settings) strictly: an object, or each error as a problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from stufenweise.model.example_values import as_yaml_value, example_value
from stufenweise.model.facts import GOAL_PATTERN, SLUG_PATTERN, TRANSLATES_PATTERN, Facts
from stufenweise.model.kinds import KINDS
from stufenweise.model.problem import NO_SUBJECT, Problem, Subject, new_problem, short_value
from stufenweise.model.settings import (
    ADDRESS_PATTERN,
    COLOUR_PATTERN,
    CONTACT_PATTERN,
    FEEDBACK_PATTERN,
    LANGUAGE_PATTERN,
)
from stufenweise.source.yaml.key_suggestions import key_meant, number_meant_by_word, value_meant
from stufenweise.source.yaml.meant_values import date_meant, entries_meant, number_meant, truth_meant
from stufenweise.source.yaml.yaml_positions import Value, YamlDocument, YamlPath

T = TypeVar("T")

MAX_REPORTED = 50
"""Most problems that are reported for the facts of one text or for one data file."""

_CODES_BY_TYPE = {
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
"""Our code for each error type of pydantic; any other type is a code itself."""
_MODELS: tuple[type[BaseModel], ...] = tuple(kind.facts for kind in KINDS)
_EXAMPLES = {
    SLUG_PATTERN: "find-people",
    GOAL_PATTERN: "S1",
    TRANSLATES_PATTERN: "3f0a9c81d2e4, pending",
    ADDRESS_PATTERN: "https://intranet.example.org/reverse-mentoring/",
    LANGUAGE_PATTERN: "de, en, pt-BR",
    COLOUR_PATTERN: '"#17505c"',
    CONTACT_PATTERN: "https://intranet.example.org/rat, mailto:rat@example.org, tel:+49-30-1234, none",
    FEEDBACK_PATTERN: "mailto:team@example.org, https://forms.example.org/?tutorial={slug}",
}
"""An example for each pattern, for people who don't read regular expressions."""


TUTORIAL_KEYS = frozenset({"requires", "tutorials", "formerly"})
"""Keys whose entries are slugs of tutorials."""


@dataclass(frozen=True, slots=True)
class WrongFact:
    """A wrong key or value of facts."""

    path: YamlPath
    """Its path in the document."""
    value: object
    """The value."""
    problem: Problem


@dataclass(frozen=True, slots=True)
class ValidatedFacts(Generic[T]):
    """Facts as an object, or all that is wrong with them."""

    value: T | None
    """None if anything is wrong."""
    wrong: tuple[WrongFact, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of all that is wrong."""
        return tuple(fact.problem for fact in self.wrong)


def validate_facts(
    adapter: TypeAdapter[T], document: YamlDocument, value: Value, at: YamlPath = ()
) -> ValidatedFacts[T]:
    """Return `value` (the part of `document` at path `at`) as an object of `adapter`, or all that is wrong with it."""
    if at == () and not isinstance(value, dict):
        place, found = document.place(()), short_value(value)
        is_empty = new_problem(place, "front-matter-empty")
        is_other = new_problem(place, "expected-map", key="---", value=found)
        return ValidatedFacts(None, (WrongFact((), value, is_empty if value is None else is_other),))
    try:
        return ValidatedFacts(adapter.validate_python(value, strict=True))
    except ValidationError as failure:
        model = _model_of(adapter)
        fields, name = (tuple(model.model_fields), model.__name__) if model else ((), "")
        errors = [
            _FactError(dict(item), document, at, fields, name)
            for item in failure.errors(include_url=False)
            if not _is_wrong_count(item)
        ]
        wrong = [WrongFact(error.path, error.value, _problem_of(error)) for error in errors]
        return ValidatedFacts(None, tuple(_without_misread_missing(wrong, document)[:MAX_REPORTED]))


def _model_of(adapter: TypeAdapter[T]) -> type[BaseModel] | None:
    """Return the model that an adapter validates; None for other types."""
    model = adapter.core_schema.get("cls")
    return model if isinstance(model, type) and issubclass(model, BaseModel) else None


def _is_wrong_count(item: Mapping[str, Any]) -> bool:
    """Return whether a list is reported as too short only because pydantic does not count its wrong entries."""
    return item["type"] == "too_short" and bool(len(item["input"]) >= item["ctx"]["min_length"])


@dataclass(frozen=True, slots=True)
class _FactError:
    """An error of pydantic, and the document that it is about."""

    item: Mapping[str, Any]
    """The error as pydantic describes it."""
    document: YamlDocument
    at: YamlPath
    """Path of the validated value in the document."""
    fields: tuple[str, ...]
    """The keys of the validated model."""
    model: str
    """The name of the validated model; empty if the value is not a model."""

    @property
    def value(self) -> object:
        return self.item["input"]

    @property
    def context(self) -> Mapping[str, object]:
        """Limits and patterns that the value breaks."""
        return dict(self.item.get("ctx", {}))

    @property
    def is_key(self) -> bool:
        """Whether the key itself is wrong, not its value."""
        return bool(self.item["loc"][-1:] == ("[key]",))

    @property
    def location(self) -> YamlPath:
        """Path of the error in the validated value."""
        return tuple(self.item["loc"][:-1] if self.is_key else self.item["loc"])

    @property
    def path(self) -> YamlPath:
        """Path of the error in the document."""
        return (*self.at, *self.location)

    @property
    def key(self) -> str:
        """The nearest key above or at the error."""
        parts = self.path[:-1] if self.is_key else self.path
        return next((part for part in reversed(parts) if isinstance(part, str)), "---")

    @property
    def key_model(self) -> str:
        """The name of the model that has the key; empty for keys further down."""
        return self.model if len(self.location) == 1 else ""

    @property
    def code(self) -> str:
        code = _CODES_BY_TYPE.get(str(self.item["type"]), str(self.item["type"]))
        is_empty = self.value is None and code.startswith("expected-") and not self.is_key
        return "empty-value" if is_empty else code

    @property
    def sample(self) -> str:
        """An example value of the key, as YAML."""
        return as_yaml_value(example_value(self.key_model, self.key))

    def problem(self, subject: Subject = NO_SUBJECT, /, **values: object) -> Problem:
        """Return the problem at the wrong key or value, with `values` and the values that all messages share."""
        shared: dict[str, object] = {"key": self.key, "value": short_value(self.value)}
        return new_problem(self.document.place(self.path, key=self.is_key), self.code, subject, **(shared | values))


def _problem_of(error: _FactError) -> Problem:
    """Return pydantic's `error` as a problem at its place in the file."""
    if error.code in _MEANT:
        return _wrong_type(error)
    if error.code in _PROBLEMS:
        return _PROBLEMS[error.code](error)
    return error.problem() if error.code in _CODES_BY_TYPE.values() else error.problem(**error.context)


def _missing_key(error: _FactError) -> Problem:
    end = error.document.end if len(error.path) == 1 else None
    place = end or error.document.place(error.path[:-1])
    line = f"{error.key}: {error.sample}"
    return new_problem(place, error.code, key=error.key, above=line if end else "", inside="" if end else line)


def _unknown_key(error: _FactError) -> Problem:
    valid = error.fields if len(error.location) == 1 else ()
    name = short_value(error.location[-1])
    suggestion = key_meant(name, valid) if valid else name.lower() if name.lower() in _entry_keys() else ""
    words = name if error.value is None and " " in name else ""  # The rest of a value after its comma
    listed = "" if suggestion or words else ", ".join(valid)
    place = error.document.place(error.path, key=True)
    return new_problem(place, error.code, Subject(nearest=suggestion), key=name, known=listed, words=words)


def _unknown_value(error: _FactError) -> Problem:
    expected = re.findall(r"'([^']*)'", str(error.context.get("expected", "")))
    subject = Subject(nearest=value_meant(str(error.value), expected))
    return error.problem(subject, expected=", ".join(expected))


def _out_of_range(error: _FactError) -> Problem:
    return error.problem(least=error.context.get("ge", ""), most=error.context.get("le", ""))


def _wrong_length(error: _FactError) -> Problem:
    return error.problem(limit=error.context.get("max_length", error.context.get("min_length", "")))


def _bad_form(error: _FactError) -> Problem:
    pattern = str(error.context.get("pattern", ""))
    entries = entries_meant(error.value)
    suggestion = ", ".join(entries) if all(re.fullmatch(pattern, entry) for entry in entries) else ""
    slug = short_value(error.value) if error.key in TUTORIAL_KEYS else ""
    return error.problem(Subject(name=slug, nearest=suggestion), examples=_EXAMPLES.get(pattern, pattern))


def _no_list(error: _FactError) -> Problem:
    is_text = isinstance(error.value, str)
    return error.problem(
        Subject(nearest=", ".join(entries_meant(error.value)) if is_text else short_value(error.value))
    )


def _empty_value(error: _FactError) -> Problem:
    comment = "#" if error.path in error.document.comments else ""
    return error.problem(comment=comment, example="" if error.sample == "…" else f"{error.key}: {error.sample}")


def _wrong_type(error: _FactError) -> Problem:
    """Return the problem of a value of the wrong type, with the number, date or truth value that it means."""
    suggestion = _MEANT[error.code](error.value) or (number_meant_by_word(error.value) if error.key == "effort" else "")
    limits = {"range": _range(error.key_model, error.key)} if error.code == "expected-number" else {}
    return error.problem(Subject(nearest=suggestion), value=_as_written(error), **limits)


_MEANT: Mapping[str, Callable[[object], str]] = {
    "expected-number": number_meant,
    "expected-date": date_meant,
    "expected-true-false": truth_meant,
}
"""Functions that guess the value meant by one of the wrong type, by problem code."""
_PROBLEMS: Mapping[str, Callable[[_FactError], Problem]] = {
    "missing-key": _missing_key,
    "unknown-key": _unknown_key,
    "unknown-value": _unknown_value,
    "out-of-range": _out_of_range,
    "too-long": _wrong_length,
    "too-many": _wrong_length,
    "too-few": _wrong_length,
    "bad-form": _bad_form,
    "expected-list": _no_list,
    "empty-value": _empty_value,
}
"""Functions that make the problem of an error, by code."""


def _without_misread_missing(wrong: list[WrongFact], document: YamlDocument) -> list[WrongFact]:
    """Drop 'missing key' for keys that are present, but misspelt or with an unreadable value."""
    present = {(key,) for key in document.unread} | {
        (*fact.path[:-1], fact.problem.subject.nearest) for fact in wrong if fact.problem.code == "unknown-key"
    }
    return [fact for fact in wrong if fact.problem.code != "missing-key" or fact.path not in present]


@lru_cache(maxsize=1)
def _entry_keys() -> frozenset[str]:
    """Return the keys of the entries of data files."""
    return frozenset(key for model in Facts.__subclasses__() for key in model.model_fields)


def _range(model: str, key: str) -> str:
    """Return the range of numbers of a key, such as `1–5`; empty if it has no bounds."""
    facts = next((facts for facts in _MODELS if facts.__name__ == model), None)
    marks = facts.model_fields[key].metadata if facts and key in facts.model_fields else []
    bounds = {name: getattr(mark, name) for mark in marks for name in ("ge", "le") if hasattr(mark, name)}
    return f"{bounds['ge']}–{bounds['le']}" if len(bounds) == 2 else ""


def _as_written(error: _FactError) -> str:
    """Return a value of the wrong type for a message, in quotation marks if these make it a text."""
    document, shown = error.document, short_value(error.value)
    is_quoted = isinstance(error.value, str) and error.path in document.values and error.path not in document.texts
    return f'"{shown}"' if is_quoted else shown
