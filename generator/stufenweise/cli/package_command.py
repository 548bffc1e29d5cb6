"""`stufenweise package`: make a folder that works without a server, or courses for learning platforms."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from stufenweise.cli.code_frame import SourceLines
from stufenweise.cli.content_writing import refuse_output_inside_project, write_output
from stufenweise.cli.exits import EXIT_CONTENT, EXIT_MACHINE, refuse, with_suggestion
from stufenweise.cli.options import config_option, language_option, open_project_or_exit
from stufenweise.cli.problem_output import show_problems
from stufenweise.cli.trust_notice import name_new_programs
from stufenweise.config.brand_colours import start_styles
from stufenweise.config.project import ExportTarget, Project
from stufenweise.config.project_files import read_project_files
from stufenweise.core.build_date import current_day
from stufenweise.core.errors import os_errors_explained
from stufenweise.core.safe_folders import output_folder
from stufenweise.core.zip_archive import zip_archive
from stufenweise.export.courses import SITE_FOLDER, Course, Standard, course_files, courses
from stufenweise.export.csp import csp_sources
from stufenweise.export.offline_folder import folder_files, folder_name
from stufenweise.export.offline_html import NoPageError, offline_files, page_csp
from stufenweise.export.platforms import ANY_PLATFORM, CMI5_PLATFORM, PLATFORMS, Platform
from stufenweise.export.project_for_target import project_for_target
from stufenweise.i18n.messages import command_text, message_language
from stufenweise.load.library_builder import build_library
from stufenweise.model.facts import LEVEL_NUMBERS
from stufenweise.pipeline import build, check_content, load_project
from stufenweise.pipeline_results import BuildOptions, CheckedContent
from stufenweise.publish.workspace_lock import COMMAND_WAIT


@click.group()
def package() -> None:
    """Make a folder that works without a server, or courses for a learning platform."""


output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="packages",
    show_default=True,
    help="Folder to write to.",
)
code_option = click.option(
    "--language", "code", metavar="CODE", help="Language of the courses; the source language if left out."
)
single_level_option = click.option(
    "--level", type=click.IntRange(LEVEL_NUMBERS[0], LEVEL_NUMBERS[-1]), help="Only this level."
)
programme_option = click.option("--programme", metavar="SLUG", help="Only this programme.")
private_option = click.option("--private", is_flag=True, help="Tell the platform nothing, not even that it is done.")


@package.command("zip", short_help="A folder for a file share or a stick.")
@config_option
@language_option
@output_option
@click.option("--folder", is_flag=True, help="Write the folder itself instead of a zip file.")
def zip_command(config_file: Path, lang: str | None, output: Path, folder: bool) -> None:
    """Make a folder for a file share or a stick: it works when its start file is opened."""
    language = message_language(lang, os.environ)
    project = open_project_or_exit(config_file, language)
    refuse_output_inside_project(project, output, language)
    site, policy = _build_packaged_site(project_for_target(project, "folder"), language)
    policy = page_csp(policy)
    colours = start_styles(project.settings.colour)
    pages = _without_server(site, policy, language)
    files = folder_files(pages, project.site_name, [*project.labels.values()], policy, colours)
    name = folder_name(project.site_name)
    inside = {f"{name}/{path}": data for path, data in files.items()}
    target = output_folder(output, project.root)
    if folder:
        # Names change with content, so files of an earlier site would never be overwritten.
        inner = f"{name}/{SITE_FOLDER}".rstrip("/")
        before = [f"{inner}/{path}" for path, is_folder in target.at(inner).entries() if not is_folder]
        write_output(target, {**dict.fromkeys(before), **inside})
    else:
        write_output(target, {f"{name}.zip": zip_archive(dict(sorted(inside.items())))})
    click.echo(command_text("package-folder", language, file=output / (name if folder else f"{name}.zip")))


@package.command(short_help="Courses as SCORM 1.2 or 2004.")
@config_option
@language_option
@output_option
@code_option
@single_level_option
@programme_option
@private_option
@click.option("--version", "standard", type=click.Choice(("1.2", "2004")), help="Version of SCORM.  [default: 1.2]")
@click.option("--preset", type=click.Choice(tuple(PLATFORMS)), help="Settings that a platform is known to take.")
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
    platform = PLATFORMS[preset] if preset else ANY_PLATFORM
    if standard and standard not in platform.standards:
        takes = ", ".join(platform.standards)
        refuse(
            command_text(
                "package-preset", message_language(lang, os.environ), preset=preset, takes=takes, version=standard
            )
        )
    chosen = replace(platform, standards=(standard or platform.standards[0],))
    _write_courses(config_file, lang, output, code, level, programme, chosen, silent=private)


@package.command(short_help="Courses as cmi5.")
@config_option
@language_option
@output_option
@code_option
@single_level_option
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
    _write_courses(config_file, lang, output, code, level, programme, CMI5_PLATFORM, silent=private)


def _write_courses(
    config_file: Path,
    lang: str | None,
    output: Path,
    code: str | None,
    level: int | None,
    programme: str | None,
    platform: Platform,
    *,
    silent: bool,
) -> None:
    language = message_language(lang, os.environ)
    project = open_project_or_exit(config_file, language)
    refuse_output_inside_project(project, output, language)
    languages = project.settings.languages
    course_language = code or languages[0]
    if course_language not in languages:
        refuse(command_text("handouts-language", language, code=course_language, languages=", ".join(languages)))
    [standard] = platform.standards
    target: ExportTarget = "silent" if silent else "cmi5" if standard == "cmi5" else "scorm"
    project = project_for_target(project, target)
    checked = check_content(load_project(read_project_files(project)), current_day(os.environ))
    chosen = _chosen_courses(checked, course_language, level, programme, language)
    site, policy = _build_packaged_site(project, language, checked)
    # The platform's record store may have an address of its own, which is unknown here.
    sends = {"connect_src": "'self' https:"} if target == "cmi5" else {}
    pages = _without_server(site, page_csp(policy, **sends), language)
    label = "cmi5" if standard == "cmi5" else f"scorm-{standard}"
    written = {
        f"{course.slug}-{course_language}-{label}.zip": zip_archive(
            dict(
                sorted(
                    course_files(
                        course, pages, standard, silent=silent, edition=platform.edition, publisher=project.publisher
                    ).items()
                )
            )
        )
        for course in chosen
    }
    write_output(output_folder(output, project.root), written)
    for name in written:
        click.echo(command_text("package-course", language, file=output / name))


def _chosen_courses(
    checked: CheckedContent, code: str, level: int | None, programme: str | None, language: str
) -> list[Course]:
    """Return the courses that a person named, or all; exit with 2 if a name is unknown, with 1 if there are errors."""
    if checked.blocks_build():
        lines = SourceLines(checked.project.root)
        show_problems(checked.problems, "text", language, texts=len(checked.result.texts), lines=lines)
        raise SystemExit(EXIT_CONTENT)
    library = build_library(checked.result)
    by_slug = {course.slug: course for course in courses(library, checked.project.labels[code])}
    levels = {level.facts.level: level.slug for level in library.levels}
    wanted = [levels.get(level, str(level)) if level else "", programme or ""]
    for name in filter(None, wanted):
        if name not in by_slug:
            refuse(with_suggestion(command_text("package-unknown", language, name=name), name, by_slug, language))
    return [course for slug, course in by_slug.items() if not any(wanted) or slug in wanted]


def _build_packaged_site(
    project: Project, language: str, checked: CheckedContent | None = None
) -> tuple[dict[str, bytes], str]:
    """Build the site for a package; return its files and its content security policy."""
    name_new_programs(project, language)
    report = build(
        project, BuildOptions(wait=COMMAND_WAIT), today=current_day(os.environ), environ=os.environ, checked=checked
    )
    if not report.published:
        show_problems(report.problems, "text", language, lines=SourceLines(project.root))
        raise SystemExit(EXIT_MACHINE if report.outcomes else EXIT_CONTENT)
    site = project.site_dir
    with os_errors_explained(site, "site-not-read"):
        csp = csp_sources(site)
        if csp.faults:
            refuse(command_text("hosting-faults", language, faults=csp.named_faults()))
        files = (path for path in sorted(site.rglob("*")) if path.is_file() and not path.name.startswith("."))
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}, csp.policy


def _without_server(site: dict[str, bytes], policy: str, language: str) -> dict[str, bytes]:
    try:
        return offline_files(site, policy)
    except NoPageError as error:
        refuse(command_text("package-page", language, page=error))
