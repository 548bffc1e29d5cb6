"""Stages that read: load the content of a project, check it, make a library of it."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Self

from stufenweise.check import check
from stufenweise.config.project import Project
from stufenweise.config.project_files import ProjectFiles, merged_files
from stufenweise.core.result_cache import NO_CACHE, ResultCache
from stufenweise.load.library_builder import build_library
from stufenweise.load.loader import load_content, reload_texts
from stufenweise.localized.localized_library import mark_drafts
from stufenweise.model.library import Library
from stufenweise.model.paths import ShownPath, shown_path
from stufenweise.source.files.content_files import ContentFiles
from stufenweise.stages.stage_results import CheckedContent, Drafts, LoadedProject


@dataclass(frozen=True, slots=True)
class Caches:
    """What earlier runs read and found, for `load_project` and `check_content`; by default nothing."""

    texts: ResultCache = NO_CACHE
    """Texts as they were read."""
    checks: ResultCache = NO_CACHE
    """What the checks of all content found."""

    @classmethod
    def of(cls, project: Project) -> Self:
        """Return the caches in a project's work folder; without that folder they are empty, and nothing is saved."""
        return cls(ResultCache(project.work_folder, "texts"), ResultCache(project.work_folder, "checks"))


NO_CACHES = Caches()


def load_project(files: ProjectFiles, caches: Caches = NO_CACHES) -> LoadedProject:
    """Load a project's content, merged over the package's if it is an overlay.

    Args:
        files: Its files.
        caches: Unchanged texts are taken from there, and new ones saved.
    """
    project = files.project
    overlay = merged_files(files)
    languages, options = project.settings.languages, project.load_options
    result = load_content(overlay.files, languages, options, overlay.source_map, caches.texts)
    caches.texts.save()
    return LoadedProject(files, result)


def check_content(
    loaded_project: LoadedProject,
    today: datetime.date,
    only: Collection[ShownPath] | None = None,
    *,
    caches: Caches = NO_CACHES,
) -> CheckedContent:
    """Return content with its problems.

    Args:
        loaded_project: The content.
        today: The day against which reviews are due.
        only: Paths of the files to check, in the form of problems' paths; all if left out.
        caches: What earlier checks found of unchanged texts is taken from there. What this one needed is saved, but not
            if it is of some files: then the rest would be forgotten.
    """
    problems = check(loaded_project.result, today, only, cache=caches.checks)
    if only is None:
        caches.checks.save()
    return CheckedContent(loaded_project, (*loaded_project.project.warnings, *problems))


def check_changes(before: LoadedProject, own: ContentFiles, today: datetime.date, cache: ResultCache) -> CheckedContent:
    """Check content again after changes of some Markdown files; return only the problems of these files.

    Args:
        before: The content before.
        own: The project's own files now, the same ones as before.
        today: The day against which reviews are due.
        cache: What the checks of earlier changes found.
    """
    changed = {path: data for path, data in own.data.items() if before.files.own.data[path] != data}
    loaded_project = LoadedProject(replace(before.files, own=own), reload_texts(before.result, changed))
    only = {shown_path(before.result.shown_content, path) for path in changed}
    return check_content(loaded_project, today, only, caches=Caches(checks=cache))


def site_library(checked: CheckedContent, drafts: Drafts) -> Library:
    """Return the library of content without errors, with drafts as wanted."""
    library = build_library(checked.result, drafts=drafts != "left out")
    return mark_drafts(library, checked.project.labels) if drafts == "marked" else library
