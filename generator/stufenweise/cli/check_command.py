"""`stufenweise check`: report the problems of the content, or of single files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from stufenweise.cli.code_frame import SourceLines
from stufenweise.cli.content_arguments import content_arguments
from stufenweise.cli.content_writing import finish_interrupted
from stufenweise.cli.exits import EXIT_CONTENT, refuse
from stufenweise.cli.options import config_option, language_option, open_project_or_exit
from stufenweise.cli.problem_output import FORMATS, say_printing, show_problems
from stufenweise.config.project import Project
from stufenweise.config.project_files import ProjectFiles, WatchedFolders, read_project_files, watched_folders
from stufenweise.core.build_date import current_day
from stufenweise.i18n.messages import command_text, message_language
from stufenweise.load.load_result import LoadResult
from stufenweise.model.paths import path_below
from stufenweise.model.problem import blocking_problems
from stufenweise.overlay.paused_languages import count_by_language
from stufenweise.pipeline import check_content, check_printing, load_project
from stufenweise.status.hidden_traces import recommending_lines

NOTICES = {"text": "{text}", "github": "::notice file={file}::{text}"}
"""Formats for a notice, which is neither error nor warning; other formats have none."""


@click.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@config_option
@language_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--watch", is_flag=True, help="Check again at every save, until Ctrl-C.")
@click.option("--fix", is_flag=True, help="First fix what has one right answer: minutes, headings, keys, quotes.")
@click.option("--diff", "--dry-run", "diff", is_flag=True, help="With --fix: show what would change, write nothing.")
@click.option(
    "--reviewed",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Record that you compared this translation with its source, or your text with the package's.",
)
def check_command(
    files: tuple[Path, ...],
    config_file: Path,
    lang: str | None,
    form: str,
    strict: bool,
    watch: bool,
    fix: bool,
    diff: bool,
    reviewed: tuple[Path, ...],
) -> None:
    """Report everything that is wrong with the content, or with the files and folders named; build nothing."""
    language = message_language(lang, os.environ)
    if watch and (fix or reviewed):
        refuse(command_text("check-watch-fix", language))
    if diff and not (fix or reviewed):
        refuse(command_text("check-diff", language))
    if reviewed and not fix:
        files, reviewed = (), (*reviewed, *files)  # check --reviewed a.md b.md means both
    project = open_project_or_exit(config_file, language, form=form)
    if watch:
        _watch(project, files, config_file, form, language)
        return
    if fix or reviewed:
        from stufenweise.cli.fix_option import fix_files

        content = fix_files(project, files, reviewed, language, fix=fix, diff=diff)
        if diff:
            return
    else:
        finish_interrupted(project, project.content, language)
        content = read_project_files(project)
    if not _print_check(content, files, form, language, strict=strict):
        raise SystemExit(EXIT_CONTENT)


def _watch(project: Project, files: tuple[Path, ...], config_file: Path, form: str, language: str) -> None:
    """Check now and at every save with the present configuration; print marks for editors around each check."""
    from stufenweise.cli.watch import repeat_on_save

    first_project: Project | None = project

    def check_once(watch: Callable[[WatchedFolders], None]) -> None:
        nonlocal first_project
        if form == "lines":
            click.echo(f">>> {command_text('watch-begins', language)}")
        current = first_project or open_project_or_exit(config_file, language, form=form)
        first_project = None
        watch(watched_folders(current))
        _print_check(read_project_files(current), files, form, language, strict=False)
        if form == "lines":
            click.echo(f"<<< {command_text('watch-ends', language)}")

    repeat_on_save(check_once)


def _print_check(content: ProjectFiles, files: tuple[Path, ...], form: str, language: str, *, strict: bool) -> bool:
    """Print the problems, and return whether none of them stops a build."""
    project = content.project
    only = content_arguments(content, files, language) if files else None
    checked = check_content(load_project(content, use_cache=True), current_day(os.environ), only, use_cache=True)

    def on_printing(count: int) -> None:
        if form == "text":
            say_printing(count, language)

    if only is None:
        printed = check_printing(checked, on_printing=on_printing)
        problems = printed.problems if printed else checked.problems
        count = len(checked.result.texts)
    else:
        from stufenweise.handouts.print_handouts import shows_text  # Slow to import

        paths = {path for file in only if (path := path_below(project.shown_content, file))}
        printed = check_printing(
            checked,
            select=lambda handout: shows_text(handout, paths),
            on_printing=on_printing,
        )
        found = printed.problems if printed else checked.problems
        problems = tuple(problem for problem in found if problem.place.file in only)
        count = sum(1 for path in only if path.endswith(".md"))
    show_problems(problems, form, language, texts=count, lines=SourceLines(project.root))
    if form in NOTICES and project.settings.overlay and only is None:
        for notice in _notices(content, checked.result, language):
            click.echo(NOTICES[form].format(text=notice, file=project.config_file.name), err=form == "text")
    return not blocking_problems(problems, strict=strict)


def _notices(content: ProjectFiles, loaded: LoadResult, language: str) -> Iterator[str]:
    """Yield notices for a company: paused languages, hidden recommendations, missing contacts."""
    project = content.project
    if left := count_by_language(content.own.data, project.paused):
        counts = ", ".join(f"{code} {count}" for code, count in left.items())
        yield command_text("paused-languages", language, counts=counts)
    if count := len([*recommending_lines(loaded, project.labels)]):
        yield command_text("hidden-recommended", language, count=count)
    if missing := project.settings.missing_contacts():
        yield command_text("contacts-missing", language, names=", ".join(missing))
