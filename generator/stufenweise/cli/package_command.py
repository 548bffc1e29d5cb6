"""`stufenweise package`: make a folder that works without a server, or courses for learning platforms."""

from __future__ import annotations

import os
from pathlib import Path

import click

from stufenweise.cli.code_frame import SourceLines
from stufenweise.cli.command_context import CommandContext, project_options, with_context
from stufenweise.cli.content_writing import refuse_output_inside_project, write_output
from stufenweise.cli.exits import EXIT_CONTENT, EXIT_MACHINE, refuse
from stufenweise.cli.problem_output import show_problems
from stufenweise.cli.trust_notice import name_new_programs
from stufenweise.config.brand_colours import start_styles
from stufenweise.config.project import Project
from stufenweise.config.project_files import read_project_files
from stufenweise.core.errors import os_errors_explained
from stufenweise.core.safe_folders import output_folder
from stufenweise.core.zip_archive import zip_archive
from stufenweise.export.courses import SITE_FOLDER, Course, Packaging, Standard, course_files, courses
from stufenweise.export.csp import csp_sources
from stufenweise.export.offline_folder import folder_files, folder_name
from stufenweise.export.offline_html import NoPageError, offline_files, page_csp
from stufenweise.export.platforms import ANY_PLATFORM, PLATFORMS
from stufenweise.export.project_for_target import project_for_target
from stufenweise.load.library_builder import build_library
from stufenweise.model.facts import LEVEL_NUMBERS
from stufenweise.pipeline import BuildOptions, build
from stufenweise.publish.work_folder_lock import COMMAND_WAIT
from stufenweise.stages.content_stages import Caches, check_content, load_project
from stufenweise.stages.stage_results import CheckedContent


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
content_language_option = click.option(
    "--language", "content_language", metavar="CODE", help="Language of the courses; the source language if left out."
)
single_level_option = click.option(
    "--level", type=click.IntRange(LEVEL_NUMBERS[0], LEVEL_NUMBERS[-1]), help="Only this level."
)
programme_option = click.option("--programme", metavar="SLUG", help="Only this programme.")
private_option = click.option("--private", is_flag=True, help="Tell the platform nothing, not even that it is done.")


@package.command("zip", short_help="A folder for a file share or a stick.")
@project_options
@with_context
@output_option
@click.option("--folder", is_flag=True, help="Write the folder itself instead of a zip file.")
def zip_command(context: CommandContext, output: Path, folder: bool) -> None:
    """Make a folder for a file share or a stick: it works when its start file is opened."""
    project = context.open_project()
    refuse_output_inside_project(context, project, output)
    site, policy = _build_packaged_site(context, project_for_target(project, "folder"))
    policy = page_csp(policy)
    colours = start_styles(project.settings.colour)
    pages = _without_server(context, site, policy)
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
    context.print_message("package-folder", file=output / (name if folder else f"{name}.zip"))


@package.command(short_help="Courses as SCORM 1.2 or 2004.")
@project_options
@with_context
@output_option
@content_language_option
@single_level_option
@programme_option
@private_option
@click.option("--version", "standard", type=click.Choice(("1.2", "2004")), help="Version of SCORM.  [default: 1.2]")
@click.option("--preset", type=click.Choice(tuple(PLATFORMS)), help="Settings that a platform is known to take.")
def scorm(
    context: CommandContext,
    output: Path,
    content_language: str | None,
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
        context.refuse("package-preset", preset=preset, takes=", ".join(platform.standards), version=standard)
    packaging = Packaging(standard or platform.standards[0], platform.edition, is_silent=private)
    _write_courses(context, output, content_language, level, programme, packaging)


@package.command(short_help="Courses as cmi5.")
@project_options
@with_context
@output_option
@content_language_option
@single_level_option
@programme_option
@private_option
def cmi5(
    context: CommandContext,
    output: Path,
    content_language: str | None,
    level: int | None,
    programme: str | None,
    private: bool,
) -> None:
    """Make a cmi5 course of each level and programme, or of the one named."""
    _write_courses(context, output, content_language, level, programme, Packaging("cmi5", is_silent=private))


def _write_courses(
    context: CommandContext,
    output: Path,
    content_language: str | None,
    level: int | None,
    programme: str | None,
    packaging: Packaging,
) -> None:
    project = context.open_project()
    refuse_output_inside_project(context, project, output)
    languages = project.settings.languages
    course_language = content_language or languages[0]
    if course_language not in languages:
        context.refuse("handouts-language", code=course_language, languages=", ".join(languages))
    project = project_for_target(project, packaging.target)
    caches = Caches.of(project)
    checked = check_content(load_project(read_project_files(project), caches), context.today, caches=caches)
    chosen = _chosen_courses(context, checked, course_language, level, programme)
    site, policy = _build_packaged_site(context, project, checked)
    # The platform's record store may have an address of its own, which is unknown here.
    sends = {"connect_src": "'self' https:"} if packaging.target == "cmi5" else {}
    pages = _without_server(context, site, page_csp(policy, **sends))
    archives = {
        f"{course.slug}-{course_language}-{packaging.label}.zip": zip_archive(
            dict(sorted(course_files(course, pages, packaging, publisher=project.publisher).items()))
        )
        for course in chosen
    }
    write_output(output_folder(output, project.root), archives)
    for name in archives:
        context.print_message("package-course", file=output / name)


def _chosen_courses(
    context: CommandContext, checked: CheckedContent, content_language: str, level: int | None, programme: str | None
) -> list[Course]:
    """Return the courses that a person named, or all; exit with 2 if a name is unknown, with 1 if there are errors."""
    if checked.blocks_build():
        lines = SourceLines(checked.project.root)
        show_problems(checked.problems, "text", context.language, texts=len(checked.result.texts), lines=lines)
        raise SystemExit(EXIT_CONTENT)
    library = build_library(checked.result)
    by_slug = {course.slug: course for course in courses(library, checked.project.labels[content_language])}
    levels = {level.facts.level: level.slug for level in library.levels}
    wanted = [levels.get(level, str(level)) if level else "", programme or ""]
    for name in filter(None, wanted):
        if name not in by_slug:
            refuse(context.with_suggestion(context.message("package-unknown", name=name), name, by_slug))
    return [course for slug, course in by_slug.items() if not any(wanted) or slug in wanted]


def _build_packaged_site(
    context: CommandContext, project: Project, checked: CheckedContent | None = None
) -> tuple[dict[str, bytes], str]:
    """Build the site for a package; return its files and its content security policy."""
    name_new_programs(context, project)
    report = build(project, BuildOptions(wait=COMMAND_WAIT), today=context.today, environ=os.environ, checked=checked)
    if not report.published:
        show_problems(report.problems, "text", context.language, lines=SourceLines(project.root))
        raise SystemExit(EXIT_MACHINE if report.outcomes else EXIT_CONTENT)
    site = project.site_dir
    with os_errors_explained(site, "site-not-read"):
        csp = csp_sources(site)
        if csp.faults:
            context.refuse("hosting-faults", faults=csp.named_faults())
        files = (path for path in sorted(site.rglob("*")) if path.is_file() and not path.name.startswith("."))
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}, csp.policy


def _without_server(context: CommandContext, site: dict[str, bytes], policy: str) -> dict[str, bytes]:
    try:
        return offline_files(site, policy)
    except NoPageError as error:
        context.refuse("package-page", page=error)
