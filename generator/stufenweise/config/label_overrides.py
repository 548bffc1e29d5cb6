"""A project's own labels, `labels/<code>.yml`: of a language that the package lacks, or other words for one it has."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from stufenweise.i18n.labels import Label, package_label_text
from stufenweise.model.problem import Place, Problem, problem
from stufenweise.model.settings import LANGUAGE_PATTERN
from stufenweise.source.decoding import MAX_YAML_BYTES, decode
from stufenweise.source.suggest import suggest
from stufenweise.source.yaml_positions import Scalar, Value, YamlDocument, read_yaml

FOLDER = "labels"
"""Folder beside mkdocs.yml."""
MODEL = "en"
"""Language of the package's labels whose keys all others have."""
MOST = 50
"""Most problems that are told of one file."""
PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})
"""Forms that languages have (https://cldr.unicode.org/index/cldr-spec/plural-rules)."""


def own_labels(root: Path) -> tuple[dict[str, Mapping[str, Label]], list[Problem]]:
    """Return the labels that a project brings along, by language, and what is wrong with them."""
    found: dict[str, Mapping[str, Label]] = {}
    problems: list[Problem] = []
    folder = root / FOLDER
    for path in sorted(folder.glob("*.yml")) if folder.is_dir() and not folder.is_symlink() else ():
        shown = f"{FOLDER}/{path.name}"
        if not _is_language(path.stem):
            problems.append(problem(Place(shown), "label-language", name=path.stem))
            continue
        text = decode(path.read_bytes(), shown, MAX_YAML_BYTES) if path.is_file() else ""
        if isinstance(text, Problem):
            problems.append(text)
            continue
        tree = read_yaml(text, shown)
        wrong = tree.problems or list(_problems(tree, shown))
        problems += wrong[:MOST]
        if not wrong:
            found[path.stem] = cast("Mapping[str, Label]", tree.value)
    return found, problems


def _is_language(code: str) -> bool:
    """Return whether a language has this code, and its dates and plurals are known."""
    from babel import Locale, UnknownLocaleError  # Which languages there are, is asked without it

    try:
        return bool(re.fullmatch(LANGUAGE_PATTERN, code) and Locale.parse(code, sep="-"))
    except UnknownLocaleError:
        return False


def _problems(tree: YamlDocument, shown: str) -> Iterator[Problem]:
    """Yield what a file of labels lacks, has too much, or says in another form than the package's."""
    model = read_yaml(package_label_text(MODEL), shown).value
    own = tree.value
    if not isinstance(own, dict) or not isinstance(model, dict):
        yield problem(Place(shown), "expected-map", key=shown, value="…")
        return
    for key in own:
        if key not in model:
            near = suggest(str(key), map(str, model))
            yield problem(tree.place((str(key),), key=True), "unknown-key", key=key, nearest=near)
    for key, expected in model.items():
        path = (str(key),)
        if key not in own:
            yield problem(Place(shown), "label-missing", key=key)
        elif isinstance(expected, str):
            yield from _text(tree, path, str(key), expected, own[key])
        elif isinstance(expected, dict):
            yield from _group(tree, path, str(key), expected, own[key])


def _group(
    tree: YamlDocument, path: tuple[str, ...], key: str, expected: Mapping[Scalar, Value], found: object
) -> Iterator[Problem]:
    """Yield what is wrong with a group of labels, or with the plurals of one."""
    if not isinstance(found, dict):
        yield problem(tree.place(path), "expected-map", key=key, value=str(found)[:60])
        return
    plural = "other" in expected and set(expected) <= PLURALS
    for name, text in expected.items():
        if name not in found:
            if not plural or name == "other":
                yield problem(tree.place(path, key=True), "label-missing", key=f"{key}.{name}")
        else:
            yield from _text(tree, (*path, cast("str", name)), f"{key}.{name}", str(text), found[name], plural=plural)
    for name in found:
        if name not in expected and not (plural and name in PLURALS):
            near = suggest(str(name), map(str, expected))
            yield problem(tree.place((*path, name), key=True), "unknown-key", key=name, nearest=near)


def _text(
    tree: YamlDocument, path: tuple[str, ...], key: str, expected: str, found: object, *, plural: bool = False
) -> Iterator[Problem]:
    """Yield what is wrong with one label: it is text, and what is put into it is what the package puts in."""
    if not isinstance(found, str):
        yield problem(tree.place(path), "expected-text", key=key, value=str(found)[:60])
        return
    wanted = _fields(expected)
    have = _fields(found)
    if have is None or (have != wanted and not (plural and have < (wanted or set()))):
        names = ", ".join(f"{{{name}}}" for name in sorted(wanted or ())) or "–"
        yield problem(tree.place(path), "label-values", key=key, names=names)


def _fields(text: str) -> set[str] | None:
    """Return the names of what is put into a text; None if its braces don't fit together."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return None
