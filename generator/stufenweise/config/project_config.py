"""Read a project's configuration: its mkdocs.yml as a `Project`, or all its problems."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import urljoin

from stufenweise.config.brand_checks import colour_problems, file_problems
from stufenweise.config.label_overrides import read_label_overrides
from stufenweise.config.mkdocs_keys import OURS, key_problems
from stufenweise.config.mkdocs_yaml import MkdocsYaml, read_mkdocs_yaml
from stufenweise.config.project import WORK_FOLDER, Project
from stufenweise.config.project_settings import (
    ProjectSettings,
    first_language_problem,
    known_languages,
    read_settings,
    site_labels,
)
from stufenweise.core.package_files import package_folder
from stufenweise.i18n.labels import Labels
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Problem, new_problem
from stufenweise.source.suggest import suggest
from stufenweise.source.yaml.yaml_positions import YamlDocument

CONFIG_NAME = "mkdocs.yml"
_FOLLOWS = {
    "vocabulary": {"unknown-word", "unknown-form", "word-forms-missing"},
    "hide": {"link-hidden", "hidden-unknown", "hidden-all", "hidden-goals", "hidden-programme"},
}
"""By setting, the codes of content problems that an unreadable setting can cause."""


@dataclass(frozen=True, slots=True)
class ProjectConfig:
    """The project of a mkdocs.yml, as far as it is readable."""

    project: Project | None
    """None if its content or its languages are unknown."""
    problems: tuple[Problem, ...] = ()
    unread: frozenset[str] = frozenset()
    """Names of our settings that could not be read."""

    @property
    def follow_ups(self) -> frozenset[str]:
        """Codes of content problems that unreadable settings can cause."""
        return frozenset(code for name in self.unread for code in _FOLLOWS.get(name, ()))


def read_project_config(
    config_file: Path, site_dir: Path | None = None, work_parent: Path | None = None
) -> ProjectConfig:
    """Return the project of a mkdocs.yml, and all problems of its configuration.

    Args:
        config_file: Path of the configuration.
        site_dir: Folder to publish to, if not the configuration's own.
        work_parent: Folder that holds the work folder, if not the configuration's own.
    """
    read = read_mkdocs_yaml(config_file)
    if read.value is None:
        return ProjectConfig(None, read.problems)
    file = config_file.resolve()
    config = _checked_config(file, read.value, site_dir, work_parent.resolve() if work_parent else file.parent)
    settings = config.settings
    if not config.is_usable:
        return ProjectConfig(None, config.problems, settings.unread)
    base = package_folder("content") if settings.value.overlay or not config.folders.content.is_dir() else None
    if base and (language_problem := first_language_problem(settings, base, config.positions)):
        return ProjectConfig(None, (*config.problems, language_problem), settings.unread)
    return ProjectConfig(_project(config, base, read.value), config.problems, settings.unread)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Folders:
    """The folders of a configuration."""

    root: Path
    """Folder of the configuration."""
    shown_content: ShownPath
    """The content folder as the configuration writes it."""
    content: Path
    published: Path
    work_parent: Path
    theme_name: str
    """The project's own theme folder as the configuration writes it; empty without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _CheckedConfig:
    """A configuration without the keys that have problems, and the results read from it."""

    file: Path
    keys: Mapping[str, object]
    positions: YamlDocument
    plugins: Sequence[tuple[str, object]]
    own_labels: Mapping[str, Labels]
    settings: ProjectSettings
    folders: _Folders
    theme_folders: tuple[Path, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    is_usable: bool
    """Whether content and languages are known, so that there can be a project."""


def _checked_config(config_file: Path, read: MkdocsYaml, site_dir: Path | None, work_parent: Path) -> _CheckedConfig:
    """Read keys, settings, labels and folders of a configuration, and collect their problems."""
    root, positions = config_file.parent, read.positions
    key_faults = list(key_problems(read.values, positions))
    lost_keys = {name for name, _ in key_faults}
    keys = {key: value for key, value in read.values.items() if key not in lost_keys}
    plugins = _plugins(keys.get("plugins"))
    own_labels, label_problems = read_label_overrides(root)
    settings = read_settings(dict(plugins).get(OURS), positions, own_labels)
    folders = _folders(root, keys, site_dir, work_parent)
    theme_folders, theme_problems = _theme_folders(folders, positions)
    content_problem = _content_problem(folders, positions)
    problems = [
        *positions.problems,
        *(problem for _, problem in key_faults),
        *settings.problems,
        *(problem for problem in label_problems if problem.is_error),
        *theme_problems,
        *([content_problem] if content_problem else []),
        *colour_problems(settings.value, positions, settings.path),
    ]
    if not theme_problems:
        problems += file_problems(keys, (folders.content, *theme_folders), positions, root)
    is_unknown = content_problem or settings.unread & {"languages", "overlay"} or lost_keys & {"docs_dir", "plugins"}
    return _CheckedConfig(
        file=config_file,
        keys=keys,
        positions=positions,
        plugins=plugins,
        own_labels=own_labels,
        settings=settings,
        folders=folders,
        theme_folders=theme_folders,
        problems=tuple(problems),
        warnings=tuple(problem for problem in label_problems if not problem.is_error),
        is_usable=not is_unknown,
    )


def _project(config: _CheckedConfig, base: Path | None, read: MkdocsYaml) -> Project:
    """Build the project of a usable configuration."""
    keys, settings, positions, folders = config.keys, config.settings, config.positions, config.folders
    url = str(keys.get("site_url") or "")
    theme = {key: value for key, value in _theme(keys).items() if key != "custom_dir"}
    return Project(
        config_file=config.file,
        settings=settings.value,
        site_name=str(keys.get("site_name") or "Stufenweise"),
        site_dir=folders.published,
        site_url=url if not url or url.endswith("/") else f"{url}/",
        content=folders.content,
        shown_content=folders.shown_content,
        edit_root=_edit_root(str(keys.get("repo_url") or ""), str(keys.get("edit_uri") or "")),
        directories=keys.get("use_directory_urls") is not False,
        theme={"name": "material", **theme},
        # Options that are no map are a problem (`mkdocs_keys`).
        plugins=tuple(
            (name, options if isinstance(options, dict) else {}) for name, options in config.plugins if name != OURS
        ),
        labels=site_labels(settings.value.languages, config.own_labels, settings.value.form_of_address),
        overrides=config.theme_folders,
        base=base,
        visibility=settings.visibility(positions),
        word_places=settings.word_places(positions),
        paused=tuple(sorted(known_languages(config.own_labels) - {*settings.value.languages})),
        hooks=_hooks(keys.get("hooks")),
        config_digest=read.digest,
        parent_configs=read.parents,
        work_parent=folders.work_parent,
        warnings=config.warnings,
    )


def _folders(root: Path, config: Mapping[str, object], site_dir: Path | None, work_parent: Path) -> _Folders:
    content = str(config.get("docs_dir") or "content")
    published = site_dir.resolve() if site_dir else root / str(config.get("site_dir") or "site")
    theme_name = str(_theme(config).get("custom_dir") or "")
    return _Folders(
        root=root,
        shown_content=ShownPath(content),
        content=root / content,
        published=published,
        work_parent=work_parent,
        theme_name=theme_name,
    )


def _theme(config: Mapping[str, object]) -> Mapping[str, object]:
    """Return the options of the theme, which may be only its name."""
    theme = config.get("theme") or {}
    return {"name": theme} if isinstance(theme, str) else cast("Mapping[str, object]", theme)


def _theme_folders(folders: _Folders, positions: YamlDocument) -> tuple[tuple[Path, ...], list[Problem]]:
    """Return the theme folders, the package's first, and problems of the project's own."""
    package, name = package_folder("overrides"), folders.theme_name
    own = (folders.root / name).resolve()
    if not name or own == package.resolve():
        return (package,), []
    place = positions.place(("theme", "custom_dir"))
    if _overlaps(own, (folders.root,), (folders.content, folders.published, folders.work_parent / WORK_FOLDER)):
        return (package,), [new_problem(place, "content-cyclic", folder=name)]
    if own.is_dir():
        return (package, own), []
    suggestion = suggest(name, (entry.name for entry in folders.root.iterdir() if entry.is_dir()))
    return (package,), [new_problem(place, "folder-missing", folder=name, nearest=suggestion)]


def _content_problem(folders: _Folders, positions: YamlDocument) -> Problem | None:
    """Return why a folder can't hold the content, or None."""
    root, name, content = folders.root, folders.shown_content, folders.content
    place = positions.place(("docs_dir",))
    if Path(name).is_absolute() or re.match(r"[A-Za-z]:|[\\/]", name):
        return new_problem(place, "content-absolute", folder=name)
    if _overlaps(content, (root,), (folders.published, folders.work_parent / WORK_FOLDER)):
        cause = place if ("docs_dir",) in positions.keys else positions.place(("site_dir",))
        return new_problem(cause, "content-cyclic", folder=name)
    if root.resolve() not in content.resolve().parents:
        return new_problem(place, "content-outside", folder=name)
    if content.resolve() != root.resolve() / os.path.normpath(name):
        return new_problem(place, "symlink")
    suggestion = suggest(name, (entry.name for entry in root.iterdir() if entry.is_dir()))
    if not content.is_dir() and suggestion:
        return new_problem(place, "folder-missing", folder=name, nearest=suggestion)
    return None


def _overlaps(folder: Path, above: Sequence[Path], beside: Sequence[Path]) -> bool:
    """Return whether a folder equals or contains another one, or is inside one that must be separate."""
    resolved = folder.resolve()
    other_folders = [other.resolve() for other in (*above, *beside)]
    is_inside = any(other.resolve() in resolved.parents for other in beside)
    return is_inside or any(resolved == other or resolved in other.parents for other in other_folders)


def _plugins(value: object) -> list[tuple[str, object]]:
    """Return the plugins with their options as written, whichever of MkDocs's notations they are written in."""
    if value is None:
        return []
    entries: list[object] = list(value) if isinstance(value, list) else []
    if isinstance(value, dict):
        entries = [{name: options} for name, options in value.items()]
    result: list[tuple[str, object]] = []
    for entry in entries:
        if isinstance(entry, dict):
            result += [(str(name), options or {}) for name, options in entry.items()]
        else:
            result.append((str(entry), {}))
    return result


def _hooks(value: object) -> tuple[str, ...]:
    """Return the paths of the hooks."""
    return tuple(str(path) for path in value) if isinstance(value, (list, dict)) else ()


def _edit_root(repo_url: str, edit_uri: str) -> str:
    """Return the base address for editing content, joined like in MkDocs."""
    if not edit_uri or not repo_url:
        return ""
    root = urljoin(repo_url if repo_url.endswith("/") else f"{repo_url}/", edit_uri)
    return root if root.endswith("/") else f"{root}/"
