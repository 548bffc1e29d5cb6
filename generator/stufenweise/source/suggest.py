"""Suggest the nearest valid word for a misspelt one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from itertools import islice

from stufenweise.model.problem import Place, Problem, new_problem

MAX_CANDIDATES = 500
"""Most words with which a misspelt one is compared."""


def suggest(word: str, valid: Iterable[str]) -> str:
    """Return the word of `valid` most similar to `word`, or an empty text if none is similar."""
    fold = word.casefold()[:80]
    by_fold = {candidate.casefold(): candidate for candidate in valid}
    if len(by_fold) > MAX_CANDIDATES:
        alike = (candidate for candidate in by_fold if candidate[:2] == fold[:2] or candidate[-2:] == fold[-2:])
        by_fold = {candidate: by_fold[candidate] for candidate in islice(alike, MAX_CANDIDATES)}
    matches = difflib.get_close_matches(fold, by_fold, n=1, cutoff=0.6)
    return by_fold[matches[0]] if matches else ""


def unknown_language_problem(place: Place, language: str, languages: tuple[str, ...]) -> Problem:
    """Return the problem that the site has no such language."""
    suggestion = suggest(language, languages)
    return new_problem(place, "unknown-language", language=language, languages=", ".join(languages), nearest=suggestion)
