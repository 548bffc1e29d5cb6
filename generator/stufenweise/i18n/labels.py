"""The labels of site and handouts in one language, with its plurals and dates.

The package has them in `i18n/<language>/labels.yml`. A project's own ones, `labels/<language>.yml`, are put over them
when its configuration is read (`config/label_overrides.py`); from then on they travel with the `Project`. Plurals and
dates come from CLDR through Babel.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import cast

from stufenweise.i18n.catalogue import catalogue, catalogue_languages, language_folder

Label = str | Mapping[str | int, str]
_DATES = {"en": "en-GB"}
"""Languages whose texts are of another region than the one that CLDR takes where none is named."""


@dataclass(frozen=True)
class Labels:
    """The words of one language: a value that can be compared, hashed, and sent to another process."""

    code: str
    """Code of the language."""
    words: Mapping[str, Label] = field(hash=False)
    """Labels, groups of labels and plurals by key."""

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the label `key` with `values` put in; a count is given as `n` and chooses the plural form."""
        label = self.words[key]
        if not isinstance(label, str):
            form = _plural(self.code, int(str(values["n"])))
            label = label.get(form) or label["other"]
        return label.format(**values) if values else label

    def member(self, key: str, member: str | int) -> str:
        """Return one word of a group of labels, such as the name of an orientation."""
        return self._members(key)[member]

    def group(self, key: str) -> dict[str, str]:
        """Return a group of labels."""
        return {str(name): label for name, label in self._members(key).items()}

    def _members(self, key: str) -> Mapping[str | int, str]:
        group = self.words[key]
        if isinstance(group, str):
            raise KeyError(f"{key} is a label, not a group of labels")
        return group

    @property
    def dates(self) -> str:
        """Language, with its region, whose way of writing days is used."""
        return _DATES.get(self.code, self.code)

    def date(self, day: datetime.date) -> str:
        """Return a day in words, as the language writes it."""
        return _date(self.dates, day)

    def weekday(self, number: int) -> str:
        """Return the name of a day of the week; 0 is Sunday."""
        return _weekday(self.dates, number)

    @cached_property
    def digest(self) -> str:
        """Digest over all words, for the cache keys of what shows them."""
        return hashlib.sha256(repr((self.code, self.words)).encode()).hexdigest()


@lru_cache(maxsize=4096)
def _plural(code: str, n: int) -> str:
    from babel import Locale  # Babel is slow to import, and most commands don't count anything

    return str(Locale.parse(code, sep="-").plural_form(n))


@lru_cache(maxsize=4096)
def _date(code: str, day: datetime.date) -> str:
    from babel import Locale
    from babel.dates import format_date

    return str(format_date(day, "long", locale=Locale.parse(code, sep="-")))


@lru_cache
def _weekday(code: str, number: int) -> str:
    from babel import Locale

    return str(Locale.parse(code, sep="-").days["stand-alone"]["wide"][(number - 1) % 7])


@lru_cache
def package_labels(code: str) -> Labels:
    """Return the package's labels in a language.

    Raises:
        LookupError: The package has none in it.
    """
    try:
        words = catalogue(code, "labels")
    except FileNotFoundError:
        raise LookupError(code) from None
    return Labels(code, with_fallback(cast("Mapping[str, Label]", words)))


def addressing(labels: Labels, form: str) -> Labels:
    """Return labels that address people in a form of the language's `address.yml`; one that it lacks changes nothing.

    What a project words itself stays as it is.
    """
    try:
        forms = cast("Mapping[str, Mapping[str, Mapping[str, str]]]", catalogue(labels.code, "address"))
    except FileNotFoundError:
        return labels
    package = package_labels(labels.code)
    words = dict(labels.words)
    for key, members in forms.get(form, {}).items():
        before = labels.group(key)
        words[key] = {
            name: members.get(name, text) if text == package.member(key, name) else text
            for name, text in before.items()
        }
    return Labels(labels.code, words)


def with_fallback(words: Mapping[str, Label]) -> dict[str, Label]:
    """Return labels with those in English that they lack; the forms of a plural stay together."""
    result = dict(cast("Mapping[str, Label]", catalogue("en", "labels")))
    for key, label in words.items():
        before = result.get(key)
        is_group = not isinstance(label, str) and not isinstance(before, str | None) and "other" not in label
        result[key] = {**before, **label} if is_group else label  # type: ignore[dict-item]
    return result


def package_label_text(code: str) -> str:
    """Return the file of the package's labels in a language.

    Raises:
        FileNotFoundError: There is none.
    """
    return language_folder(code, "labels.yml").read_text(encoding="utf-8")


def label_languages() -> tuple[str, ...]:
    """Return the codes of the languages in which the package has labels."""
    return catalogue_languages("labels")
