"""Run builder processes in parallel, one per language.

In: jobs, each a derived configuration and the folder that it writes. Out: an outcome for each job, with the builder's
    warnings and errors. No process outlives us: all of them end if one fails, on Ctrl-C, and even if this process is
    killed (see `child_watchdog`).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stufenweise.core.worker_limits import signal_name
from stufenweise.render.builder_command import BuilderName, builder_command
from stufenweise.render.builder_log import builder_messages, without_escapes
from stufenweise.render.builder_process import BuilderProcess

_POLL = 0.01
"""Seconds between two checks of the processes."""

_COUNT = 0.25
"""Least seconds between two counts of written pages: four counts per second look smooth."""
_COUNT_SHARE = 1 / 50
"""Largest share of the time for counting; of a thousand pages it takes hundredths of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildJob:
    """One language to build."""

    language: str
    config: Path
    """The derived configuration; the builder runs in its folder."""
    site: Path
    """Folder that the configuration names as `site_dir`."""
    builder: BuilderName = "mkdocs"
    pages: int = 0
    """Expected number of pages, for the progress; 0 if unknown."""
    digest: str = ""
    """Digest over all its inputs, see `language_digest`; empty if it is never reused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildProgress:
    """The progress of one language."""

    language: str
    pages: int
    """Pages written so far."""
    total: int
    """Pages expected; 0 if unknown."""
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOutcome:
    """How the build of one language ended."""

    language: str
    ok: bool
    """Whether the site was built without an error; there may be warnings."""
    warnings: tuple[str, ...]
    errors: tuple[str, ...]
    log: str
    """The builder's whole output, without colours."""
    seconds: float
    stopped: bool = False
    """Whether it was stopped, or never begun, because another language failed."""

    @classmethod
    def unchanged(cls, language: str) -> BuildOutcome:
        """Return the outcome of a job that need not run."""
        return cls(language=language, ok=True, warnings=(), errors=(), log="", seconds=0.0)


@dataclass(frozen=True, slots=True)
class _RunningJob:
    """A job, and the process that builds it."""

    job: BuildJob
    process: BuilderProcess


def run_builders(
    jobs: Sequence[BuildJob],
    *,
    environ: Mapping[str, str],
    on_progress: Callable[[BuildProgress], None] = lambda _progress: None,
    command_of: Callable[[BuilderName, Path], list[str]] = builder_command,
    ready: BuilderProcess | None = None,
) -> list[BuildOutcome]:
    """Build `jobs` in parallel, at most one per processor, and return their outcomes in the order of the jobs.

    As soon as one fails the others are stopped. Zensical jobs run one after another: two of them in one
    project share a cache folder (and each uses all processors by itself).

    Args:
        jobs: What to build; languages differ.
        environ: Environment of the processes, see `builder_environment`.
        on_progress: Called in this thread when a language got further.
        command_of: The command of a builder, as `[python, "-m", module, argument...]`; it runs under our own Python.
        ready: A process that waits in the folder of the configurations for what to build, if there is one.
    """
    waiting = list(jobs)
    running: list[_RunningJob] = []
    outcomes: dict[str, BuildOutcome] = {}
    counts: dict[str, int] = {}
    next_count = time.monotonic() + _COUNT
    try:
        while waiting or running:
            while (job := _next(waiting, running)) is not None:
                waiting.remove(job)
                running.append(_start(job, command_of(job.builder, job.config), environ, ready))
            time.sleep(_POLL)
            for ended in [started for started in running if started.process.popen.poll() is not None]:
                running.remove(ended)
                job = ended.job
                outcome = outcomes[job.language] = _outcome(ended)
                on_progress(
                    BuildProgress(language=job.language, pages=count_pages(job.site), total=job.pages, done=True)
                )
                if not outcome.ok:
                    return _stopped(jobs, outcomes, running)
            if (began := time.monotonic()) >= next_count:
                _report(running, counts, on_progress)
                next_count = began + max(_COUNT, (time.monotonic() - began) / _COUNT_SHARE)
    finally:
        for started in running:
            started.process.kill()
    return [outcomes[job.language] for job in jobs]


def count_pages(site: Path) -> int:
    """Return how many pages a builder has written so far."""
    return sum(1 for _, _, files in os.walk(site) for name in files if name.endswith(".html"))


def _report(running: list[_RunningJob], counts: dict[str, int], on_progress: Callable[[BuildProgress], None]) -> None:
    for job in (started.job for started in running):
        pages = count_pages(job.site)
        if counts.get(job.language) != pages:
            counts[job.language] = pages
            on_progress(BuildProgress(language=job.language, pages=pages, total=job.pages))


def _next(waiting: Sequence[BuildJob], running: Sequence[_RunningJob]) -> BuildJob | None:
    """Return the first job that may start now."""
    if len(running) >= (os.cpu_count() or 1):
        return None
    alone = any(started.job.builder == "zensical" for started in running)
    return next((job for job in waiting if not (alone and job.builder == "zensical")), None)


def _start(job: BuildJob, call: Sequence[str], environ: Mapping[str, str], ready: BuilderProcess | None) -> _RunningJob:
    """Start a job in the ready process, or in a new one if that is used."""
    _, _, module, *arguments = call
    process = ready if ready and ready.is_waiting else BuilderProcess.start(job.config.parent, environ)
    try:
        process.run(module, arguments, environ)
    except BaseException:
        process.kill()
        raise
    return _RunningJob(job, process)


def _outcome(running: _RunningJob, *, stopped: bool = False) -> BuildOutcome:
    """Return the outcome of a builder that has ended; its exit code alone does not decide."""
    job, process = running.job, running.process
    process.close()
    log = without_escapes(process.output.decode("utf-8", "replace"))
    messages = builder_messages(log)
    # A stopped builder may have printed only the first line of a traceback.
    errors = tuple(error for error in messages.errors if not (stopped and error.startswith("Traceback")))
    code = process.popen.returncode
    if not stopped and not errors:
        if code < 0:
            errors = (f"{job.builder} was ended by signal {-code} ({signal_name(-code)})",)
        elif code > 0:
            errors = (f"{job.builder} ended with code {code}: {_last_line(log)}",)
        elif not (job.site / "index.html").is_file():
            errors = (f"{job.builder} wrote no {job.language}/index.html",)
    ok = not stopped and not errors
    seconds = time.monotonic() - process.began
    return BuildOutcome(
        language=job.language,
        ok=ok,
        warnings=messages.warnings,
        errors=errors,
        log=log,
        seconds=seconds,
        stopped=stopped,
    )


def _last_line(log: str) -> str:
    return next((line.strip() for line in reversed(log.split("\n")) if line.strip()), "it said nothing")


def _stopped(
    jobs: Sequence[BuildJob], outcomes: Mapping[str, BuildOutcome], running: list[_RunningJob]
) -> list[BuildOutcome]:
    """Stop running builders, and return the outcomes of all jobs."""
    ended = dict(outcomes)
    while running:
        one = running.pop()
        one.process.kill()
        ended[one.job.language] = _outcome(one, stopped=True)
    unbegun = {
        job.language: BuildOutcome(
            language=job.language, ok=False, warnings=(), errors=(), log="", seconds=0.0, stopped=True
        )
        for job in jobs
    }
    return [ended.get(job.language, unbegun[job.language]) for job in jobs]
