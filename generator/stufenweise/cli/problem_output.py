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


def show_problems(
    problems: Sequence[Problem], form: str, language: str, *, texts: int | None = None, lines: SourceLines | None = None
) -> None:
    """Print problems in one of `FORMATS`: text to standard error, the others to standard output.

    Args:
        problems: What is wrong.
        form: One of `FORMATS`.
        language: Language of the messages.
        texts: How many texts were read, if there were any to read.
        lines: The files that hold the problems, for text with the lines in question.
    """
    found, problems = problems, limited_problems(problems)
    if form == "json":
        click.echo(json.dumps([_as_data(one, language) for one in problems], ensure_ascii=False, indent=2))
    elif form == "lines":
        for one in problems:
            click.echo(as_line(one, language))
        click.echo(summary(found, language, texts=texts))
    elif form == "github":
        for one in problems:
            click.echo(_as_annotation(one, language))
    elif form == "gitlab":
        click.echo(json.dumps([_as_quality(one, language) for one in problems], ensure_ascii=False, indent=2))
    else:
        for one in problems:
            click.echo(as_text(one, language, lines), err=True)
        if problems:
            more = "explain-each" if len({one.code for one in problems}) > 1 else "explain-more"
            click.echo(command_text(more, language, code=problems[0].code), err=True)
        click.echo(summary(found, language, texts=texts), err=True)


def summary(problems: Sequence[Problem], language: str, *, texts: int | None = None) -> str:
    """Return one line that counts problems, and the texts that were read if there were any to read."""
    faults = sum(1 for one in problems if one.is_error)
    counts = command_text("summary", language, errors=faults, warnings=len(problems) - faults)
    return counts if texts is None else f"{command_text('texts', language, texts=texts)} {counts}"


def as_text(one: Problem, language: str, lines: SourceLines | None = None) -> str:
    """Return a problem as lines for a terminal: its place first, which terminals and editors link, then its line."""
    message = problem_message(one, language)
    colour = "red" if one.is_error else "yellow"
    kind = command_text("error" if one.is_error else "warning", language)
    head = f"{one.place}: {click.style(f'{kind} [{one.code}]', fg=colour)} {message.what}"
    excerpt = lines.excerpt(one.place) if lines else ""
    remedy = f"    {message.remedy}" if message.remedy else ""
    return "\n".join(filter(None, (head, excerpt, remedy)))


def as_line(one: Problem, language: str) -> str:
    """Return a problem as one line, as compilers say it and editors know it: in every language `error` or `warning`."""
    message = problem_message(one, language)
    kind = "error" if one.is_error else "warning"
    return f"{one.place}: {kind}: {message.what} {message.remedy}".rstrip() + f" [{one.code}]"


def _as_data(one: Problem, language: str) -> dict[str, object]:
    message = problem_message(one, language)
    return {
        "file": visible(one.place.file),
        "line": one.place.line,
        "column": one.place.column,
        "severity": "error" if one.is_error else "warning",
        "code": one.code,
        "what": message.what,
        "remedy": message.remedy,
        "values": {name: visible(value) for name, value in one.values},
    }


def _as_annotation(one: Problem, language: str) -> str:
    """Return a problem as a workflow command.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
    """
    message = problem_message(one, language)
    level = "error" if one.is_error else "warning"
    text = _escaped(f"{message.what} {message.remedy}".strip())
    where = f"file={_property(visible(one.place.file))},line={one.place.line},col={one.place.column}"
    return f"::{level} {where},title={_property(one.code)}::{text}"


def _as_quality(one: Problem, language: str) -> dict[str, object]:
    """Return a problem as an entry of a code quality report.

    https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    """
    message = problem_message(one, language)
    fingerprint = hashlib.sha256(
        json.dumps([one.place.file, one.code, one.values, one.place.line]).encode()
    ).hexdigest()
    return {
        "description": f"{message.what} {message.remedy}".strip(),
        "check_name": one.code,
        "fingerprint": fingerprint,
        "severity": "major" if one.is_error else "minor",
        "location": {"path": visible(one.place.file), "lines": {"begin": one.place.line}},
    }


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
