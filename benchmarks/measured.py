"""Measure a command with all processes that it starts: seconds, seconds of processor time, memory."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parent.parent
SAMPLE_INTERVAL = 0.05
"""Seconds between two samples of the processes."""
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True, slots=True)
class Measured:
    """Time and memory of a command."""

    seconds: float
    """Seconds of wall-clock time."""
    computing: float
    """Seconds of processor time of all processes."""
    memory: int
    """Largest memory of all processes together, in MiB; 0 on systems other than Linux."""


def measured(call: Sequence[str], folder: Path) -> Measured:
    """Run a command and return its time and memory; print its output only if it fails."""
    environ = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    start = perf_counter()
    with subprocess.Popen(
        [*call], cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        tree = _Tree(process.pid)
        watcher = threading.Thread(target=tree.watch, daemon=True)
        watcher.start()
        output, _ = process.communicate()
        seconds = perf_counter() - start
        tree.ended.set()
        watcher.join()
    if process.returncode:
        sys.exit(f"{' '.join(call)}\n{output[-4000:]}")
    return Measured(seconds, sum(tree.computing.values()), tree.memory >> 20)


class _Tree:
    """A process and its descendants."""

    def __init__(self, root: int) -> None:
        self.root, self.ended = root, threading.Event()
        self.computing: dict[int, float] = {}
        """Seconds of processor time by process id, at the last sample."""
        self.memory = 0

    def watch(self) -> None:
        """Sample the processes until the first one has ended."""
        while not self.ended.wait(SAMPLE_INTERVAL):
            self.memory = max(self.memory, sum(self._sample()))

    def _sample(self) -> Iterator[int]:
        """Record the processor time of each process, and yield its memory; shared memory is counted once."""
        parents: dict[int, int] = {}
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                values = entry.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            number = int(entry.parent.name)
            parents[number] = int(values[1])
            if self._is_ours(number, parents) or number in self.computing:
                self.computing[number] = (int(values[11]) + int(values[12])) / _TICK
        for number in [parent for parent in parents if parent in self.computing]:
            try:
                lines = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii").splitlines()
            except OSError:
                continue
            yield sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) << 10

    def _is_ours(self, number: int, parents: dict[int, int]) -> bool:
        """Return whether a process is in the tree; a parent has a smaller id, or is found at the next sample."""
        while number in parents:
            if number == self.root:
                return True
            number = parents[number]
        return number == self.root
