"""`stufenweise doctor`: report the state of a site to its maintainer."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

import click
from babel.numbers import format_decimal

from stufenweise.cli.command_context import CommandContext, project_options, with_context
from stufenweise.cli.exits import EXIT_CONTENT
from stufenweise.cli.project_status import project_status
from stufenweise.core.digests import version_of
from stufenweise.i18n.labels import package_labels
from stufenweise.model.problem import visible
from stufenweise.overlay.paused_languages import count_by_language
from stufenweise.status.default_words import default_words
from stufenweise.status.site_health import SiteHealth, site_health
from stufenweise.status.site_size import SiteSize, site_size

PACKAGES = ("stufenweise", "mkdocs", "mkdocs-material", "typst")
LISTED = 12
"""Most names in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorReport:
    """The state of a site."""

    versions: Mapping[str, str]
    """Versions of Python and of our packages, by name."""
    health: SiteHealth
    paused: Mapping[str, int]
    """Number of files of each language that the site does not list."""
    words: Sequence[str]
    """Words of the vocabulary that the company has not replaced."""
    contacts: Sequence[str]
    """Contacts that are missing."""
    feedback: str
    """Address for feedback; may be empty."""
    site: SiteSize | None
    """Size of the built site; None without one."""


@click.command()
@project_options
@with_context
@click.option("--format", "output_format", type=click.Choice(("text", "json")), default="text", show_default=True)
def doctor(context: CommandContext, output_format: str) -> None:
    """Report the state of the site: versions, words, contacts, reviews, translations, what is hard to find, size."""
    report = _report(context)
    if output_format == "json":
        click.echo(json.dumps(_escaped(_as_data(report)), ensure_ascii=False, indent=2))
    else:
        for line in _as_lines(report, context):
            click.echo(visible(line))
    if report.health.errors:
        if output_format == "text":
            context.print_note("doctor-more")
        raise SystemExit(EXIT_CONTENT)


def _report(context: CommandContext) -> DoctorReport:
    """Check the project and measure its site."""
    project = context.open_project()
    status = project_status(context, project)
    files = status.files
    return DoctorReport(
        versions={"python": platform.python_version(), **{name: version_of(name) for name in PACKAGES}},
        health=site_health(status.content, status.tutorials, status.problems, context.today, project.labels),
        paused=count_by_language(files.own.data, project.paused),
        words=default_words(files.own.data, files.base.data if project.base else None, project.settings),
        contacts=project.settings.missing_contacts(),
        feedback=project.settings.feedback or "",
        site=site_size(project.site_dir),
    )


def _as_data(report: DoctorReport) -> dict[str, object]:
    """Return a report for JSON."""
    site = report.site
    size = site and {"pages": site.pages, "pdf": site.pdfs, "MB": site.megabytes, "heaviest": site.largest}
    return {
        "versions": report.versions,
        **asdict(report.health),
        "paused": report.paused,
        "words": report.words,
        "contacts": report.contacts,
        "feedback": report.feedback,
        "site": size or {},
    }


def _escaped(value: object) -> object:
    """Escape control characters in all names of a value, see `visible`."""
    if isinstance(value, Mapping):
        return {visible(str(name)): _escaped(entry) for name, entry in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_escaped(entry) for entry in value]
    return visible(value) if isinstance(value, str) else value


def _as_lines(report: DoctorReport, context: CommandContext) -> Iterator[str]:
    """Yield the lines of a report for people."""
    health, nothing = report.health, context.message("doctor-none")

    def line(key: str, text: str) -> str:
        return f"{context.message(f'doctor-{key}')}: {text or nothing}"

    def names(key: str, values: Sequence[str]) -> str:
        return line(key, f"{len(values)} ({_first(values)})" if values else "")

    yield line("versions", _pairs(report.versions))
    yield line("errors", str(health.errors))
    yield line("warnings", str(health.warnings))
    yield names("due", health.due)
    yield names("soon", health.soon)
    yield names("stale", health.stale)
    yield names("pending", health.pending)
    yield names("untranslated", health.untranslated)
    yield names("too-long", health.too_long)
    yield names("base-too-long", health.base_too_long)
    yield names("drafts", health.drafts)
    yield names("hidden", health.hidden)
    yield names("shrunk", health.shrunk)
    yield line("recommending", str(len(health.recommending) or ""))
    yield from (f"  {place}" for place in _lines_by_file(health.recommending))
    yield names("base-unnoted", health.base_unnoted)
    yield names("base-changed", health.base_changed)
    yield names("orphaned", health.orphaned)
    yield names("title-only", health.title_only)
    yield line("paused", _pairs(report.paused))
    yield names("words", report.words)
    contact_names = package_labels(context.language).group("contact_names")
    yield names("contacts", [f"{name} ({contact_names[name]})" for name in report.contacts])
    yield line("feedback", report.feedback)
    yield line("site", _size_line(report.site, context))


def _size_line(site: SiteSize | None, context: CommandContext) -> str:
    if site is None:
        return context.message("doctor-not-built")
    return context.message(
        "doctor-built",
        pages=_number(site.pages, context.language),
        pdf=_number(site.pdfs, context.language),
        MB=_number(site.megabytes, context.language),
        heaviest=_first(site.largest),
    )


def _pairs(values: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items())


def _lines_by_file(places: Sequence[str]) -> Iterator[str]:
    """Group places by file: yield each file with its line numbers."""
    for file, file_places in groupby(places, key=lambda place: place.rpartition(":")[0]):
        yield f"{file}:{', '.join(place.rpartition(':')[2] for place in file_places)}"


def _number(value: float, language: str) -> str:
    """Format a number for a language, one that may have decimals with one of them."""
    return str(format_decimal(value, "#,##0.0" if isinstance(value, float) else None, locale=language))


def _first(names: Sequence[str]) -> str:
    """Return the first names, with a mark if there are more."""
    return ", ".join(names[:LISTED]) + (" …" if len(names) > LISTED else "")
