"""What a command says: problems as text, JSON or workflow annotations, progress on a terminal, and the result."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
from rich.progress import Progress as Bars

from generator.assemble.project import Project
from generator.cli.words import word
from generator.messages import languages, say
from generator.model.problem import Problem
from generator.render.build import Report
from generator.render.builders import Progress
from generator.render.faults import PublishError

FORMATS = ("text", "json", "github")


def message_language(wanted: str | None, environ: Mapping[str, str]) -> str:
    """Return the language of messages: the one wanted, else the terminal's, else English."""
    if wanted:
        return wanted
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            code = value.partition("_")[0].partition(".")[0].lower()
            return code if code in languages() else "en"
    return "en"


def show(problems: Sequence[Problem], form: str, language: str, *, texts: int | None = None) -> None:
    """Print problems in one of `FORMATS`: text to standard error, the others to standard output."""
    if form == "json":
        click.echo(json.dumps([_as_data(one, language) for one in problems], ensure_ascii=False, indent=2))
    elif form == "github":
        for one in problems:
            click.echo(_as_annotation(one, language))
    else:
        for one in problems:
            click.echo(_as_text(one, language), err=True)
        click.echo(summary(problems, language, texts=texts), err=True)


def summary(problems: Sequence[Problem], language: str, *, texts: int | None = None) -> str:
    """Return one line that counts problems, and the texts that were read if there were any to read."""
    faults = sum(1 for one in problems if one.is_error)
    counts = word("summary", language, errors=faults, warnings=len(problems) - faults)
    return counts if texts is None else f"{word('texts', language, texts=texts)} {counts}"


def _as_text(one: Problem, language: str) -> str:
    said = say(one, language)
    colour = "red" if one.is_error else "yellow"
    kind = word("error" if one.is_error else "warning", language)
    head = f"{one.place}: {click.style(f'{kind} [{one.code}]', fg=colour)} {said.what}"
    return f"{head}\n    {said.remedy}" if said.remedy else head


def _as_data(one: Problem, language: str) -> dict[str, object]:
    said = say(one, language)
    return {
        "file": one.place.file,
        "line": one.place.line,
        "column": one.place.column,
        "severity": "error" if one.is_error else "warning",
        "code": one.code,
        "what": said.what,
        "remedy": said.remedy,
        "values": dict(one.values),
    }


def _as_annotation(one: Problem, language: str) -> str:
    """Return a problem as a workflow command.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
    """
    said = say(one, language)
    level = "error" if one.is_error else "warning"
    text = _escaped(f"{said.what} {said.remedy}".strip())
    where = f"file={_property(one.place.file)},line={one.place.line},col={one.place.column}"
    return f"::{level} {where},title={_property(one.code)}::{text}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


@dataclass
class Reporter:
    """Says on a terminal how a build goes; without a terminal only what matters."""

    console: Console
    language: str
    quiet: bool

    def problems(self, problems: Sequence[Problem]) -> None:
        """Print the problems of the content."""
        for one in problems:
            click.echo(_as_text(one, self.language), err=True)

    @contextmanager
    def progress(self) -> Iterator[Callable[[Progress], None]]:
        """Give a function that draws how far each language is; it draws only on a terminal."""
        if self.quiet or not self.console.is_terminal:
            yield lambda _: None
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        bars = Bars(*columns, console=self.console, transient=True)
        tasks: dict[str, TaskID] = {}

        def draw(progress: Progress) -> None:
            if not tasks:
                # Not earlier: it starts a thread, and beside threads there is no forking.
                bars.start()
            if progress.language not in tasks:
                tasks[progress.language] = bars.add_task(progress.language, total=progress.total or None)
            bars.update(tasks[progress.language], completed=progress.pages)

        try:
            yield draw
        finally:
            bars.stop()

    def end(self, report: Report, project: Project, *, strict: bool) -> None:
        """Print how the build ended and where to look."""
        for outcome in report.outcomes:
            if strict or not outcome.ok or not self.quiet:
                for line in (*outcome.errors, *outcome.warnings):
                    click.echo(f"{outcome.language}: {line}", err=True)
            if not outcome.ok and not outcome.errors and not outcome.stopped:
                click.echo(outcome.log.strip(), err=True)
        for note in report.notes:
            click.echo(note, err=True)
        if not report.published:
            faults = summary(report.problems, self.language)
            click.echo(word("not-published", self.language, summary=faults), err=True)
        elif not self.quiet:
            start = project.site_dir / "index.html"
            key = "unchanged" if report.unchanged else "published"
            click.echo(word(key, self.language, pages=report.pages, start=start))

    def served(self, url: str) -> None:
        """Print where the site is served."""
        click.echo(word("serving", self.language, url=url), err=True)

    def rebuilt(self, report: Report) -> None:
        """Print how a build for the development server ended."""
        for outcome in report.outcomes:
            for line in (*outcome.errors, *outcome.warnings):
                click.echo(f"{outcome.language}: {line}", err=True)
        if report.published:
            click.echo(word("rebuilt", self.language), err=True)
        else:
            faults = summary(report.problems, self.language)
            click.echo(word("kept", self.language, summary=faults), err=True)

    def failed(self, error: PublishError) -> None:
        """Print that a build could not be done."""
        click.echo(str(error), err=True)

    def panel_title(self, count: int) -> str:
        """Return the heading of the list of problems on a page."""
        return word("problems-title", self.language, n=count)
