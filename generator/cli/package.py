"""`stufenweise package`: the site as a folder without a server, or as courses for learning platforms."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click

from generator.assemble.colours import start_styles
from generator.assemble.project import Package, Project
from generator.cli.excerpt import Lines
from generator.cli.problems import message_language, show
from generator.cli.session import (
    CONTENT,
    MACHINE,
    USE,
    config_option,
    language_option,
    open_project,
    today,
    with_nearest,
    write_files,
)
from generator.cli.words import word
from generator.hosting.needs import needs_of
from generator.packages.archive import archive
from generator.packages.courses import Course, Edition, Standard, course_files, courses
from generator.packages.folder import folder_files
from generator.packages.pages import NoPageError, page_policy, without_server
from generator.render.build import Options, build
from generator.render.checked import read_and_check
from generator.render.faults import PublishError

WAIT = 60.0
"""Seconds to wait for another build in the same project."""


@dataclass(frozen=True, slots=True)
class Preset:
    """What a learning platform is known to take."""

    standard: Standard
    edition: Edition = "2004 4th Edition"


PRESETS = {
    # https://docu.ilias.de: SCORM 1.2 and SCORM 2004 3rd edition
    "ilias": Preset("2004", "2004 3rd Edition"),
    # https://docs.moodle.org/en/SCORM_FAQ: SCORM 1.2, not 2004
    "moodle": Preset("1.2"),
    # https://www.bps-system.de/help/spaces/LMS: SCORM 1.2
    "opal": Preset("1.2"),
}
"""Settings by platform."""


@click.group()
def package() -> None:
    """Make a folder that works without a server, or courses for a learning platform."""


output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), default="packages", show_default=True
)
code_option = click.option("--language", "code", help="Language of the courses; the source language if left out.")
level_option = click.option("--level", type=click.IntRange(1, 5), help="Only this level.")
programme_option = click.option("--programme", help="Only this programme.")
private_option = click.option("--private", is_flag=True, help="Tell the platform nothing, not even that it is done.")


@package.command("zip")
@config_option
@language_option
@output_option
@click.option("--folder", is_flag=True, help="Write the folder itself instead of a zip file.")
def zip_command(config_file: Path, lang: str | None, output: Path, folder: bool) -> None:
    """Make a folder for a file share or a stick: it works when its start file is opened."""
    language = message_language(lang, os.environ)
    project = open_project(config_file, language)
    site, policy = _built(project, "folder", language)
    policy = page_policy(policy, frame_src="'self'")
    colours = start_styles(project.settings.colour)
    pages = _without_server(site, policy)
    files = folder_files(pages, project.site_name, project.settings.languages, policy, colours)
    name = _file_name(project.site_name)
    inside = {f"{name}/{path}": data for path, data in files.items()}
    write_files(output, inside if folder else {f"{name}.zip": archive(inside)}, language)
    click.echo(word("package-folder", language, file=output / (name if folder else f"{name}.zip")))


@package.command()
@config_option
@language_option
@output_option
@code_option
@level_option
@programme_option
@private_option
@click.option("--version", "standard", type=click.Choice(("1.2", "2004")), help="Version of SCORM.  [default: 1.2]")
@click.option("--preset", type=click.Choice(tuple(PRESETS)), help="Settings that a platform is known to take.")
def scorm(
    config_file: Path,
    lang: str | None,
    output: Path,
    code: str | None,
    level: int | None,
    programme: str | None,
    private: bool,
    standard: Standard | None,
    preset: str | None,
) -> None:
    """Make a course as SCORM 1.2 or 2004 of each level and programme, or of the one named.

    A tutorial is an item of it. It is done when the pair says so; ticks stay in the browser.
    """
    known = PRESETS[preset] if preset else Preset("1.2")
    chosen = replace(known, standard=standard or known.standard)
    _write_courses(config_file, lang, output, code, level, programme, chosen, silent=private)


@package.command()
@config_option
@language_option
@output_option
@code_option
@level_option
@programme_option
@private_option
def cmi5(
    config_file: Path,
    lang: str | None,
    output: Path,
    code: str | None,
    level: int | None,
    programme: str | None,
    private: bool,
) -> None:
    """Make a cmi5 course of each level and programme, or of the one named."""
    _write_courses(config_file, lang, output, code, level, programme, Preset("cmi5"), silent=private)


def _write_courses(
    config_file: Path,
    lang: str | None,
    output: Path,
    code: str | None,
    level: int | None,
    programme: str | None,
    preset: Preset,
    *,
    silent: bool,
) -> None:
    language = message_language(lang, os.environ)
    project = open_project(config_file, language)
    own = code or project.settings.languages[0]
    if own not in project.settings.languages:
        _refuse(word("handouts-language", language, code=own, languages=", ".join(project.settings.languages)))
    kind: Package = "silent" if silent else "cmi5" if preset.standard == "cmi5" else "scorm"
    site, policy = _built(project, kind, language)
    chosen = list(_chosen(project, own, level, programme, language))
    # The platform's record store may have an address of its own, which nobody knows before.
    sends = {"connect_src": "'self' https:"} if kind == "cmi5" else {}
    pages = _without_server(site, page_policy(policy, **sends))
    label = "cmi5" if preset.standard == "cmi5" else f"scorm-{preset.standard}"
    written = {
        f"{course.slug}-{own}-{label}.zip": archive(
            course_files(course, pages, preset.standard, silent=silent, edition=preset.edition)
        )
        for course in chosen
    }
    write_files(output, written, language)
    for name in written:
        click.echo(word("package-course", language, file=output / name))


def _chosen(project: Project, code: str, level: int | None, programme: str | None, language: str) -> Iterator[Course]:
    """Yield the courses that a person wants; one that is not there ends the program as wrong use."""
    library = read_and_check(project, today(os.environ)).reading.library()
    levels = {one.facts.level: one.slug for one in library.levels}
    wanted = {slug for slug in (levels.get(level or 0), programme) if slug}
    found = list(courses(library, code))
    missing = [f"{level}"] if level and level not in levels else []
    missing += [slug for slug in wanted if slug not in {one.slug for one in found}]
    for name in missing:
        said = word("package-unknown", language, name=name)
        _refuse(with_nearest(said, name, [one.slug for one in found], language))
    yield from (one for one in found if not (level or programme) or one.slug in wanted)


def _built(project: Project, kind: Package, language: str) -> tuple[dict[str, bytes], str]:
    """Return the files of the site built for a package, and the policy that it keeps."""
    own = replace(
        project, package=kind, directories=False, site_url="", edit_root="", site_dir=project.work / f"package-{kind}"
    )
    try:
        report = build(own, Options(wait=WAIT), today=today(os.environ), environ=os.environ)
        if not report.published:
            show(report.problems, "text", language, lines=Lines(project.root))
            raise SystemExit(MACHINE if report.outcomes else CONTENT)
        needs = needs_of(own.site_dir)
        if needs.faults:
            _refuse(word("hosting-faults", language, faults="".join(f"\n  {fault}" for fault in needs.faults[:10])))
        files = (path for path in sorted(own.site_dir.rglob("*")) if path.is_file() and not path.name.startswith("."))
        return {path.relative_to(own.site_dir).as_posix(): path.read_bytes() for path in files}, needs.policy
    except PublishError as error:
        click.echo(str(error), err=True)
        raise SystemExit(MACHINE) from None
    except OSError as error:
        click.echo(f"{error.filename or own.site_dir}: {error.strerror}", err=True)
        raise SystemExit(MACHINE) from None


def _without_server(site: dict[str, bytes], policy: str) -> dict[str, bytes]:
    try:
        return without_server(site, policy)
    except NoPageError as error:
        click.echo(f"{error}: <meta charset>", err=True)
        raise SystemExit(MACHINE) from None


def _file_name(name: str) -> str:
    """Return a name that every system takes for a file."""
    return " ".join(re.sub(r"[^\w .()-]+", " ", name).split()).rstrip(". ") or "Stufenweise"


def _refuse(text: str) -> None:
    click.echo(text, err=True)
    raise SystemExit(USE)
