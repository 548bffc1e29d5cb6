"""Read a project's content files, its own and, for an overlay, the package's below; tell which folders to watch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from stufenweise.config.label_overrides import LABELS_FOLDER
from stufenweise.config.project import Project
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.overlay.base_drift import BASE_FOLDER
from stufenweise.overlay.base_languages import base_in_languages
from stufenweise.overlay.merge import Overlay, merge_overlay
from stufenweise.overlay.paused_languages import count_by_language
from stufenweise.source.files.content_files import ContentFiles, read_content_files

PACKAGE_CONTENT = ShownPath("stufenweise/content")
"""Name of the package's content in messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFiles:
    """The files of a project's content, as bytes."""

    project: Project
    own: ContentFiles
    """Files in the project's content folder."""
    base: ContentFiles = field(default_factory=ContentFiles)
    """Files of the package, if the project is an overlay over them."""
    reviewed_base: ContentFiles = field(default_factory=ContentFiles)
    """Files of the package at the time when the company last reviewed its own versions."""


@dataclass(frozen=True, slots=True)
class WatchedFolders:
    """What a project is read from; folders and files may be missing."""

    trees: tuple[Path, ...]
    """Folders that are read with everything below them."""
    files: tuple[Path, ...]
    """Single files."""


def watched_folders(project: Project) -> WatchedFolders:
    """Return what to watch for saves: content, labels, theme, and the configuration with those that it inherits."""
    own_content = project.root / project.shown_content
    trees = (project.content, own_content, project.root / LABELS_FOLDER, *project.overrides)
    return WatchedFolders(tuple(dict.fromkeys(trees)), (project.config_file, *project.parent_configs))


def read_project_files(project: Project) -> ProjectFiles:
    """Read the files of a project's content; without a content folder an overlay has none of its own."""
    if not project.base:
        return ProjectFiles(project=project, own=read_content_files(project.content, project.shown_content))
    base_folder = project.content / BASE_FOLDER
    shown = project.shown_content
    return ProjectFiles(
        project=project,
        own=read_content_files(project.content, shown) if project.content.exists() else ContentFiles(),
        base=read_content_files(project.base, PACKAGE_CONTENT),
        reviewed_base=read_content_files(base_folder, shown_path(shown, ContentPath(BASE_FOLDER)))
        if base_folder.is_dir() and not base_folder.is_symlink()
        else ContentFiles(),
    )


def with_paused_languages(files: ProjectFiles) -> ProjectFiles:
    """Return the files of a project whose site also has the paused languages in which there are texts."""
    project = files.project
    languages = (*project.settings.languages, *count_by_language(files.own.data, project.paused))
    settings = project.settings.model_copy(update={"languages": languages})
    return replace(files, project=replace(project, settings=settings, paused=()))


def base_files(files: ProjectFiles) -> ContentFiles:
    """Return the package's files in the languages of the site."""
    data = base_in_languages(files.base.data, files.project.settings.languages)
    return ContentFiles(data, files.base.problems, files.base.refused)


def merged_files(files: ProjectFiles) -> Overlay:
    """Merge a project's own files with the package's; only its own files if it is not an overlay."""
    project = files.project
    if not project.base:
        return Overlay(files.own)
    return merge_overlay(
        files.own,
        base_files(files),
        files.reviewed_base.data,
        project.shown_content,
        PACKAGE_CONTENT,
        project.settings.languages,
        project.paused,
    )
