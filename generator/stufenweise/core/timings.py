"""Measure how long each stage of a build takes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Timings:
    """Durations of the stages."""

    seconds: dict[str, float] = field(default_factory=dict)
    """Seconds by the clock."""
    computing: dict[str, float] = field(default_factory=dict)
    """Seconds of processor time, including finished child processes."""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent inside to the stage `name`."""
        start, computed = time.perf_counter(), sum(os.times()[:4])
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
            self.computing[name] = self.computing.get(name, 0.0) + sum(os.times()[:4]) - computed
