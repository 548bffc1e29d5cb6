"""The labels of site and handouts in one language, with its plurals and dates.

The package's labels are in `i18n/<language>/labels.yml`. A project's own labels (`labels/<language>.yml`) override them
when its configuration is read (`config/label_overrides.py`); the result is part of the `Project`. Plurals and dates
come from CLDR through Babel.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import cast

from stufenweise.core.digests import digest_of
from stufenweise.i18n.catalogue import FALLBACK_LANGUAGE, Catalogue, language_folder

Label = str | Mapping[str | int, str]
LABEL_TEXTS = Catalogue("labels", cast("type[Label]", Label))
"""The package's labels."""
ADDRESS_TEXTS = Catalogue("address", dict[str, dict[str, str]])
"""Groups of labels that address a pair, by form of address."""
_DATES = {"en": "en-GB"}
"""Languages whose dates follow another region than the default of CLDR."""


@dataclass(frozen=True)
class Labels:
    """The labels of one language: a value that can be compared, hashed and pickled."""

    language: str
    """Code of their language."""
    words: Mapping[str, Label] = field(hash=False)
    """Labels, groups of labels and plurals by key."""

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the label `key` with `values` filled in; the count `n` chooses the plural form."""
        label = self.words[key]
        if not isinstance(label, str):
            form = _plural(self.language, int(str(values["n"])))
            label = label.get(form) or label["other"]
        return label.format(**values) if values else label

    def member(self, key: str, member: str | int) -> str:
        """Return one label of a group, such as the name of an orientation."""
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
        """Language and region of its date format."""
        return _DATES.get(self.language, self.language)

    def date(self, day: datetime.date) -> str:
        """Return a date in words."""
        return _date(self.dates, day)

    def weekday(self, number: int) -> str:
        """Return the name of a weekday; 0 is Sunday."""
        return _weekday(self.dates, number)

    def kilobytes(self, size: int) -> str:
        """Return a size in bytes as whole kilobytes, at least 1, in the language's form of numbers."""
        return _number(self.language, max(1, round(size / 1000)))

    @cached_property
    def digest(self) -> str:
        """Digest of all labels, for cache keys."""
        return digest_of(self.language, repr(self.words))


@lru_cache(maxsize=4096)
def _number(language: str, n: int) -> str:
    from babel import Locale
    from babel.numbers import format_decimal

    return str(format_decimal(n, locale=Locale.parse(language, sep="-")))


@lru_cache(maxsize=4096)
def _plural(language: str, n: int) -> str:
    from babel import Locale  # Babel is slow to import, and most commands don't count anything

    return str(Locale.parse(language, sep="-").plural_form(n))


@lru_cache(maxsize=4096)
def _date(language: str, day: datetime.date) -> str:
    from babel import Locale
    from babel.dates import format_date

    return str(format_date(day, "long", locale=Locale.parse(language, sep="-")))


@lru_cache
def _weekday(language: str, number: int) -> str:
    from babel import Locale

    return str(Locale.parse(language, sep="-").days["stand-alone"]["wide"][(number - 1) % 7])


@lru_cache
def package_labels(language: str) -> Labels:
    """Return the package's labels in a language.

    Raises:
        LookupError: The package has none in this language.
    """
    if language not in LABEL_TEXTS.languages:
        raise LookupError(language)
    return Labels(language, with_fallback(LABEL_TEXTS.own(language)))


def addressing(labels: Labels, form_of_address: str) -> Labels:
    """Apply a form of address from the language's `address.yml`; an unknown one changes nothing.

    A project's own labels stay as they are.
    """
    groups = ADDRESS_TEXTS.own(labels.language).get(form_of_address)
    if not groups:
        return labels
    package = package_labels(labels.language)
    words = dict(labels.words)
    for key, members in groups.items():
        before = labels.group(key)
        words[key] = {
            name: members.get(name, text) if text == package.member(key, name) else text
            for name, text in before.items()
        }
    return Labels(labels.language, words)


def with_fallback(words: Mapping[str, Label]) -> dict[str, Label]:
    """Return labels completed by English ones; the forms of a plural stay together."""
    result = dict(LABEL_TEXTS.own(FALLBACK_LANGUAGE))
    for key, label in words.items():
        before = result.get(key)
        is_group = not isinstance(label, str) and not isinstance(before, str | None) and "other" not in label
        result[key] = {**before, **label} if is_group else label  # type: ignore[dict-item]
    return result


def package_label_text(language: str) -> str:
    """Return the file of the package's labels in a language.

    Raises:
        FileNotFoundError: There is none.
    """
    return language_folder(language, "labels.yml").read_text(encoding="utf-8")


def labels_or_fallback(language: str) -> Labels:
    """Return the package's labels in a language, or in the fallback language if it has none."""
    return package_labels(language if language in label_languages() else FALLBACK_LANGUAGE)


def label_languages() -> tuple[str, ...]:
    """Return the languages for which the package has labels."""
    return LABEL_TEXTS.languages
