"""Parse minutes and number from a step's heading, where authors write them without attributes."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"(?:Schritt|Teil|Step|Part|Nr\.|Phase)[ \t]*\d{1,2}[ \t]*[:.)–—-]?[ \t]*|\d{1,2}[.)][ \t]+", re.IGNORECASE
)
_MINUTES = re.compile(
    r"[ \t]*(?:[–—,-][ \t]*)?[(\[]?[ \t]*(?:ca\.?|etwa|rund|circa|approx\.?|about|~)?[ \t]*(\d{1,3})[ \t]*"
    r"(?:Minuten|Minute|Min\.?|minutes|minute|mins?\.?|['’′])[ \t]*[)\]]?[ \t]*$",
    re.IGNORECASE,
)


def words_and_minutes(title: str) -> tuple[str, int]:
    """Return the words of a step's heading without number and minutes, and these; 0 if it says none."""
    found = _MINUTES.search(title)
    minutes = int(found[1]) if found and 1 <= int(found[1]) <= 120 else 0
    words = title[: found.start()].rstrip(" \t:–-") if found and minutes else title
    return _NUMBER.sub("", words, count=1) if _NUMBER.match(words) and _NUMBER.sub(
        "", words, count=1
    ) else words, minutes


def step_heading(words: str, step_id: str, minutes: int, rest: str = "") -> str:
    """Return the line of a step's heading; an ellipsis stands for minutes that only the author knows."""
    return f"### {words} {{#{step_id} minutes={minutes or '…'}{rest}}}"
