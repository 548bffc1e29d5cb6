"""Write the derived mkdocs.yml with which a builder renders one language's assembled tree.

It inherits from the project's mkdocs.yml (https://www.mkdocs.org/user-guide/configuration/#configuration-inheritance)
and lies in the work folder, together with the tree and the merged theme: a builder that refuses to leave the folder of
its configuration, as Zensical does, finds everything there.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast

import yaml

from stufenweise.assemble.navigation import navigation
from stufenweise.assemble.search_index import search_path
from stufenweise.assemble.tutorial_choice import tutorials_path
from stufenweise.config.mkdocs_yaml import TaggedValue
from stufenweise.config.project import Project
from stufenweise.i18n.labels import Labels
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model import page_paths
from stufenweise.model.facts import COORDINATOR
from stufenweise.model.hour_table import hour_values
from stufenweise.model.settings import CONTACTS
from stufenweise.source.markdown.line_breaks import with_no_break_spaces
from stufenweise.source.markdown.markdown_rendering import EXTENSION_CONFIGS, EXTENSIONS

SANITISER_PLUGIN = "stufenweise-sanitiser"
"""Name of the plugin that sanitises rendered pages; a builder that does not know it skips it."""
THEME_LABELS = ("colon", "main_navigation", "not_found_title", "not_found_text", "not_found_home")
"""Labels that the overrides use."""
THEME_GROUPS = (
    "begin",
    "contacts",
    "entry",
    "find",
    "folder",
    "go_on",
    "goal_sheet",
    "lms",
    "milestones",
    "our_programme",
    "places",
    "planner",
    "search",
    "session",
    "session_kinds",
    "share",
    "states",
    "ticks",
)
"""Groups of labels that the overrides use."""
_IN_FILES = ("entry", "folder")
"""Groups of labels that become file names or file contents; they get no non-breaking spaces."""
THEME_FOLDER = "theme"
"""Name of the merged theme in the work folder."""


def docs_folder(project: Project, language: str) -> Path:
    """Return the docs folder of a language."""
    return project.work_folder.path / "docs" / language


def config_file(project: Project, language: str) -> Path:
    """Return the derived configuration of a language."""
    return project.work_folder.path / f"mkdocs.{language}.yml"


def derived_config(
    localized: LocalizedLibrary, project: Project, output: Path, marker_secret: str = ""
) -> dict[str, object]:
    """Return the settings that differ from the project's own.

    Args:
        localized: The library in one language.
        project: The project.
        output: Folder below the work folder that the builder writes this language's site to.
        marker_secret: Marks a page's text for a builder that can't sanitise pages itself; empty for other builders.
    """
    language = localized.language
    labels = localized.labels
    return {
        "INHERIT": _relative(project.config_file, project.work_folder.path),
        "site_name": project.site_name,
        "site_url": f"{project.site_url}{language}/" if project.site_url else "",
        "docs_dir": _relative(docs_folder(project, language), project.work_folder.path),
        "site_dir": _relative(output, project.work_folder.path),
        "use_directory_urls": project.directories,
        # With a repository the theme would ask its host for the number of stars; edit links come from
        # `extra.edit_root`.
        "repo_url": "",
        "edit_uri": "",
        "nav": navigation(localized),
        "theme": {
            "palette": _palette(labels),
            **project.theme,
            "language": language,
            "custom_dir": THEME_FOLDER,
            "font": False,
        },
        "markdown_extensions": [*_extensions(labels)],
        "plugins": _plugins(project, marker_secret),
        # Paths are relative to the folder of this file, not to that of the file it inherits from.
        "hooks": [_relative(project.config_file.parent / hook, project.work_folder.path) for hook in project.hooks],
        "watch": [],
        "validation": {
            "nav": {"omitted_files": "ignore"},
            "links": {"anchors": "warn", "absolute_links": "warn"},
        },
        "extra": {**_theme_values(localized, project), **({"marker_secret": marker_secret} if marker_secret else {})},
    }


def _theme_values(localized: LocalizedLibrary, project: Project) -> dict[str, object]:
    """Return what our templates and scripts read from `config.extra`."""
    language, labels = localized.language, localized.labels
    return {
        "languages": [_language(project.labels[code], code == language) for code in project.settings.languages],
        "labels": _theme_labels(labels),
        "dates": labels.dates,
        "hours": json.dumps(hour_values(), separators=(",", ":")),
        "lengths": [*hour_values()],
        "our_programme": page_paths.address(page_paths.OUR_PROGRAMME, directories=project.directories),
        "root_url": project.site_url,
        "edit_root": project.edit_root,
        "contacts": _contacts(project, localized),
        "feedback": _feedback(project),
        "target": project.target,
        "site": project.publisher,
        "search": _search(localized),
        "tutorials": tutorials_path(language),
    }


def _relative(path: Path, start: Path) -> str:
    """Return a path relative to another; the absolute path if it is on another drive of Windows."""
    try:
        return os.path.relpath(path, start)
    except ValueError:
        return str(path)


_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""PyYAML's C implementation where it is installed."""


class _TagDumper(_Dumper):  # type: ignore[misc]
    """Writes tagged values unchanged, because only the builder resolves them."""


def _represent_tagged(dumper: yaml.SafeDumper, tagged: TaggedValue) -> yaml.Node:
    if isinstance(tagged.value, dict):
        return dumper.represent_mapping(tagged.tag, tagged.value)
    if isinstance(tagged.value, list):
        return dumper.represent_sequence(tagged.tag, tagged.value)
    return dumper.represent_scalar(tagged.tag, str(tagged.value))


_TagDumper.add_representer(TaggedValue, _represent_tagged)


def as_yaml(config: dict[str, object]) -> str:
    """Return a derived configuration as the text of its file."""
    return yaml.dump(config, Dumper=_TagDumper, allow_unicode=True, sort_keys=False, width=1000)


def _extensions(labels: Labels) -> Iterator[object]:
    """Yield the Markdown extensions with their options, as MkDocs's configuration names them."""
    for name in EXTENSIONS:
        options: dict[str, object] = dict(EXTENSION_CONFIGS.get(name, {}))
        if name == "toc":
            options |= {"permalink": True, "permalink_title": labels("permalink"), "toc_depth": "2-3"}
        yield {name: options} if options else name


def _contacts(project: Project, localized: LocalizedLibrary) -> list[dict[str, str]]:
    """Return the contacts of a company; empty without a company's content or contacts."""
    settings = project.settings
    if not (settings.overlay or settings.contacts):
        return []
    words = localized.library.company_words.get(localized.language, {})
    names = localized.labels.group("contact_names")
    names |= {name: f"{word[:1].upper()}{word[1:]}" for name, word in words.items() if name in names}
    given = {name: settings.contacts.get(name, "") for name in CONTACTS}
    return [
        {"name": names[name], "address": address, "shown": re.sub(r"^(?:https://|mailto:|tel:)", "", address)}
        for name, address in given.items()
        if address != "none"
    ]


def _search(localized: LocalizedLibrary) -> dict[str, str]:
    """Return the values for the search template: the index, and the links that are shown when nothing is found."""
    guides = {guide.facts.audience: guide.slug for guide in localized.library.guides}
    address = partial(page_paths.address, directories=localized.directories)
    return {
        "language": localized.language.partition("-")[0],
        "index": search_path(localized.language),
        "tutorials": address(page_paths.TUTORIALS),
        "guide": address(page_paths.guide_path(guides[COORDINATOR])) if COORDINATOR in guides else "",
    }


def _feedback(project: Project) -> str:
    """Return the address for feedback, with `{slug}` for the tutorial's slug and no other data."""
    address = project.settings.feedback or ""
    return f"{address}?subject={{slug}}" if address.startswith("mailto:") else address


def _language(labels: Labels, current: bool) -> dict[str, object]:
    return {"code": labels.language, "name": labels("language"), "current": current}


def _plugins(project: Project, marker_secret: str) -> list[object]:
    """Return the project's plugins without a builder's own search, and the sanitiser as the last one."""
    kept = [(name, dict(options)) for name, options in project.further_plugins]
    # Zensical adds its search unless it is disabled; the other builders only add a search that is listed.
    off = [{"search": {"enabled": False}}] if marker_secret else []
    return [*({name: options} if options else name for name, options in kept), *off, SANITISER_PLUGIN]


def _palette(labels: Labels) -> list[dict[str, object]]:
    """Return the colours of the device, light and dark, with the switch between them in the page's language."""
    colours = {"primary": "custom", "accent": "custom"}
    schemes: tuple[tuple[str, dict[str, str], str, str], ...] = (
        ("(prefers-color-scheme)", {}, "brightness-auto", "palette_auto"),
        ("(prefers-color-scheme: light)", {"scheme": "default", **colours}, "weather-sunny", "palette_light"),
        ("(prefers-color-scheme: dark)", {"scheme": "slate", **colours}, "weather-night", "palette_dark"),
    )
    return [
        {"media": media, **(scheme or colours), "toggle": {"icon": f"material/{icon}", "name": labels(label)}}
        for media, scheme, icon, label in schemes
    ]


def _theme_labels(labels: Labels) -> dict[str, object]:
    """Return the labels that the theme's templates need, with non-breaking spaces."""
    words = {key: labels(key) for key in THEME_LABELS} | {key: labels.group(key) for key in THEME_GROUPS}
    # Scripts fill in the number.
    return {**cast("dict[str, object]", _label_with_no_break_spaces(words)), "level_n": labels("level_n", n="{n}")}


def _label_with_no_break_spaces(label: object) -> object:
    if isinstance(label, Mapping):
        return {key: value if key in _IN_FILES else _label_with_no_break_spaces(value) for key, value in label.items()}
    return with_no_break_spaces(label) if isinstance(label, str) else label
