"""The keys of front matter and data files as frozen objects, read from their JSON Schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, Field

from stufenweise.model.kinds import FORMS, Kind
from stufenweise.reference.json_schemas import json_schema

ValueType = Literal["choice", "entry", "any", "integer", "boolean", "list", "map", "date", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSchema:
    """The values that a key or a member of a list may have."""

    type: ValueType
    choices: tuple[int | str, ...] = ()
    """All values of a choice."""
    entry: str = ""
    """Name of the model of an entry, see `FileSchema.entries`."""
    minimum: int | None = None
    maximum: int | None = None
    max_length: int | None = None
    """Most characters of a text."""
    min_items: int | None = None
    max_items: int | None = None
    items: ValueSchema | None = None
    """Members of a list, or values of a map."""
    alternatives: tuple[ValueSchema, ...] = ()
    """Schemas of which one applies, for `any`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySchema:
    """One key of front matter or of a data file."""

    name: str
    title: str
    description: str
    value: ValueSchema
    is_required: bool
    has_default: bool
    default: object
    example: object
    """An example value; None without one."""


@dataclass(frozen=True, slots=True)
class FileSchema:
    """The keys of one kind of file."""

    keys: tuple[KeySchema, ...]
    """Keys of the file itself; none if authors choose them."""
    entries: Mapping[str, tuple[KeySchema, ...]]
    """Keys of nested entries, by the name of their model."""


class _JsonSchema(BaseModel):
    """The keywords of JSON Schema that our models use."""

    type: str = ""
    format: str = ""
    title: str = ""
    description: str = ""
    enum: tuple[int | str, ...] = ()
    ref: str = Field("", alias="$ref")
    any_of: tuple[_JsonSchema, ...] = Field((), alias="anyOf")
    minimum: int | None = None
    maximum: int | None = None
    max_length: int | None = Field(None, alias="maxLength")
    min_items: int | None = Field(None, alias="minItems")
    max_items: int | None = Field(None, alias="maxItems")
    items: _JsonSchema | None = None
    additional: _JsonSchema | bool = Field(False, alias="additionalProperties")
    patterns: dict[str, _JsonSchema] = Field({}, alias="patternProperties")
    properties: dict[str, _JsonSchema] = {}
    definitions: dict[str, _JsonSchema] = {}
    required: frozenset[str] = frozenset()
    default: object = None
    examples: tuple[object, ...] = ()


def schema_name(kind: Kind) -> str:
    """Return the name of the schema of a kind's front matter: forms share one."""
    return "form" if kind in FORMS else kind.name


def file_schema(name: str, language: str | None = None) -> FileSchema:
    """Return the keys of a kind of file.

    Args:
        name: One of `SCHEMAS`.
        language: Language of titles and descriptions; all languages if None.
    """
    schema = _JsonSchema.model_validate(json_schema(name, (language,) if language else None))
    entries = {entry: tuple(_keys(part)) for entry, part in schema.definitions.items() if part.properties}
    return FileSchema(tuple(_keys(schema)), entries)


def _keys(schema: _JsonSchema) -> Iterator[KeySchema]:
    for name, value in schema.properties.items():
        yield KeySchema(
            name=name,
            title=value.title,
            description=value.description,
            value=_value(value),
            is_required=name in schema.required,
            has_default="default" in value.model_fields_set,
            default=value.default,
            example=next(iter(value.examples), None),
        )


def _value(schema: _JsonSchema) -> ValueSchema:
    """Return the values that a schema allows; null, which stands for a missing key, is left out."""
    alternatives = [alternative for alternative in schema.any_of if alternative.type != "null"]
    if len(alternatives) == 1:
        return _value(alternatives[0])
    return ValueSchema(
        type=_type(schema),
        choices=schema.enum,
        entry=schema.ref.rpartition("/")[2],
        minimum=schema.minimum,
        maximum=schema.maximum,
        max_length=schema.max_length,
        min_items=schema.min_items,
        max_items=schema.max_items,
        items=_items(schema),
        alternatives=tuple(map(_value, alternatives)),
    )


def _type(schema: _JsonSchema) -> ValueType:
    if schema.enum:
        return "choice"
    if schema.ref:
        return "entry"
    if schema.any_of:
        return "any"
    match schema.type:
        case "integer" | "boolean":
            return schema.type
        case "array":
            return "list"
        case "object":
            return "map"
        case _:
            return "date" if schema.format == "date" else "text"


def _items(schema: _JsonSchema) -> ValueSchema | None:
    """Return the schema of the members of a list or of the values of a map; None for other values."""
    if schema.type == "array":
        return _value(schema.items or _JsonSchema())
    if schema.type == "object":
        inner = schema.additional if isinstance(schema.additional, _JsonSchema) else None
        return _value(inner or next(iter(schema.patterns.values()), _JsonSchema()))
    return None
