"""Render the languages of a site: reuse the unchanged ones of the last site, and build the others.

In: a job for each language. Out: the outcome of each job. A plan says what may be reused, and with which environment
the builders run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from stufenweise.config.project import Project
from stufenweise.core.build_date import source_date_epoch
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.core.worker_limits import give_back_freed_memory
from stufenweise.model.library import Library
from stufenweise.render.builder_command import builder_environment
from stufenweise.render.builder_process import BuilderProcess
from stufenweise.render.builders import BuildJob, BuildOutcome, BuildProgress, run_builders
from stufenweise.render.unchanged_languages import UnchangedLanguages
from stufenweise.render.unchanged_pages import can_reuse_pages, page_record_environment, page_records


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderingPlan:
    """The languages of a site to render, and what may be taken from the last site."""

    jobs: tuple[BuildJob, ...]
    """One job per language."""
    unchanged: UnchangedLanguages
    """The languages that can be reused."""
    environ: Mapping[str, str]
    """Environment of the builder processes."""


def plan_rendering(
    project: Project,
    library: Library,
    folder: Path,
    jobs: Sequence[BuildJob],
    environ: Mapping[str, str],
    *,
    may_reuse: bool,
) -> RenderingPlan:
    """Return the plan for rendering a site.

    Args:
        project: The project.
        library: Its content; the day of its latest review dates the build.
        folder: Output folder, with one folder per language.
        jobs: One job per language, all for the same builder.
        environ: Environment of the caller.
        may_reuse: Whether unchanged pages may be taken from the published site.

    Raises:
        MachineError: `SOURCE_DATE_EPOCH` is set to no time.
    """
    incremental = can_reuse_pages(project, jobs[0].builder)
    uses_last = incremental and may_reuse
    epoch = source_date_epoch(environ, (tutorial.facts.reviewed for tutorial in library.tutorials))
    records = page_record_environment(project, rebuild_all=not uses_last) if incremental else {}
    return RenderingPlan(
        jobs=tuple(jobs),
        unchanged=UnchangedLanguages(
            records=page_records(project) if incremental else None,
            site=SafeFolder(folder),
            last_site=SafeFolder(project.site_dir) if uses_last else None,
        ),
        environ=builder_environment(environ, epoch) | records,
    )


def render_languages(
    plan: RenderingPlan, on_progress: Callable[[BuildProgress], None], ready: BuilderProcess | None = None
) -> tuple[BuildOutcome, ...]:
    """Reuse each unchanged language, and build the others in parallel.

    Args:
        plan: The plan.
        on_progress: Called when a language got further.
        ready: A builder process that waits for what to build, if there is one.

    Returns:
        What became of each language, in the order of the jobs.
    """
    unchanged = plan.unchanged
    give_back_freed_memory()  # The builders need it
    likely = [job for job in plan.jobs if unchanged.is_known(job.language, job.digest)]
    changed = [job for job in plan.jobs if job not in likely]
    with ThreadPoolExecutor(1) as background:
        # Linking files and waiting for builders both leave this thread idle.
        taken = background.submit(lambda: [job for job in likely if unchanged.take_over(job.language, job.digest)])
        built = run_builders(changed, environ=plan.environ, on_progress=on_progress, ready=ready)
        reused = taken.result()
    if all(outcome.ok for outcome in built):
        remaining = [job for job in likely if job not in reused]
        built += run_builders(remaining, environ=plan.environ, on_progress=on_progress, ready=ready)
    digests = {job.language: job.digest for job in plan.jobs}
    outcomes = {job.language: BuildOutcome.unchanged(job.language) for job in likely}
    for outcome in built:
        outcomes[outcome.language] = outcome
        if outcome.ok and not outcome.warnings:  # A language with warnings is built again to repeat them
            unchanged.record(outcome.language, digests[outcome.language])
    return tuple(outcomes[job.language] for job in plan.jobs)
