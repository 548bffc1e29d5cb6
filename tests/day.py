"""The fixed day of all tests, and the environment that tells it to commands."""

from __future__ import annotations

import datetime

TODAY = datetime.date(2026, 11, 30)
"""Shipped texts whose review is due some day must not fail a test on that day."""
SECONDS = str(int(datetime.datetime.combine(TODAY, datetime.time(), datetime.UTC).timestamp()))
ENVIRON = {"LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": SECONDS}
"""The environment of a command."""
