"""Print a build's progress and result."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from stufenweise.cli.code_frame import SourceLines
from stufenweise.cli.problem_output import announce_printing, as_text, summary
from stufenweise.config.project import Project
from stufenweise.core.errors import MachineError
from stufenweise.fix.atomic_write import FinishedWrite
from stufenweise.i18n.messages import command_text, failure_text
from stufenweise.model.problem import Problem, visible
from stufenweise.model.problem_limits import limited_problems
from stufenweise.pipeline import BuildReport
from stufenweise.render.builders import BuildProgress
from stufenweise.stages.interrupted_changes import finished_change_notes


@dataclass(kw_only=True)
class Reporter:
    """Prints the progress of a build: progress bars on a terminal, elsewhere only problems and the result."""

    language: str
    root: Path
    """Folder to which problems' paths are relative."""
    quiet: bool

    def print_problems(self, problems: Sequence[Problem]) -> None:
        """Print the problems of the content."""
        lines = SourceLines(self.root)
        for problem in limited_problems(problems):
            click.echo(as_text(problem, self.language, lines), err=True)

    def print_printing(self, count: int) -> None:
        """Print on a terminal that handouts are being printed."""
        if self._draws:
            announce_printing(count, self.language)

    @property
    def _draws(self) -> bool:
        """Whether progress is drawn."""
        return not self.quiet and sys.stderr.isatty()

    @contextmanager
    def progress(self) -> Iterator[Callable[[BuildProgress], None]]:
        """Provide a function that draws the progress of each language; without a terminal it draws nothing."""
        if not self._draws:
            yield lambda _: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
        from rich.progress import Progress as Bars

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        bars = Bars(*columns, console=Console(stderr=True), transient=True)
        tasks: dict[str, TaskID] = {}

        def draw(progress: BuildProgress) -> None:
            if not tasks:
                bars.start()
            if progress.language not in tasks:
                tasks[progress.language] = bars.add_task(progress.language, total=progress.total or None)
            bars.update(tasks[progress.language], completed=progress.pages)

        try:
            yield draw
        finally:
            bars.stop()

    def print_result(self, report: BuildReport, project: Project, *, strict: bool) -> None:
        """Print the result of the build, and where the site is."""
        for outcome in report.outcomes:
            if strict or not outcome.ok or not self.quiet:
                for line in (*outcome.errors, *outcome.warnings):
                    click.echo(f"{outcome.language}: {visible(line)}", err=True)
            if not outcome.ok and not outcome.errors and not outcome.stopped:
                click.echo("\n".join(map(visible, outcome.log.strip().splitlines())), err=True)
        for note in report.notes:
            click.echo(failure_text(note, self.language), err=True)
        if not report.published:
            counts = summary(report.problems, self.language)
            click.echo(command_text("not-published", self.language, summary=counts), err=True)
        elif not self.quiet:
            start = project.site_dir / "index.html"
            key = "unchanged" if report.unchanged else "published"
            click.echo(command_text(key, self.language, pages=report.pages, start=start))

    def print_address(self, url: str) -> None:
        """Print where the site is served."""
        click.echo(command_text("serving", self.language, url=url), err=True)

    def print_rebuild(self, report: BuildReport) -> None:
        """Print the result of a build for the development server."""
        for outcome in report.outcomes:
            for line in (*outcome.errors, *outcome.warnings):
                click.echo(f"{outcome.language}: {visible(line)}", err=True)
        if report.published:
            click.echo(command_text("rebuilt", self.language), err=True)
        else:
            counts = summary(report.problems, self.language)
            click.echo(command_text("last-page-stays", self.language, summary=counts), err=True)

    def print_failure(self, error: MachineError) -> None:
        """Print that a build failed."""
        click.echo(failure_text(error.failure, self.language), err=True)

    def print_finished_change(self, finished: FinishedWrite, project: Project) -> None:
        """Print what became of a change that another program had begun."""
        for note in finished_change_notes(finished, project, self.language):
            click.echo(note, err=True)

    def panel_titles(self, count: int) -> Mapping[str, str]:
        """Return the headings of the lists of problems on a page."""
        return {
            "errors": command_text("problems-title", self.language, n=count),
            "here": command_text("problems-here", self.language),
            "elsewhere": command_text("problems-elsewhere", self.language),
        }
