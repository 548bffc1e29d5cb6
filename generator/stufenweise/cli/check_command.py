"""`stufenweise check`: what is wrong with the content, or with single files of it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from stufenweise.checked import files_of, read_and_check, with_paper
from stufenweise.cli.code_frame import SourceLines
from stufenweise.cli.content_arguments import content_arguments
from stufenweise.cli.context import (
    EXIT_CONTENT,
    EXIT_MACHINE,
    config_option,
    finish_interrupted,
    language_option,
    open_project_or_exit,
    today,
)
from stufenweise.cli.problem_output import FORMATS, message_language, show_problems
from stufenweise.config.project import Project
from stufenweise.errors import explain_os_error
from stufenweise.i18n.command_text import command_text
from stufenweise.i18n.failure_text import failure_text

NOTICES = {"text": "{text}", "github": "::notice file={file}::{text}"}
"""How what is neither error nor warning is said, by the form of the problems; the others have no way to."""


@click.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@config_option
@language_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--watch", is_flag=True, help="Check again at every save, until Ctrl-C.")
@click.option("--fix", is_flag=True, help="Mend first what has one right answer: minutes, headings, keys, quotes.")
@click.option("--diff", "--dry-run", "diff", is_flag=True, help="With --fix: show what would change, write nothing.")
@click.option(
    "--reviewed",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="You have compared this translation with its source, or this text with what it lies over.",
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
    """Say everything that is wrong with the content, or with the files and folders named; nothing is built."""
    language = message_language(lang, os.environ)
    if watch and (fix or reviewed):
        raise click.UsageError(command_text("check-watch-fix", language))
    if diff and not (fix or reviewed):
        raise click.UsageError(command_text("check-diff", language))
    project = open_project_or_exit(config_file, language, form=form)
    if fix or reviewed:
        from stufenweise.cli.fix_option import fix_files

        fix_files(project, files, reviewed, language, fix=fix, diff=diff)
        if diff:
            return
    if watch:
        from stufenweise.cli.watch import repeat_on_save

        repeat_on_save((project.content, project.root), lambda: _again(files, config_file, form, language))
        return
    finish_interrupted(project.content, language)
    if not _is_well(project, files, form, language, strict=strict):
        raise SystemExit(EXIT_CONTENT)


def _again(files: tuple[Path, ...], config_file: Path, form: str, language: str) -> None:
    """Check once more, with the configuration as it is now; editors are told where a check begins and ends."""
    if form == "lines":
        click.echo(f">>> {command_text('watch-begins', language)}")
    _is_well(open_project_or_exit(config_file, language, form=form), files, form, language, strict=False)
    if form == "lines":
        click.echo(f"<<< {command_text('watch-ends', language)}")


def _is_well(project: Project, files: tuple[Path, ...], form: str, language: str, *, strict: bool) -> bool:
    """Say the problems, and return whether there are none that stop a build."""
    found = files_of(project)
    only = content_arguments(project, found, files, language) if files else None
    try:
        checked, _ = with_paper(project, read_and_check(project, today(os.environ), found, only), only, drafts=True)
    except OSError as error:
        click.echo(failure_text(explain_os_error(error, project.work).failure, language), err=True)
        raise SystemExit(EXIT_MACHINE) from None
    count = len(checked.reading.texts)
    if only is not None:
        checked = checked.about(only)
        count = sum(1 for path in only if path.endswith(".md"))
    show_problems(checked.problems, form, language, texts=count, lines=SourceLines(project.root))
    missing = project.settings.missing_contacts()
    if form in NOTICES and project.settings.overlay and missing and only is None:
        said = command_text("contacts-missing", language, names=", ".join(missing))
        click.echo(NOTICES[form].format(text=said, file=project.config_file.name), err=form == "text")
    return not checked.stops(strict=strict)
