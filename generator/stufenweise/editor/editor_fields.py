"""Make the fields that the editor shows for a kind of text from the model.

https://sveltiacms.app/en/docs/fields
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from stufenweise.editor.editor_choices import EditorChoices, Options
from stufenweise.model.facts import Titled, key_order
from stufenweise.reference.json_schemas import json_schema

FormField = dict[str, object]
Property = Mapping[str, object]

_LEFT_TO_COMMANDS = frozenset({"formerly"})
"""Keys that only `stufenweise rename` writes."""
_CHOICES = {
    "level": "levels",
    "core": "levels",
    "optional": "levels",
    "effort": "efforts",
    "orientation": "orientations",
    "goals": "goals",
    "requires": "tutorials",
    "tutorials": "tutorials",
}
"""Keys whose values have labels of their own."""


def editor_fields(
    kind: str, language: str, choices: EditorChoices, starts: Mapping[str, object]
) -> Iterator[FormField]:
    """Yield the fields of a kind of text, in the order of its file.

    Args:
        kind: Its name in the schemas.
        language: Language of labels and hints.
        choices: The choices of the project.
        starts: Values of a new text, by key.
    """
    schema = json_schema(kind, (language,))
    properties = cast("dict[str, Property]", schema["properties"])
    parts = cast("dict[str, Property]", schema.get("definitions", {}))
    translated = {*Titled.model_fields, "verb"}
    for key in key_order(properties):
        if key in _LEFT_TO_COMMANDS:
            continue
        field = _field(key, properties[key], choices, parts)
        field["required"] = key in cast("list[str]", schema["required"])
        field["i18n"] = key in translated
        if key in starts:
            field["default"] = starts[key]
        yield field


def _field(key: str, value: Property, choices: EditorChoices, parts: Mapping[str, Property]) -> FormField:
    """Return the field of a key, without settings that depend on the kind of text."""
    field: FormField = {"name": key, "label": value["title"], "hint": value["description"]}
    options: Options = getattr(choices, _CHOICES[key]) if key in _CHOICES else ()
    if not options and "enum" in value:
        options = tuple((str(choice), str(choice)) for choice in cast("list[object]", value["enum"]))
    if value["type"] == "array":
        return field | _list(value, options, choices, parts)
    if options:
        return field | {"widget": "select", "options": _options(options)}
    if value["type"] == "integer":
        return field | {
            "widget": "number",
            "value_type": "int",
            "min": value["minimum"],
            "max": value["maximum"],
        }
    if value["type"] == "boolean":
        return field | {"widget": "boolean", "default": value["default"]}
    if value.get("format") == "date":
        return field | {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    return field | {"widget": "string", "maxlength": value.get("maxLength", 300)}


def _list(value: Property, options: Options, choices: EditorChoices, parts: Mapping[str, Property]) -> FormField:
    limits = {name: value[keyword] for name, keyword in (("min", "minItems"), ("max", "maxItems")) if keyword in value}
    items = cast("Property", value["items"])
    if "$ref" in items:
        rows = cast("dict[str, Property]", parts[str(items["$ref"]).rsplit("/", 1)[1]]["properties"])
        inner = [_field(key, row, choices, parts) | {"required": False} for key, row in rows.items()]
        return {"widget": "list", "collapsed": True, "fields": inner, **limits}
    if options:
        return {"widget": "select", "multiple": True, "options": _options(options), **limits}
    return {"widget": "list", **limits}


def _options(options: Options) -> list[dict[str, object]]:
    return [{"label": label, "value": value} for value, label in options]
