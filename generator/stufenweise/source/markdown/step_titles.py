"""Find the minutes in a step's words, and write the heading of a step."""

from __future__ import annotations

import re

_STEP_NUMBER = re.compile(
    r"(?:Schritt|Teil|Step|Part|Nr\.|Phase)[ \t]*\d{1,2}[ \t]*[:.)–—-]?[ \t]*|\d{1,2}[.)][ \t]+", re.IGNORECASE
)
_STEP_MINUTES = re.compile(
    r"[ \t]*(?:[–—,-][ \t]*)?[(\[]?[ \t]*(?:ca\.?|etwa|rund|circa|approx\.?|about|~)?[ \t]*(\d{1,3})[ \t]*"
    r"(?:Minuten|Minute|Min\.?|minutes|minute|mins?\.?|['’′])[ \t]*[)\]]?[ \t]*$",
    re.IGNORECASE,
)


def words_and_minutes(title: str) -> tuple[str, int]:
    """Return a step's title without number and minutes, and its minutes; 0 if it has none."""
    match = _STEP_MINUTES.search(title)
    minutes = int(match[1]) if match and 1 <= int(match[1]) <= 120 else 0
    words = title[: match.start()].rstrip(" \t:–-") if match and minutes else title
    without_number = _STEP_NUMBER.sub("", words, count=1) if _STEP_NUMBER.match(words) else words
    return without_number or words, minutes


def step_heading(words: str, step_id: str, minutes: int, rest: str = "") -> str:
    """Return a step's heading line; an ellipsis replaces minutes that only the author knows."""
    return f"### {words} {{#{step_id} minutes={minutes or '…'}{rest}}}"
