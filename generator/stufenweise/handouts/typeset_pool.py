"""Print handouts in worker processes, which stay for the next handouts; Ctrl-C ends them.

`PRINTERS` is the one pool of a program: `serve` prints at every save, and a process takes half a second to start.
"""

from __future__ import annotations

import atexit
import json
import threading
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

from stufenweise.core.errors import MachineError
from stufenweise.handouts.glyph_fallbacks import TypesetPdf, typeset_with_fallbacks, with_print_names
from stufenweise.handouts.typeset import UnprintableError
from stufenweise.handouts.worker_process import WorkerProcess

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


class TypesetPool:
    """Processes that print, each for one handout at a time."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._idle: deque[WorkerProcess] = deque()
        self._busy: set[WorkerProcess] = set()
        self._starting: deque[threading.Thread] = deque()
        """Threads that start a process for the first handout."""
        self._lock = threading.Lock()
        self._picture: tuple[bytes, bytes] = (b"", b"")
        """The last drawing, and its picture."""

    def typeset_all(self, jobs: Sequence[TypesetJob], workers: int) -> Generator[Typeset, None, None]:
        """Yield the result of each handout, in order, printed in at most `workers` parallel processes.

        Raises:
            MachineError: A process was ended from outside.
        """
        waiting: deque[Future[Typeset]] = deque()
        threads, in_use = ThreadPoolExecutor(workers), set[WorkerProcess]()
        try:
            for job in jobs:
                data = with_print_names(json.dumps(job.data(), ensure_ascii=False), job.print_as)
                waiting.append(threads.submit(self._typeset, data, job, in_use))
                if len(waiting) >= 2 * workers:
                    yield _result(waiting.popleft())
            while waiting:
                yield _result(waiting.popleft())
        except BaseException:
            for future in waiting:
                future.cancel()
            for worker in [*in_use]:  # Their threads end, too; other threads print with other processes
                worker.process.kill()
            raise
        finally:
            threads.shutdown(cancel_futures=True)

    def _typeset(self, data: str, job: TypesetJob, in_use: set[WorkerProcess]) -> Typeset:
        """Print the data of a job, with fallbacks for what Typst can't set; its process is `in_use` meanwhile."""

        def typeset(text: str, pages: int | None) -> bytes | UnprintableError:
            written = text.encode()

            def request(worker: WorkerProcess) -> bytes | UnprintableError:
                in_use.add(worker)
                try:
                    return worker.typeset(written, pages, most_pages=job.most_pages, bound_pages=job.bound_pages)
                finally:
                    in_use.discard(worker)

            return self._in_worker(request)

        return typeset_with_fallbacks(typeset, data, job.pages, job.language)

    def drawn_as_png(self, svg: bytes) -> bytes:
        """Convert a drawing to a picture; the last one is remembered.

        Returns:
            A PNG picture; empty if Typst refuses the drawing, or if it takes too long.

        Raises:
            MachineError: The process was ended from outside.
        """
        drawing, picture = self._picture
        if drawing != svg:
            drawn = self._in_worker(lambda worker: worker.draw(svg))
            picture = b"" if isinstance(drawn, UnprintableError) else drawn
            self._picture = (svg, picture)
        return picture

    def _in_worker(self, request: Callable[[WorkerProcess], bytes | UnprintableError]) -> bytes | UnprintableError:
        """Return the result of a request to an idle process, or to a new one."""
        with suppress(IndexError):
            self._starting.pop().join()
        worker = self._take_worker()
        try:
            result = request(worker)
        except BaseException:
            self._give_back(worker, usable=False)
            raise
        self._give_back(worker, usable=worker.is_usable)
        return result

    def start_worker(self) -> None:
        """Start a process for the next handout in advance."""
        self._give_back(self._take_worker(), usable=True)

    def start_worker_in_background(self) -> None:
        """Start a process in the background; most builds that change anything print a handout."""

        def start() -> None:
            with suppress(OSError, MachineError):  # The next print reports it
                self.start_worker()

        thread = threading.Thread(target=start, daemon=True)
        thread.start()
        self._starting.append(thread)

    def _take_worker(self) -> WorkerProcess:
        """Return an idle process, or a new one that has loaded its fonts; it is busy until it is given back."""
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.process.poll() is None:
                    self._busy.add(worker)
                    return worker
            worker = WorkerProcess()
            self._busy.add(worker)
        try:
            worker.wait_until_ready()
        except BaseException:
            self._give_back(worker, usable=False)
            raise
        return worker

    def _give_back(self, worker: WorkerProcess, *, usable: bool) -> None:
        """Keep a process for the next handout, or end it if it is not usable."""
        with self._lock:
            self._busy.discard(worker)
            if usable:
                self._idle.append(worker)
        if not usable:
            worker.end()

    def end_idle_workers(self) -> None:
        """End the idle processes: others need their memory."""
        with self._lock:
            workers = [*self._idle]
            self._idle.clear()
        for worker in workers:
            worker.end()

    def end_workers(self) -> None:
        """End all processes; the threads that wait for busy ones end, too."""
        with self._lock:
            workers = [*self._idle, *self._busy]
            self._idle.clear()
        for worker in workers:
            worker.process.kill()


def _result(future: Future[Typeset]) -> Typeset:
    """Return the result of a future; a wait without end would keep Ctrl-C out on Windows."""
    while True:
        with suppress(TimeoutError):
            return future.result(timeout=1)


PRINTERS = TypesetPool()
"""The processes of this program."""
atexit.register(PRINTERS.end_workers)
