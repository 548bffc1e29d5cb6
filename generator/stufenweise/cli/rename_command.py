"""`stufenweise rename`: give a tutorial another slug, and change all references to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import click

from stufenweise.cli.command_context import CommandContext, project_options, with_context
from stufenweise.cli.content_arguments import slug_refusal
from stufenweise.cli.content_writing import changing_content, write_content
from stufenweise.cli.exits import EXIT_CONTENT, refuse
from stufenweise.cli.problem_output import show_problems
from stufenweise.config.project import Project
from stufenweise.config.project_files import ProjectFiles, read_project_files, with_paused_languages
from stufenweise.core.result_cache import ResultCache
from stufenweise.fix.rename_tutorial import rename_tutorial, renamed_files
from stufenweise.fix.update_digests import current_translations, update_digests
from stufenweise.load.load_result import LoadResult
from stufenweise.model.facts import TutorialFacts
from stufenweise.model.kinds import TUTORIAL
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.model.problem import blocking_problems, visible
from stufenweise.source.files.content_files import with_changes
from stufenweise.source.files.text_paths import TextPath
from stufenweise.source.yaml.text_edits import UnfixableError
from stufenweise.stages.content_stages import Caches, check_content, load_project
from stufenweise.stages.stage_results import LoadedProject


@click.command()
@click.argument("old")
@click.argument("new")
@project_options
@with_context
@click.option("--dry-run", is_flag=True, help="Only print what would change.")
def rename(context: CommandContext, old: str, new: str, dry_run: bool) -> None:
    """Give a tutorial another slug: files in all languages, references and links, its former address.

    All of it or nothing: the content is checked before and after, and written only when it is right.
    """
    project = context.open_project()
    with changing_content(context, project) as folder:
        _rename(context, project, folder, old, new, dry_run=dry_run)


def _rename(context: CommandContext, project: Project, folder: Path, old: str, new: str, *, dry_run: bool) -> None:
    """Rename a tutorial; the caller holds the lock."""
    shown_content, day = project.shown_content, context.today
    content = read_project_files(project)
    files = content.own

    def load(project_files: ProjectFiles, changes: Mapping[ContentPath, bytes | None]) -> LoadedProject:
        return load_project(replace(project_files, own=with_changes(files, changes, shown_content)))

    loaded_project, caches = load_project(content), Caches(checks=ResultCache())
    before = loaded_project.result
    if errors := blocking_problems(check_content(loaded_project, day, caches=caches).problems):
        show_problems(errors, "text", context.language)
        context.refuse("rename-errors", exit_code=EXIT_CONTENT)
    if refusal := _refusal(context, before, files.data, old, new):
        refuse(refusal)
    try:
        in_all_languages = with_paused_languages(content)
        texts = load_project(in_all_languages).result
        changes = rename_tutorial(texts, files.data, old, new)
        renamed = load(in_all_languages, changes).result
        still_current = current_translations(texts, renamed, {(TUTORIAL.name, old): new})
        changes |= update_digests(_with(files.data, changes), still_current)
    except UnfixableError as error:
        context.refuse("rename-unusual", exit_code=EXIT_CONTENT, place=error.place)
    if errors := blocking_problems(check_content(load(content, changes), day, caches=caches).problems):
        show_problems(errors, "text", context.language)
        context.refuse("rename-would-break", exit_code=EXIT_CONTENT)
    moved = renamed_files(files.data, old, new)
    if not dry_run:
        write_content(folder, changes, content, moved)
    _print_changes(context, moved, changes, shown_content)
    context.print_note("rename-dry" if dry_run else "rename-done", old=old, new=new)


def _with(data: Mapping[ContentPath, bytes], changes: Mapping[ContentPath, bytes | None]) -> dict[ContentPath, bytes]:
    """Apply changes to files."""
    after = {**data, **changes}
    return {path: content for path, content in after.items() if content is not None}


def _refusal(context: CommandContext, before: LoadResult, data: Mapping[ContentPath, bytes], old: str, new: str) -> str:
    """Return a message if the tutorial can't get that slug; otherwise an empty string."""
    slugs = before.slugs(TUTORIAL)
    if old in slugs and TextPath(TUTORIAL.folder, old, before.source_language).path not in data:
        return context.message("rename-package", slug=old)
    if old not in slugs:
        return context.with_suggestion(context.message("rename-unknown", slug=old), old, slugs)
    if key := slug_refusal(new):
        return context.message(key, slug=new)
    for path in renamed_files(data, old, new).values():
        if path.casefold() in {other.casefold() for other in data}:
            return context.message("exists", file=shown_path(before.shown_content, path))
    if new in slugs or TextPath(TUTORIAL.folder, new, "").stem in _stems(data):
        return context.message("rename-taken", slug=new)
    for file in before.files_of(TUTORIAL):
        if isinstance(file.facts, TutorialFacts) and new in file.facts.formerly and file.slug != old:
            return context.message("rename-former", slug=new, file=file.shown_path)
    return ""


def _stems(data: Iterable[ContentPath]) -> set[str]:
    """Return folder and slug of each text."""
    return {text.stem for path in data if (text := TextPath.parse(path))}


def _print_changes(
    context: CommandContext,
    moved: Mapping[ContentPath, ContentPath],
    changes: Mapping[ContentPath, bytes | None],
    shown_content: ShownPath,
) -> None:
    """Print the moved and the changed files."""
    for path, new_path in moved.items():
        click.echo(visible(f"{shown_path(shown_content, path)} → {shown_path(shown_content, new_path)}"))
    for path, data in changes.items():
        if data is not None and path not in moved.values():
            context.print_message("rename-changed", file=shown_path(shown_content, path))
