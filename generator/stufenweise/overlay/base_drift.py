"""Report package texts that changed since the company last reviewed its own versions of them.

The folder `BASE_FOLDER`, which nothing else reads, keeps a copy of each package text as of that review. Of a data file,
only the entries that the company replaces matter.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from stufenweise.model.kinds import DATA_FILES, TUTORIAL
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.source.files.file_names import slug_of
from stufenweise.source.files.text_paths import EXTENSION_SUFFIX, extended_path
from stufenweise.source.yaml.front_matter import front_matter_end, split_front_matter

BASE_FOLDER = ".base"
"""Folder below the content folder with the package's files as of the company's last review."""
MAX_SHOWN_CHANGES = 3
"""Most changed lines that a message shows."""
MAX_SHOWN_CHARACTERS = 80
"""Most characters of a changed line that a message shows."""
CONTEXT_WORDS = 2
"""Unchanged words that a message shows on either side of changed ones."""

_KEY = re.compile(r"""(?:"([^"]+)"|'([^']+)'|([^\s#:'"\[\]{}&*!|>%@`-][^:#]*?))[ \t]*:(?:\s.*)?""")
NumberedLine = tuple[int, str]
"""A line with its number."""


def overriding_files(
    company_paths: Iterable[ContentPath], package_files: Container[ContentPath]
) -> Iterator[tuple[ContentPath, ContentPath]]:
    """Yield the company's files that replace or extend a package file, each with that file's path."""
    for path in company_paths:
        base = extended_path(path)
        if base in package_files and base.endswith((".md", ".yml")):
            yield path, base


def former_slugs(package_files: Mapping[ContentPath, bytes]) -> dict[str, str]:
    """Return the present slugs of the package's tutorials by their former ones."""
    present_slugs: dict[str, str] = {}
    for path, data in package_files.items():
        if path.startswith(f"{TUTORIAL.folder}/") and b"\nformerly:" in data:
            parts = split_front_matter(data.decode("utf-8-sig", "replace"), ShownPath(path)).value
            value = parts.front_matter.value if parts else None
            slugs = value.get("formerly") if isinstance(value, dict) else None
            present_slugs |= {str(slug): slug_of(path) for slug in (slugs if isinstance(slugs, tuple) else ())}
    return present_slugs


def renamed_path(path: ContentPath, former: Mapping[str, str]) -> ContentPath | None:
    """Return the present path of a tutorial's file that the package has renamed; None if it has not."""
    slug = slug_of(path)
    if not path.startswith(f"{TUTORIAL.folder}/") or slug not in former:
        return None
    return ContentPath(f"{TUTORIAL.folder}/{former[slug]}{path.removeprefix(f'{TUTORIAL.folder}/{slug}')}")


def _reviewed_path(
    base: ContentPath, reviewed_base: Mapping[ContentPath, bytes], former: Mapping[str, str]
) -> ContentPath:
    """Return the path of a package text in `.base`, perhaps under its name before it was renamed."""
    if base in reviewed_base:
        return base
    old = (path for path in reviewed_base if renamed_path(path, former) == base)
    return next(old, base)


def data_file_entries(text: str, file: ShownPath) -> dict[str, list[tuple[str, Place]]]:
    """Return the lines of each entry of a data file, by key; lines above the first entry are left out."""
    entries: dict[str, list[tuple[str, Place]]] = {}
    key = None
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if (start := _KEY.fullmatch(line)) and not line.startswith((" ", "\t")):
            key = next(group for group in start.groups() if group is not None)
            entries[key] = []
        if key is not None and (line.strip() or entries[key]):
            entries[key].append((line, Place(file, number)))
    return entries


def base_drift_problems(
    company_files: Mapping[ContentPath, bytes],
    package_files: Mapping[ContentPath, bytes],
    reviewed_base: Mapping[ContentPath, bytes],
    shown_content: ShownPath,
) -> Iterator[Problem]:
    """Yield a problem for each company file whose package file was changed, removed or renamed since the last review.

    Args:
        company_files: The company's files.
        package_files: The package's files.
        reviewed_base: The package's files as of the company's last review.
        shown_content: Path of the company's content folder as shown in problems.
    """
    former = former_slugs(package_files)
    for path in sorted(company_files):
        place, base = Place(shown_path(shown_content, path)), extended_path(path)
        if not base.endswith((".md", ".yml")):
            continue
        if base not in package_files:
            if path.endswith(EXTENSION_SUFFIX):
                continue
            if current_path := renamed_path(path, former):
                yield new_problem(place, "base-renamed", now=current_path, slug=slug_of(path))
            elif base in reviewed_base:
                yield new_problem(place, "base-gone")
            continue
        reviewed, present = reviewed_base.get(_reviewed_path(base, reviewed_base, former)), package_files[base]
        if not _relevant_lines(present, present, company_files[path], base):
            continue
        if reviewed is None:
            yield new_problem(place, "base-unnoted")
        elif changed := describe_changes(
            *(
                _relevant_lines(version, reviewed + present, company_files[path], base)
                for version in (reviewed, present)
            )
        ):
            yield new_problem(place, "base-changed", changes=changed)


def _relevant_lines(base: bytes, states: bytes, override: bytes, path: ContentPath) -> list[NumberedLine]:
    """Return the lines of a package file that matter to the company file that overrides it.

    Args:
        base: The package file.
        states: Its bytes in all compared states: facts don't count if the text is a translation in one of them.
        override: The company file.
        path: Path of the package file.
    """
    text = base.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if path in DATA_FILES:
        keys = data_file_entries(override.decode("utf-8-sig", "replace"), ShownPath(path)).keys()
        entries = data_file_entries(text, ShownPath(path))
        return [(place.line, line) for key in entries if key in keys for line, place in entries[key]]
    lines = text.split("\n")
    numbered = list(enumerate(lines, 1))
    if b"\ntranslates:" not in states:
        return numbered
    end = front_matter_end(lines)
    return [(number, line) for number, line in numbered if number > end or line.startswith(("title:", "summary:"))]


def describe_changes(before: Sequence[NumberedLine], after: Sequence[NumberedLine]) -> str:
    """Return the first changes between two states of a text, as line number and words before and now; empty if none.

    Of each change, only the words that differ are shown, with some around them.
    """
    old, new = ([line.rstrip() for _, line in lines if line.strip()] for lines in (before, after))
    numbers = [number for number, line in after if line.strip()]
    changes: list[str] = []
    for kind, start, end, first, last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for index in range(max(end - start, last - first) if kind != "equal" else 0):
            was = old[start + index] if start + index < end else ""
            new_line = new[first + index] if first + index < last else ""
            line = numbers[min(first + index, len(numbers) - 1)] if numbers else 1
            changes.append(f"{line}: {_difference(was, new_line)}")
    more = [f"… (+{len(changes) - MAX_SHOWN_CHANGES})"] if len(changes) > MAX_SHOWN_CHANGES else []
    return " | ".join((*changes[:MAX_SHOWN_CHANGES], *more))


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
    """Return words with only some of the first `start` and the last `end`, shortened."""
    first, last = max(start - CONTEXT_WORDS, 0), len(words) - max(end - CONTEXT_WORDS, 0)
    text = " ".join(words[first:last])
    text = text if len(text) <= MAX_SHOWN_CHARACTERS else f"{text[:MAX_SHOWN_CHARACTERS]}…"
    if not text:
        return "–"
    return f'"{"… " if first else ""}{text}{" …" if last < len(words) else ""}"'
