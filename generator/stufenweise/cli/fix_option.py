"""`stufenweise check --fix`: the repairs made, and said."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

import click

from stufenweise.checked import PACKAGE, files_of, noted_files, package_files, read_texts
from stufenweise.cli.content_arguments import content_arguments
from stufenweise.cli.context import EXIT_USAGE, own_content, write_content
from stufenweise.config.project import Project
from stufenweise.fix.repairs import repair_content
from stufenweise.i18n.command_text import command_text
from stufenweise.load.load_result import LoadResult
from stufenweise.overlay.base_drift import BASE_FOLDER, overriding_files
from stufenweise.source.content_files import ContentFiles


def fix_files(
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

    def read(data: Mapping[str, bytes]) -> LoadResult:
        return read_texts(project, ContentFiles(dict(data)))

    seen = {
        path
        for path in content_arguments(project, found, reviewed, language)
        if path.removeprefix(f"{shown}/") in found.data
    }
    reading = read(found.data)
    translations = {file.file for file in reading.texts.values() if not file.is_source}
    base, before = package_files(project).data, noted_files(project)
    lying = {f"{shown}/{path}": below for path, below in overriding_files(found.data, base)}
    alone = {f"{shown}/{path}" for path in found.data.keys() & (before.keys() - base.keys())}
    for path in sorted(seen - translations - lying.keys() - alone):
        click.echo(command_text("check-no-translation", language, file=path), err=True)
        raise SystemExit(EXIT_USAGE)
    only = content_arguments(project, found, files, language) if files else None
    result = repair_content(found.data, read, only if fix else frozenset(), seen)
    below = sorted({lying[path] for path in seen & lying.keys()})
    if diff:
        for path in below:
            text = before.get(path, found.data.get(path, base[path]))
            click.echo(_difference(f"{PACKAGE}/{path}", text, base[path]), nl=False)
        for path, data in result.data.items():
            click.echo(_difference(f"{shown}/{path}", found.data[path], data), nl=False)
        return
    noted: dict[str, bytes | None] = {f"{BASE_FOLDER}/{path}": base[path] for path in below}
    if seen:  # Of what nothing lies over any more, no copy is needed
        noted |= dict.fromkeys((f"{BASE_FOLDER}/{path}" for path in before.keys() - {*lying.values()}), None)
    write_content(folder, {**result.data, **noted}, shown, language)
    for path, copy in sorted(noted.items()):
        said = "fixed-base-recorded" if copy is not None else "fixed-base-removed"
        click.echo(f"{shown}/{path}: {command_text(said, language)}", err=True)
    for place, what in result.notes:
        click.echo(f"{place.file}:{place.line}: {command_text(f'fixed-{what}', language)}", err=True)


def _difference(path: str, before: bytes, after: bytes) -> str:
    """Return a unified difference, as `patch` takes it."""
    old, new = (data.decode("utf-8").splitlines(keepends=True) for data in (before, after))
    return "".join(difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"))
