"""Guess the number, date, truth value or list that a value of the wrong type means."""

from __future__ import annotations

import datetime
import re

_FRACTION = re.compile(r"[0-9][.,][0-9]")
_HOURS = re.compile(r"[0-9]{1,2}\s*(?:h|Std\.?|Stunden?|hours?)", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jan", "februar february feb", "märz march mär mar", "april apr", "mai may", "juni june jun",
            "juli july jul", "august aug", "september sep sept", "oktober october okt oct", "november nov",
            "dezember december dez dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_DATES = (
    re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<day>[0-9]{1,2})\.[ ]?(?P<month>[0-9]{1,2})\.[ ]?(?P<year>[0-9]{4}|[0-9]{2})"),
    re.compile(r"(?P<month>[0-9]{1,2})/(?P<day>1[3-9]|2[0-9]|3[01])/(?P<year>[0-9]{4})"),
)
"""Dates in digits; with slashes only if the day can't be a month."""
_NAMED_DATE = re.compile(r"(?P<day>[0-9]{1,2})\.?[ ]*(?P<month>[^\W\d_]{3,9})\.?[ ]+(?P<year>[0-9]{4})")
_OTHER_UNIT = re.compile(r"[0-9 ](?:sek|sec|tag|day|woche|week|jahr|year)", re.IGNORECASE)
"""Units that no key has: numbers are minutes, months, levels or places."""
_CODE = re.compile(r"[A-Za-z][0-9]{1,2}")
_NONE = frozenset({"", "-", "–", "keine", "kein", "nichts", "none", "no", "nein"})
_TRUE = frozenset({"true", "ja", "yes", "on", "wahr", "1"})
_FALSE = frozenset({"false", "nein", "no", "off", "falsch", "0"})


def number_meant(value: object) -> str:
    """Return the number that a text probably means, hours as minutes; empty if that is not clear."""
    is_clear = isinstance(value, str) and not _FRACTION.search(value) and not _OTHER_UNIT.search(value)
    numbers = re.findall(r"[0-9]+", str(value)) if is_clear else []
    if len(numbers) == 1 and _HOURS.fullmatch(str(value).strip()):
        return str(60 * int(numbers[0][:2]))
    return numbers[0][:18] if len(numbers) == 1 else ""


def entries_meant(value: object) -> list[str]:
    """Return the entries that a text probably means: codes in capital letters, none for a word such as "none"."""
    text = value.strip() if isinstance(value, str) else ""
    if text.casefold() in _NONE:
        return []
    words = [word for word in re.split(r"\s*(?:[,;/|&+\s]|\bund\b|\band\b)\s*", text) if word]
    if all(_CODE.fullmatch(word) for word in words):
        return [word.upper() for word in words]
    return [entry for entry in re.split(r"\s*[,;]\s*", text) if entry]


def date_meant(value: object) -> str:
    """Return the date that a text probably means, as front matter has it; empty if that is not clear."""
    text = value.strip() if isinstance(value, str) else ""
    if named := _NAMED_DATE.fullmatch(text):
        month = _MONTHS.get(named["month"].casefold(), 0)
        text = f"{named['day']}.{month}.{named['year']}"
    for pattern in _DATES:
        if match := pattern.fullmatch(text):
            try:
                return datetime.date(
                    int(match["year"]) + (2000 if len(match["year"]) == 2 else 0),
                    int(match["month"]),
                    int(match["day"]),
                ).isoformat()
            except ValueError:
                return ""
    return ""


def truth_meant(value: object) -> str:
    """Return the truth value that a word probably means, as YAML; empty if that is not clear."""
    word = str(value).strip().lower()
    return "true" if word in _TRUE else "false" if word in _FALSE else ""
