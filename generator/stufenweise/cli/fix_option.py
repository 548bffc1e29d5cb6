"""`stufenweise check --fix`: repair the content, and print each repair."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from stufenweise.cli.content_arguments import content_arguments
from stufenweise.cli.context import EXIT_CONTENT, EXIT_USAGE, changing_content, refuse_new_errors, write_content
from stufenweise.config.project import Project
from stufenweise.config.project_files import PACKAGE_CONTENT, ProjectFiles, base_files, read_project_files
from stufenweise.fix.repairs import repair_content
from stufenweise.i18n.messages import command_text
from stufenweise.load.load_result import LoadResult
from stufenweise.model.problem import visible
from stufenweise.overlay.base_drift import BASE_FOLDER, overriding_files
from stufenweise.pipeline import load_project
from stufenweise.source.content_files import ContentFiles, with_changes


def fix_files(
    project: Project, files: tuple[Path, ...], reviewed: tuple[Path, ...], language: str, *, fix: bool, diff: bool
) -> ProjectFiles:
    """Fix files and print what was fixed; all of it is written, or nothing. Return the files as they are then.

    Args:
        project: The project.
        files: Files and folders to fix; all if there are none.
        reviewed: Translations that were compared with their sources, and texts with what they lie over.
        language: Language of the messages.
        fix: Whether to fix more than the digests of those translations.
        diff: Whether to show the difference instead of writing.
    """
    with changing_content(project, language) as folder:
        return _fix_files(project, folder, files, reviewed, language, fix=fix, diff=diff)


def _fix_files(
    project: Project,
    folder: Path,
    files: tuple[Path, ...],
    reviewed: tuple[Path, ...],
    language: str,
    *,
    fix: bool,
    diff: bool,
) -> ProjectFiles:
    """Fix files of content that is locked."""
    shown = project.content_path
    content = read_project_files(project)
    found = content.own

    def read(data: Mapping[str, bytes]) -> LoadResult:
        return load_project(replace(content, own=ContentFiles(dict(data)))).result

    named = content_arguments(content, reviewed, language)
    compared = {path for path in named if path.removeprefix(f"{shown}/") in found.data}
    loaded = read(found.data)
    translations = {file.file for file in loaded.texts.values() if not file.is_source}
    base, before = base_files(content).data, content.noted.data
    overriding = {f"{shown}/{path}": below for path, below in overriding_files(found.data, base)}
    obsolete = {f"{shown}/{path}" for path in found.data.keys() & (before.keys() - base.keys())}
    for path in sorted(compared - translations - overriding.keys() - obsolete):
        click.echo(command_text("check-no-translation", language, file=path), err=True)
        raise SystemExit(EXIT_USAGE)
    for file in loaded.texts.values():
        if file.file in compared and (file.is_stub or file.leftover_stub_lines):
            click.echo(command_text("reviewed-comments", language, file=file.file), err=True)
            raise SystemExit(EXIT_CONTENT)
    only = content_arguments(content, files, language) if files else None
    result = repair_content(found.data, read, only if fix else frozenset(), compared)
    below = sorted({overriding[path] for path in compared & overriding.keys()})
    if diff:
        for path in below:
            text = before.get(path, found.data.get(path, base[path]))
            click.echo(_difference(f"{PACKAGE_CONTENT}/{path}", text, base[path]), nl=False)
        for path, data in result.data.items():
            click.echo(_difference(f"{shown}/{path}", found.data[path], data), nl=False)
        return content
    noted: dict[str, bytes | None] = {f"{BASE_FOLDER}/{path}": base[path] for path in below}
    if compared:  # Of what nothing lies over any more, no copy is needed
        noted |= dict.fromkeys((f"{BASE_FOLDER}/{path}" for path in before.keys() - {*overriding.values()}), None)
    if compared:
        refuse_new_errors(content, replace(content, own=with_changes(found, result.data, shown)), language)
    write_content(folder, {**result.data, **noted}, shown, language)
    for path, copy in sorted(noted.items()):
        key = "fixed-base-recorded" if copy is not None else "fixed-base-removed"
        click.echo(f"{visible(shown)}/{visible(path)}: {command_text(key, language)}", err=True)
    for place, what in result.notes:
        click.echo(f"{visible(place.file)}:{place.line}: {command_text(f'fixed-{what}', language)}", err=True)
    own = replace(found, data={**found.data, **result.data})
    now = {**before, **{path.removeprefix(f"{BASE_FOLDER}/"): copy for path, copy in noted.items()}}
    return replace(content, own=own, noted=ContentFiles({path: copy for path, copy in now.items() if copy is not None}))


def _difference(path: str, before: bytes, after: bytes) -> str:
    """Return a unified difference, as `patch` takes it; on a terminal no character of it moves the cursor."""
    path = visible(path)
    if b"\0" in before:
        return f"Binary files a/{path} and b/{path} differ\n"
    old, new = (data.decode("utf-8").splitlines(keepends=True) for data in (before, after))
    lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}")
    if not sys.stdout.isatty():
        return "".join(lines)
    return "".join("\t".join(map(visible, line.rstrip("\r\n").split("\t"))) + "\n" for line in lines)
