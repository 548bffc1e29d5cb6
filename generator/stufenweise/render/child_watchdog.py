"""Run a builder like `python -m` when it is told to, and end it when its parent process is gone.

Started as a script: `python child_watchdog.py MODULE...` loads these modules. Then it reads one line from standard
input, an order as JSON: `module`, its `arguments`, and variables for its `environ`. The starting process keeps the
other end of that pipe open and never writes to it again: end of file there means that it is gone, even by `kill -9`.
Without this script a builder would continue to write into a folder that the next build sweeps. Works alike on Linux,
macOS and Windows.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import threading
from contextlib import suppress
from importlib import import_module

ORPHANED = 75
"""Exit code of a builder whose starting process is gone (sysexits.h: EX_TEMPFAIL)."""


def _watch() -> None:
    os.read(0, 1)
    os._exit(ORPHANED)


def _order() -> bytes:
    """Return the line with the order; end this process if there is none."""
    order = b""
    while not order.endswith(b"\n"):
        if not (piece := os.read(0, 1 << 16)):
            os._exit(ORPHANED)
        order += piece
    return order


def run_module() -> None:
    """Load the modules, wait for the order, watch the pipe, and run what was ordered."""
    # `python -m` puts the current folder first, `python child_watchdog.py` the folder of this file.
    sys.path[0] = str(os.getcwd())  # noqa: PTH109  (nothing more than a string is wanted)
    for module in sys.argv[1:]:
        with suppress(ImportError):  # The builder reports what it needs and does not find
            import_module(module)
    order = json.loads(_order())
    threading.Thread(target=_watch, daemon=True).start()
    os.environ.update(order["environ"])
    sys.argv = [order["module"], *order["arguments"]]
    sys.modules.pop(f"{order['module']}.__main__", None)  # Otherwise `runpy` warns that it is loaded
    runpy.run_module(order["module"], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    run_module()
