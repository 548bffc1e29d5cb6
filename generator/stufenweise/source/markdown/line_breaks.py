"""Insert no-break spaces so that lines don't break inside abbreviations and number-unit pairs.

Browsers and Typst break lines by the rules of Unicode (https://www.unicode.org/reports/tr14/), which know no
abbreviations such as "z. B.", "10 Min." or "7. Dezember". Rendered pages and the text of handouts are changed, so that
authors don't have to think of it.
"""

from __future__ import annotations

import re

_SPACE = "\N{NO-BREAK SPACE}"
_MONTHS = (
    r"Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|"
    r"Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
)
_UNITS = r"Min\.|min\b|Std\.|Sek\.|Uhr\b|[ap]\.m\.|[kMGT]?B\b|[kmc]?m\b|k?g\b|°C|%|€|EUR\b|USD\b|Mio\.|Mrd\."
_BREAK = re.compile(
    r"(?<!\w)(?:"
    r"[^\W\d_]\.(?= [^\W\d_]\.)"  # z. B., i. d. R., e. g.
    r"|(?:Nr|No|Abs|Art|Kap|Abb|Tab|Fig|Ziff|Rn|ca|[SsPp]|pp)\.(?= \d)|§§?(?= \d)"
    r"|(?!\A)\d{1,2}\.(?= [^\W\d_])"  # Not the number of a heading, which begins a line anyway
    rf"|(?:\d[\d.,]*|{{\w+}})(?= (?:{_UNITS}))"
    rf"|\d{{1,2}}(?= (?:{_MONTHS})\b)|(?:{_MONTHS})(?= \d{{1,2}}\b)"
    r") "
)
"""Words before a no-break space: abbreviations, "Nr." before a number, a number or a label's "{n}" before its unit,
days before months."""
_NEEDED = re.compile(r"[\d{]|\. [^\W\d_]\.")
"""What each of these words or its surroundings contain."""
WHOLE_WORD = re.compile(r"(?<![\w-])([^\W\d_]-[^\W\d_]{1,15}|(?<= )-[^\W\d_]{3,20})(?!\w)")
"""A single letter and its word: "E-Mail", "U-Boot", also as part of "E-Mail-Adresse".
And a word with its first part left out: "Einblicke & -Prinzipien"."""
_TEXT = re.compile(r'(?s)<(pre|code|kbd|svg|script|style)\b.*?</\1>|<!--.*?-->|<[^>"]*(?:"[^"]*"[^>"]*)*>|([^<]+)')


def with_no_break_spaces(text: str) -> str:
    """Return a text with no-break spaces where a line would break wrongly."""
    return _BREAK.sub(lambda match: f"{match[0][:-1]}{_SPACE}", text) if _NEEDED.search(text) else text


def html_with_no_break_spaces(html: str) -> str:
    """Return rendered HTML with no-break spaces in its running text; code and drawings stay as they are."""
    return _TEXT.sub(lambda match: _piece_with_no_break_spaces(match[2]) if match[2] else match[0], html)


def _piece_with_no_break_spaces(text: str) -> str:
    return WHOLE_WORD.sub(r'<span class="whole">\1</span>', with_no_break_spaces(text))
