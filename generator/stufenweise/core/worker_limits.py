"""Limit the memory of a worker process, and tell how much it uses; only Linux supports both."""

from __future__ import annotations

import sys

MEMORY = 1 << 30
"""Most bytes that a worker may use in addition to the program itself."""


def limit_memory() -> None:
    """Let this process use at most `MEMORY` bytes more than now, if the system supports it."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_memory(0) + MEMORY, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def memory_in_use() -> int:
    """Return the bytes of memory that this process uses; 0 if the system does not tell."""
    return _memory(1)


def _memory(column: int) -> int:
    """Return a column of `/proc/self/statm` in bytes: 0 for all addresses, 1 for memory in use; 0 elsewhere."""
    if sys.platform != "linux":
        return 0
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 -- before anything else is loaded
        return int(file.read().split()[column]) * resource.getpagesize()
