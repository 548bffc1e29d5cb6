"""The configuration of a project: its mkdocs.yml as a `Project`, or everything that is wrong with it."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import urljoin

from pydantic import TypeAdapter

from stufenweise.config.brand_checks import colour_problems, file_problems
from stufenweise.config.label_overrides import read_label_overrides
from stufenweise.config.mkdocs_keys import OURS, frozen, key_problems
from stufenweise.config.mkdocs_yaml import MkdocsYaml, read_mkdocs_yaml
from stufenweise.config.project import WORK_FOLDER, Project
from stufenweise.i18n.labels import Labels, label_languages, package_labels
from stufenweise.model.kinds import HOME
from stufenweise.model.problem import Problem, problem
from stufenweise.model.settings import Settings
from stufenweise.overlay.visibility import Visibility
from stufenweise.package_data import package_folder
from stufenweise.source.front_matter import validate_facts
from stufenweise.source.suggest import suggest, unknown_language_problem
from stufenweise.source.yaml_positions import Value, YamlDocument
from stufenweise.source.yaml_positions import YamlPath as TreePath

CONFIG_NAME = "mkdocs.yml"
_SETTINGS = TypeAdapter(Settings)
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


def read_project_config(config_file: Path, site_dir: Path | None = None) -> ProjectConfig:
    """Return the project of a mkdocs.yml, and everything that is wrong with its configuration.

    Args:
        config_file: Path of the configuration.
        site_dir: Folder to publish to, if not the configuration's own.
    """
    config = read_mkdocs_yaml(config_file)
    if isinstance(config, list):
        return ProjectConfig(None, tuple(config))
    project, problems, unread = _project(config_file.resolve(), config, site_dir)
    return ProjectConfig(project, tuple(problems), frozenset(unread))


def _project(
    config_file: Path, read: MkdocsYaml, site_dir: Path | None
) -> tuple[Project | None, list[Problem], set[str]]:
    """Return the project as far as it is known, what is wrong with it, and the names of the settings that are lost.

    There is none if it is not known where the content lies or in which languages it is.
    """
    root, config, tree = config_file.parent, read.values, read.positions
    wrong_keys = list(key_problems(config, tree))
    problems = [*tree.problems, *(one for _, one in wrong_keys)]
    config = {key: value for key, value in config.items() if key not in {name for name, _ in wrong_keys}}
    plugins = _plugins(config.get("plugins"))
    path = _options_path(tree)
    own_labels, wrong_labels = read_label_overrides(root)
    settings, wrong_settings, lost = _settings(dict(plugins).get(OURS) or {}, tree, path)
    warnings = tuple(one for one in wrong_labels if not one.is_error)
    problems += wrong_settings + [one for one in wrong_labels if one.is_error]
    if "languages" not in lost:
        problems += _language_problems(settings, own_labels, tree, path) + _vocabulary_problems(settings, tree, path)
    hide = settings.hide
    visibility = Visibility(
        {level: tree.place((*path, "hide", "levels", index)) for index, level in enumerate(hide.levels)},
        {slug: tree.place((*path, "hide", "tutorials", index)) for index, slug in enumerate(hide.tutorials)},
        {slug: tree.place((*path, "programmes", index)) for index, slug in enumerate(settings.programmes)},
        {code: tree.place((*path, "hide", "goals", index)) for index, code in enumerate(hide.goals)},
    )
    content_name = str(config.get("docs_dir") or "content")
    content = root / content_name
    published = site_dir.resolve() if site_dir else root / str(config.get("site_dir") or "site")
    theme = config.get("theme") or {}
    options = {"name": theme} if isinstance(theme, str) else dict(cast("Mapping[str, object]", theme))
    options.setdefault("name", "material")
    own = options.pop("custom_dir", None)
    layers = [package_folder("overrides")]
    if own and (folder := (root / str(own)).resolve()) != layers[0].resolve():
        place = tree.place(("theme", "custom_dir"))
        if _clashes(folder, (root,), (content, published, root / WORK_FOLDER)):
            problems.append(problem(place, "content-cyclic", folder=str(own)))
        elif folder.is_dir():
            layers.append(folder)
        else:
            near = suggest(str(own), (one.name for one in root.iterdir() if one.is_dir()))
            problems.append(problem(place, "folder-missing", folder=str(own), nearest=near))
    misplaced = _content_problem(content_name, content, published, root, tree)
    problems += [misplaced] if misplaced else []
    problems += colour_problems(settings, tree, path)
    if own is None or len(layers) > 1:
        problems += file_problems(config, (content, *layers), tree, root)
    if misplaced or lost & {"languages", "overlay"} or {"docs_dir", "plugins"} & {name for name, _ in wrong_keys}:
        return None, problems, lost
    base = package_folder("content") if settings.overlay or not content.is_dir() else None
    if base and (first := _first_language_problem(settings, base, tree, path)):
        return None, [*problems, first], lost
    url = str(config.get("site_url") or "")
    project = Project(
        config_file,
        settings,
        str(config.get("site_name") or "Stufenweise"),
        published,
        url if not url or url.endswith("/") else f"{url}/",
        content,
        content_name,
        _edit_root(str(config.get("repo_url") or ""), str(config.get("edit_uri") or "")),
        config.get("use_directory_urls") is not False,
        options,
        tuple((name, given) for name, given in plugins if name != OURS),
        _labels(settings.languages, own_labels),
        tuple(layers),
        base,
        visibility,
        {
            (language, word): tree.place((*path, "vocabulary", language, word), key=True)
            for language, words in settings.vocabulary.items()
            for word in words
        },
        config_digest=read.digest,
        warnings=warnings,
    )
    return project, problems, lost


def _labels(languages: Sequence[str], own: Mapping[str, Labels]) -> dict[str, Labels]:
    """Return the labels of a site's languages; one that has none is left out, and told elsewhere."""
    package = label_languages()
    return {code: own.get(code) or package_labels(code) for code in languages if code in own or code in package}


def _settings(options: object, tree: YamlDocument, path: TreePath) -> tuple[Settings, list[Problem], set[str]]:
    """Return our settings without those that are wrong, what is wrong with them, and their names."""

    def read(value: Value) -> Settings | list[Problem]:
        return validate_facts(_SETTINGS, tree, value, path)

    given = frozen(options)
    whole = read(given)
    if isinstance(whole, Settings):
        return whole, [], set()
    if not isinstance(given, dict):
        return Settings(), whole, {*Settings.model_fields}
    known = {key: value for key, value in given.items() if key in Settings.model_fields}
    lost = {str(key) for key, value in known.items() if isinstance(read({key: value}), list)}
    left = read({key: value for key, value in known.items() if key not in lost})
    return (left if isinstance(left, Settings) else Settings()), whole, lost


def _language_problems(
    settings: Settings, own_labels: Collection[str], tree: YamlDocument, path: TreePath
) -> list[Problem]:
    """Return a problem for each of the site's languages that has no labels."""
    known = sorted({*own_labels, *label_languages()})
    return [
        problem(
            tree.place((*path, "languages", index)),
            "language-without-labels",
            language=language,
            known=", ".join(known),
            nearest=suggest(language, known),
        )
        for index, language in enumerate(settings.languages)
        if language not in known
    ]


def _first_language_problem(settings: Settings, package: Path, tree: YamlDocument, path: TreePath) -> Problem | None:
    """Return why the first language can't hold the facts of the package's texts, or None."""
    known = sorted(file.name.split(".")[1] for file in package.glob(f"{HOME.name}.*.md"))
    first = settings.languages[0]
    place = tree.place((*path, "languages", 0))
    return None if first in known else problem(place, "language-first", language=first, known=", ".join(known))


def _vocabulary_problems(settings: Settings, tree: YamlDocument, path: TreePath) -> list[Problem]:
    """Return a problem for each language with words of the company's own that the site does not have."""
    return [
        unknown_language_problem(tree.place((*path, "vocabulary", language), key=True), language, settings.languages)
        for language in settings.vocabulary
        if language not in settings.languages
    ]


def _content_problem(name: str, content: Path, published: Path, root: Path, tree: YamlDocument) -> Problem | None:
    """Return why a folder can't hold the content, or None."""
    place = tree.place(("docs_dir",))
    if Path(name).is_absolute() or re.match(r"[A-Za-z]:|[\\/]", name):
        return problem(place, "content-absolute", folder=name)
    if _clashes(content, (root,), (published, root / WORK_FOLDER)):
        return problem(
            place if ("docs_dir",) in tree.keys else tree.place(("site_dir",)), "content-cyclic", folder=name
        )
    if root.resolve() not in content.resolve().parents:
        return problem(place, "content-outside", folder=name)
    if content.resolve() != root.resolve() / os.path.normpath(name):
        return problem(place, "symlink")
    if not content.is_dir() and (near := suggest(name, (one.name for one in root.iterdir() if one.is_dir()))):
        return problem(place, "folder-missing", folder=name, nearest=near)
    return None


def _clashes(folder: Path, above: Sequence[Path], beside: Sequence[Path]) -> bool:
    """Return whether a folder holds one of others, or lies in one of those that have to be beside it."""
    own = folder.resolve()
    others = [other.resolve() for other in (*above, *beside)]
    inside = any(other.resolve() in own.parents for other in beside)
    return inside or any(own == other or own in other.parents for other in others)


def _plugins(value: object) -> list[tuple[str, Mapping[str, object]]]:
    """Return the plugins with their options, whichever of MkDocs's notations they are written in."""
    if value is None:
        return [("search", {})]
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


def _options_path(tree: YamlDocument) -> TreePath:
    """Return the path of our options in the configuration, for positions."""
    for path in tree.keys:
        if path[0] == "plugins" and path[-1] == "stufenweise":
            return path
    return ()


def _edit_root(repo_url: str, edit_uri: str) -> str:
    """Return the address below which content can be edited, put together as MkDocs does it."""
    if not edit_uri or not repo_url:
        return ""
    root = urljoin(repo_url if repo_url.endswith("/") else f"{repo_url}/", edit_uri)
    return root if root.endswith("/") else f"{root}/"
