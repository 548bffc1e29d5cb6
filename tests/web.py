"""Request a page of a local server until it answers as expected."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from waiting import PATIENCE


def fetch(url: str, until: Callable[[str], bool], seconds: float = PATIENCE) -> str:
    """Return the text at `url` as soon as `until` accepts it."""
    text = ""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
                text = answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            text = ""
        if text and until(text):
            return text
        time.sleep(0.2)
    pytest.fail(f"{url} did not become what it should: {text[:500]}")
