"""A project read from its mkdocs.yml, with MkDocs's own loader, so that INHERIT and !ENV mean what they mean there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import cast
from urllib.parse import urljoin

import yaml
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load
from pydantic import TypeAdapter

from generator.assemble.labels import label_languages, use_labels
from generator.assemble.project import Project
from generator.load.front_matter import facts
from generator.load.hidden import Hidden
from generator.load.nearest import nearest
from generator.load.yaml_tree import Path as TreePath
from generator.load.yaml_tree import Tree, Value, read_yaml
from generator.model.problem import Place, Problem, problem
from generator.model.settings import Settings
from generator.render.brand import colour_problems, file_problems
from generator.render.own_labels import own_labels
from generator.render.shipped import shipped

CONFIG_NAME = "mkdocs.yml"
_SETTINGS = TypeAdapter(Settings)


def read_project(config_file: Path, site_dir: Path | None = None) -> Project | list[Problem]:
    """Return the project of a mkdocs.yml, or everything that is wrong with it.

    Args:
        config_file: Path of the configuration.
        site_dir: Folder to publish to, if not the configuration's own.
    """
    shown = config_file.name
    try:
        text = config_file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return [problem(Place(shown), "config-missing")]
    except (OSError, UnicodeDecodeError) as error:
        return [problem(Place(shown), "unreadable", reason=str(error))]
    tree = read_yaml(text, shown, lenient=True)
    if tree.problems:
        return tree.problems
    try:
        with config_file.open("rb") as file:
            config = yaml_load(file)
    except (ConfigurationError, yaml.YAMLError, OSError) as error:
        return [problem(Place(shown), "config-unusable", reason=" ".join(str(error).split())[:200])]
    if not isinstance(config, dict):
        return [problem(Place(shown), "expected-map", key=shown, value="…")]
    return _project(config_file.resolve(), config, tree, site_dir)


def _project(
    config_file: Path, config: Mapping[str, object], tree: Tree, site_dir: Path | None
) -> Project | list[Problem]:
    root = config_file.parent
    plugins = _plugins(config.get("plugins"))
    path = _options_path(tree)
    brought, wrong_labels = own_labels(root)
    use_labels(brought)
    read = facts(_SETTINGS, tree, _frozen(dict(plugins).get("stufenweise") or {}), path)
    settings = Settings() if isinstance(read, list) else read
    problems = [*read] if isinstance(read, list) else _language_problems(settings, tree, path)
    problems += wrong_labels
    hide = settings.hide
    hidden = Hidden(
        {level: tree.place((*path, "hide", "levels", index)) for index, level in enumerate(hide.levels)},
        {slug: tree.place((*path, "hide", "tutorials", index)) for index, slug in enumerate(hide.tutorials)},
        {slug: tree.place((*path, "programmes", index)) for index, slug in enumerate(settings.programmes)},
    )
    theme = config.get("theme") or {}
    options = {"name": theme} if isinstance(theme, str) else dict(cast("Mapping[str, object]", theme))
    options.setdefault("name", "material")
    own = options.pop("custom_dir", None)
    layers = [shipped("overrides")]
    if own and (folder := (root / str(own)).resolve()) != layers[0].resolve():
        if not folder.is_dir():
            problems.append(problem(tree.place(("theme", "custom_dir")), "folder-missing", folder=str(own)))
        layers.append(folder)
    content_name = str(config.get("docs_dir") or "content")
    content = root / content_name
    published = site_dir.resolve() if site_dir else root / str(config.get("site_dir") or "site")
    if wrong := _content_problem(content_name, content, published, root, tree):
        problems.append(wrong)
    problems += colour_problems(settings, tree, path)
    problems += file_problems(config, (content, *layers), tree)
    if problems:
        return sorted(problems)
    beneath = shipped("content") if settings.overlay else None
    if not content.is_dir() and beneath is None:
        content = shipped("content")
    url = str(config.get("site_url") or "")
    return Project(
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
        tuple((name, given) for name, given in plugins if name != "stufenweise"),
        tuple(layers),
        beneath,
        hidden,
    )


def _language_problems(settings: Settings, tree: Tree, path: TreePath) -> list[Problem]:
    """Return a problem for each of the site's languages that has no labels."""
    known = label_languages()
    return [
        problem(
            tree.place((*path, "languages", index)),
            "language-without-labels",
            language=language,
            known=", ".join(known),
            nearest=nearest(language, known),
        )
        for index, language in enumerate(settings.languages)
        if language not in known
    ]


def _content_problem(name: str, content: Path, published: Path, root: Path, tree: Tree) -> Problem | None:
    """Return why a folder can't hold the content, or None."""
    place = tree.place(("docs_dir",))
    if Path(name).is_absolute() or re.match(r"[A-Za-z]:|[\\/]", name):
        return problem(place, "content-absolute", folder=name)
    folder = content.resolve()
    for other in (root.resolve(), published.resolve()):
        if folder == other or folder in other.parents or (other != root.resolve() and other in folder.parents):
            return problem(place, "content-cyclic", folder=name)
    return None


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


def _options_path(tree: Tree) -> TreePath:
    """Return the path of our options in the configuration, for positions."""
    for path in tree.keys:
        if path[0] == "plugins" and path[-1] == "stufenweise":
            return path
    return ()


def _frozen(value: object) -> Value:
    """Return plain YAML data with lists as tuples, as the strict model takes them."""
    if isinstance(value, dict):
        return {key: _frozen(member) for key, member in value.items()}
    if isinstance(value, list):
        return tuple(_frozen(member) for member in value)
    return cast("Value", value)


def _edit_root(repo_url: str, edit_uri: str) -> str:
    """Return the address below which content can be edited, put together as MkDocs does it."""
    if not edit_uri or not repo_url:
        return ""
    root = urljoin(repo_url if repo_url.endswith("/") else f"{repo_url}/", edit_uri)
    return root if root.endswith("/") else f"{root}/"
