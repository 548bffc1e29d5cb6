"""`stufenweise schema`: the definition of front matter and data files, for editors and for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click
from pydantic import TypeAdapter

from generator.model.facts import (
    FormFacts,
    GoalFacts,
    GuideFacts,
    HomeFacts,
    LevelFacts,
    ProgrammeFacts,
    QuestionFacts,
    TermFacts,
    TranslationFacts,
    TutorialFacts,
    WordForms,
)
from generator.model.settings import Settings

_KINDS: Mapping[str, TypeAdapter[object]] = {
    "tutorial": TypeAdapter(TutorialFacts),
    "level": TypeAdapter(LevelFacts),
    "programme": TypeAdapter(ProgrammeFacts),
    "guide": TypeAdapter(GuideFacts),
    "form": TypeAdapter(FormFacts),
    "home": TypeAdapter(HomeFacts),
    "translation": TypeAdapter(TranslationFacts),
    "goals": TypeAdapter(dict[str, GoalFacts]),
    "glossary": TypeAdapter(dict[str, TermFacts]),
    "self-check": TypeAdapter(dict[str, QuestionFacts]),
    "vocabulary": TypeAdapter(dict[str, WordForms]),
    "settings": TypeAdapter(Settings),
}


def json_schema(kind: str) -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of one kind of front matter or data file."""
    found = _KINDS[kind].json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind, **found}


def reference(kind: str) -> str:
    """Return the same definition as a Markdown table: key, type, whether it must be there, meaning."""
    found = json_schema(kind)
    entry = found
    if "properties" not in found and isinstance(found.get("additionalProperties"), dict):
        name = str(found["additionalProperties"].get("$ref", "")).rpartition("/")[2]  # type: ignore[attr-defined]
        entry = found["$defs"][name] if name else found  # type: ignore[index]
    rows = [f"## {kind}", ""]
    properties = entry.get("properties")
    if not isinstance(properties, dict):
        return "\n".join((*rows, str(entry.get("description", "")), ""))
    required = entry.get("required", [])
    rows += ["| key | type | required | meaning |", "| --- | --- | --- | --- |"]
    for key, value in properties.items():
        must = "yes" if isinstance(required, list) and key in required else "no"
        rows.append(f"| `{key}` | {_type(value)} | {must} | {value.get('description', '')} |")
    return "\n".join((*rows, ""))


def _type(value: Mapping[str, object]) -> str:
    """Return the type of a key in words, with its range."""
    if isinstance(choices := value.get("enum"), list):
        return " \\| ".join(f"`{choice}`" for choice in choices)
    name = {"string": "text", "integer": "number", "array": "list", "object": "map", "boolean": "true or false"}.get(
        str(value.get("type")), "value"
    )
    if value.get("format") == "date":
        name = "date"
    if "minimum" in value and "maximum" in value:
        name += f" {value['minimum']}–{value['maximum']}"
    return name


@click.command()
@click.argument("kind", type=click.Choice((*_KINDS, "all")), default="all")
@click.option("--format", "form", type=click.Choice(("json", "markdown")), default="json", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Write one file a kind here.")
def schema(kind: str, form: str, output: Path | None) -> None:
    """Print what may stand in front matter and data files: JSON Schema, or a table to read."""
    kinds = tuple(_KINDS) if kind == "all" else (kind,)
    if output:
        output.mkdir(parents=True, exist_ok=True)
        for name in kinds:
            suffix = "schema.json" if form == "json" else "md"
            text = _as_json(json_schema(name)) if form == "json" else reference(name)
            (output / f"{name}.{suffix}").write_text(f"{text}\n", encoding="utf-8", newline="\n")
    elif form == "markdown":
        click.echo("\n".join(reference(name) for name in kinds))
    elif kind == "all":
        click.echo(_as_json({name: json_schema(name) for name in kinds}))
    else:
        click.echo(_as_json(json_schema(kind)))


def _as_json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
