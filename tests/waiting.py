"""Wait for events, however busy the machine is.

A test waits for an event, never for a span of time. The limits only end what hangs; no test may depend on them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import pytest

T = TypeVar("T")

PATIENCE = 600
"""Seconds after which what a process should do counts as never done."""
PAGE_PATIENCE = 120
"""Seconds after which what a page should show counts as never shown."""
_POLL = 0.02


def wait_until(found: Callable[[], T], missing: Callable[[], str]) -> T:
    """Return the result of `found` as soon as it is true; fail with `missing` if it never is."""
    end = time.monotonic() + PATIENCE
    while not (result := found()):
        if time.monotonic() > end:
            pytest.fail(missing())
        time.sleep(_POLL)
    return result
