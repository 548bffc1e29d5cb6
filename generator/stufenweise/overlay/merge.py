"""A company's content over that of the package: what replaces, what adds, what extends, and where each line is from.

- A text with the path of one of the package's replaces it; any other adds.
- `SLUG.LANGUAGE.extend.md` adds to the sections of the text that it is named after, or gives it new ones.
- A data file adds to the package's or replaces single entries of it, by their keys; of the vocabulary single forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stufenweise.model.kinds import DATA_FILES, KINDS, VOCABULARY_FILE, Kind
from stufenweise.model.problem import Place, Problem, problem
from stufenweise.overlay.base_drift import (
    EXTENSION_SUFFIX,
    base_drift_problems,
    base_path,
    data_file_entries,
    former_slugs,
    renamed_path,
)
from stufenweise.overlay.base_languages import base_languages_of
from stufenweise.overlay.source_map import SourceMap
from stufenweise.source.content_files import ContentFiles
from stufenweise.source.decoding import MAX_TEXT_BYTES, MAX_YAML_BYTES, decode
from stufenweise.source.suggest import suggest, unknown_language_problem
from stufenweise.source.yaml_positions import read_yaml

_HEADING = re.compile(r"##[ \t]+(.*?)[ \t]*(?:\{#([^\s{}]+)[^{}]*\})?[ \t]*#*[ \t]*")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")


@dataclass(frozen=True, slots=True)
class Overlay:
    """Files of a company's content over those of the package."""

    files: ContentFiles
    origins: SourceMap
    bases: Mapping[str, bytes]
    """The package's own text for each path that is extended: what its digest is taken of."""
    words: bytes | None = None
    """The package's vocabulary, if the company has one too."""


def merge_overlay(
    own: ContentFiles,
    package: ContentFiles,
    noted: Mapping[str, bytes],
    shown: str,
    name: str,
    languages: Sequence[str],
) -> Overlay:
    """Return a company's files over those of the package.

    Args:
        own: The company's files.
        package: The package's.
        noted: The package's files as they were when what lies over them was looked at.
        shown: How people write the company's content folder.
        name: How the package's content is named to people.
        languages: Codes of the site's languages.
    """
    data = {**package.data}
    problems = [*own.problems]
    lines: dict[str, tuple[Place, ...]] = {}
    bases: dict[str, bytes] = {}
    extensions: dict[str, str] = {}
    plain = {path: content for path, content in own.data.items() if not path.endswith(EXTENSION_SUFFIX)}
    for path, content in plain.items():
        if path in DATA_FILES and path in package.data and path != VOCABULARY_FILE:
            merged = _merged(path, content, package.data[path], shown, name)
            if isinstance(merged, list):
                problems += merged
            else:
                data[path], lines[path] = merged
        else:
            data[path] = content
    for path in own.data.keys() - plain.keys():
        base = base_path(path)
        text = decode(own.data[path], f"{shown}/{path}", MAX_TEXT_BYTES)
        if isinstance(text, Problem):
            problems.append(text)
            continue
        *_, language = base.rpartition("/")[2].removesuffix(".md").rpartition(".")
        if "." in base.removesuffix(".md") and language not in languages:
            problems.append(unknown_language_problem(Place(f"{shown}/{path}"), language, tuple(languages)))
            continue
        if base not in data:
            now = renamed_path(path, former_slugs(package.data))
            values = {"text": base, "renamed": now, "nearest": "" if now else suggest(base, data)}
            problems.append(problem(Place(f"{shown}/{path}"), "extend-without-text", **values))
            continue
        home = shown if base in plain else name
        below = decode(data[base], f"{home}/{base}", MAX_TEXT_BYTES)
        if isinstance(below, Problem):
            continue
        before = noted.get(base, b"").decode("utf-8-sig", "replace") if home == name else ""
        extended = _extended(below, text, f"{home}/{base}", f"{shown}/{path}", _kind(base), before)
        if isinstance(extended, list):
            problems += extended
            continue
        bases[base] = data[base]
        data[base], lines[base] = extended
        extensions[base] = path
    problems += _other_languages(extensions, own.data, package.data, shown)
    problems += base_drift_problems(own.data, package.data, noted, shown)
    alone = frozenset(package.data.keys() - plain.keys() - lines.keys())
    origins = SourceMap(shown, name, alone, lines, extensions, base_languages_of(package.data), frozenset(problems))
    words = package.data.get(VOCABULARY_FILE) if VOCABULARY_FILE in plain else None
    return Overlay(ContentFiles(dict(sorted(data.items())), problems, [*own.refused]), origins, bases, words)


def _kind(path: str) -> Kind | None:
    folder, _, name = path.rpartition("/")
    return next((kind for kind in KINDS if kind.takes(folder, name.split(".")[0])), None)


def _sections(lines: list[str]) -> list[tuple[str, int]]:
    """Return the ids of the sections of a text with the number of their heading's line, from 0."""
    found = []
    fenced = False
    for number, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and (heading := _HEADING.fullmatch(line)):
            found.append((heading[2] or "", number))
    return found


def _extended(
    below: str, above: str, base: str, extension: str, kind: Kind | None, before: str
) -> tuple[bytes, tuple[Place, ...]] | list[Problem]:
    """Return a text with the sections of its extension, and the place of each line; or what is wrong with it.

    A section that the text had `before` and has no more was renamed or taken out.
    """
    added = above.split("\n")
    parts = _sections(added)
    first = parts[0][1] if parts else len(added)
    if added[0].rstrip() == "---":
        return [problem(Place(extension), "extend-front-matter")]
    for number, line in enumerate(added[:first], 1):
        if line.strip():
            return [problem(Place(extension, number), "text-before-section", text=line.strip()[:60])]
    if not parts:
        return [problem(Place(extension), "no-section")]
    known = kind.sections if kind else ()
    there = [name for name, _ in _sections(below.split("\n")) if name]
    gone = {name for name, _ in _sections(before.split("\n"))} - {*there}
    problems = []
    for own_id, number in parts:
        place = Place(extension, number + 1, 4)
        if not own_id:
            title = added[number].lstrip("# ").strip()
            problems.append(
                problem(
                    Place(extension, number + 1), "section-without-id", title=title, nearest="", known=", ".join(known)
                )
            )
        elif own_id in {"steps", "checklist"} & set(known):
            problems.append(problem(place, "extend-structure", id=own_id))
        elif own_id in gone:
            values = {"id": own_id, "nearest": suggest(own_id, there), "known": ", ".join(there)}
            problems.append(problem(place, "extend-section-gone", **values))
    if problems:
        return problems
    lines = [(line, Place(base, number)) for number, line in enumerate(below.split("\n"), 1)]
    ends = [*(number for _, number in parts[1:]), len(added)]
    for (own_id, start), end in zip(parts, ends, strict=True):
        block = [(line, Place(extension, number)) for number, line in enumerate(added[start:end], start + 1)]
        lines = _with_section(lines, own_id, block, known)
    return "\n".join(line for line, _ in lines).encode(), tuple(place for _, place in lines)


def _with_section(
    lines: list[tuple[str, Place]], own_id: str, block: list[tuple[str, Place]], known: tuple[str, ...]
) -> list[tuple[str, Place]]:
    """Return lines with one section's more: at its end if it is there, else where its kind has it."""
    there = _sections([line for line, _ in lines])
    starts = [number for _, number in there]
    body = _stripped(block[1:])
    gap = ("", block[0][1])
    for index, (other, _) in enumerate(there):
        if other == own_id:
            end = starts[index + 1] if index + 1 < len(starts) else len(lines)
            return [*_stripped(lines[:end]), gap, *body, gap, *lines[end:]]
    later = known[known.index(own_id) + 1 :] if own_id in known else ()
    at = next((number for other, number in there if other in later), len(lines))
    return [*_stripped(lines[:at]), gap, block[0], gap, *body, gap, *lines[at:]]


def _stripped(lines: list[tuple[str, Place]]) -> list[tuple[str, Place]]:
    """Return lines without empty ones at either end, but for those at the very beginning of a file."""
    end = len(lines)
    while end and not lines[end - 1][0].strip():
        end -= 1
    start = 0
    while start < end and not lines[start][0].strip():
        start += 1
    return lines[start:end]


def _merged(
    path: str, own: bytes, package: bytes, shown: str, name: str
) -> tuple[bytes, tuple[Place, ...]] | list[Problem]:
    """Return a data file with the company's entries over those of the package, or what is wrong with the company's."""
    text = decode(own, f"{shown}/{path}", MAX_YAML_BYTES)
    if isinstance(text, Problem):
        return [text]
    tree = read_yaml(text, f"{shown}/{path}")
    if tree.problems:
        return tree.problems
    if tree.value is not None and not isinstance(tree.value, dict):
        return [problem(Place(f"{shown}/{path}"), "expected-map", key=path, value="…")]
    above = data_file_entries(text, f"{shown}/{path}")
    if above.keys() != {str(key) for key in tree.value or ()}:
        return [problem(Place(f"{shown}/{path}"), "expected-map", key=path, value="{…}")]
    below = data_file_entries(package.decode("utf-8-sig"), f"{name}/{path}")
    entries = [*({**below, **above}).values()]
    lines = [line for entry in entries for line in entry]
    return "\n".join(line for line, _ in lines).encode() + b"\n", tuple(place for _, place in lines)


def _other_languages(
    extensions: Mapping[str, str], own: Mapping[str, bytes], package: Mapping[str, bytes], shown: str
) -> Iterator[Problem]:
    """Yield a warning for each extension that other languages of its text don't have."""
    for base, path in sorted(extensions.items()):
        stem, code = base.removesuffix(".md").rsplit(".", 1)
        for other in sorted(package):
            wanted = other.removesuffix(".md") + EXTENSION_SUFFIX
            if other.startswith(f"{stem}.") and other.endswith(".md") and wanted not in own and other != base:
                language = other.removesuffix(".md").rsplit(".", 1)[1]
                values = {"language": language, "own": code, "wanted": f"{shown}/{wanted}"}
                yield problem(Place(f"{shown}/{path}"), "extend-translation-missing", **values)
