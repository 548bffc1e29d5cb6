"""Change what a builder does where no event of a plugin reaches. Nothing else in the package does that.

| of MkDocs and ProperDocs | changed by | why |
| --- | --- | --- |
| `Files.get_file_from_path` | a subclass that `on_files` returns | a page depends on whether its links find files |
| `Files.documentation_pages` | the same | unchanged pages are neither read nor written |
| `Theme.get_env` | another function for one theme | it would list ten thousand icons, and copy none of them |

A test compares the code that calls them with the code that we know (tests/build/test_unchanged_pages.py).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.structure.files import File, Files
    from mkdocs.theme import Theme

    class RecordedFiles(Files):
        """The files of a site: their lookups are noted, and pages can be left out."""

        left_out: Collection[str]
        """Paths of the sources of pages that the builder does not make."""

        def all_pages(self) -> Sequence[File]:
            """Return all pages, those that are left out too."""


def recorded_files(files: Files, on_lookup: Callable[[str, bool], None]) -> RecordedFiles:
    """Return the same files as a collection that calls `on_lookup` with each path and whether there is a file."""
    builders_files: Any = type(files)  # MkDocs and ProperDocs have one each

    class _RecordedFiles(builders_files):  # type: ignore[misc]
        left_out: Collection[str] = ()

        def get_file_from_path(self, path: str) -> File | None:
            file: File | None = super().get_file_from_path(path)
            on_lookup(path, file is not None)
            return file

        def documentation_pages(self, **inclusion: Callable[..., bool]) -> Sequence[File]:
            return [file for file in super().documentation_pages(**inclusion) if file.src_uri not in self.left_out]

        def all_pages(self) -> Sequence[File]:
            pages: Sequence[File] = super().documentation_pages()
            return pages

    recorded: RecordedFiles = _RecordedFiles(files)
    return recorded


class _ThemeFiles(FileSystemLoader):
    """Lists a theme's files without hidden folders."""

    def list_templates(self) -> list[str]:
        templates: set[str] = set()
        for place in self.searchpath:
            for folder, below, names in os.walk(place):
                below[:] = [name for name in below if not name.startswith(".")]
                templates.update(Path(folder, name).relative_to(place).as_posix() for name in names)
        return sorted(templates)


def list_no_icons(theme: Theme) -> None:
    """Let a builder list the files of a theme without its icons."""
    get_env = theme.get_env

    def without_icons() -> Environment:
        environment: Environment = get_env()
        environment.loader = _ThemeFiles(theme.dirs)
        return environment

    setattr(theme, "get_env", without_icons)  # noqa: B010 -- a method of this one theme
