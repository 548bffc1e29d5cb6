"""A builder process, which loads its programs before it is told what to build."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from stufenweise.render.builder_command import BuilderName, builder_modules, reproducible_environment

WATCHDOG = Path(__file__).with_name("child_watchdog.py")


@dataclass(slots=True, kw_only=True)
class BuilderProcess:
    """A process that runs one builder once, and the thread that reads its output."""

    popen: subprocess.Popen[bytes]
    environ: Mapping[str, str]
    """Environment that it was started with."""
    began: float = field(default_factory=time.monotonic)
    """Time of the system's clock at which it was told what to build, or else was started."""
    is_told: bool = False
    """Whether it was told what to build."""
    output: bytearray = field(default_factory=bytearray)
    reader: threading.Thread | None = None

    @classmethod
    def start(cls, folder: Path, environ: Mapping[str, str], modules: Sequence[str] = ()) -> BuilderProcess:
        """Start a process in a folder; it loads the modules, and waits to be told what to build."""
        popen = subprocess.Popen(  # noqa: S603  (our own interpreter, arguments without a shell)
            [sys.executable, str(WATCHDOG), *modules],
            cwd=folder,
            env=dict(environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # A process group of its own can be ended as a whole, and Ctrl-C in a terminal reaches only us.
            start_new_session=sys.platform != "win32",
        )
        process = cls(popen=popen, environ=environ)
        if popen.stdout is not None:
            process.reader = threading.Thread(target=process._listen, args=(popen.stdout,), daemon=True)
            process.reader.start()
        return process

    def _listen(self, pipe: IO[bytes]) -> None:
        """Collect the output from `pipe`, so that the builder never waits for a reader."""
        while chunk := os.read(pipe.fileno(), 1 << 16):
            self.output += chunk

    @property
    def is_waiting(self) -> bool:
        """Whether it can be told what to build."""
        return not self.is_told and self.popen.poll() is None

    def run(self, module: str, arguments: Sequence[str], environ: Mapping[str, str]) -> None:
        """Tell the process which module to run, in which environment; one that has ended hears nothing."""
        self.is_told, self.began = True, time.monotonic()
        more = {name: value for name, value in environ.items() if self.environ.get(name) != value}
        order = {"module": module, "arguments": arguments, "environ": more}
        if self.popen.stdin is not None:
            with suppress(OSError):  # On Windows it is not a BrokenPipeError
                self.popen.stdin.write(json.dumps(order).encode() + b"\n")
                self.popen.stdin.flush()

    def kill(self) -> None:
        """End the process and its child processes at once, if it has not ended; its output is thrown away."""
        if self.popen.poll() is None:  # Otherwise its number may be that of another process
            if sys.platform == "win32":
                self.popen.kill()
            else:
                with suppress(ProcessLookupError):
                    os.killpg(self.popen.pid, signal.SIGKILL)
            self.popen.wait()
        self.close()

    def close(self) -> None:
        """Wait for the rest of the output, and close the pipes."""
        if self.reader is not None:
            self.reader.join(timeout=5)
        for pipe in (self.popen.stdin, self.popen.stdout):
            if pipe is not None:
                with suppress(OSError):  # What it was not told any more
                    pipe.close()


@contextmanager
def ready_builder(builder: BuilderName, folder: Path, environ: Mapping[str, str]) -> Iterator[BuilderProcess | None]:
    """Start a process that is told later what to build, and end it if it is still there; None if none can start."""
    process = None
    with suppress(OSError):  # The next start reports it
        process = BuilderProcess.start(folder, reproducible_environment(environ), builder_modules(builder))
    try:
        yield process
    finally:
        if process:
            process.kill()
