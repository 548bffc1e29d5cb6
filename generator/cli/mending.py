"""`stufenweise check --fix`: the repairs made, and said."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

import click

from generator.assemble.project import Project
from generator.cli.check import named
from generator.cli.session import USE, own_content, put_together
from generator.cli.words import word
from generator.load.beneath import NOTED, over_package
from generator.load.files import Files
from generator.load.reading import Reading
from generator.mend.repairs import repaired
from generator.render.checked import PACKAGE, files_of, noted_files, package_files, read_texts


def mend(
    project: Project, files: tuple[Path, ...], reviewed: tuple[Path, ...], language: str, *, fix: bool, diff: bool
) -> None:
    """Mend files and say what was mended; all of it is written, or nothing.

    Args:
        project: The project.
        files: Files and folders to mend; all if there are none.
        reviewed: Translations that were compared with their sources, and texts with what they lie over.
        language: Language of the messages.
        fix: Whether to mend more than the digests of those translations.
        diff: Whether to show the difference instead of writing.
    """
    folder, shown = own_content(project, language), project.shown_content
    found = files_of(project)

    def read(data: Mapping[str, bytes]) -> Reading:
        return read_texts(project, Files(dict(data)))

    seen = {path for path in named(project, found, reviewed, language) if path.removeprefix(f"{shown}/") in found.data}
    reading = read(found.data)
    translations = {file.file for file in reading.texts.values() if not file.is_source}
    beneath, before = package_files(project).data, noted_files(project)
    lying = {f"{shown}/{path}": below for path, below in over_package(found.data, beneath)}
    alone = {f"{shown}/{path}" for path in found.data.keys() & (before.keys() - beneath.keys())}
    for path in sorted(seen - translations - lying.keys() - alone):
        click.echo(word("check-no-translation", language, file=path), err=True)
        raise SystemExit(USE)
    only = named(project, found, files, language) if files else None
    result = repaired(found.data, read, only if fix else frozenset(), seen)
    below = sorted({lying[path] for path in seen & lying.keys()})
    if diff:
        for path in below:
            text = before.get(path, found.data.get(path, beneath[path]))
            click.echo(_difference(f"{PACKAGE}/{path}", text, beneath[path]), nl=False)
        for path, data in result.data.items():
            click.echo(_difference(f"{shown}/{path}", found.data[path], data), nl=False)
        return
    noted: dict[str, bytes | None] = {f"{NOTED}/{path}": beneath[path] for path in below}
    if seen:  # Of what nothing lies over any more, no copy is needed
        noted |= dict.fromkeys((f"{NOTED}/{path}" for path in before.keys() - {*lying.values()}), None)
    put_together(folder, {**result.data, **noted}, shown, language)
    for path, copy in sorted(noted.items()):
        said = "mended-noted" if copy is not None else "mended-forgotten"
        click.echo(f"{shown}/{path}: {word(said, language)}", err=True)
    for place, what in result.notes:
        click.echo(f"{place.file}:{place.line}: {word(f'mended-{what}', language)}", err=True)


def _difference(path: str, before: bytes, after: bytes) -> str:
    """Return a unified difference, as `patch` takes it."""
    old, new = (data.decode("utf-8").splitlines(keepends=True) for data in (before, after))
    return "".join(difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"))
