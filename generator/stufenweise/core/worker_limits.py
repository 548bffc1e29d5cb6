"""Limit and give back the memory of a process, and limit its processor time, where the system supports it."""

from __future__ import annotations

import signal
import sys

MEMORY = 1 << 30
"""Most bytes of memory for the work, in addition to the program itself."""


def limit_memory() -> None:
    """Limit the memory of this process to its present use and `MEMORY`."""
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = _memory(0) + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (wanted if most < 0 else min(wanted, most), most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_processor_time(seconds: float) -> None:
    """End this process (SIGPROF, which is never caught) after so much processor time; 0 removes the limit."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def give_back_freed_memory() -> None:
    """Return to the system what this process has freed; the C library on Linux keeps it otherwise."""
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # Not in musl, which keeps less
        if trim is not None:
            trim(0)


def memory_in_use() -> int:
    """Return the memory that this process uses in bytes; 0 if unknown."""
    return _memory(1)


def signal_name(number: int) -> str:
    """Return the name of a signal; its number if this system has no name for it."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _memory(which: int) -> int:
    """Return a memory size of this process in bytes: 0 is the address space, 1 the memory in use; 0 if unknown."""
    if sys.platform != "linux":
        return 0
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 -- before anything else is loaded
        return int(file.read().split()[which]) * resource.getpagesize()
