"""Take a project to its published site: open -> load -> check -> print -> assemble -> render -> publish.

Each step is a function that takes the result of the previous one. Commands, the development server and the MkDocs
plugin call the steps that they need, and check `blocks_build()` before they pass a result on. Nothing is written while
an error stands, and nothing is published but a whole site.

Each step imports its rooms when it is called, so that `check` starts without a builder.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from stufenweise.config.project import Project
from stufenweise.config.project_config import ProjectConfig, read_project_config
from stufenweise.config.project_files import ProjectFiles, merged_files, read_project_files
from stufenweise.core.digests import digest_of
from stufenweise.core.errors import Failure, MachineError, build_errors_explained, os_errors_explained
from stufenweise.core.result_cache import NO_CACHE, ResultCache
from stufenweise.core.timings import Timings
from stufenweise.model.outcome import Outcome
from stufenweise.model.paths import ShownPath, shown_path
from stufenweise.model.problem import Problem, blocking_problems
from stufenweise.pipeline_results import (
    AssembledSite,
    BuildEvents,
    BuildOptions,
    BuildReport,
    CheckedContent,
    Drafts,
    LoadedProject,
    PrintedContent,
    RenderedSite,
)
from stufenweise.source.files.content_files import ContentFiles

if TYPE_CHECKING:
    from stufenweise.handouts.handout import Handout
    from stufenweise.handouts.handout_problems import LinesOf
    from stufenweise.handouts.print_handouts import PrintedHandouts
    from stufenweise.model.library import Library
    from stufenweise.render.builder_command import BuilderName
    from stufenweise.render.builders import BuildProgress


class PrintLibrary(Protocol):
    """Prints the handouts of a library, or tries to: `print_handouts` or `check_handouts`."""

    def __call__(
        self, project: Project, library: Library, *, lines_of: LinesOf, damaged: Collection[ShownPath]
    ) -> PrintedHandouts:
        """Print them; see `print_handouts` for the arguments."""


def open_project(
    config_file: Path, today: datetime.date, site_dir: Path | None = None, work_home: Path | None = None
) -> Outcome[Project]:
    """Return the project of a mkdocs.yml, or all problems of its configuration.

    Problems of its content are reported in the same run.

    Args:
        config_file: Path of the configuration.
        today: The day against which reviews are due.
        site_dir: Folder to publish to, if not the configuration's own.
        work_home: Folder that holds the work folder, if not that of the mkdocs.yml.
    """
    config = read_project_config(config_file, site_dir, work_home)
    if config.project and not config.problems:
        return Outcome(config.project)
    return Outcome.failure(*sorted({*config.problems, *_content_problems(config, today)}))


def _content_problems(config: ProjectConfig, today: datetime.date) -> Iterator[Problem]:
    """Yield problems of the content of a project with a wrong configuration, except those that follow from it."""
    if config.project:
        checked = check_content(load_project(read_project_files(config.project)), today)
        yield from (problem for problem in checked.problems if problem.code not in config.follow_ups)


def load_project(files: ProjectFiles, *, use_cache: bool = False) -> LoadedProject:
    """Load a project's content, merged over the package's if it is an overlay.

    Args:
        files: Its files.
        use_cache: Whether unchanged texts are taken from the cache in the work folder, and new ones saved.
    """
    from stufenweise.load.loader import load_content

    project = files.project
    overlay = merged_files(files)
    cache = ResultCache(project.workspace, "texts") if use_cache else NO_CACHE
    result = load_content(overlay.files, project.settings.languages, project.load_options, overlay.source_map, cache)
    cache.save()
    return LoadedProject(files, result)


def check_content(
    loaded_project: LoadedProject,
    today: datetime.date,
    only: Collection[ShownPath] | None = None,
    *,
    use_cache: bool = False,
) -> CheckedContent:
    """Return content with its problems.

    Args:
        loaded_project: The content.
        today: The day against which reviews are due.
        only: Paths of the files to check, in the form of problems' paths; all if left out.
        use_cache: Whether problems of unchanged texts are taken from the cache in the work folder, and new ones saved.
    """
    from stufenweise.check import check

    cache = ResultCache(loaded_project.project.workspace, "checked") if use_cache and only is None else NO_CACHE
    problems = check(loaded_project.result, today, only, cache=cache)
    cache.save()
    return CheckedContent(loaded_project, (*loaded_project.project.warnings, *problems))


def check_changes(before: LoadedProject, own: ContentFiles, today: datetime.date) -> CheckedContent:
    """Check content again after changes of some Markdown files; return only the problems of these files.

    Args:
        before: The content before.
        own: The project's own files now, the same ones as before.
        today: The day against which reviews are due.
    """
    from stufenweise.load.loader import reload_texts

    changed = {path: data for path, data in own.data.items() if before.files.own.data[path] != data}
    loaded_project = LoadedProject(replace(before.files, own=own), reload_texts(before.result, changed))
    return check_content(loaded_project, today, {shown_path(before.result.shown_content, path) for path in changed})


def site_library(checked: CheckedContent, drafts: Drafts) -> Library:
    """Return the library of content without errors, with drafts as wanted."""
    from stufenweise.load.library_builder import build_library
    from stufenweise.localized.localized_library import mark_drafts

    library = build_library(checked.result, drafts=drafts != "left out")
    return mark_drafts(library, checked.project.labels) if drafts == "marked" else library


def print_content(
    checked: CheckedContent,
    *,
    drafts: Drafts = "left out",
    on_printing: Callable[[int], None] = lambda _: None,
) -> PrintedContent | None:
    """Print the handouts of checked content that are not printed yet; return None if the content has errors.

    Handouts that are no longer made are removed.

    Args:
        checked: The content.
        drafts: Treatment of draft tutorials.
        on_printing: Called with the number of handouts that are to be printed, if there are any.

    Raises:
        MachineError: They can't be written.
    """
    from stufenweise.handouts.print_handouts import print_handouts

    return _printed_content(checked, drafts, partial(print_handouts, on_printing=on_printing))


def check_printing(
    checked: CheckedContent,
    *,
    select: Callable[[Handout], bool] | None = None,
    on_printing: Callable[[int], None] = lambda _: None,
) -> PrintedContent | None:
    """Find the problems that printing checked content, drafts included, would have; return None if it has errors.

    Nothing needs to be written.

    Args:
        checked: The content.
        select: Which handouts are checked; all if left out.
        on_printing: Called with the number of handouts that are to be printed for that, if there are any.

    Raises:
        MachineError: Printing was ended from outside.
    """
    from stufenweise.handouts.print_handouts import check_handouts

    return _printed_content(checked, "included", partial(check_handouts, select=select, on_printing=on_printing))


def _printed_content(checked: CheckedContent, drafts: Drafts, print_library: PrintLibrary) -> PrintedContent | None:
    """Return checked content with the handouts that `print_library` prints; None if the content has errors."""
    if checked.blocks_build():
        return None
    library = site_library(checked, drafts)
    with build_errors_explained(checked.project.work):
        handouts = print_library(
            checked.project,
            library,
            lines_of=checked.result.lines_of,
            damaged={problem.place.file for problem in checked.problems if problem.code == "image-damaged"},
        )
    problems = (*checked.problems, *checked.result.locate(handouts.problems))
    return PrintedContent(checked=checked, problems=problems, handouts=handouts, library=library)


def assemble_site(printed: PrintedContent, folder: Path, builder: BuilderName = "mkdocs") -> AssembledSite:
    """Write the builders' input for rendering the site into `folder`; only changed files are written.

    Raises:
        MachineError: It can't be written, or the theme is not the expected one.
    """
    from stufenweise.assemble.derived_config import THEME_FOLDER
    from stufenweise.assemble.site_tree import write_site_tree
    from stufenweise.config.brand_checks import brand_stylesheet
    from stufenweise.render.theme import builder_theme, write_theme

    project, library = printed.project, printed.library
    marker_secret = secrets.token_hex(16) if builder == "zensical" else ""
    with build_errors_explained(project.work):
        downloads = {code: printed.handouts.downloads(code) for code in library.languages}
        trees = write_site_tree(project, library, downloads, folder, marker_secret)
        theme = write_theme(
            project.workspace.at(THEME_FOLDER),
            project.overrides,
            builder_theme(builder),
            brand_stylesheet(project),
            {*project.features, *project.settings.languages},
            ResultCache(project.workspace, "theme"),
        )
    return AssembledSite(
        project=project,
        library=library,
        handouts=printed.handouts,
        folder=folder,
        builder=builder,
        trees=trees,
        theme_digest=digest_of(repr(theme)),
        marker_secret=marker_secret,
    )


def render_site(
    assembled: AssembledSite,
    environ: Mapping[str, str],
    on_progress: Callable[[BuildProgress], None] = lambda _: None,
    *,
    rebuild_all: bool = False,
) -> RenderedSite:
    """Render changed languages, each in a builder process of its own.

    Meanwhile the handouts are copied.

    Args:
        assembled: The assembled site.
        environ: Environment for the builder processes.
        on_progress: Called with the progress of a language.
        rebuild_all: Whether to make all pages; otherwise those that have not changed are taken from the published site.

    Raises:
        MachineError: The pages can't be written.
    """
    from stufenweise.assemble.derived_config import config_file
    from stufenweise.core.safe_folders import SafeFolder
    from stufenweise.handouts.print_handouts import copy_handouts
    from stufenweise.publish.build_stamp import is_last_site
    from stufenweise.publish.whole_site import HANDOUTS_BESIDE
    from stufenweise.render.builders import BuildJob
    from stufenweise.render.language_rendering import plan_rendering, render_languages
    from stufenweise.render.sanitiser import sanitise_pages
    from stufenweise.render.unchanged_languages import language_digest

    project, folder, builder = assembled.project, assembled.folder, assembled.builder
    jobs = [
        BuildJob(
            language=code,
            config=config_file(project, code),
            site=folder / code,
            builder=builder,
            pages=tree.pages,
            digest=language_digest(builder, project.config_digest, assembled.theme_digest, tree.digest),
        )
        for code, tree in assembled.trees.items()
    ]
    may_reuse = not rebuild_all and is_last_site(project)
    plan = plan_rendering(project, assembled.library, folder, jobs, environ, may_reuse=may_reuse)
    handouts_folder = SafeFolder(folder).at(HANDOUTS_BESIDE)
    with build_errors_explained(folder):
        with ThreadPoolExecutor(1) as background:
            # Copying files and waiting for builders both leave this thread idle.
            copied = background.submit(copy_handouts, handouts_folder, assembled.handouts, project.site_dir)
            outcomes = render_languages(plan, on_progress)
            copied.result()
        if assembled.marker_secret and all(outcome.ok for outcome in outcomes):
            sanitise_pages(folder, assembled.marker_secret)
    return RenderedSite(assembled, outcomes)


def publish_site(rendered: RenderedSite) -> tuple[Failure, ...]:
    """Replace the published site atomically; return non-fatal failures.

    Call it with the work folder locked.

    Raises:
        MachineError: It failed; readers still have the old site.
    """
    from stufenweise.publish.publishing import publish
    from stufenweise.publish.whole_site import complete_site

    assembled = rendered.assembled
    project = assembled.project
    with build_errors_explained(assembled.folder):
        complete_site(assembled.folder, assembled.library, project)
    return publish(assembled.folder, project.site_dir, project.work)


def build(
    project: Project,
    options: BuildOptions,
    *,
    today: datetime.date,
    environ: Mapping[str, str],
    checked: CheckedContent | None = None,
    timings: Timings | None = None,
    events: BuildEvents | None = None,
) -> BuildReport:
    """Build and publish the site of a project, if an input has changed since the last build.

    Args:
        project: The project.
        options: How to build.
        today: The day against which reviews are due.
        environ: Environment for the builder processes.
        checked: Its content, if that was checked before.
        timings: Durations of the stages are added here.
        events: Functions to call meanwhile.

    Raises:
        MachineError: The site can't be written or published, or another build is running.
    """
    from stufenweise.publish.build_stamp import problems_if_unchanged, site_digest
    from stufenweise.publish.locked_workspace import locked_workspace
    from stufenweise.publish.publishing import check_target

    clock, events = timings or Timings(), events or BuildEvents()
    with locked_workspace(project, wait=options.wait):
        check_target(project.site_dir, project.work)
        with clock.stage("load"):
            files = checked.loaded_project.files if checked else read_project_files(project)
            layers = (files.own, files.base, files.reviewed_base)
            digest = site_digest(project, today, layers, builder=options.builder, drafts=options.drafts)
            last_problems = None if options.force else problems_if_unchanged(project, digest)
        if last_problems is not None and not blocking_problems(last_problems, strict=options.strict):
            events.on_checked(last_problems)
            return BuildReport(files=files, problems=last_problems, published=True, unchanged=True)
        if project.settings.handouts:
            from stufenweise.handouts.typeset_pool import start_worker_in_background

            start_worker_in_background()
        if checked is None:
            with clock.stage("load"):
                loaded_project = load_project(files, use_cache=True)
            with clock.stage("check"):
                checked = check_content(loaded_project, today, use_cache=True)
        with clock.stage("handouts"):
            printed = print_content(checked, drafts=options.drafts, on_printing=events.on_printing)
        problems = printed.problems if printed else checked.problems
        events.on_checked(problems)
        if printed is None or printed.blocks_build(strict=options.strict):
            return BuildReport(files=files, problems=problems)
        return _render_and_publish(printed, options, digest, environ, clock, events)


def _render_and_publish(
    printed: PrintedContent,
    options: BuildOptions,
    digest: str,
    environ: Mapping[str, str],
    clock: Timings,
    events: BuildEvents,
) -> BuildReport:
    """Build the site of checked content whose inputs have this digest; the work folder is locked."""
    from stufenweise.publish.build_stamp import remember_site
    from stufenweise.publish.publishing import staging

    project, files = printed.project, printed.checked.loaded_project.files
    with staging(project.work) as folder:
        with clock.stage("assemble"):
            assembled = assemble_site(printed, folder, options.builder)
        with clock.stage("render"):
            rendered = render_site(assembled, environ, events.on_progress, rebuild_all=options.force)
        if rendered.blocks_build(strict=options.strict):
            return BuildReport(files=files, problems=printed.problems, outcomes=rendered.outcomes)
        with clock.stage("publish"):
            notes = publish_site(rendered)
            try:
                with os_errors_explained(project.work, "stamp-not-written"):
                    # The next build repeats a builder's warnings, and stops at them if it is strict.
                    has_warnings = any(outcome.warnings for outcome in rendered.outcomes)
                    remember_site(project, "" if has_warnings else digest, printed.problems)
            except MachineError as error:  # The site is published, only the next build takes longer
                notes = (*notes, error.failure)
    return BuildReport(
        files=files,
        problems=printed.problems,
        outcomes=rendered.outcomes,
        published=True,
        notes=notes,
        pages=assembled.pages,
        printed=printed,
    )
