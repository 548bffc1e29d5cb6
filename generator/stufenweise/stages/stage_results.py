"""Results that the stages pass on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from stufenweise.config.project import Project
from stufenweise.config.project_files import ProjectFiles
from stufenweise.load.load_result import LoadResult
from stufenweise.model.library import Library
from stufenweise.model.problem import Problem, blocking_problems

if TYPE_CHECKING:
    from stufenweise.assemble.site_tree import LanguageTree

    # `check` starts without importing printing and rendering.
    from stufenweise.handouts.print_handouts import PrintedHandouts
    from stufenweise.render.builder_command import BuilderName
    from stufenweise.render.builders import BuildOutcome


Drafts = Literal["left out", "included", "marked"]
"""Treatment of draft tutorials; the titles of marked ones say that they are drafts."""


@dataclass(frozen=True, slots=True)
class LoadedProject:
    """A project's loaded content: typed objects and problems."""

    files: ProjectFiles
    result: LoadResult

    @property
    def project(self) -> Project:
        """Shortcut to the project of the content."""
        return self.files.project


@dataclass(frozen=True, slots=True)
class CheckedContent:
    """A project's content with all its problems except those of handouts."""

    loaded_project: LoadedProject
    problems: tuple[Problem, ...]

    @property
    def project(self) -> Project:
        """Shortcut to the project of the content."""
        return self.loaded_project.project

    @property
    def result(self) -> LoadResult:
        """Shortcut to the loaded content."""
        return self.loaded_project.result

    def blocks_build(self, *, strict: bool = False) -> bool:
        """Return whether the problems stop a build."""
        return bool(blocking_problems(self.problems, strict=strict))


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedContent:
    """Checked content with its handouts."""

    checked: CheckedContent
    problems: tuple[Problem, ...]
    """Problems of the content, then those of the handouts."""
    handouts: PrintedHandouts
    library: Library

    @property
    def project(self) -> Project:
        """Shortcut to the project of the content."""
        return self.checked.project


@dataclass(frozen=True, slots=True, kw_only=True)
class AssembledSite:
    """A plain docs tree and a derived configuration for each language, with the merged theme, in the work folder."""

    printed: PrintedContent
    folder: Path
    """Output folder of the rendered site, with one folder per language."""
    builder: BuilderName
    trees: Mapping[str, LanguageTree]
    """The input of each language's builder except the theme."""
    theme_digest: str
    """Digest of the merged theme."""
    marker_secret: str
    """Marks the text of the pages for a builder that can't sanitise pages itself; empty for other builders."""

    @property
    def project(self) -> Project:
        """Shortcut to the project of the content."""
        return self.printed.project

    @property
    def library(self) -> Library:
        """Shortcut to the content."""
        return self.printed.library

    @property
    def pages(self) -> int:
        """Number of pages in all languages."""
        return sum(tree.pages for tree in self.trees.values())


@dataclass(frozen=True, slots=True)
class RenderedSite:
    """The HTML of a site, and how its builders ended."""

    assembled: AssembledSite
    outcomes: tuple[BuildOutcome, ...]

    def blocks_build(self, *, strict: bool = False) -> bool:
        """Return whether a builder failed, or warned when warnings stop the build."""
        return any(not outcome.ok or (strict and outcome.warnings) for outcome in self.outcomes)
