"""Export the definition of front matter and data files as JSON Schema, described in one or more languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

from pydantic import TypeAdapter

from stufenweise.i18n.reference_text import reference_languages, reference_text
from stufenweise.model.data_facts import FigureFacts, GoalFacts, QuestionFacts, SameWords, TermFacts, WordForms
from stufenweise.model.facts import (
    FormFacts,
    GuideFacts,
    HomeFacts,
    KitFacts,
    LevelFacts,
    ProgrammeFacts,
    TranslationFacts,
    TutorialFacts,
)
from stufenweise.model.settings import Settings

DIALECT: Final = "http://json-schema.org/draft-07/schema#"
"""The version of JSON Schema that all common editors support; our schemas mean the same in later versions."""

SCHEMAS: Final[Mapping[str, TypeAdapter[object]]] = {
    "tutorial": TypeAdapter(TutorialFacts),
    "level": TypeAdapter(LevelFacts),
    "programme": TypeAdapter(ProgrammeFacts),
    "guide": TypeAdapter(GuideFacts),
    "form": TypeAdapter(FormFacts),
    "kit": TypeAdapter(KitFacts),
    "home": TypeAdapter(HomeFacts),
    "translation": TypeAdapter(TranslationFacts),
    "goals": TypeAdapter(dict[str, GoalFacts]),
    "glossary": TypeAdapter(dict[str, TermFacts]),
    "self-check": TypeAdapter(dict[str, QuestionFacts]),
    "vocabulary": TypeAdapter(dict[str, WordForms]),
    "search": TypeAdapter(dict[str, SameWords]),
    "figure": TypeAdapter(FigureFacts),
    "settings": TypeAdapter(Settings),
}
"""The kinds of front matter and data files by name."""


def json_schema(kind: str, named_languages: Sequence[str] | None = None) -> dict[str, object]:
    """Return the JSON Schema of one kind of front matter or data file.

    Args:
        kind: One of `SCHEMAS`.
        named_languages: Languages of titles and descriptions; several languages are put below each other.
    """
    schema = SCHEMAS[kind].json_schema()
    languages = named_languages or reference_languages()
    for name, model in _models(schema).items():
        properties = cast("dict[str, dict[str, object]]", model.get("properties", {}))
        for key, value in properties.items():
            value["title"] = " / ".join(dict.fromkeys(reference_text(language).title(key) for language in languages))
            value["description"] = "\n\n".join(reference_text(language).meaning(name, key) for language in languages)
            properties[key] = dict(sorted(value.items()))
            if examples := reference_text(languages[0]).examples(name, key):
                properties[key]["examples"] = list(examples)
        model.pop("description", None)
        model.pop("title", None)
    title = " / ".join(dict.fromkeys(reference_text(language).kind(kind) for language in languages))
    return {"$schema": DIALECT, "title": title, **_as_draft_7(schema)}


def _models(schema: dict[str, object]) -> dict[str, dict[str, object]]:
    """Return the parts of a schema by the name of their model, the whole schema first."""
    parts = cast("dict[str, dict[str, object]]", schema.get("$defs", {}))
    whole = {str(schema["title"]): schema} if "properties" in schema else {}
    return whole | {name: part for name, part in parts.items() if "properties" in part}


def _as_draft_7(value: dict[str, object]) -> dict[str, object]:
    """Move the parts of a schema from `$defs` to `definitions`, the key of draft 7."""
    return cast("dict[str, object]", _renamed(value))


def _renamed(value: object) -> object:
    if isinstance(value, dict):
        return {("definitions" if key == "$defs" else key): _renamed(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_renamed(member) for member in value]
    return value.replace("#/$defs/", "#/definitions/") if isinstance(value, str) else value
