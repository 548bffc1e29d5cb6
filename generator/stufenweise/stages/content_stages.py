"""Stages that read: load the content of a project, check it, make a library of it."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import replace

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


def load_project(files: ProjectFiles, *, use_cache: bool = False) -> LoadedProject:
    """Load a project's content, merged over the package's if it is an overlay.

    Args:
        files: Its files.
        use_cache: Whether unchanged texts are taken from the cache in the work folder, and new ones saved.
    """
    project = files.project
    overlay = merged_files(files)
    cache = ResultCache(project.work_folder, "texts") if use_cache else NO_CACHE
    result = load_content(overlay.files, project.settings.languages, project.load_options, overlay.source_map, cache)
    cache.save()
    return LoadedProject(files, result)


def saved_checks(project: Project) -> ResultCache:
    """Return what the last check of all content found, from the work folder."""
    return ResultCache(project.work_folder, "checks")


def check_content(
    loaded_project: LoadedProject,
    today: datetime.date,
    only: Collection[ShownPath] | None = None,
    *,
    cache: ResultCache | None = None,
) -> CheckedContent:
    """Return content with its problems.

    Args:
        loaded_project: The content.
        today: The day against which reviews are due.
        only: Paths of the files to check, in the form of problems' paths; all if left out.
        cache: What earlier checks found of unchanged texts; it is saved afterwards.
    """
    cache = cache or ResultCache()
    problems = check(loaded_project.result, today, only, cache=cache)
    cache.save()
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
    return check_content(loaded_project, today, only, cache=cache)


def site_library(checked: CheckedContent, drafts: Drafts) -> Library:
    """Return the library of content without errors, with drafts as wanted."""
    library = build_library(checked.result, drafts=drafts != "left out")
    return mark_drafts(library, checked.project.labels) if drafts == "marked" else library
