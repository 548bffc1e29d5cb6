"""Print handouts in worker processes with limits of time and memory; Ctrl-C ends them.

The processes stay for the next handouts until the program ends; `serve` prints at every save.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from stufenweise.core.errors import MachineError
from stufenweise.core.worker_limits import signal_name
from stufenweise.handouts.glyph_fallbacks import TypesetPdf, typeset_with_fallbacks, with_print_names
from stufenweise.handouts.typeset import UnprintableError
from stufenweise.handouts.typeset_worker import ANSWER, DONE, HANDOUT, PICTURE, REQUEST, TOO_COSTLY

PAGE_SECONDS = 5.0
"""Most seconds of processor time per page; a page of text takes 10 ms."""
PATIENCE = 12
"""Ratio of wall-clock to processor time that a handout may take: on a busy machine it has to wait."""
START_SECONDS = 120.0
"""Most seconds for loading the fonts; normally it takes half a second."""
KEPT_MEMORY = 128 << 20
"""A process that uses more bytes of memory is not reused for the next handout."""
_LIMIT_SIGNALS = frozenset({"SIGPROF", "SIGXCPU", "SIGABRT", "SIGSEGV", "SIGBUS", "SIGILL", "SIGTRAP"})
"""Signals that end a process when it exceeds its limits of time, memory or stack."""

Typeset = TypesetPdf | UnprintableError
"""A handout, or the reason why it could not be printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesetJob:
    """A handout to print."""

    data: Callable[[], object]
    """Makes the data for `templates/main.typ`; called in the requesting thread."""
    pages: int | None
    """Number of pages that it must have; None for any number."""
    most_pages: int
    """Number of pages in its time limit."""
    language: str = "en"
    """Language of the replacements for characters that no font has."""
    bound_pages: int = 0
    """Pages of a book's tutorials if none of them is too long; 0 if unknown."""
    print_as: Mapping[str, str] = field(default_factory=dict)
    """The company's spelling of names for print."""


@dataclass(slots=True, eq=False)
class _Worker:
    """A process that prints one handout after the other."""

    process: subprocess.Popen[bytes]
    late: bool = False
    """Whether it was ended because an answer took too long."""
    memory: int = 0
    """Bytes of memory in use at its last answer."""

    def typeset(self, data: bytes, pages: int | None, job: TypesetJob) -> bytes | UnprintableError:
        """Return the PDF of a handout, or the reason why it could not be printed.

        Raises:
            MachineError: The process ended for a reason other than this handout, such as a lack of memory.
        """
        seconds = PAGE_SECONDS * job.most_pages
        head = REQUEST.pack(HANDOUT, len(data), pages or 0, job.bound_pages, seconds)
        return self._result(head + data, seconds)

    def draw(self, svg: bytes) -> bytes | UnprintableError:
        """Return a drawing as a PNG picture, or the reason why it could not be drawn.

        Raises:
            MachineError: The process ended for a reason other than this drawing.
        """
        return self._result(REQUEST.pack(PICTURE, len(svg), 0, 0, PAGE_SECONDS) + svg, PAGE_SECONDS)

    def _result(self, request: bytes, seconds: float) -> bytes | UnprintableError:
        """Return what a request gives, which takes at most so many seconds of processor time."""
        kind, body = self._ask(request, seconds * PATIENCE)
        if kind == DONE:
            return body
        if kind == TOO_COSTLY:
            return UnprintableError(too_costly=True)
        overflow, typst_error = json.loads(body)
        return UnprintableError(overflow, typst_error)

    def start(self) -> None:
        """Wait until the process is ready."""
        self._ask(b"", START_SECONDS)

    def _ask(self, request: bytes, seconds: float) -> tuple[int, bytes]:
        """Send a request; return kind and body of the answer, which may take so many seconds by the clock."""
        stdin, stdout = self.process.stdin, self.process.stdout
        if stdin is None or stdout is None:
            raise TypeError("a worker has pipes")
        timer = threading.Timer(seconds, self._end_late)
        timer.daemon = True
        timer.start()
        try:
            with suppress(OSError):
                stdin.write(request)
                stdin.flush()
            head = stdout.read(ANSWER.size)
            if len(head) < ANSWER.size:
                return self._answer_of_ended()
            kind, size, self.memory = ANSWER.unpack(head)
            body = stdout.read(size)
        finally:
            timer.cancel()
        return (kind, body) if len(body) == size else self._answer_of_ended()

    def _end_late(self) -> None:
        """End the process because its answer takes too long."""
        self.late = True
        self.process.kill()

    def _answer_of_ended(self) -> tuple[int, bytes]:
        """Return the answer for a process that ended at a limit.

        Raises:
            MachineError: It ended for another reason.
        """
        code = self.process.wait()
        name = signal_name(-code) if code < 0 else str(code)
        if self.late or name in _LIMIT_SIGNALS or (sys.platform == "win32" and code >= 1 << 31):
            return TOO_COSTLY, b""
        raise MachineError("printing-ended", reason=name)

    def end(self) -> None:
        """End the process at once."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


_idle: deque[_Worker] = deque()
_busy: set[_Worker] = set()
_starting: deque[threading.Thread] = deque()
"""Threads that start a process for the first handout."""
_lock = threading.Lock()


def typeset_all(jobs: Sequence[TypesetJob], workers: int) -> Iterator[Typeset]:
    """Yield the result of each handout, in order, printed in at most `workers` parallel processes.

    Raises:
        MachineError: A process was ended from outside.
    """
    waiting: deque[Future[Typeset]] = deque()
    pool = ThreadPoolExecutor(workers)
    try:
        for job in jobs:
            data = with_print_names(json.dumps(job.data(), ensure_ascii=False), job.print_as)
            waiting.append(pool.submit(_typeset, data, job))
            if len(waiting) >= 2 * workers:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
    except BaseException:
        for future in waiting:
            future.cancel()
        _end_workers()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _result(future: Future[Typeset]) -> Typeset:
    """Return the result of a future; a wait without end would keep Ctrl-C out on Windows."""
    while True:
        with suppress(TimeoutError):
            return future.result(timeout=1)


def _typeset(data: str, job: TypesetJob) -> Typeset:
    """Print the data of a job, with fallbacks for what Typst can't set."""

    def ask(text: str, pages: int | None) -> bytes | UnprintableError:
        return _typeset_once(text.encode(), pages, job)

    return typeset_with_fallbacks(ask, data, job.pages, job.language)


def _typeset_once(data: bytes, pages: int | None, job: TypesetJob) -> bytes | UnprintableError:
    return _in_worker(lambda worker: worker.typeset(data, pages, job))


@lru_cache(maxsize=1)
def drawn_as_png(svg: bytes) -> bytes:
    """Convert a drawing to a picture in a worker process; the last one is remembered.

    Returns:
        A PNG picture; empty if Typst refuses the drawing, or if it takes too long.

    Raises:
        MachineError: The process was ended from outside.
    """
    picture = _in_worker(lambda worker: worker.draw(svg))
    return b"" if isinstance(picture, UnprintableError) else picture


def _in_worker(request: Callable[[_Worker], bytes | UnprintableError]) -> bytes | UnprintableError:
    """Return the result of a request to an idle process, or to a new one."""
    with suppress(IndexError):
        _starting.pop().join()
    worker = _take_worker()
    try:
        result = request(worker)
    except BaseException:
        _give_back(worker, usable=False)
        raise
    _give_back(worker, usable=worker.process.poll() is None and not worker.late and worker.memory <= KEPT_MEMORY)
    return result


def start_worker() -> None:
    """Start a process for the next handout in advance."""
    _give_back(_take_worker(), usable=True)


def start_worker_in_background() -> None:
    """Start a process in the background; most builds that change anything print a handout."""

    def start() -> None:
        with suppress(OSError, MachineError):  # The next print reports it
            start_worker()

    thread = threading.Thread(target=start, daemon=True)
    thread.start()
    _starting.append(thread)


def _take_worker() -> _Worker:
    """Return an idle process, or a new one that has loaded its fonts; it is busy until it is given back."""
    with _lock:
        while _idle:
            worker = _idle.pop()
            if worker.process.poll() is None:
                _busy.add(worker)
                return worker
        worker = _Worker(_start_process())
        _busy.add(worker)
    try:
        worker.start()
    except BaseException:
        _give_back(worker, usable=False)
        raise
    return worker


def _start_process() -> subprocess.Popen[bytes]:
    """Start a process; nothing in the current folder is imported (`-P`)."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "stufenweise.handouts.typeset_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"},
    )


def _give_back(worker: _Worker, *, usable: bool) -> None:
    """Keep a process for the next handout, or end it if it is not usable."""
    with _lock:
        _busy.discard(worker)
        if usable:
            _idle.append(worker)
    if not usable:
        worker.end()


def end_idle_workers() -> None:
    """End the idle processes."""
    with _lock:
        workers = [*_idle]
        _idle.clear()
    for worker in workers:
        worker.end()


def _end_workers() -> None:
    """End all processes; the threads that wait for busy ones end, too."""
    with _lock:
        workers = [*_idle, *_busy]
        _idle.clear()
    for worker in workers:
        worker.process.kill()


atexit.register(_end_workers)
