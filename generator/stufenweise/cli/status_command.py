"""`stufenweise status`: report the state of each tutorial as a table."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Sequence

import click
from babel import Locale

from stufenweise.cli.command_context import CommandContext, project_options, with_context
from stufenweise.cli.problem_output import summary
from stufenweise.cli.project_status import project_status
from stufenweise.core.text_templates import render_html_template
from stufenweise.model.problem import visible
from stufenweise.status.tutorial_status import TutorialStatus, lacking_translations

TextOf = Callable[[str], str]
"""Returns a message of the command line by its key."""


@click.command()
@project_options
@with_context
@click.option(
    "--format",
    "output_format",
    type=click.Choice(("text", "html", "json", "csv")),
    default="text",
    show_default=True,
)
def status(context: CommandContext, output_format: str) -> None:
    """Show the state of each tutorial: languages, review, handouts, length.

    Below, it names other texts whose translation is missing or out of date.

    Problems of the content are only counted; `check` names them.
    """
    project = context.open_project()
    whole = project_status(context, project)
    result, statuses = whole.content, whole.tutorials

    def text_of(key: str) -> str:
        return context.message(f"status-{key}")

    if output_format == "json":
        click.echo(json.dumps([_as_data(status) for status in statuses], ensure_ascii=False, indent=2))
    elif output_format == "csv":
        # As bytes, because Windows would encode the table in the code page of the console.
        click.echo(_as_csv(statuses, result.languages, context.language).encode("utf-8-sig"), nl=False)
    elif output_format == "html":
        click.echo(_as_html(statuses, result.languages, text_of, context.language), nl=False)
    else:
        _print_table(statuses, result.languages, text_of)
        for (content_language, state), slugs in lacking_translations(result).items():
            values = {
                "language": content_language,
                "state": text_of(state),
                "count": len(slugs),
                "slugs": ", ".join(slugs),
            }
            click.echo(visible(context.message("status-other-texts", **values)))
        click.echo(summary(whole.problems, context.language, texts=len(result.texts)), err=True)


def _head(languages: Sequence[str], text_of: TextOf) -> list[str]:
    """Return the headings of the columns."""
    return [
        text_of("level"),
        text_of("tutorial"),
        *languages,
        text_of("review"),
        text_of("handouts"),
        text_of("words"),
        text_of("minutes"),
    ]


def _cells(status: TutorialStatus, text_of: TextOf) -> list[str]:
    """Return the cells of a row as text, readable without colours."""
    review = "–" if status.due is None else status.due.isoformat()
    return [
        "–" if status.level is None else str(status.level),
        visible(status.slug) + "".join(f" ({text_of(mark)})" for mark in _marks(status)),
        *(text_of(state) for _, state in status.languages),
        f"{review} {text_of('due')}" if status.is_due else review,
        "–" if status.fits is None else text_of("fits" if status.fits else "too-long"),
        "–" if status.words is None else str(status.words),
        "–" if status.minutes is None else str(status.minutes),
    ]


def _marks(status: TutorialStatus) -> list[str]:
    """Return the marks of a tutorial that the site does not show: draft, hidden."""
    return [mark for mark, is_so in (("draft", status.is_draft), ("hidden", status.is_hidden)) if is_so]


def _needs_care(status: TutorialStatus) -> bool:
    return (
        status.is_due
        or status.fits is False
        or any(state not in {"source", "current"} for _, state in status.languages)
    )


def _print_table(statuses: Sequence[TutorialStatus], languages: Sequence[str], text_of: TextOf) -> None:
    """Print a table as wide as the terminal; without a terminal, wide enough for every cell."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(caption=text_of("caption"), caption_justify="left")
    for index, heading in enumerate(_head(languages, text_of)):
        table.add_column(heading, justify="right" if index > len(languages) + 3 else "left", overflow="fold")
    for status in statuses:
        style = "yellow" if _needs_care(status) else ""
        table.add_row(*(Text(cell, style=style) for cell in _cells(status, text_of)))
    console = Console(file=sys.stdout)
    if not console.is_terminal:
        console = Console(file=sys.stdout, width=200)
    console.print(table)


def _as_data(status: TutorialStatus) -> dict[str, object]:
    return {
        "level": status.level,
        "slug": visible(status.slug),
        "title": visible(status.title),
        "languages": dict(status.languages),
        "reviewed": status.reviewed and status.reviewed.isoformat(),
        "due": status.due and status.due.isoformat(),
        "is_due": status.is_due,
        "is_draft": status.is_draft,
        "is_hidden": status.is_hidden,
        "fits": status.fits,
        "words": status.words,
        "minutes": status.minutes,
    }


def _as_csv(statuses: Sequence[TutorialStatus], languages: Sequence[str], language: str) -> str:
    """Return the statuses as CSV for a spreadsheet in `language`: the keys of the JSON, and a column for each language.

    Spreadsheets separate columns by a semicolon where numbers have a decimal comma.
    """
    output = io.StringIO()
    keys = (
        "level",
        "slug",
        "title",
        *languages,
        "reviewed",
        "due",
        "is_due",
        "is_draft",
        "is_hidden",
        "fits",
        "words",
        "minutes",
    )
    rows = csv.DictWriter(output, keys, extrasaction="ignore", delimiter=_list_separator(language))
    rows.writeheader()
    for status in statuses:
        data = _as_data(status) | dict(status.languages)
        rows.writerow({key: _as_cell(value) for key, value in data.items()})
    return output.getvalue()


def _list_separator(language: str) -> str:
    """Return the separator of columns in a language."""
    return ";" if Locale.parse(language).number_symbols["latn"]["decimal"] == "," else ","


def _as_cell(value: object) -> object:
    """Return a value for a spreadsheet: booleans in lower case, and no text that would be a formula."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value


def _as_html(statuses: Sequence[TutorialStatus], languages: Sequence[str], text_of: TextOf, language: str) -> str:
    """Return a self-contained HTML page with the table."""
    return render_html_template(
        "stufenweise.status",
        "status.html.j2",
        language=language,
        title=text_of("title"),
        caption=text_of("caption"),
        head=_head(languages, text_of),
        rows=[(status.title, _cells(status, text_of)) for status in statuses],
    )
