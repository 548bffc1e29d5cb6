"""The words of the generated pages in one language, with its plurals and dates.

One file a language: `labels/<code>.yml`. A further language needs such a file and nothing else; CLDR (through Babel)
knows its plurals and dates. A project may bring such files of its own: `use_labels` says which, for the project that is
worked on.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from stufenweise.i18n.catalogue import catalogue, catalogue_languages, language_folder

Label = str | Mapping[str | int, str]
_OWN: dict[str, Mapping[str, Label]] = {}
"""The labels that the project worked on brings along."""


@dataclass(frozen=True)
class Labels:
    """The words of one language."""

    code: str
    words: Mapping[str, Label]

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the label `key` with `values` put in; a count is given as `n` and chooses the plural form."""
        label = self.words[key]
        if not isinstance(label, str):
            form = _plural(self.code, int(str(values["n"])))
            label = label.get(form) or label["other"]
        return label.format(**values) if values else label

    def of(self, key: str, member: str | int) -> str:
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

    def date(self, day: datetime.date) -> str:
        """Return a day in words, as the language writes it."""
        return _date(self.code, day)


@lru_cache(maxsize=4096)
def _plural(code: str, n: int) -> str:
    from babel import Locale  # Which languages there are, is asked without it

    return str(Locale.parse(code, sep="-").plural_form(n))


@lru_cache(maxsize=4096)
def _date(code: str, day: datetime.date) -> str:
    from babel import Locale
    from babel.dates import format_date

    return str(format_date(day, "long", locale=Locale.parse(code, sep="-")))


@lru_cache
def labels(code: str) -> Labels:
    """Return the labels of a language.

    Raises:
        LookupError: There is no file of labels for this language.
    """
    if code in _OWN:
        return Labels(code, _OWN[code])
    try:
        words = catalogue(code, "labels")
    except FileNotFoundError:
        raise LookupError(code) from None
    return Labels(code, cast("Mapping[str, Label]", words))


def use_labels(own: Mapping[str, Mapping[str, Label]]) -> None:
    """Let `labels` know those that a project brings along, by language; those of another project are forgotten."""
    if own != _OWN:
        _OWN.clear()
        _OWN.update(own)
        labels.cache_clear()


def package_label_text(code: str) -> str:
    """Return the file of the package's labels in a language.

    Raises:
        FileNotFoundError: There is none.
    """
    return language_folder(code, "labels.yml").read_text(encoding="utf-8")


def label_languages() -> tuple[str, ...]:
    """Return the codes of all languages that have labels."""
    return tuple(sorted({*_OWN, *catalogue_languages("labels")}))
