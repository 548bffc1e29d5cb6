"""The texts of one language: one folder a language, one YAML file for each purpose.

`i18n/de/problems.yml` has the German messages of problems, `commands.yml` what commands say, `failures.yml` what
the machine could not do, `labels.yml` the words of the site and of handouts, `address.yml` those of them that may
address people, `reference.yml` the words of the reference, `help.yml` the help of the commands (in English it stands
with them). Adding a language adds one folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, cast

from stufenweise.core.package_files import load_resource

CatalogueName = Literal["address", "characters", "commands", "failures", "help", "labels", "problems", "reference"]


@lru_cache
def catalogue(language: str, name: CatalogueName) -> Mapping[str, object]:
    """Return the texts of a language for one purpose, by key.

    Raises:
        FileNotFoundError: The package has none in this language.
    """
    return cast("Mapping[str, object]", load_resource(__package__, language, f"{name}.yml"))


@lru_cache
def catalogue_languages(name: CatalogueName) -> tuple[str, ...]:
    """Return the codes of the languages that have texts for a purpose, sorted."""
    folders = (entry for entry in files(__package__).iterdir() if entry.is_dir())
    return tuple(sorted(folder.name for folder in folders if folder.joinpath(f"{name}.yml").is_file()))


def language_folder(language: str, *path: str) -> Traversable:
    """Return a file or folder below the folder of a language, such as its templates."""
    return files(__package__).joinpath(language, *path)
