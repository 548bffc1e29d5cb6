"""`stufenweise rename`: give a tutorial another slug, and change all references to it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from stufenweise.cli.content_arguments import slug_refusal
from stufenweise.cli.content_writing import changing_content, write_content
from stufenweise.cli.exits import EXIT_CONTENT, refuse, with_suggestion
from stufenweise.cli.options import config_option, language_option, open_project_or_exit
from stufenweise.cli.problem_output import show_problems
from stufenweise.config.project import Project
from stufenweise.config.project_files import read_project_files
from stufenweise.core.build_date import current_day
from stufenweise.fix.rename_tutorial import rename_tutorial, renamed_files
from stufenweise.fix.update_digests import current_translations, update_digests
from stufenweise.i18n.messages import command_text, message_language
from stufenweise.load.load_result import LoadResult
from stufenweise.model.facts import TutorialFacts
from stufenweise.model.kinds import TUTORIAL
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.model.problem import blocking_problems, visible
from stufenweise.pipeline import check_content, load_project
from stufenweise.pipeline_results import LoadedProject
from stufenweise.source.files.content_files import with_changes
from stufenweise.source.yaml.text_edits import UnfixableError


@click.command()
@click.argument("old")
@click.argument("new")
@config_option
@language_option
@click.option("--dry-run", is_flag=True, help="Only print what would change.")
def rename(old: str, new: str, config_file: Path, lang: str | None, dry_run: bool) -> None:
    """Give a tutorial another slug: files in all languages, references and links, its former address.

    All of it or nothing: the content is checked before and after, and written only when it is right.
    """
    language = message_language(lang, os.environ)
    project = open_project_or_exit(config_file, language)
    with changing_content(project, language) as folder:
        _rename(project, folder, old, new, language, dry_run=dry_run)


def _rename(project: Project, folder: Path, old: str, new: str, language: str, *, dry_run: bool) -> None:
    """Rename a tutorial; the caller holds the lock."""
    shown, day = project.shown_content, current_day(os.environ)
    content = read_project_files(project)
    files = content.own

    def load(changes: Mapping[ContentPath, bytes | None]) -> LoadedProject:
        return load_project(replace(content, own=with_changes(files, changes, shown)))

    loaded_project = load_project(content)
    before = loaded_project.result
    if errors := blocking_problems(check_content(loaded_project, day).problems):
        show_problems(errors, "text", language)
        refuse(command_text("rename-errors", language), EXIT_CONTENT)
    if refusal := _refusal(before, files.data, old, new, language):
        refuse(refusal)
    try:
        changes = rename_tutorial(before, files.data, old, new)
        still_current = current_translations(before, load(changes).result, {(TUTORIAL.name, old): new})
        changes |= update_digests(_with(files.data, changes), still_current)
    except UnfixableError as error:
        refuse(command_text("rename-unusual", language, place=error.place), EXIT_CONTENT)
    if errors := blocking_problems(check_content(load(changes), day).problems):
        show_problems(errors, "text", language)
        refuse(command_text("rename-would-break", language), EXIT_CONTENT)
    if not dry_run:
        write_content(folder, changes, shown)
    _print_changes(renamed_files(files.data, old, new), changes, shown, language)
    click.echo(command_text("rename-dry" if dry_run else "rename-done", language, old=old, new=new), err=True)


def _with(data: Mapping[ContentPath, bytes], changes: Mapping[ContentPath, bytes | None]) -> dict[ContentPath, bytes]:
    """Apply changes to files."""
    after = {**data, **changes}
    return {path: content for path, content in after.items() if content is not None}


def _refusal(before: LoadResult, data: Mapping[ContentPath, bytes], old: str, new: str, language: str) -> str:
    """Return a message if the tutorial can't get that slug; otherwise an empty string."""
    slugs = before.slugs(TUTORIAL)
    if old in slugs and f"{TUTORIAL.folder}/{old}.{before.source_language}.md" not in data:
        return command_text("rename-package", language, slug=old)
    if old not in slugs:
        return with_suggestion(command_text("rename-unknown", language, slug=old), old, slugs, language)
    if key := slug_refusal(new):
        return command_text(key, language, slug=new)
    for path in renamed_files(data, old, new).values():
        if path.casefold() in {other.casefold() for other in data}:
            return command_text("exists", language, file=shown_path(before.shown_content, path))
    if new in slugs or any(path.startswith(f"{TUTORIAL.folder}/{new}.") for path in data):
        return command_text("rename-taken", language, slug=new)
    for file in before.files_of(TUTORIAL):
        if isinstance(file.facts, TutorialFacts) and new in file.facts.formerly and file.slug != old:
            return command_text("rename-former", language, slug=new, file=file.shown_path)
    return ""


def _print_changes(
    moved: Mapping[ContentPath, ContentPath],
    changes: Mapping[ContentPath, bytes | None],
    shown: ShownPath,
    language: str,
) -> None:
    """Print the moved and the changed files."""
    for path, new_path in moved.items():
        click.echo(visible(f"{shown_path(shown, path)} → {shown_path(shown, new_path)}"))
    for path, data in changes.items():
        if data is not None and path not in moved.values():
            click.echo(command_text("rename-changed", language, file=shown_path(shown, path)))
