"""Reads, checks and renders the library with the tutorial from standard input in place of its first one.

Run as a program of its own, with a bound on the processor's time: what takes longer is ended by the system.
"""

from __future__ import annotations

import resource
import sys

SECONDS = 5
"""Most seconds of processor time, Python's start and all imports included."""


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    from stufenweise.render.sanitiser import sanitise
    from stufenweise.source.markdown_rendering import UnreadableMarkdownError, markdown_to_html

    from safety.kit import TUTORIAL, problems, read

    files = {TUTORIAL: sys.stdin.buffer.read()}
    found = [one for one in problems(files) if one.is_error]
    file = read(files).texts.get(("tutorial", "first", "de"))
    if file and not any(one.place.file == file.file for one in found):
        try:
            sanitise(markdown_to_html(file.body))
        except UnreadableMarkdownError:
            print("unreadable")
    print("done", len(found))


if __name__ == "__main__":
    main()
