"""Guess the front matter key or value that a translated or misspelt word means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from stufenweise.i18n.labels import label_languages, package_labels
from stufenweise.i18n.reference_text import reference_languages, reference_text
from stufenweise.source.suggest import suggest


def key_meant(name: str, valid_keys: Iterable[str]) -> str:
    """Return the key that a name probably means; empty if none is similar."""
    keys = list(valid_keys)
    if name.casefold() in _NO_KEYS:
        return ""
    if name.casefold() in keys:
        return name.casefold()
    titles = {title: key for title, key in {**_titles(), **_OTHER_WORDS}.items() if key in keys}
    word = name.casefold()
    ending = next((key for title, key in titles.items() if len(word) > 3 and title.endswith(word)), "")
    if suggestion := titles.get(word) or ending or suggest(name, keys):
        return suggestion
    return titles.get(suggest(word, titles), "")


_OTHER_WORDS = {
    "dauer": "minutes", "zeit": "minutes", "länge": "minutes", "duration": "minutes", "time": "minutes",
    "beschreibung": "summary", "kurzbeschreibung": "summary", "description": "summary", "zusammenfassung": "summary",
    "schwierigkeit": "effort", "difficulty": "effort", "tags": "search", "keywords": "search", "schlagworte": "search",
    "stand": "reviewed", "datum": "reviewed", "date": "reviewed", "updated": "reviewed", "aliases": "search",
}  # fmt: skip
"""Other programs' names for our keys."""
_NO_KEYS = frozenset(
    {
        "author", "authors", "autor", "autoren", "autorin", "verfasser", "verfasserin", "owner", "contact", "kontakt",
        "status", "version", "id", "layout",
    }
)  # fmt: skip
"""Other programs' keys without an equivalent here, even if one of ours is similar."""
_BOTH = ("beide", "beides")


@lru_cache(maxsize=1)
def _titles() -> Mapping[str, str]:
    """Return keys by their titles in the reference."""
    groups = (reference_text(language).group("titles") for language in reference_languages())
    return {str(title).casefold(): key for group in groups for key, title in group.items()}


def value_meant(value: str, expected: Sequence[str]) -> str:
    """Return the expected value that a word probably means; empty if none is similar."""
    words = {word: "both" for word in _BOTH if "both" in expected}
    for language in label_languages():
        for group in package_labels(language).words.values():
            if not isinstance(group, str) and set(expected) <= {str(key) for key in group}:
                words |= {label.casefold(): str(key) for key, label in group.items() if str(key) in expected}
    word = value.strip().casefold()
    suggestion = words.get(word) or suggest(value, expected) or words.get(suggest(word, words), "")
    return suggestion or next((key for label, key in words.items() if word and word in label.split()), "")


def number_meant_by_word(value: object) -> str:
    """Return the grade, 1 to 5, for a word such as "medium"; empty for other words."""
    word = str(value).strip().casefold()
    for language in label_languages():
        for grade, label in package_labels(language).group("grades").items():
            if label.casefold() == word:
                return grade
    return ""
