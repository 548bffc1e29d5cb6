"""Problems as text, lines for editors, JSON, workflow annotations or a code quality report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import click

from stufenweise.cli.code_frame import SourceLines
from stufenweise.i18n.messages import command_text, problem_message
from stufenweise.model.problem import Problem, visible
from stufenweise.model.problem_limits import limited_problems

FORMATS = ("text", "lines", "json", "github", "gitlab")
MANY_HANDOUTS = 6
"""Number of handouts from which on printing is announced."""


def show_problems(
    problems: Sequence[Problem],
    output_format: str,
    language: str,
    *,
    texts: int | None = None,
    lines: SourceLines | None = None,
) -> None:
    """Print problems in one of `FORMATS`: text to standard error, the others to standard output.

    Args:
        problems: The problems.
        output_format: One of `FORMATS`.
        language: Language of the messages.
        texts: Number of texts that were read; None to leave it out.
        lines: The files of the project, to print the line of each problem; None to leave that out.
    """
    all_problems, problems = problems, limited_problems(problems)
    if output_format == "json":
        click.echo(json.dumps([_as_data(problem, language) for problem in problems], ensure_ascii=False, indent=2))
    elif output_format == "lines":
        for problem in problems:
            click.echo(as_line(problem, language))
        click.echo(summary(all_problems, language, texts=texts))
    elif output_format == "github":
        for problem in problems:
            click.echo(_as_annotation(problem, language))
    elif output_format == "gitlab":
        click.echo(json.dumps([_as_quality(problem, language) for problem in problems], ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            click.echo(as_text(problem, language, lines), err=True)
        if problems:
            more = "explain-each" if len({problem.code for problem in problems}) > 1 else "explain-more"
            click.echo(command_text(more, language, code=problems[0].code), err=True)
        click.echo(summary(all_problems, language, texts=texts), err=True)


def announce_printing(count: int, language: str) -> None:
    """Print on standard error that handouts are being printed, which takes a while."""
    if count >= MANY_HANDOUTS:
        click.echo(command_text("handouts-printing", language, count=count), err=True)


def summary(problems: Sequence[Problem], language: str, *, texts: int | None = None) -> str:
    """Return one line that counts problems, and the texts that were read if their number is given."""
    error_count = sum(1 for problem in problems if problem.is_error)
    counts = command_text("summary", language, errors=error_count, warnings=len(problems) - error_count)
    return counts if texts is None else f"{command_text('texts', language, texts=texts)} {counts}"


def as_text(problem: Problem, language: str, lines: SourceLines | None = None) -> str:
    """Return a problem as lines for a terminal: place (which terminals link) and message, code frame, remedy."""
    message = problem_message(problem, language)
    colour = "red" if problem.is_error else "yellow"
    kind = command_text("error" if problem.is_error else "warning", language)
    head = f"{problem.place}: {click.style(f'{kind} [{problem.code}]', fg=colour)} {message.what}"
    excerpt = lines.excerpt(problem.place) if lines else ""
    remedy = f"    {message.remedy}" if message.remedy else ""
    return "\n".join(filter(None, (head, excerpt, remedy)))


def as_line(problem: Problem, language: str) -> str:
    """Return a problem as one line like a compiler, with `error` or `warning` in every language."""
    message = problem_message(problem, language)
    kind = "error" if problem.is_error else "warning"
    return f"{problem.place}: {kind}: {message.what} {message.remedy}".rstrip() + f" [{problem.code}]"


def _as_data(problem: Problem, language: str) -> dict[str, object]:
    message = problem_message(problem, language)
    return {
        "file": visible(problem.place.file),
        "line": problem.place.line,
        "column": problem.place.column,
        "severity": "error" if problem.is_error else "warning",
        "code": problem.code,
        "what": message.what,
        "remedy": message.remedy,
        "values": {name: visible(value) for name, value in problem.message_values.items() if value},
    }


def _as_annotation(problem: Problem, language: str) -> str:
    """Return a problem as a workflow command.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
    """
    message = problem_message(problem, language)
    level = "error" if problem.is_error else "warning"
    text = _escaped(f"{message.what} {message.remedy}".strip())
    where = f"file={_property(visible(problem.place.file))},line={problem.place.line},col={problem.place.column}"
    return f"::{level} {where},title={_property(problem.code)}::{text}"


def _as_quality(problem: Problem, language: str) -> dict[str, object]:
    """Return a problem as an entry of a code quality report.

    https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    """
    message = problem_message(problem, language)
    fingerprint = hashlib.sha256(
        json.dumps([problem.place.file, problem.code, problem.message_values, problem.place.line]).encode()
    ).hexdigest()
    return {
        "description": f"{message.what} {message.remedy}".strip(),
        "check_name": problem.code,
        "fingerprint": fingerprint,
        "severity": "major" if problem.is_error else "minor",
        "location": {"path": visible(problem.place.file), "lines": {"begin": problem.place.line}},
    }


def notice_annotation(text: str, file: str) -> str:
    """Return a notice about a file as a workflow command, see `_as_annotation`."""
    return f"::notice file={_property(visible(file))}::{_escaped(text)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
