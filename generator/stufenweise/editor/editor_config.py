"""Make the editor's configuration from the model and a project: a collection for each kind of text.

https://sveltiacms.app/en/docs/config-basics
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stufenweise.editor.editor_choices import EditorChoices
from stufenweise.editor.editor_fields import FormField, editor_fields
from stufenweise.editor.git_host import GitHost
from stufenweise.i18n.reference_text import reference_text
from stufenweise.model.facts import OTHER_REVIEW_MONTHS, SLUG_PATTERN, key_order
from stufenweise.model.kinds import AGREEMENT, GUIDE, HOME, KIT, LEVEL, PROGRAMME, TUTORIAL, Kind
from stufenweise.reference.key_schemas import file_schema, schema_name

SOURCE_FIELD = "source"
"""Name of a hidden field with the original lines of a text."""
MEDIA_FOLDER = "images"
"""Folder beside the texts for their images."""

_GROWING = (TUTORIAL, GUIDE, PROGRAMME, KIT)
"""Kinds of which there are new texts."""
_FIXED = (LEVEL, AGREEMENT)
"""Kinds with a fixed set of texts; the agreement stands for all forms, which share a folder."""


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
    bodies: Mapping[Kind, str]
    """Body of a new text, by kind."""
    starts: Mapping[Kind, Mapping[str, object]]
    """Values of a new text, by kind and key."""


@dataclass(frozen=True, slots=True)
class EditorConfig:
    """The editor's configuration."""

    title: str
    """Title of its page."""
    values: Mapping[str, object]
    """Content of its file."""


def editor_config(project: EditedProject, host: GitHost, language: str) -> EditorConfig:
    """Return the configuration.

    Args:
        project: The project.
        host: Where its repository is kept.
        language: Language of labels and hints.
    """
    title = f"{reference_text(language).word('editor', 'title')}: {project.name}"
    return EditorConfig(title, _values(project, host, language, title))


def _values(project: EditedProject, host: GitHost, language: str, title: str) -> dict[str, object]:
    collections = [_collection(project, language, kind) for kind in (*_GROWING, *_FIXED)]
    return {
        "backend": host.backend(),
        "publish_mode": "editorial_workflow",
        "app_title": title,
        "show_preview_links": False,
        "media_folder": f"{project.content_folder}/{TUTORIAL.folder}/{MEDIA_FOLDER}",
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
    return {_format(kind): _keys_of(kind) for kind in (*_GROWING, *_FIXED, HOME)}


def _keys_of(kind: Kind) -> dict[str, object]:
    schema = file_schema(schema_name(kind), "en")
    entries = {key.name: key.value.items.entry for key in schema.keys if key.value.items and key.value.items.entry}
    return {
        "order": key_order([key.name for key in schema.keys]),
        "dates": [key.name for key in schema.keys if key.value.type == "date"],
        "defaults": {key.name: key.default for key in schema.keys if key.has_default},
        "rows": {name: {part.name: part.default for part in schema.entries[entry]} for name, entry in entries.items()},
    }


def _format(kind: Kind) -> str:
    """Return the name of the format that `start.js` registers for texts of a kind.

    The suffix `-frontmatter` tells the editor that the format is used in Markdown files.
    """
    return f"{schema_name(kind)}-frontmatter"


def _collection(project: EditedProject, language: str, kind: Kind) -> dict[str, object]:
    words, folder, grows = reference_text(language), kind.folder, kind in _GROWING
    # Without a template the author has to write the slug, which can't be changed here later.
    hint = words.word("editor", "slug")
    slug = {"editable": ["create"], "hint": hint, "pattern": [SLUG_PATTERN, hint]}
    return {
        "name": folder,
        "label": words.word("editor", folder),
        "label_singular": words.kind(schema_name(kind)),
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
    label = reference_text(language).kind(HOME.name)
    file = {
        "name": HOME.name,
        "label": label,
        "file": f"{project.content_folder}/{HOME.slug}.{{{{locale}}}}.md",
        "format": _format(HOME),
        "i18n": True,
        "fields": _fields(project, language, HOME),
    }
    return {"name": HOME.name, "label": label, "i18n": True, "files": [file]}


def _fields(project: EditedProject, language: str, kind: Kind) -> list[FormField]:
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
