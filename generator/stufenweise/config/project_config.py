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
from stufenweise.config.project_settings import first_language_problem, known_languages, read_settings, site_labels
from stufenweise.model.problem import Problem, problem
from stufenweise.package_files import package_folder
from stufenweise.source.suggest import suggest
from stufenweise.source.yaml_positions import YamlDocument

CONFIG_NAME = "mkdocs.yml"
_FOLLOWS = {
    "vocabulary": {"unknown-word", "unknown-form", "word-forms-missing"},
    "hide": {"link-hidden", "hidden-unknown", "hidden-all", "hidden-goals", "hidden-programme"},
}
"""Problems of the content that may only follow from a setting that could not be read."""


@dataclass(frozen=True, slots=True)
class ProjectConfig:
    """What a mkdocs.yml says of a project."""

    project: Project | None
    """The project as far as it is known; None where its content or its languages are not."""
    problems: tuple[Problem, ...] = ()
    unread: frozenset[str] = frozenset()
    """Names of our settings that could not be read."""

    @property
    def follow_ups(self) -> frozenset[str]:
        """Codes of problems of the content that may only follow from a setting that could not be read."""
        return frozenset(code for name in self.unread for code in _FOLLOWS.get(name, ()))


def read_project_config(
    config_file: Path, site_dir: Path | None = None, work_home: Path | None = None
) -> ProjectConfig:
    """Return the project of a mkdocs.yml, and everything that is wrong with its configuration.

    Args:
        config_file: Path of the configuration.
        site_dir: Folder to publish to, if not the configuration's own.
        work_home: Folder that holds the work folder, if not the configuration's.
    """
    config = read_mkdocs_yaml(config_file)
    if isinstance(config, list):
        return ProjectConfig(None, tuple(config))
    return _project(config_file.resolve(), config, site_dir, work_home and work_home.resolve())


def _project(config_file: Path, read: MkdocsYaml, site_dir: Path | None, work_home: Path | None) -> ProjectConfig:
    """Return the project as far as it is known, and what is wrong with its configuration."""
    root, config, positions = config_file.parent, read.values, read.positions
    wrong_keys = list(key_problems(config, positions))
    lost_keys = {name for name, _ in wrong_keys}
    config = {key: value for key, value in config.items() if key not in lost_keys}
    plugins = _plugins(config.get("plugins"))
    own_labels, label_problems = read_label_overrides(root)
    settings = read_settings(dict(plugins).get(OURS), positions, own_labels)
    folders = _folders(root, config, site_dir, work_home or root)
    theme_folders, theme_problems = _theme_folders(folders, positions)
    content_problem = _content_problem(folders, positions)
    problems = [
        *positions.problems,
        *(one for _, one in wrong_keys),
        *settings.problems,
        *(one for one in label_problems if one.is_error),
        *theme_problems,
        *([content_problem] if content_problem else []),
        *colour_problems(settings.value, positions, settings.path),
    ]
    if not theme_problems:
        problems += file_problems(config, (folders.content, *theme_folders), positions, root)
    unread = settings.unread
    if content_problem or unread & {"languages", "overlay"} or lost_keys & {"docs_dir", "plugins"}:
        return ProjectConfig(None, tuple(problems), unread)
    base = package_folder("content") if settings.value.overlay or not folders.content.is_dir() else None
    if base and (first := first_language_problem(settings, base, positions)):
        return ProjectConfig(None, (*problems, first), unread)
    url = str(config.get("site_url") or "")
    theme = {key: value for key, value in _theme(config).items() if key != "custom_dir"}
    project = Project(
        config_file=config_file,
        settings=settings.value,
        site_name=str(config.get("site_name") or "Stufenweise"),
        site_dir=folders.published,
        site_url=url if not url or url.endswith("/") else f"{url}/",
        content=folders.content,
        content_path=folders.content_name,
        edit_root=_edit_root(str(config.get("repo_url") or ""), str(config.get("edit_uri") or "")),
        directories=config.get("use_directory_urls") is not False,
        theme={"name": "material", **theme},
        plugins=tuple((name, given) for name, given in plugins if name != OURS),
        labels=site_labels(settings.value.languages, own_labels, settings.value.form_of_address),
        overrides=theme_folders,
        base=base,
        visibility=settings.visibility(positions),
        word_places=settings.word_places(positions),
        paused=known_languages(own_labels) - {*settings.value.languages},
        hooks=_hooks(config.get("hooks")),
        config_digest=read.digest,
        work_home=work_home,
        warnings=tuple(one for one in label_problems if not one.is_error),
    )
    return ProjectConfig(project, tuple(problems), unread)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Folders:
    """The folders that a configuration names."""

    root: Path
    """That of the configuration."""
    content_name: str
    """How the configuration writes the content folder."""
    content: Path
    published: Path
    work: Path
    theme_name: str
    """How it writes the theme folder of the project's own; empty without one."""


def _folders(root: Path, config: Mapping[str, object], site_dir: Path | None, work_home: Path) -> _Folders:
    content = str(config.get("docs_dir") or "content")
    published = site_dir.resolve() if site_dir else root / str(config.get("site_dir") or "site")
    theme_name = str(_theme(config).get("custom_dir") or "")
    return _Folders(
        root=root,
        content_name=content,
        content=root / content,
        published=published,
        work=work_home / WORK_FOLDER,
        theme_name=theme_name,
    )


def _theme(config: Mapping[str, object]) -> Mapping[str, object]:
    """Return the options of the theme, which may be written as its name alone."""
    theme = config.get("theme") or {}
    return {"name": theme} if isinstance(theme, str) else cast("Mapping[str, object]", theme)


def _theme_folders(folders: _Folders, positions: YamlDocument) -> tuple[tuple[Path, ...], list[Problem]]:
    """Return the theme folders, the package's first, and what is wrong with the project's own."""
    package, name = package_folder("overrides"), folders.theme_name
    own = (folders.root / name).resolve()
    if not name or own == package.resolve():
        return (package,), []
    place = positions.place(("theme", "custom_dir"))
    if _overlaps(own, (folders.root,), (folders.content, folders.published, folders.work)):
        return (package,), [problem(place, "content-cyclic", folder=name)]
    if own.is_dir():
        return (package, own), []
    near = suggest(name, (one.name for one in folders.root.iterdir() if one.is_dir()))
    return (package,), [problem(place, "folder-missing", folder=name, nearest=near)]


def _content_problem(folders: _Folders, positions: YamlDocument) -> Problem | None:
    """Return why a folder can't hold the content, or None."""
    root, name, content = folders.root, folders.content_name, folders.content
    place = positions.place(("docs_dir",))
    if Path(name).is_absolute() or re.match(r"[A-Za-z]:|[\\/]", name):
        return problem(place, "content-absolute", folder=name)
    if _overlaps(content, (root,), (folders.published, folders.work)):
        at = place if ("docs_dir",) in positions.keys else positions.place(("site_dir",))
        return problem(at, "content-cyclic", folder=name)
    if root.resolve() not in content.resolve().parents:
        return problem(place, "content-outside", folder=name)
    if content.resolve() != root.resolve() / os.path.normpath(name):
        return problem(place, "symlink")
    if not content.is_dir() and (near := suggest(name, (one.name for one in root.iterdir() if one.is_dir()))):
        return problem(place, "folder-missing", folder=name, nearest=near)
    return None


def _overlaps(folder: Path, above: Sequence[Path], beside: Sequence[Path]) -> bool:
    """Return whether a folder holds one of others, or lies in one of those that have to be beside it."""
    own = folder.resolve()
    others = [other.resolve() for other in (*above, *beside)]
    inside = any(other.resolve() in own.parents for other in beside)
    return inside or any(own == other or own in other.parents for other in others)


def _plugins(value: object) -> list[tuple[str, Mapping[str, object]]]:
    """Return the plugins with their options, whichever of MkDocs's notations they are written in."""
    if value is None:
        return []
    entries: list[object] = list(value) if isinstance(value, list) else []
    if isinstance(value, dict):
        entries = [{name: options} for name, options in value.items()]
    result: list[tuple[str, Mapping[str, object]]] = []
    for entry in entries:
        if isinstance(entry, dict):
            result += [(str(name), options or {}) for name, options in entry.items()]
        else:
            result.append((str(entry), {}))
    return result


def _hooks(value: object) -> tuple[str, ...]:
    """Return the paths of the hooks."""
    return tuple(str(one) for one in value) if isinstance(value, (list, dict)) else ()


def _edit_root(repo_url: str, edit_uri: str) -> str:
    """Return the address below which content can be edited, put together as MkDocs does it."""
    if not edit_uri or not repo_url:
        return ""
    root = urljoin(repo_url if repo_url.endswith("/") else f"{repo_url}/", edit_uri)
    return root if root.endswith("/") else f"{root}/"
