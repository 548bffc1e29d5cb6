"""What lies beneath a company's content: whether it is still what was looked at, and if not, what has changed.

What lies over a text of the package should be looked at when that changes. So a copy of what lay beneath is kept in the
folder `BASE_FOLDER`, which nothing else reads. Of a data file only those entries matter that the company's replace.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from stufenweise.model.kinds import DATA_FILES, TUTORIAL
from stufenweise.model.problem import Place, Problem, problem
from stufenweise.source.front_matter import split_front_matter

BASE_FOLDER = ".base"
"""Folder below the content folder with the package's files as they were when what lies over them was looked at."""
EXTENSION_SUFFIX = ".extend.md"
"""End of the name of a file that extends a text."""
MAX_SHOWN_CHANGES = 3
"""How many changed lines of a text beneath are shown."""
MAX_SHOWN_CHARACTERS = 80
"""How much of a changed line is shown."""
CONTEXT_WORDS = 2
"""How many words are shown on either side of those that changed."""

_KEY = re.compile(r"""(?:"([^"]+)"|'([^']+)'|([^\s#:'"\[\]{}&*!|>%@`-][^:#]*?))[ \t]*:(?:\s.*)?""")
NumberedLine = tuple[int, str]
"""A line with its number."""


def overriding_files(own: Iterable[str], package: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield the paths of a company's files that lie over one of the package, each with that file's path."""
    for path in own:
        beneath = base_path(path)
        if beneath in package and beneath.endswith((".md", ".yml")):
            yield path, beneath


def base_path(path: str) -> str:
    """Return the path of what a file of the company's lies over, if there is such a thing."""
    return path.removesuffix(EXTENSION_SUFFIX) + ".md" if path.endswith(EXTENSION_SUFFIX) else path


def former_slugs(package: Mapping[str, bytes]) -> dict[str, str]:
    """Return the slugs that tutorials of the package had before, each with the present one."""
    found: dict[str, str] = {}
    for path, data in package.items():
        if path.startswith(f"{TUTORIAL.folder}/") and b"\nformerly:" in data:
            parts = split_front_matter(data.decode("utf-8-sig", "replace"), path)
            value = None if isinstance(parts, Problem) else parts.tree.value
            slugs = value.get("formerly") if isinstance(value, dict) else None
            found |= {str(slug): _slug(path) for slug in (slugs if isinstance(slugs, tuple) else ())}
    return found


def renamed_path(path: str, former: Mapping[str, str]) -> str:
    """Return the path that a file of a tutorial has since the package calls it otherwise; empty if it does not."""
    slug = _slug(path)
    if not path.startswith(f"{TUTORIAL.folder}/") or slug not in former:
        return ""
    return f"{TUTORIAL.folder}/{former[slug]}{path.removeprefix(f'{TUTORIAL.folder}/{slug}')}"


def _slug(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]


def data_file_entries(text: str, file: str) -> dict[str, list[tuple[str, Place]]]:
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


def base_drift_problems(
    own: Mapping[str, bytes], package: Mapping[str, bytes], noted: Mapping[str, bytes], shown: str
) -> Iterator[Problem]:
    """Yield a problem for what lies over something of the package that is not what was looked at.

    Args:
        own: The company's files.
        package: The package's.
        noted: The package's files as they were when what lies over them was looked at.
        shown: How people write the company's content folder.
    """
    former = former_slugs(package)
    for path in sorted(own):
        place, beneath = Place(f"{shown}/{path}"), base_path(path)
        if not beneath.endswith((".md", ".yml")):
            continue
        if beneath not in package:
            if path.endswith(EXTENSION_SUFFIX):
                continue
            if now := renamed_path(path, former):
                yield problem(place, "base-renamed", now=now, slug=_slug(path))
            elif beneath in noted:
                yield problem(place, "base-gone")
            continue
        before, below = noted.get(beneath), package[beneath]
        if not _that_matter(below, below, own[path], beneath):
            continue
        if before is None:
            yield problem(place, "base-unnoted")
        elif changed := describe_changes(
            *(_that_matter(one, before + below, own[path], beneath) for one in (before, below))
        ):
            yield problem(place, "base-changed", changes=changed)


def _that_matter(below: bytes, states: bytes, above: bytes, path: str) -> list[NumberedLine]:
    """Return the lines of a file beneath that matter to what lies over it.

    Args:
        below: The file beneath.
        states: What it says in all states that are compared: the facts of a text that is a translation in one of them
            are those of its source.
        above: What lies over it.
        path: Its path.
    """
    text = below.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if path in DATA_FILES:
        keys = data_file_entries(above.decode("utf-8-sig", "replace"), path).keys()
        entries = data_file_entries(text, path)
        return [(place.line, line) for key in entries if key in keys for line, place in entries[key]]
    lines = list(enumerate(text.split("\n"), 1))
    if b"\ntranslates:" not in states:
        return lines
    end = next((number for number, line in lines if number > 1 and line.rstrip() == "---"), 0)
    return [(number, line) for number, line in lines if number >= end or line.startswith(("title:", "summary:"))]


def describe_changes(before: Sequence[NumberedLine], after: Sequence[NumberedLine]) -> str:
    """Return what changed between two states of a text: number of the line, words before, words now; empty if nothing.

    Only the first changes are shown, and of each the words that differ with some around them.
    """
    old, new = ([line.rstrip() for _, line in lines if line.strip()] for lines in (before, after))
    numbers = [number for number, line in after if line.strip()]
    found: list[str] = []
    for kind, start, end, first, last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for index in range(max(end - start, last - first) if kind != "equal" else 0):
            was = old[start + index] if start + index < end else ""
            now = new[first + index] if first + index < last else ""
            line = numbers[min(first + index, len(numbers) - 1)] if numbers else 1
            found.append(f"{line}: {_difference(was, now)}")
    more = [f"… (+{len(found) - MAX_SHOWN_CHANGES})"] if len(found) > MAX_SHOWN_CHANGES else []
    return " | ".join((*found[:MAX_SHOWN_CHANGES], *more))


def _difference(before: str, after: str) -> str:
    """Return the words of two lines that differ, with some around them."""
    old, new = before.split(), after.split()
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return f"{_around(old, start, end)} → {_around(new, start, end)}"


def _around(words: Sequence[str], start: int, end: int) -> str:
    """Return words without all but some of the first `start` and the last `end`, shortened."""
    first, last = max(start - CONTEXT_WORDS, 0), len(words) - max(end - CONTEXT_WORDS, 0)
    text = " ".join(words[first:last])
    text = text if len(text) <= MAX_SHOWN_CHARACTERS else f"{text[:MAX_SHOWN_CHARACTERS]}…"
    if not text:
        return "–"
    return f'"{"… " if first else ""}{text}{" …" if last < len(words) else ""}"'
