"""MkDocs's own keys in mkdocs.yml: known names, and types of those we read.

MkDocs reports such mistakes too, but later, one at a time, and an unknown key only in its log.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points
from typing import Annotated, ClassVar, cast

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from stufenweise.model.facts import Plain
from stufenweise.model.problem import Problem, Subject, new_problem, short_value
from stufenweise.model.settings import ADDRESS_PATTERN
from stufenweise.source.suggest import suggest
from stufenweise.source.yaml.validation import validate_facts
from stufenweise.source.yaml.yaml_positions import Value, YamlDocument

OURS = "stufenweise"
"""Name of our plugin."""
KNOWN = frozenset(
    {
        "INHERIT", "copyright", "dev_addr", "docs_dir", "draft_docs", "edit_uri", "edit_uri_template", "exclude_docs",
        "extra", "extra_css", "extra_javascript", "extra_templates", "hooks", "markdown_extensions", "mdx_configs",
        "nav", "not_in_nav", "plugins", "remote_branch", "remote_name", "repo_name", "repo_url", "site_author",
        "site_description", "site_dir", "site_name", "site_url", "strict", "theme", "use_directory_urls", "validation",
        "watch",
    }
)  # fmt: skip
"""Keys that a mkdocs.yml can have (https://www.mkdocs.org/user-guide/configuration/)."""


PLUGIN_GROUPS = ("mkdocs.plugins", "properdocs.plugins")
"""Groups of entry points in which builders look for plugins."""


class _Keys(BaseModel):
    """Keys of the theme or of extensions; we read some of them."""

    model_config: ClassVar[ConfigDict] = ConfigDict(strict=True, extra="ignore")


class _Theme(_Keys):
    name: Plain | None = None
    custom_dir: Plain | None = None
    logo: Plain | None = None
    favicon: Plain | None = None
    features: tuple[str, ...] | None = None


class _Site(_Keys):
    site_name: Plain | None = None
    site_url: Annotated[str, Field(pattern=ADDRESS_PATTERN)] | None = None
    docs_dir: Plain | None = None
    site_dir: Plain | None = None
    repo_url: str | None = None
    edit_uri: str | None = None
    use_directory_urls: bool | None = None
    theme: _Theme | None = None
    extra_css: tuple[str, ...] | None = None
    extra_javascript: tuple[object, ...] | None = None


_SITE = TypeAdapter(_Site)


def key_problems(config: Mapping[str, object], positions: YamlDocument) -> Iterator[tuple[str, Problem]]:
    """Yield problems of MkDocs's own keys, each with the top-level key that it is about.

    Args:
        config: The configuration.
        positions: Positions in it.
    """
    for key in config:
        if key not in KNOWN:
            suggestion = suggest(str(key), KNOWN)
            yield (
                str(key),
                new_problem(positions.place((str(key),), key=True), "unknown-key", key=key, nearest=suggestion),
            )
    for key, value in config.items():
        if key in _Site.model_fields:
            options = {"name": value} if key == "theme" and isinstance(value, str) else value
            yield from (
                (key, problem) for problem in validate_facts(_SITE, positions, {key: lists_to_tuples(options)}).problems
            )
    yield from (("plugins", problem) for problem in _plugin_problems(config, positions))


def _plugin_problems(config: Mapping[str, object], positions: YamlDocument) -> Iterator[Problem]:
    """Yield problems of the list of plugins."""
    value, theme = config.get("plugins"), config.get("theme")
    if value is not None and not isinstance(value, (list, dict)):
        yield new_problem(
            positions.place(("plugins",)),
            "expected-list",
            Subject(nearest=short_value(value)),
            key="plugins",
            value=short_value(value),
        )
        return
    entries = {entry.name for group in PLUGIN_GROUPS for entry in entry_points(group=group)}
    installed = [name for name in sorted(entries) if not name.startswith(f"{OURS}-")]
    theme_name = theme.get("name") if isinstance(theme, dict) else theme
    # The theme's own plugins may be named without the theme (mkdocs/config/config_options.py, `Plugins`).
    known = {*installed, *(name.removeprefix(f"{theme_name}/") for name in installed)}
    named: set[str] = set()
    for index, entry in enumerate(value or ()):
        place = positions.place(("plugins", index if isinstance(value, list) else str(entry)), key=True)
        options = entry if isinstance(entry, dict) else value if isinstance(value, dict) else {}
        names = list(entry) if isinstance(entry, dict) else [entry]
        if len(names) != 1 or not isinstance(names[0], str):
            yield new_problem(place, "expected-text", key="plugins", value=short_value(entry))
        elif names[0] not in known:
            values = {"key": "plugins", "value": names[0], "nearest": suggest(names[0], installed)}
            yield new_problem(place, "unknown-value", expected=", ".join(installed), **values)
        elif names[0] in named:
            yield new_problem(place, "repeated-value", value=names[0], key="plugins")
        elif names[0] != OURS and not isinstance(options.get(names[0]) or {}, dict):
            yield new_problem(place, "expected-map", key=names[0], value=short_value(options[names[0]]))
        named |= {str(name) for name in names}


def lists_to_tuples(value: object) -> Value:
    """Convert lists in plain YAML data to tuples for strict models."""
    if isinstance(value, dict):
        return {key: lists_to_tuples(member) for key, member in value.items()}
    if isinstance(value, list):
        return tuple(lists_to_tuples(member) for member in value)
    return cast("Value", value)
