"""Content read and checked, with or without its sheets for paper; no builder is needed for it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from stufenweise.check import blocking_problems, check
from stufenweise.config.project import Project
from stufenweise.load.load_result import LoadResult
from stufenweise.load.loader import load_content
from stufenweise.model.problem import Problem
from stufenweise.overlay.base_drift import BASE_FOLDER
from stufenweise.overlay.base_languages import base_in_languages
from stufenweise.overlay.merge import Overlay, merge_overlay
from stufenweise.source.content_files import ContentFiles, read_content_files

if TYPE_CHECKING:
    from stufenweise.handouts.print_handouts import PrintedHandouts


PACKAGE = "stufenweise/content"
"""How the content of the package is named to people."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Content that was read and checked."""

    files: ContentFiles
    reading: LoadResult
    problems: tuple[Problem, ...]

    def stops(self, *, strict: bool) -> bool:
        """Return whether the problems stop a build."""
        return bool(blocking_problems(self.problems, strict=strict))

    def about(self, paths: Collection[str]) -> CheckResult:
        """Return the same with the problems of some files alone, named as problems name them."""
        return replace(self, problems=tuple(one for one in self.problems if one.place.file in paths))


def read_texts(project: Project, content: ContentFiles | Path) -> LoadResult:
    """Return what stands in a content folder, or in files of one, read as the project's settings say.

    Where the project's content lies over that of the package, both are read.
    """
    files = content if isinstance(content, ContentFiles) else files_of(project)
    both = layers(project, files) if project.base else files
    settings = project.settings
    words, places = settings.vocabulary, project.word_places
    return load_content(both, settings.languages, project.shown_content, words, project.visibility, places)


def files_of(project: Project) -> ContentFiles:
    """Return the files of a project's own content; none where there is no folder and the package has the rest."""
    if project.base and not project.content.exists():
        return ContentFiles()
    return read_content_files(project.content, project.shown_content)


def layers(project: Project, files: ContentFiles) -> Overlay:
    """Return a project's own files over those of the package."""
    package, noted = package_files(project), noted_files(project)
    return merge_overlay(files, package, noted, project.shown_content, PACKAGE, project.settings.languages)


def noted_files(project: Project) -> Mapping[str, bytes]:
    """Return the package's files as they were when what lies over them was looked at."""
    noted = project.content / BASE_FOLDER
    return (
        read_content_files(noted, f"{project.shown_content}/{BASE_FOLDER}").data
        if noted.is_dir() and not noted.is_symlink()
        else {}
    )


def package_files(project: Project) -> ContentFiles:
    """Return the files of the package's content in the languages of the site, if the project's lies over it."""
    if not project.base:
        return ContentFiles()
    found = read_content_files(project.base, PACKAGE)
    return ContentFiles(base_in_languages(found.data, project.settings.languages), found.problems, found.refused)


def read_and_check(
    project: Project, today: datetime.date, files: ContentFiles | None = None, only: Collection[str] | None = None
) -> CheckResult:
    """Return a project's content with all its problems but those of paper.

    Args:
        project: The project.
        today: The day against which reviews are due.
        files: The files of its content, if they were read before.
        only: Paths of the files whose own texts are judged, as problems name them; all if left out.
    """
    found = files or files_of(project)
    reading = read_texts(project, found)
    return CheckResult(found, reading, (*project.warnings, *check(reading, today, only)))


def with_paper(
    project: Project, checked: CheckResult, only: Collection[str] | None = None, *, drafts: bool = False
) -> tuple[CheckResult, PrintedHandouts]:
    """Return checked content with the problems of its sheets for paper, and the sheets; none where there is an error.

    Args:
        project: The project.
        checked: Its content.
        only: Paths of the files of whose texts sheets are made, books not; all if left out.
        drafts: Whether sheets of drafts are made too.

    Raises:
        OSError: The sheets can't be written.
    """
    # What draws sheets takes longer to import than all texts to check.
    from stufenweise.handouts.print_handouts import PrintedHandouts, print_handouts, shows_text

    if checked.stops(strict=False):
        return checked, PrintedHandouts()
    library = checked.reading.library(drafts=drafts)
    if only is None:
        paper = print_handouts(project, library)
    else:
        texts = {path.removeprefix(f"{project.shown_content}/") for path in only}
        paper = print_handouts(project, library, wanted=lambda sheet: shows_text(sheet, texts), sweep=False)
    return replace(checked, problems=(*checked.problems, *checked.reading.locate(paper.problems))), paper
