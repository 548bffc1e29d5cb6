"""Run builder processes in parallel, one per language.

In: jobs, each a derived configuration and the folder that it writes. Out: an outcome for each job, with the builder's
    warnings and errors. No process outlives us: all of them end if one fails, on Ctrl-C, and even if this process is
    killed (see `child_watchdog`).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from stufenweise.core.worker_limits import signal_name
from stufenweise.render.builder_command import BuilderName, builder_command
from stufenweise.render.builder_log import builder_messages, without_escapes

WATCHDOG = Path(__file__).with_name("child_watchdog.py")

_POLL = 0.05
"""Seconds between two checks of the processes."""

_COUNT = 0.25
"""Seconds between two counts of written pages: four counts per second look smooth and cost little."""


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


@dataclass(slots=True, kw_only=True)
class _BuilderProcess:
    """A builder process, and the thread that reads its output."""

    job: BuildJob
    popen: subprocess.Popen[bytes]
    began: float
    output: bytearray = field(default_factory=bytearray)
    reader: threading.Thread | None = None

    def listen(self, pipe: IO[bytes]) -> None:
        """Collect the output from `pipe`, so that the builder never waits for a reader."""
        while chunk := os.read(pipe.fileno(), 1 << 16):
            self.output += chunk


def run_builders(
    jobs: Sequence[BuildJob],
    *,
    environ: Mapping[str, str],
    on_progress: Callable[[BuildProgress], None] = lambda _progress: None,
    command_of: Callable[[BuilderName, Path], list[str]] = builder_command,
) -> list[BuildOutcome]:
    """Build `jobs` in parallel, at most one per processor, and return their outcomes in the order of the jobs.

    As soon as one fails the others are stopped. Zensical jobs run one after another: two of them in one
    project share a cache folder (and each uses all processors by itself).

    Args:
        jobs: What to build; languages differ.
        environ: Environment of the processes, see `builder_environment`.
        on_progress: Called in this thread when a language got further.
        command_of: The command of a builder, as `[python, "-m", module, argument...]`.
    """
    waiting = list(jobs)
    running: list[_BuilderProcess] = []
    outcomes: dict[str, BuildOutcome] = {}
    counts: dict[str, int] = {}
    counted = time.monotonic()
    try:
        while waiting or running:
            while (job := _next(waiting, running)) is not None:
                waiting.remove(job)
                running.append(_start(job, command_of(job.builder, job.config), environ))
            time.sleep(_POLL)
            for process in [process for process in running if process.popen.poll() is not None]:
                running.remove(process)
                outcome = outcomes[process.job.language] = _outcome(process)
                on_progress(
                    BuildProgress(
                        language=process.job.language,
                        pages=count_pages(process.job.site),
                        total=process.job.pages,
                        done=True,
                    )
                )
                if not outcome.ok:
                    return _stopped(jobs, outcomes, running)
            if time.monotonic() - counted >= _COUNT:
                _report(running, counts, on_progress)
                counted = time.monotonic()
    finally:
        for process in running:
            _kill(process)
    return [outcomes[job.language] for job in jobs]


def count_pages(site: Path) -> int:
    """Return how many pages a builder has written so far."""
    return sum(1 for _, _, files in os.walk(site) for name in files if name.endswith(".html"))


def _report(
    running: list[_BuilderProcess], counts: dict[str, int], on_progress: Callable[[BuildProgress], None]
) -> None:
    for process in running:
        pages = count_pages(process.job.site)
        if counts.get(process.job.language) != pages:
            counts[process.job.language] = pages
            on_progress(BuildProgress(language=process.job.language, pages=pages, total=process.job.pages))


def _next(waiting: Sequence[BuildJob], running: Sequence[_BuilderProcess]) -> BuildJob | None:
    """Return the first job that may start now."""
    if len(running) >= (os.cpu_count() or 1):
        return None
    alone = any(process.job.builder == "zensical" for process in running)
    return next((job for job in waiting if not (alone and job.builder == "zensical")), None)


def _start(job: BuildJob, call: Sequence[str], environ: Mapping[str, str]) -> _BuilderProcess:
    python, _, *rest = call
    popen = subprocess.Popen(  # noqa: S603  (our own interpreter, arguments without a shell)
        [python, str(WATCHDOG), *rest],
        cwd=job.config.parent,
        env=dict(environ),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        # A process group of its own can be ended as a whole, and Ctrl-C in a terminal reaches only us.
        start_new_session=sys.platform != "win32",
    )
    process = _BuilderProcess(job=job, popen=popen, began=time.monotonic())
    if popen.stdout is not None:
        process.reader = threading.Thread(target=process.listen, args=(popen.stdout,), daemon=True)
        process.reader.start()
    return process


def _kill(process: _BuilderProcess) -> None:
    """End a builder and its child processes at once; its output is thrown away."""
    if sys.platform == "win32":
        process.popen.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.popen.pid, signal.SIGKILL)
    process.popen.wait()
    _close(process)


def _close(process: _BuilderProcess) -> None:
    if process.reader is not None:
        process.reader.join(timeout=5)
    for pipe in (process.popen.stdin, process.popen.stdout):
        if pipe is not None:
            pipe.close()


def _outcome(process: _BuilderProcess, *, stopped: bool = False) -> BuildOutcome:
    """Return the outcome of a builder that has ended; its exit code alone does not decide."""
    _close(process)
    log = without_escapes(process.output.decode("utf-8", "replace"))
    messages = builder_messages(log)
    # A stopped builder may have printed only the first line of a traceback.
    errors = tuple(error for error in messages.errors if not (stopped and error.startswith("Traceback")))
    code = process.popen.returncode
    if not stopped and not errors:
        if code < 0:
            errors = (f"{process.job.builder} was ended by signal {-code} ({signal_name(-code)})",)
        elif code > 0:
            errors = (f"{process.job.builder} ended with code {code}: {_last_line(log)}",)
        elif not (process.job.site / "index.html").is_file():
            errors = (f"{process.job.builder} wrote no {process.job.language}/index.html",)
    ok = not stopped and not errors
    seconds = time.monotonic() - process.began
    return BuildOutcome(
        language=process.job.language,
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
    jobs: Sequence[BuildJob], outcomes: Mapping[str, BuildOutcome], running: list[_BuilderProcess]
) -> list[BuildOutcome]:
    """Stop running builders, and return the outcomes of all jobs."""
    ended = dict(outcomes)
    while running:
        process = running.pop()
        _kill(process)
        ended[process.job.language] = _outcome(process, stopped=True)
    unbegun = {
        job.language: BuildOutcome(
            language=job.language, ok=False, warnings=(), errors=(), log="", seconds=0.0, stopped=True
        )
        for job in jobs
    }
    return [ended.get(job.language, unbegun[job.language]) for job in jobs]
