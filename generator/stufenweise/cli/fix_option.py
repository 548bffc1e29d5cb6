"""`stufenweise check --fix`: repair the content, and print each repair."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import click

from stufenweise.cli.command_context import CommandContext
from stufenweise.cli.content_arguments import content_arguments
from stufenweise.cli.content_writing import changing_content, refuse_new_errors, write_content
from stufenweise.cli.exits import EXIT_CONTENT
from stufenweise.config.project import Project
from stufenweise.config.project_files import PACKAGE_CONTENT, ProjectFiles, base_files, read_project_files
from stufenweise.fix.repairs import RepairResult, repair_content
from stufenweise.load.load_result import LoadResult
from stufenweise.model.paths import ContentPath, ShownPath, path_below, shown_path
from stufenweise.model.problem import visible
from stufenweise.overlay.base_drift import BASE_FOLDER, overriding_files
from stufenweise.source.files.content_files import ContentFiles, with_changes
from stufenweise.source.yaml.text_edits import UnfixableError
from stufenweise.stages.content_stages import load_project


def fix_files(
    context: CommandContext,
    project: Project,
    files: tuple[Path, ...],
    reviewed: tuple[Path, ...],
    *,
    fix: bool,
    diff: bool,
) -> ProjectFiles:
    """Repair files, mark `reviewed` as compared, print the changes, and return the changed files.

    All changes are written, or none. Exits with 1 if a translation can't be marked.

    Args:
        context: The command's context.
        project: The project.
        files: Files and folders to repair; all if there are none.
        reviewed: Translations that were compared with their sources, and own versions compared with the package's text.
        fix: Whether to repair more than the digests of those translations.
        diff: Whether to print the difference instead of writing.
    """
    with changing_content(context, project) as folder:
        content = read_project_files(project)

        def read(data: Mapping[ContentPath, bytes]) -> LoadResult:
            return load_project(replace(content, own=ContentFiles(dict(data)))).result

        base = base_files(content).data
        base_paths = {
            shown_path(project.shown_content, own): path for own, path in overriding_files(content.own.data, base)
        }
        reviewed_paths = _reviewed_paths(context, content, read(content.own.data), base, base_paths, reviewed)
        only = content_arguments(context, content, files) if files else None
        try:
            repaired = repair_content(content.own.data, read, only if fix else frozenset(), reviewed_paths)
        except UnfixableError as error:
            context.refuse("reviewed-unusual", exit_code=EXIT_CONTENT, place=error.place)
        reviewed_base = {
            path: base[path] for path in sorted({base_paths[own] for own in reviewed_paths & base_paths.keys()})
        }
        current = (
            reviewed_paths - base_paths.keys() - {place.file for place, kind in repaired.notes if kind == "reviewed"}
        )
        if diff:
            _print_differences(content, reviewed_base, repaired)
            _print_current(context, current)
            return content
        copies: dict[ContentPath, bytes | None] = dict(reviewed_base)
        if reviewed_paths:  # A copy is useless once the company's version of the text is gone
            copies |= dict.fromkeys(content.reviewed_base.data.keys() - {*base_paths.values()})
            own = with_changes(content.own, repaired.data, project.shown_content)
            refuse_new_errors(context, content, replace(content, own=own))
        base_copies = {ContentPath(f"{BASE_FOLDER}/{path}"): copy for path, copy in copies.items()}
        write_content(folder, {**repaired.data, **base_copies}, content)
    _print_fixes(context, project.shown_content, base_copies, repaired)
    _print_current(context, current)
    return _files_after(content, repaired, copies)


def _reviewed_paths(
    context: CommandContext,
    content: ProjectFiles,
    loaded: LoadResult,
    base: Mapping[ContentPath, bytes],
    base_paths: Mapping[ShownPath, ContentPath],
    reviewed: tuple[Path, ...],
) -> set[ShownPath]:
    """Return the paths of the compared files, in the form of problems' paths.

    Exits with 2 if a file has no counterpart to compare with, with 1 if a translation is not finished or its source
    can't be read.

    Args:
        context: The command's context.
        content: The files of the project.
        loaded: The loaded content.
        base: The package's files in the languages of the site.
        base_paths: Path of the package's file by that of the company's version, as problems name it.
        reviewed: What the person named.
    """
    shown_content, own = content.project.shown_content, content.own.data
    named = content_arguments(context, content, reviewed)
    files = {file for file in named if (path := path_below(shown_content, file)) and path in own}
    translations = {file.shown_path for file in loaded.texts.values() if not file.is_source}
    obsolete = {
        shown_path(shown_content, path) for path in own.keys() & (content.reviewed_base.data.keys() - base.keys())
    }
    for file in sorted(files - translations - base_paths.keys() - obsolete):
        context.refuse("check-no-translation", file=file)
    for text in loaded.texts.values():
        if text.shown_path in files and (text.is_stub or text.leftover_stub_lines):
            context.refuse("reviewed-comments", exit_code=EXIT_CONTENT, file=text.shown_path)
        if text.shown_path in files and not loaded.source_of(text):
            context.refuse("reviewed-no-source", exit_code=EXIT_CONTENT, file=text.shown_path)
    return files


def _print_differences(
    content: ProjectFiles, reviewed_base: Mapping[ContentPath, bytes], repaired: RepairResult
) -> None:
    """Print what changed in the package's texts since the last review, and what the repairs would change."""
    own = content.own.data
    for path, text in reviewed_base.items():
        before = content.reviewed_base.data.get(path, own.get(path, text))
        click.echo(_difference(shown_path(PACKAGE_CONTENT, path), before, text), nl=False)
    for path, data in repaired.data.items():
        click.echo(_difference(shown_path(content.project.shown_content, path), own[path], data), nl=False)


def _print_fixes(
    context: CommandContext,
    shown_content: ShownPath,
    base_copies: Mapping[ContentPath, bytes | None],
    repaired: RepairResult,
) -> None:
    """Print which copies of package texts were recorded or removed, and each repair."""
    for path, copy in sorted(base_copies.items()):
        key = "fixed-base-recorded" if copy is not None else "fixed-base-removed"
        click.echo(f"{visible(shown_path(shown_content, path))}: {context.message(key)}", err=True)
    for place, kind in repaired.notes:
        click.echo(f"{visible(place.file)}:{place.line}: {context.message(f'fixed-{kind}')}", err=True)


def _print_current(context: CommandContext, current: Iterable[ShownPath]) -> None:
    """Print which reviewed translations needed no change."""
    for file in sorted(current):
        click.echo(f"{visible(file)}: {context.message('reviewed-current')}", err=True)


def _files_after(
    content: ProjectFiles, repaired: RepairResult, copies: Mapping[ContentPath, bytes | None]
) -> ProjectFiles:
    """Return the files of the project after all changes."""
    reviewed_base = {**content.reviewed_base.data, **copies}
    return replace(
        content,
        own=replace(content.own, data={**content.own.data, **repaired.data}),
        reviewed_base=ContentFiles({path: copy for path, copy in reviewed_base.items() if copy is not None}),
    )


def _difference(path: str, before: bytes, after: bytes) -> str:
    """Return a unified difference for `patch`; on a terminal without control characters."""
    path = visible(path)
    if b"\0" in before:
        return f"Binary files a/{path} and b/{path} differ\n"
    old, new = (data.decode("utf-8").splitlines(keepends=True) for data in (before, after))
    lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}")
    if not sys.stdout.isatty():
        return "".join(lines)
    return "".join("\t".join(map(visible, line.rstrip("\r\n").split("\t"))) + "\n" for line in lines)
