"""A process that prints one handout after the other, with limits of time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field

from stufenweise.core.errors import MachineError
from stufenweise.core.worker_limits import signal_name
from stufenweise.handouts.typeset import UnprintableError
from stufenweise.handouts.typeset_worker import ANSWER, DONE, HANDOUT, PICTURE, REQUEST, TOO_COSTLY

PAGE_SECONDS = 5.0
"""Most seconds of processor time per page; a page of text takes 10 ms."""
PATIENCE = 12
"""Ratio of wall-clock to processor time that a handout may take: on a busy machine it has to wait."""
START_SECONDS = 120.0
"""Most seconds for loading the fonts; normally it takes half a second."""
KEPT_MEMORY = 128 << 20
"""A process that uses more bytes of memory is not used for another handout."""
_LIMIT_SIGNALS = frozenset({"SIGPROF", "SIGXCPU", "SIGABRT", "SIGSEGV", "SIGBUS", "SIGILL", "SIGTRAP"})
"""Signals that end a process when it exceeds its limits of time, memory or stack."""


def _started() -> subprocess.Popen[bytes]:
    """Start a process; nothing in the current folder is imported (`-P`)."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "stufenweise.handouts.typeset_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # What `typeset_worker.NICENESS` is elsewhere; only Windows has it.
        creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        env={**os.environ, "RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"},
    )


@dataclass(slots=True, eq=False)
class WorkerProcess:
    """A process that prints one handout after the other; it starts with the object."""

    process: subprocess.Popen[bytes] = field(default_factory=_started)
    late: bool = False
    """Whether it was ended because an answer took too long."""
    memory: int = 0
    """Bytes of memory in use at its last answer."""

    def typeset(self, data: bytes, pages: int | None, *, most_pages: int, bound_pages: int) -> bytes | UnprintableError:
        """Return the PDF of a handout, or the reason why it could not be printed.

        Args:
            data: Its data as JSON.
            pages: Number of pages that it must have; None for any number.
            most_pages: Number of pages in its time limit.
            bound_pages: Pages of a book's tutorials if none of them is too long; 0 if unknown.

        Raises:
            MachineError: The process ended for a reason other than this handout, such as a lack of memory.
        """
        seconds = PAGE_SECONDS * most_pages
        return self._result(REQUEST.pack(HANDOUT, len(data), pages or 0, bound_pages, seconds) + data, seconds)

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

    def wait_until_ready(self) -> None:
        """Wait until the fonts are loaded.

        Raises:
            MachineError: The process ended before.
        """
        self._ask(b"", START_SECONDS)

    @property
    def is_usable(self) -> bool:
        """Whether it can print another handout, and holds little memory."""
        return self.process.poll() is None and not self.late and self.memory <= KEPT_MEMORY

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
