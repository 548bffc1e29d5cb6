"""The nearest valid word to a misspelt one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, valid: Iterable[str]) -> str:
    """Return the word of `valid` most like `word`, or an empty text when none is near."""
    by_fold = {candidate.casefold(): candidate for candidate in valid}
    found = difflib.get_close_matches(word.casefold()[:80], by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else ""
