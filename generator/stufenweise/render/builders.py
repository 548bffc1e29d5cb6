"""Builder processes: one per language, side by side.

In: jobs, each a derived configuration and the folder that it writes. Out: an outcome a job, with what the
builder complained about. The processes are ours to the end: all of them end if one fails, on Ctrl-C, and
even if this process is killed (see `child_watchdog`).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Literal

from stufenweise.errors import PublishError
from stufenweise.render.builder_log import complaints, plain

Builder = Literal["mkdocs", "zensical", "properdocs"]

WATCHDOG = Path(__file__).with_name("child_watchdog.py")

_POLL = 0.05
"""Seconds between two looks at the processes."""

_COUNT = 0.25
"""Seconds between two counts of written pages: four a second look fluent and cost next to nothing."""


@dataclass(frozen=True, slots=True)
class Job:
    """One language to build."""

    language: str
    config: Path
    """The derived configuration; the builder runs in its folder."""
    site: Path
    """Folder that the configuration names as `site_dir`."""
    builder: Builder = "mkdocs"
    pages: int = 0
    """How many pages are to be expected, for the progress; 0 if unknown."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one language is."""

    language: str
    pages: int
    """Pages written so far."""
    total: int
    """Pages expected; 0 if unknown."""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the build of one language ended."""

    language: str
    ok: bool
    """Whether the site is there and the builder met no error; warnings may stand."""
    warnings: tuple[str, ...]
    errors: tuple[str, ...]
    log: str
    """All that the builder said, without colours."""
    seconds: float
    stopped: bool = False
    """Whether it was stopped, or never begun, because another language failed."""


def command(builder: Builder, config: Path) -> list[str]:
    """Return the command that builds `config` with `builder`, under the Python that runs this."""
    if builder == "zensical":
        # Its cache lies beside the configuration: cleaned, so that the same input gives the same site.
        return [sys.executable, "-m", "zensical", "build", "--clean", "-f", str(config)]
    return [sys.executable, "-m", builder, "build", "-f", str(config)]


def available(builder: Builder) -> bool:
    """Return whether `builder` is installed."""
    return find_spec(builder) is not None


def source_date_epoch(environ: Mapping[str, str], reviewed: Iterable[date]) -> int:
    """Return the date of the build in seconds since 1970, independent of the clock.

    It is `SOURCE_DATE_EPOCH` (https://reproducible-builds.org/specs/source-date-epoch/) if set, otherwise the
    midnight (UTC) that began the latest of the days `reviewed`, or 0 if there is none.

    Raises:
        PublishError: the variable is not a whole number of seconds up to the end of the year 9999.
    """
    text = environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not text:
        latest = max(reviewed, default=date(1970, 1, 1))
        return int(datetime(latest.year, latest.month, latest.day, tzinfo=UTC).timestamp())
    if not (text.isascii() and text.isdecimal() and len(text) <= 12 and int(text) <= 253402300799):
        raise PublishError("source-date-epoch", value=text)
    return int(text)


def environment(environ: Mapping[str, str], epoch: int) -> dict[str, str]:
    """Return the environment of a builder: the caller's, and what makes its output the same every time."""
    return {
        **environ,
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
        # Adverts on stderr, not warnings about the site: material/templates/__init__.py, and
        # properdocs/replacement_warning.py for plugins that carry it.
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }


@dataclass(slots=True)
class _Running:
    """A builder process, and the thread that reads what it says."""

    job: Job
    process: subprocess.Popen[bytes]
    began: float
    said: bytearray = field(default_factory=bytearray)
    reader: threading.Thread | None = None

    def listen(self, pipe: IO[bytes]) -> None:
        """Keep what comes through `pipe`, so that the builder never waits for a reader."""
        while chunk := os.read(pipe.fileno(), 1 << 16):
            self.said += chunk


def render(
    jobs: Sequence[Job],
    *,
    environ: Mapping[str, str],
    on_progress: Callable[[Progress], None] = lambda _progress: None,
    command_of: Callable[[Builder, Path], list[str]] = command,
) -> list[Outcome]:
    """Build `jobs` side by side, at most one a processor, and return their outcomes in the order of the jobs.

    As soon as one fails the others are stopped. Zensical jobs run one after another: two of them in one
    project share a cache folder (and each uses all processors by itself).

    Args:
        jobs: what to build; languages differ.
        environ: environment of the processes, see `environment`.
        on_progress: called in this thread when a language got further.
        command_of: the command of a builder, as `[python, "-m", module, argument...]`.
    """
    waiting = list(jobs)
    running: list[_Running] = []
    outcomes: dict[str, Outcome] = {}
    counts: dict[str, int] = {}
    counted = time.monotonic()
    try:
        while waiting or running:
            while (job := _next(waiting, running)) is not None:
                waiting.remove(job)
                running.append(_start(job, command_of(job.builder, job.config), environ))
            time.sleep(_POLL)
            for one in [one for one in running if one.process.poll() is not None]:
                running.remove(one)
                outcome = outcomes[one.job.language] = _outcome(one)
                on_progress(Progress(one.job.language, count_pages(one.job.site), one.job.pages, done=True))
                if not outcome.ok:
                    return _stopped(jobs, outcomes, running)
            if time.monotonic() - counted >= _COUNT:
                _report(running, counts, on_progress)
                counted = time.monotonic()
    finally:
        for one in running:
            _kill(one)
    return [outcomes[job.language] for job in jobs]


def count_pages(site: Path) -> int:
    """Return how many pages a builder has written so far."""
    return sum(1 for _, _, files in os.walk(site) for name in files if name.endswith(".html"))


def _report(running: list[_Running], counts: dict[str, int], on_progress: Callable[[Progress], None]) -> None:
    for one in running:
        pages = count_pages(one.job.site)
        if counts.get(one.job.language) != pages:
            counts[one.job.language] = pages
            on_progress(Progress(one.job.language, pages, one.job.pages))


def _next(waiting: Sequence[Job], running: Sequence[_Running]) -> Job | None:
    """Return the first job that may start now."""
    if len(running) >= (os.cpu_count() or 1):
        return None
    alone = any(one.job.builder == "zensical" for one in running)
    return next((job for job in waiting if not (alone and job.builder == "zensical")), None)


def _start(job: Job, call: Sequence[str], environ: Mapping[str, str]) -> _Running:
    python, _, *rest = call
    process = subprocess.Popen(  # noqa: S603  (our own interpreter, arguments without a shell)
        [python, str(WATCHDOG), *rest],
        cwd=job.config.parent,
        env=dict(environ),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        # A group of its own: ended as a whole, and Ctrl-C in a terminal reaches us alone.
        start_new_session=sys.platform != "win32",
    )
    one = _Running(job, process, time.monotonic())
    if process.stdout is not None:
        one.reader = threading.Thread(target=one.listen, args=(process.stdout,), daemon=True)
        one.reader.start()
    return one


def _kill(one: _Running) -> None:
    """End a builder and all that it started, at once: what it wrote is thrown away."""
    if sys.platform == "win32":
        one.process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(one.process.pid, signal.SIGKILL)
    one.process.wait()
    _close(one)


def _close(one: _Running) -> None:
    if one.reader is not None:
        one.reader.join(timeout=5)
    for pipe in (one.process.stdin, one.process.stdout):
        if pipe is not None:
            pipe.close()


def _outcome(one: _Running, *, stopped: bool = False) -> Outcome:
    """Return how an ended builder did; its exit code is one sign among others."""
    _close(one)
    log = plain(one.said.decode("utf-8", "replace"))
    found = complaints(log)
    # A builder that is stopped may be in the midst of a traceback: of that there is no more than its first line.
    errors = tuple(error for error in found.errors if not (stopped and error.startswith("Traceback")))
    code = one.process.returncode
    if not stopped and not errors:
        if code < 0:
            errors = (f"{one.job.builder} was ended by signal {-code} ({signal.Signals(-code).name})",)
        elif code > 0:
            errors = (f"{one.job.builder} ended with code {code}: {_last_line(log)}",)
        elif not (one.job.site / "index.html").is_file():
            errors = (f"{one.job.builder} wrote no {one.job.language}/index.html",)
    ok = not stopped and not errors
    seconds = time.monotonic() - one.began
    return Outcome(one.job.language, ok, found.warnings, errors, log, seconds, stopped)


def _last_line(log: str) -> str:
    return next((line.strip() for line in reversed(log.split("\n")) if line.strip()), "it said nothing")


def _stopped(jobs: Sequence[Job], outcomes: Mapping[str, Outcome], running: list[_Running]) -> list[Outcome]:
    """Stop what runs, and return the outcomes of all jobs."""
    ended = dict(outcomes)
    while running:
        one = running.pop()
        _kill(one)
        ended[one.job.language] = _outcome(one, stopped=True)
    unbegun = {job.language: Outcome(job.language, False, (), (), "", 0.0, stopped=True) for job in jobs}
    return [ended.get(job.language, unbegun[job.language]) for job in jobs]
