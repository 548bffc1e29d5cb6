"""Results that the pipeline's steps pass on, build options, and the report of a build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from stufenweise.check import blocking_problems
from stufenweise.config.project import Project
from stufenweise.config.project_files import ProjectFiles
from stufenweise.core.errors import Failure
from stufenweise.load.load_result import LoadResult
from stufenweise.model.library import Library
from stufenweise.model.problem import Problem

if TYPE_CHECKING:
    from stufenweise.assemble.site_tree import LanguageTree

    # `check` starts without what prints and renders.
    from stufenweise.handouts.print_handouts import PrintedHandouts
    from stufenweise.render.builder_command import Builder
    from stufenweise.render.builders import BuildOutcome


@dataclass(frozen=True, slots=True)
class LoadedProject:
    """A project's content: typed objects, or problems with their place."""

    files: ProjectFiles
    result: LoadResult

    @property
    def project(self) -> Project:
        """The project."""
        return self.files.project


@dataclass(frozen=True, slots=True)
class CheckedContent:
    """A project's content with all its problems but those of the handouts."""

    loaded_project: LoadedProject
    problems: tuple[Problem, ...]

    @property
    def project(self) -> Project:
        """The project."""
        return self.loaded_project.project

    @property
    def result(self) -> LoadResult:
        """What was loaded."""
        return self.loaded_project.result

    def blocks_build(self, *, strict: bool = False) -> bool:
        """Return whether the problems stop a build."""
        return bool(blocking_problems(self.problems, strict=strict))


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedContent:
    """Checked content with its handouts."""

    checked: CheckedContent
    problems: tuple[Problem, ...]
    """Those of the content, and then those of the handouts."""
    handouts: PrintedHandouts
    library: Library | None
    """What the content says; None where an error stands."""

    @property
    def project(self) -> Project:
        """The project."""
        return self.checked.project

    def blocks_build(self, *, strict: bool = False) -> bool:
        """Return whether the problems stop a build."""
        return self.library is None or bool(blocking_problems(self.problems, strict=strict))


@dataclass(frozen=True, slots=True, kw_only=True)
class AssembledSite:
    """A plain docs tree and a derived configuration for each language, with the merged theme, in the work folder."""

    project: Project
    library: Library
    handouts: PrintedHandouts
    folder: Path
    """Where the site will stand once it is rendered, one folder a language."""
    builder: Builder
    trees: Mapping[str, LanguageTree]
    """What the builder of each language is given beside the theme."""
    marker_secret: str
    """Marks the text of the pages for a builder that can't sanitise it itself; empty for one that can."""

    @property
    def pages(self) -> int:
        """How many pages the site has, all languages together."""
        return sum(tree.pages for tree in self.trees.values())


@dataclass(frozen=True, slots=True)
class RenderedSite:
    """The HTML of a site, and how its builders ended."""

    assembled: AssembledSite
    outcomes: tuple[BuildOutcome, ...]

    def blocks_build(self, *, strict: bool) -> bool:
        """Return whether a builder failed, or warned when warnings stop the build."""
        return any(not one.ok or (strict and one.warnings) for one in self.outcomes)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How to build."""

    builder: Builder = "mkdocs"
    strict: bool = False
    """Whether warnings stop the build."""
    force: bool = False
    """Whether to build although nothing has changed."""
    wait: float = 0
    """Seconds to wait for another build in the same project."""
    drafts: bool = False
    """Whether to build what is still being written too, marked as drafts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """How a build ended."""

    files: ProjectFiles
    problems: tuple[Problem, ...]
    outcomes: tuple[BuildOutcome, ...] = ()
    published: bool = False
    unchanged: bool = False
    """Whether nothing had changed since the last build."""
    notes: tuple[Failure, ...] = ()
    """What went wrong beside the published site."""
    pages: int = 0
    """How many pages the site has, all languages together."""
    printed: PrintedContent | None = None
    """The content of the site; None if nothing had changed, for then it was not loaded."""
