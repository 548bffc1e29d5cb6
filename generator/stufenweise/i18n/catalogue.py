"""Read the texts of a language: one folder per language, one YAML file per purpose.

`i18n/de/problems.yml` has the German messages of problems, `commands.yml` those of commands, `failures.yml` those of
failures of the machine, `labels.yml` the labels of the site and handouts, `address.yml` forms of address for some of
them, `characters.yml` names of characters that can't be printed, `reference.yml` the words of the reference, `help.yml`
the help of the commands (whose English is in the code). To add a language, add a folder.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Generic, TypeVar, cast

from stufenweise.core.package_files import load_resource_as

Entry = TypeVar("Entry")

FALLBACK_LANGUAGE = "en"
"""Language of texts that another language lacks."""


@dataclass(frozen=True, slots=True)
class Catalogue(Generic[Entry]):
    """The texts for one purpose in all languages."""

    name: str
    """Name of its files, without ending."""
    entry: type[Entry]
    """Type of an entry; a file with other entries can't be read."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that have such a file, sorted."""
        return _languages(f"{self.name}.yml")

    def own(self, language: str) -> Mapping[str, Entry]:
        """Return the entries that a language has itself, by key; none if it has no such file.

        Raises:
            ValidationError: An entry is of another type.
        """
        if language not in self.languages:
            return {}
        return cast("Mapping[str, Entry]", _read(f"{self.name}.yml", language, cast("Hashable", self.entry)))

    def complete(self, language: str) -> Mapping[str, Entry]:
        """Return all entries by key: those of the language, and English ones for keys that it lacks."""
        return cast("Mapping[str, Entry]", _completed(self, language))


@lru_cache
def _completed(catalogue: Catalogue[Any], language: str) -> Mapping[str, object]:
    return {**catalogue.own(FALLBACK_LANGUAGE), **catalogue.own(language)}


@lru_cache
def _read(file: str, language: str, entry: Hashable) -> Mapping[str, object]:
    return load_resource_as(dict[str, entry], __package__, language, file)  # type: ignore[valid-type]


@lru_cache
def _languages(file: str) -> tuple[str, ...]:
    folders = (folder for folder in files(__package__).iterdir() if folder.is_dir())
    return tuple(sorted(folder.name for folder in folders if folder.joinpath(file).is_file()))


def language_folder(language: str, *path: str) -> Traversable:
    """Return a file or folder below the folder of a language, such as its templates."""
    return files(__package__).joinpath(language, *path)
