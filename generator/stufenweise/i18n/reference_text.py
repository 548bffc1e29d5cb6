"""Meanings of keys, sections and kinds of files, one file per language; English ones are the model's docstrings."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import cast

from stufenweise.i18n.catalogue import Catalogue
from stufenweise.model.example_values import example_value
from stufenweise.model.facts import Facts

REFERENCE_TEXTS = Catalogue("reference", dict[str, object])
"""Words of the reference, in groups."""


@dataclass(frozen=True, slots=True)
class ReferenceText:
    """The reference words of one language."""

    entries: Mapping[str, Mapping[str, object]]

    def title(self, key: str) -> str:
        """Return the title of a key."""
        return str(self.entries["titles"][key])

    def kind(self, name: str) -> str:
        """Return the title of a kind of front matter or data file."""
        return str(self.entries["kinds"][name])

    def meaning(self, model: str, key: str) -> str:
        """Return the meaning of a key of a model, or of the class from which it inherits the key."""
        ancestors = _ancestors(Facts)[model]
        for ancestor in ancestors:
            meanings = cast("Mapping[str, str]", self.entries["keys"].get(ancestor.__name__, {}))
            if key in meanings:
                return meanings[key]
        return next(_docstrings(ancestor)[key] for ancestor in ancestors if key in _docstrings(ancestor))

    def examples(self, model: str, key: str) -> tuple[object, ...]:
        """Return example values for a key of a model."""
        value = example_value(model, key)
        return () if value is None else (value,)

    def word(self, group: str, key: str) -> str:
        """Return a word of a group."""
        return str(self.entries[group][key])

    def group(self, name: str) -> Mapping[str, object]:
        """Return all words of a group."""
        return self.entries[name]


def reference_languages() -> tuple[str, ...]:
    """Return the languages that have reference words."""
    return REFERENCE_TEXTS.languages


@lru_cache
def reference_text(language: str) -> ReferenceText:
    """Return the reference words of a language."""
    return ReferenceText(REFERENCE_TEXTS.complete(language))


def _ancestors(model: type[Facts]) -> dict[str, tuple[type[Facts], ...]]:
    """Return the base classes with keys of each model, itself first, by the model's name."""
    ancestors: dict[str, tuple[type[Facts], ...]] = {}
    for subclass in model.__subclasses__():
        ancestors[subclass.__name__] = tuple(base for base in subclass.__mro__ if issubclass(base, Facts))
        ancestors |= _ancestors(subclass)
    return ancestors


@lru_cache
def _docstrings(model: type[Facts]) -> Mapping[str, str]:
    """Return the docstrings of a class's own attributes by name; Pydantic would read those of all at every start."""
    (definition,) = ast.parse(inspect.getsource(model)).body
    docstrings: dict[str, str] = {}
    for field, below in pairwise(cast("ast.ClassDef", definition).body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                docstrings[name] = inspect.cleandoc(text)
    return docstrings
