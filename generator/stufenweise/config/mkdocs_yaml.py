"""Parse a mkdocs.yml once, to MkDocs's values with positions. Nothing in it is run.

`INHERIT` and `!ENV` mean what they mean to MkDocs (https://www.mkdocs.org/user-guide/configuration/). MkDocs's own
loader carries out whatever a tag such as `!!python/object/apply:os.system` names; an editor that checks a folder when
it is opened would do so too. Here tags are kept as they are written, if they are among those of Material's
documentation, and are problems otherwise; only the builder turns them into objects: whoever builds a project trusts it.

Positions are those of the file itself: a value that a parent gives has the place of the nearest key above it.
"""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, cast

import yaml
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from stufenweise.core.digests import digest_of
from stufenweise.model.outcome import Outcome
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Place, Problem, new_problem, short_value
from stufenweise.source.files.decoding import MAX_YAML_BYTES, decode, too_large_problem
from stufenweise.source.yaml.yaml_diagnostics import diagnose_yaml_error
from stufenweise.source.yaml.yaml_positions import Mark, YamlDocument, YamlPath, note_comments

MAX_CONFIG_DEPTH = 50
"""Deepest nesting of a configuration."""
_INT = "tag:yaml.org,2002:int"
_PYTHON = "tag:yaml.org,2002:python/"
NAMES = frozenset(
    {
        "material.extensions.emoji.to_svg", "material.extensions.emoji.twemoji", "materialx.emoji.to_svg",
        "materialx.emoji.twemoji", "pymdownx.arithmatex.arithmatex_fenced_format", "pymdownx.emoji.gemoji",
        "pymdownx.emoji.to_alt", "pymdownx.emoji.to_png", "pymdownx.emoji.to_svg", "pymdownx.emoji.twemoji",
        "pymdownx.slugs.uslugify", "pymdownx.superfences.fence_code_format", "pymdownx.superfences.fence_div_format",
    }
)  # fmt: skip
"""Names behind `!!python/name:` (https://squidfunk.github.io/mkdocs-material/setup/extensions/)."""
TAGS = frozenset(
    {
        "!relative",
        *(f"{_PYTHON}name:{name}" for name in NAMES),
        f"{_PYTHON}object/apply:pymdownx.slugs.slugify",
    }
)
"""Tags that are kept for the builder."""
SHOWN_TAG = 80
"""Most characters of a tag that a message quotes."""
_MkdocsLoader: type[yaml.SafeLoader] = get_yaml_loader(yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class TaggedValue:
    """A value with a tag that only the builder resolves."""

    tag: str
    value: object


@dataclass(frozen=True, slots=True)
class MkdocsYaml:
    """A configuration with MkDocs's values."""

    values: Mapping[str, object]
    positions: YamlDocument
    """Positions of its keys and values, with a problem for each repeated key."""
    digest: str
    """Digest of all inputs: the file, its parent files, and environment variables."""
    parents: tuple[Path, ...]
    """Real paths of the parent files."""


@dataclass(slots=True, kw_only=True)
class _Source:
    """Files and environment variables that a loader has read."""

    positions: YamlDocument
    files: list[bytes] = field(default_factory=list)
    environment: list[object] = field(default_factory=list)
    """Values of `!ENV`, in the order of the files."""
    root: Path
    """Folder of the configuration; paths in messages are relative to it."""
    paths: list[str] = field(default_factory=list)
    """Real paths of the files."""

    def digest(self) -> str:
        return digest_of(repr(self.environment), *self.files)


class _UnusableError(Exception):
    """The configuration can't be read; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class _NamedBytes(io.BytesIO):
    """The bytes of a file with its name: MkDocs looks for the parent file relative to it."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(data)
        self.name = name


def read_mkdocs_yaml(config_file: Path) -> Outcome[MkdocsYaml]:
    """Return the values of a mkdocs.yml with their positions, or the problem why it can't be read."""
    shown = ShownPath(config_file.name)
    try:
        if config_file.exists() and not config_file.is_file():
            return Outcome.failure(new_problem(Place(shown), "not-a-file"))
        data = config_file.read_bytes()
    except FileNotFoundError:
        return Outcome.failure(new_problem(Place(shown), "config-missing"))
    except OSError as error:
        return Outcome.failure(new_problem(Place(shown), "unreadable", reason=error.strerror or str(error)))
    decoded = decode(data, shown, MAX_YAML_BYTES)
    if (text := decoded.value) is None:
        return Outcome.failure(*decoded.problems)
    positions = YamlDocument(values={(): Place(shown, 1)})
    source = _Source(positions=positions, root=config_file.resolve().parent)
    loader = cast("type[yaml.BaseLoader]", partial(_PositionLoader, source))  # MkDocs only calls it
    try:
        values = yaml_load(_NamedBytes(data, str(config_file)), loader)
    except _UnusableError as error:
        return Outcome.failure(error.problem)
    except RecursionError:
        return Outcome.failure(new_problem(Place(shown), "yaml-depth", limit=MAX_CONFIG_DEPTH))
    except (ConfigurationError, yaml.YAMLError, OSError) as error:
        return Outcome.failure(_yaml_problem(error, text, positions, config_file))
    note_comments(positions, text, 1)
    return Outcome(MkdocsYaml(values, positions, source.digest(), tuple(map(Path, source.paths[1:]))))


class _PositionLoader(_MkdocsLoader):  # type: ignore[misc, valid-type]
    """MkDocs's loader, but it runs nothing, and records the files it reads and the positions in the first one."""

    def __init__(self, source: _Source, stream: IO[bytes]) -> None:
        data = stream.read()
        source.files.append(data)
        source.paths.append(os.path.realpath(stream.name))
        super().__init__(data)
        self.source = source
        self.name = stream.name

    def get_single_node(self) -> yaml.Node | None:
        node: yaml.Node | None = super().get_single_node()
        if node is not None and len(self.source.files) == 1:
            _note(node, (), self.source.positions, {})
        return node

    def get_single_data(self) -> object:
        values = super().get_single_data()
        shown = _shown(self.name, self.source.root)
        if values is not None and not isinstance(values, dict):
            raise _UnusableError(new_problem(Place(shown), "expected-map", key=shown, value="…"))
        if isinstance(values, dict) and "INHERIT" in values:
            place = self.source.positions.place(("INHERIT",)) if len(self.source.files) == 1 else Place(shown)
            _check_parent(values["INHERIT"], self.name, self.source, place)
        return values

    def construct_environment(self, node: yaml.Node) -> object:
        value = _MkdocsLoader.yaml_constructors["!ENV"](self, node)
        self.source.environment.append(value)
        return value

    def construct_tagged(self, node: yaml.Node) -> object:
        if node.tag not in TAGS:
            place = _place(_shown(self.name, self.source.root), node.start_mark)
            tag = node.tag.replace("tag:yaml.org,2002:", "!!")[:SHOWN_TAG]
            self.source.positions.problems.append(new_problem(place, "config-tag", tag=tag))
            return None
        if isinstance(node, yaml.MappingNode):
            return TaggedValue(node.tag, self.construct_mapping(node, deep=True))
        if isinstance(node, yaml.SequenceNode):
            return TaggedValue(node.tag, self.construct_sequence(node, deep=True))
        return TaggedValue(node.tag, self.construct_scalar(node))


_PositionLoader.add_constructor("!ENV", _PositionLoader.construct_environment)
_PositionLoader.add_constructor(None, _PositionLoader.construct_tagged)


def _shown(path: str, root: Path) -> ShownPath:
    """Return the path of a file for messages."""
    return ShownPath(Path(os.path.relpath(os.path.realpath(path), root)).as_posix())


def _check_parent(parent: object, name: str, source: _Source, place: Place) -> None:
    """Check that the parent of a configuration can be read and does not inherit from it.

    Raises:
        _UnusableError: It can't be read, or does.
    """
    if not isinstance(parent, str):
        raise _UnusableError(new_problem(place, "expected-text", key="INHERIT", value=short_value(parent)))
    file = Path(os.path.realpath(os.path.join(os.path.dirname(name), parent)))  # noqa: PTH118, PTH120 -- as MkDocs does
    if str(file) in source.paths:
        raise _UnusableError(new_problem(place, "config-inherit-circle", file=parent))
    if file.exists() and not file.is_file():
        raise _UnusableError(new_problem(Place(_shown(str(file), source.root)), "not-a-file"))
    if file.is_file() and file.stat().st_size > MAX_YAML_BYTES:
        at = Place(_shown(str(file), source.root))
        raise _UnusableError(too_large_problem(at, file.stat().st_size, MAX_YAML_BYTES))


def _note(node: yaml.Node, path: YamlPath, positions: YamlDocument, seen: dict[int, yaml.Node]) -> None:
    """Record the positions of a value and all values in it; an alias has the position of its anchor's value.

    Raises:
        RecursionError: It is nested too deeply.
    """
    if len(path) >= MAX_CONFIG_DEPTH:
        raise RecursionError
    file = positions.values[()].file
    positions.values[path] = _place(file, node.start_mark)
    if isinstance(node, yaml.ScalarNode) and not node.style:
        positions.texts[path] = node.value
    if id(node) in seen:
        return
    seen[id(node)] = node
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _note(item, (*path, index), positions, seen)
    elif isinstance(node, yaml.MappingNode):
        _note_mapping(node, path, positions, seen)


def _note_mapping(node: yaml.MappingNode, path: YamlPath, positions: YamlDocument, seen: dict[int, yaml.Node]) -> None:
    file = positions.values[()].file
    first: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        place = _place(file, key.start_mark)
        key_path = (*path, int(key.value) if key.tag == _INT and key.value.isdecimal() else key.value)
        if key.value in first:
            positions.problems.append(new_problem(place, "duplicate-key", key=key.value, first=first[key.value]))
        first.setdefault(key.value, place.line)
        positions.keys.setdefault(key_path, place)
        _note(value, key_path, positions, seen)


def _place(file: ShownPath, mark: Mark) -> Place:
    return Place(file, mark.line + 1, mark.column + 1)


def _yaml_problem(error: Exception, text: str, positions: YamlDocument, config_file: Path) -> Problem:
    """Return the problem behind an error of MkDocs's loader: wrong YAML here or in a parent, or something else."""
    shown = ShownPath(config_file.name)
    cause = error.__cause__ or error.__context__ or error
    mark = getattr(cause, "problem_mark", None) or getattr(cause, "context_mark", None)
    place = _place(shown, mark) if mark is not None and mark.name == str(config_file) else None
    if isinstance(cause, yaml.composer.ComposerError) and place and "single document" in str(cause.context):
        return new_problem(place, "yaml-documents")
    if isinstance(cause, (yaml.scanner.ScannerError, yaml.parser.ParserError)) and place:
        return diagnose_yaml_error(text, place, 1, cause.problem or cause.context or "")
    if isinstance(cause, yaml.reader.ReaderError) and not positions.keys:
        return new_problem(Place(shown), "yaml-syntax", detail="")
    return new_problem(
        place or positions.place(("INHERIT",)), "config-unusable", reason=" ".join(str(error).split())[:200]
    )
