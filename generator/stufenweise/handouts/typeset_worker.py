"""Worker process that runs Typst: a hostile drawing may cost without bound, and only a process can be killed.

Started by `typeset_pool`. On standard input come requests: a head (`REQUEST`) and the data of a handout as JSON, or a
drawing. On standard output go answers: a head (`ANSWER`) and a PDF or a picture, or why there is none as JSON. The
first answer, empty, says that the fonts are loaded. A request that exceeds its processor time or the memory of
`core/worker_limits.py` ends the process.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from typing import TYPE_CHECKING, BinaryIO

from stufenweise.core.worker_limits import (
    give_back_freed_memory,
    limit_memory,
    limit_processor_time,
    memory_in_use,
)
from stufenweise.handouts.typeset import UnprintableError

if TYPE_CHECKING:
    from stufenweise.handouts.typst_compiler import TypstCompiler

REQUEST = struct.Struct(">BQIId")
"""What is wanted (`HANDOUT` or `PICTURE`), length of the data, number of pages (0 for any), pages of a book's tutorials
if none of them is too long (0 if unknown), and seconds of processor time."""
HANDOUT, PICTURE = 0, 1
ANSWER = struct.Struct(">BQQ")
"""The result (`DONE`, `REFUSED` or `TOO_COSTLY`), the length of the body, and the memory in use in bytes (0 if
unknown)."""
DONE, REFUSED, TOO_COSTLY = 0, 1, 2
NICENESS = 5
"""How far the process stands back where processors are short: whoever makes the data for all of them comes first."""
FORGET_ABOVE = 104 << 20
"""Bytes of memory in use from which on Typst's results are forgotten: after single handouts a process uses 70 to 90
MiB, and each book adds 10 to 30 MiB."""
FORGET_AGAIN = 16 << 20
"""Bytes by which the memory has to grow until results are forgotten once more."""


def answer(
    compiler: TypstCompiler, wanted: int, data: bytes, pages: int, bound_pages: int, seconds: float
) -> tuple[int, bytes]:
    """Return the answer to a request; a request that exceeds its time limit ends the process."""
    limit_processor_time(seconds)
    try:
        if wanted == PICTURE:
            return DONE, compiler.drawing_as_png(data)
        return DONE, compiler.typeset_json(data.decode(), pages or None, bound_pages)
    except UnprintableError as error:
        return REFUSED, json.dumps([error.overflow, error.typst_error]).encode()
    except MemoryError:
        return TOO_COSTLY, b""
    finally:
        limit_processor_time(0)


def answer_requests(compiler: TypstCompiler, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    forget_above = FORGET_ABOVE
    while len(head := requests.read(REQUEST.size)) == REQUEST.size:
        wanted, size, pages, bound_pages, seconds = REQUEST.unpack(head)
        kind, body = answer(compiler, wanted, requests.read(size), pages, bound_pages, seconds)
        if memory_in_use() > forget_above:
            compiler.forget_results()
            give_back_freed_memory()
            forget_above = max(FORGET_ABOVE, memory_in_use() + FORGET_AGAIN)
        answers.write(ANSWER.pack(kind, len(body), memory_in_use()) + body)
        answers.flush()


def run_worker() -> None:
    """Report that everything is loaded, and answer requests; the parent process handles Ctrl-C."""
    from stufenweise.handouts.typst_compiler import (
        TypstCompiler,
    )  # Our parent imports this module, and must not load Typst

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.nice(NICENESS)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # Libraries may print, but not into the answers
    compiler = TypstCompiler()
    limit_memory()
    answers.write(ANSWER.pack(DONE, 0, 0))
    answers.flush()
    answer_requests(compiler, sys.stdin.buffer, answers)


if __name__ == "__main__":
    run_worker()
