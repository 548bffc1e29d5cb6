"""Reads, checks and renders the library with other texts in place of its first tutorial, each in a process of its own.

Run as a program: a line on standard input gives the size of a text in bytes, the text follows. For each one line of
JSON comes back: `code`, 0 if all went well, and what was `said`. What takes more processor time than `SECONDS` is
ended by the system. Modules are loaded once: each text has a fork of this process.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import traceback

from stufenweise.load.text_file import TextKey
from stufenweise.render.sanitiser import sanitise
from stufenweise.source.markdown.markdown_rendering import UnreadableMarkdownError, markdown_to_html

from safety.hostile_texts import TUTORIAL, problems, read, tutorial

SECONDS = 5
"""Most seconds of processor time for a text."""


def judge(data: bytes) -> None:
    files = {TUTORIAL: data}
    found = [problem for problem in problems(files) if problem.is_error]
    file = read(files).texts.get(TextKey("tutorial", "first", "de"))
    if file and not any(problem.place.file == file.shown_path for problem in found):
        try:
            sanitise(markdown_to_html(file.body))
        except UnreadableMarkdownError:
            print("unreadable")
    print("done", len(found))


def judge_in_a_fork(data: bytes) -> tuple[int, str]:
    """Return the exit code and output of a process that judges a text."""
    import resource

    reading, writing = os.pipe()
    if not (process := os.fork()):
        os.dup2(writing, 1)
        os.dup2(writing, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        try:
            judge(data)
            code = 0
        except BaseException:
            traceback.print_exc()
            code = 1
        sys.stdout.flush()
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), said.decode("utf-8", "replace")


def main() -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        judge(tutorial("Ein Absatz.")[0].encode())  # Load and build once what every fork needs
    for line in sys.stdin.buffer:
        code, said = judge_in_a_fork(sys.stdin.buffer.read(int(line)))
        print(json.dumps({"code": code, "said": said}), flush=True)


if __name__ == "__main__":
    main()
