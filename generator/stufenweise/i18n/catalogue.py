"""Read the texts of a language: one folder per language, one YAML file per purpose.

`i18n/de/problems.yml` has the German messages of problems, `commands.yml` those of commands, `failures.yml` those of
failures of the machine, `labels.yml` the labels of the site and handouts, `address.yml` forms of address for some of
them, `reference.yml` the words of the reference, `help.yml` the help of the commands (whose English is in the code). To
add a language, add a folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, cast

from stufenweise.core.package_files import load_resource

CatalogueName = Literal["address", "characters", "commands", "failures", "help", "labels", "problems", "reference"]


FALLBACK_LANGUAGE = "en"
"""Language of texts that another language lacks; it has every catalogue with all keys."""


@lru_cache
def catalogue(language: str, name: CatalogueName) -> Mapping[str, object]:
    """Return the texts of a language for one purpose, by key.

    Raises:
        FileNotFoundError: The package has none in this language.
    """
    return cast("Mapping[str, object]", load_resource(__package__, language, f"{name}.yml"))


@lru_cache
def catalogue_languages(name: CatalogueName) -> tuple[str, ...]:
    """Return the languages that have texts for a purpose, sorted."""
    folders = (entry for entry in files(__package__).iterdir() if entry.is_dir())
    return tuple(sorted(folder.name for folder in folders if folder.joinpath(f"{name}.yml").is_file()))


def catalogue_or_fallback(language: str, name: CatalogueName) -> Mapping[str, object]:
    """Return the texts for one purpose in a language, or in the fallback language if it has none."""
    return catalogue(language if language in catalogue_languages(name) else FALLBACK_LANGUAGE, name)


def language_folder(language: str, *path: str) -> Traversable:
    """Return a file or folder below the folder of a language, such as its templates."""
    return files(__package__).joinpath(language, *path)
