"""Build the site of a project: all stages in their order, and what is around them.

| stage | takes | gives |
| --- | --- | --- |
| `open_project` | a mkdocs.yml | `Project` |
| `read_project_files` | `Project` | `ProjectFiles`: bytes |
| `load_project` | `ProjectFiles` | `LoadedProject`: typed objects and problems |
| `check_content` | `LoadedProject` | `CheckedContent`: all problems |
| `print_content` | `CheckedContent` | `PrintedContent`: with the handouts |
| `assemble_site` | `PrintedContent` | `AssembledSite`: docs trees and derived configurations |
| `render_site` | `AssembledSite` | `RenderedSite`: HTML |
| `publish_site` | `RenderedSite` | the published site |

They are in `stages`; commands and the development server call those that they need. Two orders build a whole site,
both with the work folder locked: `build`, which replaces the published site at once, and `build_in_place`, in which
MkDocs renders. Nothing is written while an error stands.

The stages are imported where they are called: a site that has not changed is told without them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stufenweise.config.project import Project
from stufenweise.config.project_files import ProjectFiles, read_project_files
from stufenweise.core.errors import Failure
from stufenweise.core.safe_folders import output_folder
from stufenweise.core.timings import Timings
from stufenweise.model.outcome import Outcome
from stufenweise.model.problem import Problem, blocking_problems
from stufenweise.publish.build_stamp import problems_if_unchanged, site_digest
from stufenweise.publish.locked_work_folder import locked_work_folder
from stufenweise.publish.publishing import check_target, staging
from stufenweise.stages.stage_results import AssembledSite, CheckedContent, Drafts, PrintedContent

if TYPE_CHECKING:
    from stufenweise.render.builder_command import BuilderName
    from stufenweise.render.builders import BuildOutcome, BuildProgress


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How to build."""

    builder: BuilderName = "mkdocs"
    strict: bool = False
    """Whether warnings stop the build."""
    force: bool = False
    """Whether to build an unchanged site."""
    wait: float = 0
    """Seconds to wait for another build in the same project."""
    drafts: Drafts = "left out"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildEvents:
    """Functions to call during a build; by default they do nothing."""

    on_checked: Callable[[Sequence[Problem]], None] = lambda _: None
    """Called with all problems of the content, before anything is built."""
    on_printing: Callable[[int], None] = lambda _: None
    """Called with the number of handouts to print, if there are any."""
    on_progress: Callable[[BuildProgress], None] = lambda _: None
    """Called with the progress of a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """How a build ended."""

    files: ProjectFiles
    problems: tuple[Problem, ...]
    outcomes: tuple[BuildOutcome, ...] = ()
    published: bool = False
    unchanged: bool = False
    """Whether no input had changed since the last build."""
    notes: tuple[Failure, ...] = ()
    """Non-fatal failures, in folders other than the published site."""
    pages: int = 0
    """Number of pages in all languages."""
    printed: PrintedContent | None = None
    """The content of the site; None if it was unchanged and therefore not loaded."""


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
        events: Functions to call during the build.

    Raises:
        MachineError: The site can't be written or published, or another build is running.
    """
    clock, events = timings or Timings(), events or BuildEvents()
    with _building(project, wait=options.wait):
        with clock.stage("load"):
            files = checked.loaded_project.files if checked else read_project_files(project)
            layers = (files.own, files.base, files.reviewed_base)
            digest = site_digest(project, today, layers, builder=options.builder, drafts=options.drafts)
            last_problems = None if options.force else problems_if_unchanged(project, digest)
        if last_problems is not None and not blocking_problems(last_problems, strict=options.strict):
            events.on_checked(last_problems)
            return BuildReport(files=files, problems=last_problems, published=True, unchanged=True)
        printing = _load_and_print(checked or files, options, today, clock, events)
        if printing.value is None:
            return BuildReport(files=files, problems=printing.problems)
        return _render_and_publish(printing.value, options, digest, environ, clock, events)


@contextmanager
def build_in_place(
    project: Project, options: BuildOptions, *, today: datetime.date, events: BuildEvents
) -> Iterator[AssembledSite | None]:
    """Assemble a site for a caller that renders it into the published folder, and make it whole afterwards.

    The work folder is locked until the caller is done. If the caller fails, nothing is added to its pages.

    Args:
        project: The project.
        options: How to build; its site is never taken for unchanged.
        today: The day against which reviews are due.
        events: Functions to call during the build.

    Yields:
        The site to render; None if problems stop the build.

    Raises:
        MachineError: The site can't be written, or another build is running.
    """
    from stufenweise.stages.site_stages import assemble_site, publish_in_place, take_over_site

    with _building(project, wait=options.wait):
        output_folder(project.site_dir).refuse_links()
        printing = _load_and_print(read_project_files(project), options, today, Timings(), events)
        if printing.value is None:
            yield None
            return
        assembled = assemble_site(printing.value, project.site_dir, options.builder)
        take_over_site(assembled)
        yield assembled
        publish_in_place(assembled)


@contextmanager
def _building(project: Project, *, wait: float) -> Iterator[None]:
    """Lock the work folder for a build, and make sure that nothing but a site of ours is in the way of the new one."""
    with locked_work_folder(project, wait=wait):
        check_target(project.site_dir, project.work_folder.path)
        yield


def _load_and_print(
    content: ProjectFiles | CheckedContent,
    options: BuildOptions,
    today: datetime.date,
    clock: Timings,
    events: BuildEvents,
) -> Outcome[PrintedContent]:
    """Load, check and print content that is not checked yet; give no value if its problems stop the build."""
    from stufenweise.handouts.typeset_pool import PRINTERS
    from stufenweise.stages.content_stages import Caches, check_content, load_project
    from stufenweise.stages.handout_stages import print_content

    if content.project.settings.handouts:
        PRINTERS.start_worker_in_background()
    if isinstance(content, ProjectFiles):
        caches = Caches.of(content.project)
        with clock.stage("load"):
            loaded_project = load_project(content, caches)
        with clock.stage("check"):
            content = check_content(loaded_project, today, caches=caches)
    with clock.stage("handouts"):
        printing = print_content(content, drafts=options.drafts, on_printing=events.on_printing)
    events.on_checked(printing.problems)
    if blocking_problems(printing.problems, strict=options.strict):
        return Outcome.failure(*printing.problems)
    return printing


def _render_and_publish(
    printed: PrintedContent,
    options: BuildOptions,
    digest: str,
    environ: Mapping[str, str],
    clock: Timings,
    events: BuildEvents,
) -> BuildReport:
    """Build the site of content in a folder of its own, and publish it there if no builder failed."""
    from stufenweise.render.builder_process import ready_builder
    from stufenweise.stages.site_stages import assemble_site, publish_site, render_site

    files = printed.checked.loaded_project.files
    work = printed.project.work_folder.path
    with staging(work) as folder, ready_builder(options.builder, work, environ) as ready:
        with clock.stage("assemble"):
            assembled = assemble_site(printed, folder, options.builder)
        with clock.stage("render"):
            rendered = render_site(assembled, environ, events.on_progress, ready=ready, rebuild_all=options.force)
        if rendered.blocks_build(strict=options.strict):
            return BuildReport(files=files, problems=printed.problems, outcomes=rendered.outcomes)
        with clock.stage("publish"):
            notes = publish_site(rendered, digest)
    return BuildReport(
        files=files,
        problems=printed.problems,
        outcomes=rendered.outcomes,
        published=True,
        notes=notes,
        pages=assembled.pages,
        printed=printed,
    )
