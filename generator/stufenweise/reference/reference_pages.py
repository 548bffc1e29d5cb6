"""Write the reference pages in Markdown: front matter, data files and sections; all problems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import jinja2
import yaml

from stufenweise.core.text_templates import template_environment
from stufenweise.i18n.reference_text import ReferenceText, reference_text
from stufenweise.model.kinds import KINDS
from stufenweise.reference.json_schemas import SCHEMAS
from stufenweise.reference.key_schemas import KeySchema, ValueSchema, file_schema, schema_name
from stufenweise.reference.problem_explanations import explain_all_problems


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
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
    keys: tuple[KeyRow, ...]


def front_matter_page(language: str, kinds: Iterable[str] = SCHEMAS) -> str:
    """Return a page of Markdown with all keys and sections of the kinds."""
    reference = reference_text(language)
    shown = [(kind, reference.kind(kind), reference.word("places", kind), _tables(kind, language)) for kind in kinds]
    sections = {name: [kind for kind in KINDS if schema_name(kind) == name] for name in SCHEMAS}
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


def _tables(name: str, language: str) -> list[Table]:
    """Return the tables of a kind of file: its own keys, then those of nested entries."""
    schema, reference = file_schema(name, language), reference_text(language)
    own = [Table("", tuple(_row(key, reference) for key in schema.keys))] if schema.keys else []
    return own + [
        Table(_entry_title(entry), tuple(_row(key, reference) for key in keys))
        for entry, keys in schema.entries.items()
    ]


def _row(key: KeySchema, reference: ReferenceText) -> KeyRow:
    return KeyRow(
        name=key.name,
        type=_type(key.value, reference),
        required=reference.word("types", "required" if key.is_required else "optional"),
        meaning=key.description,
        example=_example(key.example),
    )


def _entry_title(name: str) -> str:
    """Return the title of a table of nested entries, from the model's name."""
    return re.sub(r"(Facts|Text)$", "", name).lower()


def _example(value: object) -> str:
    if value is None:
        return ""
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=1000, sort_keys=False)
    return text.removesuffix("\n").removesuffix("\n...")


def _type(value: ValueSchema, reference: ReferenceText) -> str:
    """Return the possible values of a key as text, with their range."""

    def word(name: str, **values: object) -> str:
        return reference.word("types", name).format(**values)

    match value.type:
        case "choice":
            return " | ".join(f"`{choice}`" for choice in value.choices)
        case "entry":
            return word("entries", of=f"`{_entry_title(value.entry)}`")
        case "any":
            return " | ".join(_type(alternative, reference) for alternative in value.alternatives)
        case "integer" if value.minimum is not None and value.maximum is not None:
            return word("number_range", least=value.minimum, most=value.maximum)
        case "integer":
            return word("number")
        case "boolean":
            return word("truth")
        case "list" if value.items:
            return word("list", of=_type(value.items, reference))
        case "map" if value.items:
            return word("map", of=_type(value.items, reference))
        case "date":
            return word("date")
        case _ if value.max_length is not None:
            return word("text_most", most=value.max_length)
        case _:
            return word("text")


def _cell(text: str) -> str:
    """Escape a text for a cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


@lru_cache
def _template(name: str) -> jinja2.Template:
    environment = template_environment("stufenweise.reference", escape=False, filters={"cell": _cell})
    return environment.get_template(name)
