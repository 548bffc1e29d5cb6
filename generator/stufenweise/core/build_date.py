"""The day and time of a build: from `SOURCE_DATE_EPOCH` if set, for reproducible builds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from datetime import UTC, date

from stufenweise.core.errors import MachineError

LAST_EPOCH = 253_402_300_799
"""The last second of the year 9999, the latest time of Python's `datetime`."""


def current_day(environ: Mapping[str, str]) -> date:
    """Return the day against which reviews are due: the day of `SOURCE_DATE_EPOCH` if it is set, otherwise today.

    Raises:
        MachineError: The variable is not a whole number of seconds up to the end of the year 9999.
    """
    if environ.get("SOURCE_DATE_EPOCH", "").strip():
        return datetime.datetime.fromtimestamp(source_date_epoch(environ, ()), UTC).date()
    return datetime.datetime.now(UTC).date()


def source_date_epoch(environ: Mapping[str, str], reviewed: Iterable[date]) -> int:
    """Return the date of the build in seconds since 1970, independent of the clock.

    It is `SOURCE_DATE_EPOCH` (https://reproducible-builds.org/specs/source-date-epoch/) if set, otherwise the
    midnight (UTC) that began the latest of the days `reviewed`, or 0 if there is none.

    Raises:
        MachineError: The variable is not a whole number of seconds up to the end of the year 9999.
    """
    text = environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not text:
        latest = max(reviewed, default=date(1970, 1, 1))
        return int(datetime.datetime(latest.year, latest.month, latest.day, tzinfo=UTC).timestamp())
    if not (text.isascii() and text.isdecimal() and len(text) <= 12 and int(text) <= LAST_EPOCH):
        raise MachineError("source-date-epoch", value=text)
    return int(text)
