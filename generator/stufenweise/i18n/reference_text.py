"""What keys, sections and kinds of files mean, one file a language; English meanings are the model's docstrings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from stufenweise.i18n.catalogue import catalogue, catalogue_languages
from stufenweise.model.example_values import example_value
from stufenweise.model.facts import Facts


@dataclass(frozen=True, slots=True)
class ReferenceText:
    """The words of one language."""

    entries: Mapping[str, Mapping[str, object]]

    def title(self, key: str) -> str:
        """Return what a key is called."""
        return str(self.entries["titles"][key])

    def kind(self, name: str) -> str:
        """Return what a kind of front matter or data file is called."""
        return str(self.entries["kinds"][name])

    def meaning(self, model: str, key: str) -> str:
        """Return what a key of a model means: of the model itself, or of that which it has it from."""
        for one in _lines(Facts)[model]:
            own = cast("Mapping[str, str]", self.entries["keys"].get(one.__name__, {}))
            if key in own:
                return own[key]
        found = next(one for one in _lines(Facts)[model] if key in one.model_fields)
        return str(found.model_fields[key].description)

    def examples(self, model: str, key: str) -> tuple[object, ...]:
        """Return values that a key of a model can have."""
        found = example_value(model, key)
        return () if found is None else (found,)

    def word(self, group: str, key: str) -> str:
        """Return a word of a group."""
        return str(self.entries[group][key])

    def group(self, name: str) -> Mapping[str, object]:
        """Return all words of a group."""
        return self.entries[name]


def reference_languages() -> tuple[str, ...]:
    """Return the codes of the languages that have words."""
    return catalogue_languages("reference")


@lru_cache
def reference_text(language: str) -> ReferenceText:
    """Return the words of a language."""
    return ReferenceText(cast("Mapping[str, Mapping[str, object]]", catalogue(language, "reference")))


def _lines(of: type[Facts]) -> dict[str, tuple[type[Facts], ...]]:
    """Return for each model by name the classes that it has its keys from, itself first."""
    found: dict[str, tuple[type[Facts], ...]] = {}
    for one in of.__subclasses__():
        found[one.__name__] = tuple(base for base in one.__mro__ if issubclass(base, Facts))
        found |= _lines(one)
    return found
