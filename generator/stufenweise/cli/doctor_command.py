"""`stufenweise doctor`: report the state of a site to its maintainer."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby

import click
from babel.numbers import format_decimal

from stufenweise.cli.command_context import CommandContext, project_options, with_context
from stufenweise.cli.exits import EXIT_CONTENT
from stufenweise.cli.project_status import project_status
from stufenweise.core.digests import version_of
from stufenweise.i18n.labels import package_labels
from stufenweise.i18n.messages import command_text
from stufenweise.model.problem import visible
from stufenweise.overlay.paused_languages import count_by_language
from stufenweise.status.default_words import default_words
from stufenweise.status.site_health import site_health
from stufenweise.status.site_size import site_size

PACKAGES = ("stufenweise", "mkdocs", "mkdocs-material", "typst")
LISTED = 12
"""Most names in one line."""


@click.command()
@project_options
@with_context
@click.option("--format", "output_format", type=click.Choice(("text", "json")), default="text", show_default=True)
def doctor(context: CommandContext, output_format: str) -> None:
    """Report the state of the site: versions, words, contacts, reviews, translations, what is hard to find, size."""
    project = context.open_project()
    status = project_status(context, project)
    files, today = status.files, context.today
    health = site_health(status.content, status.tutorials, status.problems, today, project.labels)
    data: dict[str, object] = {
        "versions": {"python": platform.python_version(), **{name: version_of(name) for name in PACKAGES}},
        **asdict(health),
        "paused": count_by_language(files.own.data, project.paused),
        "words": default_words(files.own.data, files.base.data if project.base else None, project.settings),
        "contacts": [*project.settings.missing_contacts()],
        "feedback": project.settings.feedback or "",
        "site": site_size(project.site_dir),
    }
    if output_format == "json":
        click.echo(json.dumps(_escaped(data), ensure_ascii=False, indent=2))
    else:
        for key, value in data.items():
            click.echo(
                f"{context.message('doctor-' + key.replace('_', '-'))}: "
                f"{visible(_in_words(key, value, context.language))}"
            )
            if key == "recommending":
                for line in _lines_by_file(health.recommending):
                    click.echo(f"  {visible(line)}")
    if health.errors:
        if output_format == "text":
            context.print_note("doctor-more")
        raise SystemExit(EXIT_CONTENT)


def _escaped(value: object) -> object:
    """Escape control characters in all names of a value, see `visible`."""
    if isinstance(value, Mapping):
        return {visible(str(name)): _escaped(entry) for name, entry in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_escaped(entry) for entry in value]
    return visible(value) if isinstance(value, str) else value


def _in_words(key: str, value: object, language: str) -> str:
    """Return a value as text on one line."""
    if not value and not isinstance(value, int):
        return command_text("doctor-not-built" if key == "site" else "doctor-none", language)
    if key == "site" and isinstance(value, Mapping):
        return command_text(
            "doctor-built", language, **{name: _listed(entry, language) for name, entry in value.items()}
        )
    if key == "recommending" and isinstance(value, Sequence):
        return str(len(value))
    if key == "contacts" and isinstance(value, Sequence):
        names = package_labels(language).group("contact_names")
        value = [f"{name} ({names[name]})" for name in value]
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {entry}" for name, entry in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"{len(value)} ({_listed(value, language)})"
    return str(value)


def _lines_by_file(places: Sequence[str]) -> Iterator[str]:
    """Group places by file: yield each file with its line numbers."""
    for file, file_places in groupby(places, key=lambda place: place.rpartition(":")[0]):
        yield f"{file}:{', '.join(place.rpartition(':')[2] for place in file_places)}"


def _listed(value: object, language: str) -> str:
    """Format a number for a language, or list the first of several names."""
    if isinstance(value, int | float):
        return str(format_decimal(value, "#,##0.0" if isinstance(value, float) else None, locale=language))
    names = list(map(str, value)) if isinstance(value, Sequence) else []
    return ", ".join(names[:LISTED]) + (" …" if len(names) > LISTED else "")
