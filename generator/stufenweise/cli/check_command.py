"""`stufenweise check`: report the problems of the content, or of single files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from stufenweise.cli.code_frame import SourceLines
from stufenweise.cli.command_context import CommandContext, project_options, with_context
from stufenweise.cli.content_arguments import content_arguments
from stufenweise.cli.exits import EXIT_CONTENT
from stufenweise.cli.problem_output import FORMATS, announce_printing, notice_annotation, show_problems
from stufenweise.config.project import Project
from stufenweise.config.project_files import ProjectFiles, WatchedFolders, read_project_files, watched_folders
from stufenweise.handouts.print_handouts import shows_text
from stufenweise.load.load_result import LoadResult
from stufenweise.model.paths import path_below
from stufenweise.model.problem import blocking_problems
from stufenweise.overlay.paused_languages import count_by_language
from stufenweise.stages.content_stages import Caches, check_content, load_project
from stufenweise.stages.handout_stages import check_printing
from stufenweise.status.hidden_traces import recommending_lines

NOTICE_FORMATS = frozenset({"text", "github"})
"""Output formats that have notices, which are neither errors nor warnings."""


@click.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@project_options
@with_context
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="text", show_default=True)
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
    context: CommandContext,
    files: tuple[Path, ...],
    output_format: str,
    strict: bool,
    watch: bool,
    fix: bool,
    diff: bool,
    reviewed: tuple[Path, ...],
) -> None:
    """Report everything that is wrong with the content, or with the files and folders named; build nothing."""
    if watch and (fix or reviewed):
        context.refuse("check-watch-fix")
    if diff and not (fix or reviewed):
        context.refuse("check-diff")
    if reviewed and not fix:
        files, reviewed = (), (*reviewed, *files)  # check --reviewed a.md b.md means both
    project = context.open_project(output_format=output_format)
    if watch:
        _watch(context, project, files, output_format)
        return
    if fix or reviewed:
        from stufenweise.cli.fix_option import fix_files

        content = fix_files(context, project, files, reviewed, fix=fix, diff=diff)
        if diff:
            return
    else:
        content = read_project_files(project)
    if not _print_check(context, content, files, output_format, strict=strict):
        raise SystemExit(EXIT_CONTENT)


def _watch(context: CommandContext, project: Project, files: tuple[Path, ...], output_format: str) -> None:
    """Check now and at every save with the present configuration; print marks for editors around each check."""
    from stufenweise.cli.watch import repeat_on_save

    first_project: Project | None = project

    def check_once(watch: Callable[[WatchedFolders], None]) -> None:
        nonlocal first_project
        if output_format == "lines":
            click.echo(f">>> {context.message('watch-begins')}")
        current = first_project or context.open_project(output_format=output_format)
        first_project = None
        watch(watched_folders(current))
        _print_check(context, read_project_files(current), files, output_format, strict=False)
        if output_format == "lines":
            click.echo(f"<<< {context.message('watch-ends')}")

    repeat_on_save(check_once)


def _print_check(
    context: CommandContext, content: ProjectFiles, files: tuple[Path, ...], output_format: str, *, strict: bool
) -> bool:
    """Print the problems, and return whether none of them stops a build."""
    project = content.project
    only = content_arguments(context, content, files) if files else None
    caches = Caches.of(project)
    checked = check_content(load_project(content, caches), context.today, only, caches=caches)

    def on_printing(count: int) -> None:
        if output_format == "text":
            announce_printing(count, context.language)

    if only is None:
        problems = check_printing(checked, on_printing=on_printing).problems
        count = len(checked.result.texts)
    else:
        paths = {path for file in only if (path := path_below(project.shown_content, file))}
        printing = check_printing(checked, select=lambda handout: shows_text(handout, paths), on_printing=on_printing)
        problems = tuple(problem for problem in printing.problems if problem.place.file in only)
        count = sum(1 for path in only if path.endswith(".md"))
    show_problems(problems, output_format, context.language, texts=count, lines=SourceLines(project.root))
    if output_format in NOTICE_FORMATS and project.settings.overlay and only is None:
        for notice in _notices(context, content, checked.result):
            if output_format == "github":
                click.echo(notice_annotation(notice, project.config_file.name))
            else:
                click.echo(notice, err=True)
    return not blocking_problems(problems, strict=strict)


def _notices(context: CommandContext, content: ProjectFiles, loaded: LoadResult) -> Iterator[str]:
    """Yield notices for a company: paused languages, hidden recommendations, missing contacts."""
    project = content.project
    if left := count_by_language(content.own.data, project.paused):
        counts = ", ".join(f"{language} {files}" for language, files in left.items())
        yield context.message("paused-languages", counts=counts)
    if count := len([*recommending_lines(loaded, project.labels)]):
        yield context.message("hidden-recommended", count=count)
    if missing := project.settings.missing_contacts():
        yield context.message("contacts-missing", names=", ".join(missing))
