"""Make the editor's configuration from the model and a project: a collection for each kind of text.

https://sveltiacms.app/en/docs/config-basics
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from stufenweise.editor.editor_choices import EditorChoices
from stufenweise.editor.editor_fields import FormField, editor_fields
from stufenweise.editor.git_host import GitHost
from stufenweise.i18n.reference_text import reference_text
from stufenweise.model.facts import OTHER_REVIEW_MONTHS, SLUG_PATTERN, key_order
from stufenweise.reference.json_schemas import json_schema

SOURCE_FIELD = "source"
"""Name of a hidden field with the original lines of a text."""
MEDIA_FOLDER = "images"
"""Folder beside the texts for their images."""

_MANY = {"tutorial": "tutorials", "guide": "guides", "programme": "programmes", "kit": "kit"}
_FIXED = {"level": "levels", "form": "forms"}
"""Folders of kinds by name: kinds with new texts, and kinds with a fixed set of texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedProject:
    """The parts of a project that the editor's configuration needs."""

    name: str
    """Name of the site."""
    content_folder: str
    """Path of the content folder in the repository."""
    languages: tuple[str, ...]
    """Languages of the texts, the source first."""
    choices: EditorChoices
    bodies: Mapping[str, str]
    """Body of a new text, by kind."""
    starts: Mapping[str, Mapping[str, object]]
    """Values of a new text, by kind and key."""


def editor_config(project: EditedProject, host: GitHost, language: str) -> dict[str, object]:
    """Return the configuration.

    Args:
        project: The project.
        host: Where its repository is kept.
        language: Language of labels and hints.
    """
    words = reference_text(language)
    folders = {kind: (folder, kind in _MANY) for kind, folder in (_MANY | _FIXED).items()}
    collections = [_collection(project, language, kind, *place) for kind, place in folders.items()]
    return {
        "backend": host.backend(),
        "publish_mode": "editorial_workflow",
        "app_title": f"{words.word('editor', 'title')}: {project.name}",
        "show_preview_links": False,
        "media_folder": f"{project.content_folder}/tutorials/{MEDIA_FOLDER}",
        "public_folder": f"/{MEDIA_FOLDER}",
        "media_libraries": {"default": {"config": {"slugify_filename": True}}, "stock_assets": {"providers": []}},
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 60},
        "i18n": {
            "structure": "multiple_files",
            "locales": [*project.languages],
            "default_locale": project.languages[0],
            "initial_locales": "default",
        },
        "editor": {"preview": False},
        "collections": [*collections, _home(project, language)],
    }


def head_keys() -> dict[str, dict[str, object]]:
    """Return the keys of each kind for `front-matter.js`, by the name of the kind's format."""
    return {_format(kind): _keys_of(kind) for kind in (*_MANY, *_FIXED, "home")}


def _keys_of(kind: str) -> dict[str, object]:
    schema = json_schema(kind, ("en",))
    properties = cast("dict[str, Mapping[str, object]]", schema["properties"])
    parts = cast("dict[str, Mapping[str, object]]", schema.get("definitions", {}))
    rows: dict[str, object] = {}
    for key, value in properties.items():
        name = str(cast("Mapping[str, object]", value.get("items", {})).get("$ref", "")).rsplit("/", 1)[-1]
        if name:
            inner = cast("dict[str, Mapping[str, object]]", parts[name]["properties"])
            rows[key] = {part: field["default"] for part, field in inner.items()}
    return {
        "order": key_order(properties),
        "dates": [key for key, value in properties.items() if value.get("format") == "date"],
        "defaults": {key: value["default"] for key, value in properties.items() if "default" in value},
        "rows": rows,
    }


def _format(kind: str) -> str:
    """Return the name of the format that `start.js` registers for texts of a kind.

    The suffix `-frontmatter` tells the editor that the format is used in Markdown files.
    """
    return f"{kind}-frontmatter"


def _collection(project: EditedProject, language: str, kind: str, folder: str, grows: bool) -> dict[str, object]:
    words = reference_text(language)
    # Without a template the author has to write the slug, which can't be changed here later.
    hint = words.word("editor", "slug")
    slug = {"editable": ["create"], "hint": hint, "pattern": [SLUG_PATTERN, hint]}
    return {
        "name": folder,
        "label": words.word("editor", folder),
        "label_singular": words.kind(kind),
        "folder": f"{project.content_folder}/{folder}",
        "create": grows,
        "delete": grows,
        "format": _format(kind),
        "extension": "md",
        "i18n": True,
        # Absolute, because the editor can't upload to a folder relative to a text that is not saved yet.
        "media_folder": f"/{project.content_folder}/{folder}/{MEDIA_FOLDER}",
        "public_folder": MEDIA_FOLDER,
        "identifier_field": "title",
        **({"slug": slug} if grows else {}),
        "fields": _fields(project, language, kind),
    }


def _home(project: EditedProject, language: str) -> dict[str, object]:
    label = reference_text(language).kind("home")
    file = {
        "name": "home",
        "label": label,
        "file": f"{project.content_folder}/home.{{{{locale}}}}.md",
        "format": _format("home"),
        "i18n": True,
        "fields": _fields(project, language, "home"),
    }
    return {"name": "home", "label": label, "i18n": True, "files": [file]}


def _fields(project: EditedProject, language: str, kind: str) -> list[FormField]:
    words = reference_text(language)
    starts = {"reviewed": "{{now}}", "review_months": OTHER_REVIEW_MONTHS, **project.starts.get(kind, {})}
    body: FormField = {
        "name": "body",
        "label": words.word("editor", "body"),
        "hint": words.word("editor", "body_hint"),
        "widget": "text",
        "i18n": True,
    }
    if kind in project.bodies:
        body["default"] = project.bodies[kind]
    source: FormField = {"name": SOURCE_FIELD, "widget": "hidden", "i18n": True}
    facts = list(editor_fields(kind, language, project.choices, starts))
    # A long field that few people need, so it is below the text.
    search = [field for field in facts if field["name"] == "search"]
    return [*(field for field in facts if field not in search), body, *search, source]


def empty_sections(sections: Sequence[str], headings: Mapping[str, str]) -> str:
    """Return a body with the headings of sections and no text."""
    return "\n\n".join(f"## {headings.get(section, section)} {{#{section}}}" for section in sections)
