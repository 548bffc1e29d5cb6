"""Public holidays of the German states, which the planner can leave out.

The dates come from the package `holidays` when the site is built; only the dates go into the pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

YEARS = 4
"""Number of years in the pages, from the year of the content's latest review: a site must not depend on the clock."""
STATES = ("BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH")
"""Codes of the states (ISO 3166-2:DE), in the order of their German names."""


@lru_cache
def german_holidays(first_year: int) -> Mapping[str, Sequence[str]]:
    """Return days such as 2026-12-25 by the states that have them, such as "HE NW"; days of all states are under ""."""
    from holidays import country_holidays  # Slow to import, and only pages need it

    years = range(first_year, first_year + YEARS)
    states: dict[str, list[str]] = {}
    for state in STATES:
        for day in country_holidays("DE", subdiv=state, years=years):
            states.setdefault(day.isoformat(), []).append(state)
    days: dict[str, list[str]] = {}
    for date, having in sorted(states.items()):
        days.setdefault("" if len(having) == len(STATES) else " ".join(having), []).append(date)
    return days
