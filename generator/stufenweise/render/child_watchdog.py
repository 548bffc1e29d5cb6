"""Run a builder like `python -m`, and end it when its parent process is gone.

Started as a script: `python child_watchdog.py MODULE ARGUMENT...`, with a pipe as standard input whose other end the
starting process keeps open and never writes to. End of file there means that the parent is gone, even by `kill -9`.
Without this script a builder would continue to write into a folder that the next build sweeps. Works alike on Linux,
macOS and Windows.
"""

from __future__ import annotations

import os
import runpy
import sys
import threading

ORPHANED = 75
"""Exit code of a builder whose starting process is gone (sysexits.h: EX_TEMPFAIL)."""


def _watch() -> None:
    os.read(0, 1)
    os._exit(ORPHANED)


def run_module() -> None:
    """Watch the pipe, and run the module."""
    threading.Thread(target=_watch, daemon=True).start()
    _, module, *arguments = sys.argv
    sys.argv = [module, *arguments]
    # `python -m` puts the current folder first, `python child_watchdog.py` the folder of this file.
    sys.path[0] = str(os.getcwd())  # noqa: PTH109  (nothing more than a string is wanted)
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    run_module()
