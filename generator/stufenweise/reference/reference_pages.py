"""Write the reference pages in Markdown: front matter, data files and sections; all problems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import jinja2
import yaml

from stufenweise.core.text_templates import template_environment
from stufenweise.i18n.reference_text import ReferenceText, reference_text
from stufenweise.model.kinds import FORMS, KINDS, Kind
from stufenweise.reference.json_schemas import SCHEMAS, json_schema, models
from stufenweise.reference.problem_explanations import explain_all_problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One row of a table: a key of front matter or of a data file."""

    name: str
    type: str
    required: str
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class Table:
    """The keys of one model; `title` is empty for the model of the whole file."""

    title: str
    keys: tuple[Key, ...]


def front_matter_page(language: str, kinds: Iterable[str] = SCHEMAS) -> str:
    """Return a page of Markdown with all keys and sections of the kinds."""
    reference = reference_text(language)
    shown = [(kind, reference.kind(kind), reference.word("places", kind), _tables(kind, language)) for kind in kinds]
    sections = {name: [kind for kind in KINDS if _schema_of(kind) == name] for name in SCHEMAS}
    return _template("front_matter.md.j2").render(
        words=reference.group("page"),
        meanings=reference.group("sections"),
        types=reference.group("types"),
        kinds=shown,
        texts=sections,
    )


def problems_page(language: str) -> str:
    """Return all problems with their examples, as a page of Markdown."""
    reference = reference_text(language)
    return _template("problems.md.j2").render(
        words=reference.group("problems"), problems=list(explain_all_problems(language))
    )


def writing_page(language: str, rows: Iterable[Mapping[str, object]]) -> str:
    """Return a page of Markdown with each supported form, and the treatment of other programs' forms.

    Args:
        language: Language of the page.
        rows: The meaning (by language), the written form, the result, and the right form.
    """
    words = reference_text(language).group("writing")
    return _template("writing.md.j2").render(words=words, rows=list(rows), language=language)


def _schema_of(kind: Kind) -> str:
    """Return the name of the schema of a kind's front matter: forms share one."""
    return "form" if kind in FORMS else kind.name


def _tables(kind: str, language: str) -> list[Table]:
    """Return the tables of a kind: its own keys, then those of nested entries."""
    schema = json_schema(kind, (language,))
    reference = reference_text(language)
    parts = models({**schema, "title": kind, "$defs": schema.get("definitions", {})})
    result = []
    for name, part in parts.items():
        required = cast("list[str]", part.get("required", []))
        properties = cast("dict[str, dict[str, object]]", part["properties"])
        rows = tuple(
            Key(
                name=key,
                type=_type(value, parts, reference),
                required=reference.word("types", "needed" if key in required else "spare"),
                meaning=str(value["description"]),
                example=_example(cast("list[object]", value.get("examples", []))),
            )
            for key, value in properties.items()
        )
        result.append(Table("" if name == kind else _entry_title(name), rows))
    return result


def _entry_title(name: str) -> str:
    """Return the title of a table of nested entries, from the model's name."""
    return re.sub(r"(Facts|Text)$", "", name).lower()


def _example(values: list[object]) -> str:
    if not values:
        return ""
    text = yaml.safe_dump(values[0], default_flow_style=True, allow_unicode=True, width=1000, sort_keys=False)
    return text.removesuffix("\n").removesuffix("\n...")


def _type(value: Mapping[str, object], parts: Mapping[str, object], reference: ReferenceText) -> str:
    """Return the possible values of a key as text, with their range."""

    def said(key: str, **values: object) -> str:
        return reference.word("types", key).format(**values)

    if isinstance(choices := value.get("enum"), list):
        return " | ".join(f"`{choice}`" for choice in choices)
    if isinstance(other := value.get("$ref"), str):
        return said("entries", of=f"`{_entry_title(other.rpartition('/')[2])}`")
    if isinstance(several := value.get("anyOf"), list):
        return " | ".join(
            _type(alternative, parts, reference) for alternative in several if alternative.get("type") != "null"
        )
    match value.get("type"):
        case "integer" if "minimum" in value and "maximum" in value:
            return said("number_range", least=value["minimum"], most=value["maximum"])
        case "integer":
            return said("number")
        case "boolean":
            return said("truth")
        case "array":
            return said("list", of=_type(cast("Mapping[str, object]", value["items"]), parts, reference))
        case "object":
            inner = value.get("additionalProperties") or next(
                iter(cast("Mapping[str, object]", value.get("patternProperties", {})).values()), {}
            )
            return said("map", of=_type(cast("Mapping[str, object]", inner), parts, reference))
        case _ if value.get("format") == "date":
            return said("date")
        case _ if "maxLength" in value:
            return said("text_most", most=value["maxLength"])
        case _:
            return said("text")


def _cell(text: str) -> str:
    """Escape a text for a cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


@lru_cache
def _template(name: str) -> jinja2.Template:
    environment = template_environment("stufenweise.reference", escape=False, filters={"cell": _cell})
    return environment.get_template(name)
