"""A company's content over that of the package: what replaces, what adds, what extends, and where each line is from.

- A text with the path of one of the package's replaces it; any other adds.
- `SLUG.LANGUAGE.extend.md` adds to the sections of the text that it is named after, or gives it new ones.
- A data file adds to the package's or replaces single entries of it, by their keys.

What lies over something of the package should be looked at when that changes. So a copy of what lay beneath is kept in
the folder `NOTED`, which nothing else reads.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.load.files import Files
from generator.load.nearest import nearest
from generator.load.source import MAX_TEXT_BYTES, MAX_YAML_BYTES, decode
from generator.load.yaml_tree import read_yaml
from generator.model.kinds import DATA_FILES, KINDS, Kind
from generator.model.problem import Place, Problem, problem

NOTED = ".beneath"
"""Folder below the content folder with the package's files as they were when what lies over them was looked at."""
EXTENSION = ".extend.md"
"""End of the name of a file that extends a text."""
MOST_CHANGES = 3
"""How many changed lines of a text beneath are shown."""
MOST_SIGNS = 70

_HEADING = re.compile(r"##[ \t]+(.*?)[ \t]*(?:\{#([^\s{}]+)[^{}]*\})?[ \t]*#*[ \t]*")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
_KEY = re.compile(r"""(?:"([^"]+)"|'([^']+)'|([^\s#:'"\[\]{}&*!|>%@`-][^:#]*?))[ \t]*:(?:\s.*)?""")


@dataclass(frozen=True, slots=True)
class Origins:
    """Where the lines of layered files are from."""

    shown: str
    """How people write the company's content folder."""
    package: str
    """How the package's content is named to people."""
    beneath: frozenset[str] = frozenset()
    """Paths of files that are the package's alone."""
    lines: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    """The true place of each line of a file that is put together, by its path."""
    extensions: Mapping[str, str] = field(default_factory=dict)
    """Paths of extensions by that of the text they extend."""

    def place(self, place: Place) -> Place:
        """Return where something is that was found in the layered files."""
        path = place.file.removeprefix(f"{self.shown}/")
        if path in self.lines:
            lines = self.lines[path]
            true = lines[min(max(place.line, 1), len(lines)) - 1]
            return replace(true, column=place.column)
        return replace(place, file=f"{self.package}/{path}") if path in self.beneath else place

    def located(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems of the layered files where people find them.

        That a review of the package's texts is due is for those to hear who keep them.
        """
        found = [replace(one, place=self.place(one.place)) for one in problems]
        return [one for one in found if one.code != "review-due" or not one.place.file.startswith(f"{self.package}/")]

    def text_at(self, file: str) -> str:
        """Return the file of the layered content that people find at `file`: the text that an extension belongs to."""
        for start in (self.shown, self.package):
            if file.startswith(f"{start}/"):
                path = file.removeprefix(f"{start}/")
                return (
                    f"{self.shown}/{path.removesuffix(EXTENSION)}.md"
                    if path.endswith(EXTENSION)
                    else f"{self.shown}/{path}"
                )
        return file

    def edited(self, path: str) -> str:
        """Return the path below the company's content at which a text can be edited; empty if there is none."""
        return self.extensions.get(path, "" if path in self.beneath or path in self.lines else path)


@dataclass(frozen=True, slots=True)
class Layers:
    """Files of a company's content over those of the package."""

    files: Files
    origins: Origins
    bases: Mapping[str, bytes]
    """The package's own text for each path that is extended: what its digest is taken of."""


def layered(own: Files, package: Files, noted: Mapping[str, bytes], shown: str, name: str) -> Layers:
    """Return a company's files over those of the package.

    Args:
        own: The company's files.
        package: The package's.
        noted: The package's files as they were when what lies over them was looked at.
        shown: How people write the company's content folder.
        name: How the package's content is named to people.
    """
    data = {**package.data}
    problems = [*own.problems]
    lines: dict[str, tuple[Place, ...]] = {}
    bases: dict[str, bytes] = {}
    extensions: dict[str, str] = {}
    plain = {path: content for path, content in own.data.items() if not path.endswith(EXTENSION)}
    for path, content in plain.items():
        if path in DATA_FILES and path in package.data:
            merged = _merged(path, content, package.data[path], shown, name)
            if isinstance(merged, list):
                problems += merged
            else:
                data[path], lines[path] = merged
        else:
            data[path] = content
    for path in own.data.keys() - plain.keys():
        base = path.removesuffix(EXTENSION) + ".md"
        text = decode(own.data[path], f"{shown}/{path}", MAX_TEXT_BYTES)
        if isinstance(text, Problem):
            problems.append(text)
            continue
        if base not in data:
            near = nearest(base, data)
            problems.append(problem(Place(f"{shown}/{path}"), "extend-without-text", text=base, nearest=near))
            continue
        home = shown if base in plain else name
        below = decode(data[base], f"{home}/{base}", MAX_TEXT_BYTES)
        if isinstance(below, Problem):
            continue
        extended = _extended(below, text, f"{home}/{base}", f"{shown}/{path}", _kind(base))
        if isinstance(extended, list):
            problems += extended
            continue
        bases[base] = data[base]
        data[base], lines[base] = extended
        extensions[base] = path
    problems += _other_languages(extensions, package.data, shown)
    problems += _beneath(own.data, package.data, noted, shown)
    alone = frozenset(package.data.keys() - plain.keys() - lines.keys())
    origins = Origins(shown, name, alone, lines, extensions)
    return Layers(Files(dict(sorted(data.items())), problems, [*own.refused]), origins, bases)


def over_package(own: Iterable[str], package: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield the paths of a company's files that lie over one of the package, each with that file's path."""
    for path in own:
        beneath = path.removesuffix(EXTENSION) + ".md" if path.endswith(EXTENSION) else path
        if beneath in package and beneath.endswith((".md", ".yml")):
            yield path, beneath


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
    below: str, above: str, base: str, extension: str, kind: Kind | None
) -> tuple[bytes, tuple[Place, ...]] | list[Problem]:
    """Return a text with the sections of its extension, and the place of each line; or what is wrong with it."""
    added = above.split("\n")
    parts = _sections(added)
    first = parts[0][1] if parts else len(added)
    if added[0].rstrip() == "---":
        return [problem(Place(extension), "extend-front-matter")]
    for number, line in enumerate(added[:first], 1):
        if line.strip():
            return [problem(Place(extension, number), "text-before-section", text=line.strip()[:60])]
    known = kind.sections if kind else ()
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
    above = _entries(text, f"{shown}/{path}")
    if above.keys() != {str(key) for key in tree.value or ()}:
        return [problem(Place(f"{shown}/{path}"), "expected-map", key=path, value="{…}")]
    below = _entries(package.decode("utf-8-sig"), f"{name}/{path}")
    entries = [*({**below, **above}).values()]
    lines = [line for entry in entries for line in entry]
    return "\n".join(line for line, _ in lines).encode() + b"\n", tuple(place for _, place in lines)


def _entries(text: str, file: str) -> dict[str, list[tuple[str, Place]]]:
    """Return the lines of each entry of a data file by its key; what stands above the first is left out."""
    found: dict[str, list[tuple[str, Place]]] = {}
    key = None
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if (start := _KEY.fullmatch(line)) and not line.startswith((" ", "\t")):
            key = next(one for one in start.groups() if one is not None)
            found[key] = []
        if key is not None and (line.strip() or found[key]):
            found[key].append((line, Place(file, number)))
    return found


def _other_languages(extensions: Mapping[str, str], package: Mapping[str, bytes], shown: str) -> Iterator[Problem]:
    """Yield a warning for each extension that other languages of its text don't have."""
    for base, path in sorted(extensions.items()):
        stem, own = base.removesuffix(".md").rsplit(".", 1)
        for other in sorted(package):
            if other.startswith(f"{stem}.") and other.endswith(".md") and other not in extensions and other != base:
                language = other.removesuffix(".md").rsplit(".", 1)[1]
                wanted = other.removesuffix(".md") + EXTENSION
                values = {"language": language, "own": own, "wanted": f"{shown}/{wanted}"}
                yield problem(Place(f"{shown}/{path}"), "extend-translation-missing", **values)


def _beneath(
    own: Mapping[str, bytes], package: Mapping[str, bytes], noted: Mapping[str, bytes], shown: str
) -> Iterator[Problem]:
    """Yield a warning for what lies over a text of the package that is not the one that was looked at."""
    lying = dict(over_package(own, package))
    for path, beneath in sorted(lying.items()):
        place = Place(f"{shown}/{path}")
        if beneath not in noted:
            yield problem(place, "beneath-unnoted")
        elif noted[beneath] != package[beneath]:
            yield problem(place, "beneath-changed", changes=_changes(noted[beneath], package[beneath]))
    for path in sorted(own):
        beneath = path.removesuffix(EXTENSION) + ".md" if path.endswith(EXTENSION) else path
        if path not in lying and beneath in noted and not path.endswith(EXTENSION):
            yield problem(Place(f"{shown}/{path}"), "beneath-gone")


def _changes(before: bytes, after: bytes) -> str:
    """Return the first lines that changed, in one line."""
    old, new = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    found = [line for line in difflib.ndiff(old, new) if line[:2] in {"- ", "+ "} and line[2:].strip()]
    shown = [line if len(line) <= MOST_SIGNS else f"{line[:MOST_SIGNS]}…" for line in found[: 2 * MOST_CHANGES]]
    return " | ".join((*shown, *(["…"] if len(found) > len(shown) else [])))
