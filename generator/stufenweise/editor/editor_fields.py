"""Make the fields that the editor shows for a kind of text from the model.

https://sveltiacms.app/en/docs/fields
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stufenweise.editor.editor_choices import EditorChoices, Options
from stufenweise.model.facts import Titled, key_order
from stufenweise.model.kinds import Kind
from stufenweise.reference.key_schemas import FileSchema, KeySchema, file_schema, schema_name

FormField = dict[str, object]
"""A field of the editor's configuration."""
MAX_STRING = 300
"""Most characters of a text for which the model names no number."""

_LEFT_TO_COMMANDS = frozenset({"formerly"})
"""Keys that only `stufenweise rename` writes."""


def editor_fields(
    kind: Kind, language: str, choices: EditorChoices, starts: Mapping[str, object]
) -> Iterator[FormField]:
    """Yield the fields of a kind of text, in the order of its file.

    Args:
        kind: The kind.
        language: Language of labels and hints.
        choices: The choices of the project.
        starts: Values of a new text, by key.
    """
    schema = file_schema(schema_name(kind), language)
    keys = {key.name: key for key in schema.keys}
    translated = {*Titled.model_fields, "verb"}
    for name in key_order(keys):
        if name in _LEFT_TO_COMMANDS:
            continue
        field = _field(keys[name], choices, schema)
        field["required"] = keys[name].is_required
        field["i18n"] = name in translated
        if name in starts:
            field["default"] = starts[name]
        yield field


def _field(key: KeySchema, choices: EditorChoices, schema: FileSchema) -> FormField:
    """Return the field of a key, without settings that depend on the kind of text."""
    field: FormField = {"name": key.name, "label": key.title, "hint": key.description}
    value = key.value
    options = choices.of_key(key.name) or tuple((str(choice), str(choice)) for choice in value.choices)
    if value.type == "list":
        return field | _list(key, options, choices, schema)
    if options:
        return field | {"widget": "select", "options": _options(options)}
    match value.type:
        case "integer":
            number = {"widget": "number", "value_type": "int"}
            return field | number | _limits(min=value.minimum, max=value.maximum)
        case "boolean":
            return field | {"widget": "boolean", "default": key.default}
        case "date":
            return field | {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
        case _:
            return field | {"widget": "string", "maxlength": value.max_length or MAX_STRING}


def _list(key: KeySchema, options: Options, choices: EditorChoices, schema: FileSchema) -> FormField:
    limits = _limits(min=key.value.min_items, max=key.value.max_items)
    if key.value.items and key.value.items.entry:
        inner = [_field(part, choices, schema) | {"required": False} for part in schema.entries[key.value.items.entry]]
        return {"widget": "list", "collapsed": True, "fields": inner, **limits}
    if options:
        return {"widget": "select", "multiple": True, "options": _options(options), **limits}
    return {"widget": "list", **limits}


def _limits(**limits: int | None) -> FormField:
    return {name: limit for name, limit in limits.items() if limit is not None}


def _options(options: Options) -> list[dict[str, object]]:
    return [{"label": label, "value": value} for value, label in options]
