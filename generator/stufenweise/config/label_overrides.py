"""A project's own labels, `labels/<code>.yml`: other words for a language of the package, or a further language.

A file has only the labels that differ. All others come from the package, in the same language or, if the package does
not have it, in English. A label that the package does not have (any more), or that puts in other values, is reported
and left out: a new release never breaks a file.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from stufenweise.i18n.catalogue import FALLBACK_LANGUAGE
from stufenweise.i18n.labels import Label, Labels, label_languages, package_label_text, package_labels
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import QUOTED_TEXT, Place, Problem, new_problem
from stufenweise.model.settings import LANGUAGE_PATTERN
from stufenweise.source.files.decoding import MAX_YAML_BYTES, decode
from stufenweise.source.suggest import suggest
from stufenweise.source.yaml.yaml_positions import Scalar, Value, YamlDocument, read_yaml

LABELS_FOLDER = "labels"
"""Folder beside mkdocs.yml."""
MAX_LABEL_PROBLEMS = 50
"""Most problems that are reported for one file."""
MAX_NAMED_LABELS = 5
"""Most labels that a message names."""
PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})
"""Plural forms (https://cldr.unicode.org/index/cldr-spec/plural-rules)."""


def read_label_overrides(root: Path) -> tuple[dict[str, Labels], list[Problem]]:
    """Return the completed labels of each language that a project has a file for, and the problems of the files.

    A file with an error is ignored as a whole.
    """
    labels: dict[str, Labels] = {}
    problems: list[Problem] = []
    folder = root / LABELS_FOLDER
    for path in sorted(folder.glob("*.yml")) if folder.is_dir() and not folder.is_symlink() else ():
        shown, code = ShownPath(f"{LABELS_FOLDER}/{path.name}"), path.stem
        if not _is_language(code):
            problems.append(new_problem(Place(shown), "label-language", name=code))
            continue
        decoded = decode(path.read_bytes() if path.is_file() else b"", shown, MAX_YAML_BYTES)
        if decoded.value is None:
            problems += decoded.problems
            continue
        document = read_yaml(decoded.value, shown)
        file_problems = document.problems or list(_problems(document, shown))
        problems += file_problems[:MAX_LABEL_PROBLEMS]
        is_broken = any(problem.is_error for problem in file_problems)
        own = {} if is_broken else usable_labels(cast("Mapping[str, object]", document.value or {}))
        labels[code] = completed_labels(code, own)
        problems += [] if is_broken else _untranslated(code, own, shown)
    return labels, problems


def starter_labels(code: str) -> str:
    """Return a starting file of labels, all commented out: the package's in this language, otherwise in English.

    A translator uncomments and rewrites them one by one. The language's own name is filled in.
    """
    further = code not in label_languages()
    text = package_label_text(FALLBACK_LANGUAGE if further else code)
    begun = re.sub(r"(?m)^([ ]*)(?![ ]*#|[ ]*[\w-]+:[ ]*$)(?=\S)", r"\1# ", text)
    return re.sub(r"(?m)^# (language: ).*$", rf"\g<1>{_own_name(code)}", begun, count=1) if further else begun


def usable_labels(own: Mapping[str, object]) -> dict[str, Label]:
    """Return the labels of a file that the package has, too, with the same placeholders."""
    result: dict[str, Label] = {}
    for key, expected in package_labels(FALLBACK_LANGUAGE).words.items():
        label = own.get(key)
        if isinstance(expected, str):
            if isinstance(label, str) and _fields(label) == _fields(expected):
                result[key] = label
        elif isinstance(label, Mapping):
            allowed = set(expected) | (PLURALS if _is_plural(expected) else set())
            named = {name: text for name, text in label.items() if name in allowed and isinstance(text, str)}
            models = {name: str(expected.get(name, expected.get("other"))) for name in named}
            fits = {
                name: text for name, text in named.items() if _fits(text, models[name], plural=_is_plural(expected))
            }
            if fits:
                result[key] = fits
    return result


def _is_plural(label: Mapping[str | int, str] | Mapping[Scalar, Value]) -> bool:
    return "other" in label and set(label) <= PLURALS


def _fits(text: str, model: str, *, plural: bool) -> bool:
    """Return whether a label has the same placeholders as the package's; a plural form may leave out the number."""
    expected, actual = _fields(model), _fields(text)
    return actual is not None and (actual == expected or (plural and actual < (expected or set())))


def completed_labels(code: str, own: Mapping[str, Label]) -> Labels:
    """Return all labels of a language: the project's own, completed by the package's."""
    further = code not in label_languages()
    words = dict(package_labels(FALLBACK_LANGUAGE if further else code).words)
    if further:
        words["language"] = _own_name(code)
    for key, label in own.items():
        before = words[key]
        # The forms of one plural never come from two languages.
        whole = isinstance(label, str) or (further and _is_plural(label))
        words[key] = label if whole or isinstance(before, str) else {**before, **cast("Mapping[str | int, str]", label)}
    return Labels(code, words)


def _untranslated(code: str, own: Mapping[str, Label], shown: ShownPath) -> list[Problem]:
    """Return one warning with the number of labels that a project's own language lacks."""
    if code in label_languages():
        return []
    expected = package_labels(FALLBACK_LANGUAGE).words
    all_keys = _keys(expected)
    written = set(_keys({key: own[key] for key in expected if key in own}))
    missing = [key for key in all_keys if key not in written]
    if not missing:
        return []
    names = ", ".join(missing[:MAX_NAMED_LABELS]) + (" …" if len(missing) > MAX_NAMED_LABELS else "")
    values = {"count": len(missing), "total": len(all_keys), "language": code, "names": names}
    return [new_problem(Place(shown), "label-untranslated", **values)]


def _keys(words: Mapping[str, Label]) -> list[str]:
    """Return the names of labels: each member of a group by itself, the plural forms of a label as one."""
    result: list[str] = []
    for key, label in words.items():
        if isinstance(label, str):
            result.append(key)
        elif not set(label) <= PLURALS:
            result += [f"{key}.{name}" for name in label]
        elif _is_plural(label):
            result.append(key)
    return result


def _own_name(code: str) -> str:
    """Return the name of a language in itself, for the language switch; its code if the name is unknown."""
    from babel import Locale  # See `_is_language`

    name = Locale.parse(code, sep="-").get_display_name() or code
    return name[:1].upper() + name[1:]


def _is_language(code: str) -> bool:
    """Return whether a language has this code, and its dates and plurals are known."""
    from babel import Locale, UnknownLocaleError  # Babel is slow to import, and most projects have no labels

    try:
        return bool(re.fullmatch(LANGUAGE_PATTERN, code) and Locale.parse(code, sep="-"))
    except UnknownLocaleError:
        return False


def _problems(document: YamlDocument, shown: ShownPath) -> Iterator[Problem]:
    """Yield problems of labels that the package does not have, or has in another form."""
    model = read_yaml(package_label_text(FALLBACK_LANGUAGE), shown).value
    own = document.value or {}
    if not isinstance(own, dict) or not isinstance(model, dict):
        yield new_problem(Place(shown), "expected-map", key=shown, value="…")
        return
    for key, label in own.items():
        path = (str(key),)
        expected = model.get(key)
        if isinstance(expected, dict) and label is None:
            continue  # An empty group
        if isinstance(expected, str):
            yield from _text_problems(document, path, str(key), expected, label)
        elif isinstance(expected, dict):
            yield from _group_problems(document, path, str(key), expected, label)
        else:
            suggestion = suggest(str(key), map(str, model))
            yield new_problem(document.place(path, key=True), "label-unknown", key=key, nearest=suggestion)


def _group_problems(
    document: YamlDocument, path: tuple[str, ...], key: str, expected: Mapping[Scalar, Value], group: object
) -> Iterator[Problem]:
    """Yield problems of a group of labels, or of its plurals."""
    if not isinstance(group, dict):
        yield new_problem(document.place(path), "expected-map", key=key, value=str(group)[:QUOTED_TEXT])
        return
    plural = _is_plural(expected)
    for name, text in group.items():
        if name in expected or (plural and name in PLURALS):
            model = str(expected.get(name, expected.get("other")))
            yield from _text_problems(document, (*path, cast("str", name)), f"{key}.{name}", model, text, plural=plural)
        else:
            suggestion = suggest(str(name), map(str, expected))
            place = document.place((*path, cast("str", name)), key=True)
            nearest = f"{key}.{suggestion}" if suggestion else ""
            yield new_problem(place, "label-unknown", key=f"{key}.{name}", nearest=nearest)


def _text_problems(
    document: YamlDocument, path: tuple[str, ...], key: str, expected: str, label: object, *, plural: bool = False
) -> Iterator[Problem]:
    """Yield problems of one label: it must be text with the same placeholders as the package's."""
    if not isinstance(label, str):
        yield new_problem(document.place(path), "expected-text", key=key, value=str(label)[:QUOTED_TEXT])
        return
    if not _fits(label, expected, plural=plural):
        names = ", ".join(f"{{{name}}}" for name in sorted(_fields(expected) or ())) or "–"
        yield new_problem(document.place(path), "label-values", key=key, names=names)


def _fields(text: str) -> set[str] | None:
    """Return the placeholders of a text; None if its braces don't match."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return None
