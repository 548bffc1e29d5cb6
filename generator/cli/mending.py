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
from generator.load.files import Files
from generator.load.layers import NOTED, over_package
from generator.load.reading import Reading
from generator.mend.repairs import repaired
from generator.render.checked import files_of, package_files, read_texts


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
    beneath = package_files(project).data
    lying = {f"{shown}/{path}": below for path, below in over_package(found.data, beneath)}
    noted = {f"{NOTED}/{lying[path]}": beneath[lying[path]] for path in sorted(seen & lying.keys())}
    for path in sorted(seen - translations - lying.keys()):
        click.echo(word("check-no-translation", language, file=path), err=True)
        raise SystemExit(USE)
    only = named(project, found, files, language) if files else None
    result = repaired(found.data, read, only if fix else frozenset(), seen)
    if diff:
        for path, data in result.data.items():
            click.echo(_difference(f"{shown}/{path}", found.data[path], data), nl=False)
        return
    put_together(folder, {**result.data, **noted}, shown, language)
    for path in noted:
        click.echo(f"{shown}/{path}: {word('mended-noted', language)}", err=True)
    for place, what in result.notes:
        click.echo(f"{place.file}:{place.line}: {word(f'mended-{what}', language)}", err=True)


def _difference(path: str, before: bytes, after: bytes) -> str:
    """Return a unified difference, as `patch` takes it."""
    old, new = (data.decode("utf-8").splitlines(keepends=True) for data in (before, after))
    return "".join(difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"))
