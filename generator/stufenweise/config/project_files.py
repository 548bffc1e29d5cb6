"""Read a project's content files: its own and, for an overlay, the package's below."""

from __future__ import annotations

from dataclasses import dataclass, field

from stufenweise.config.project import Project
from stufenweise.overlay.base_drift import BASE_FOLDER
from stufenweise.overlay.base_languages import base_in_languages
from stufenweise.overlay.merge import Overlay, merge_overlay
from stufenweise.source.content_files import ContentFiles, read_content_files

PACKAGE_CONTENT = "stufenweise/content"
"""How the content of the package is named to people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFiles:
    """The files of a project's content, as bytes."""

    project: Project
    own: ContentFiles
    """Those in the project's content folder."""
    base: ContentFiles = field(default_factory=ContentFiles)
    """Those of the package, if the project's lie over them."""
    noted: ContentFiles = field(default_factory=ContentFiles)
    """Those of the package as they were when the company last compared its own with them."""


def read_project_files(project: Project) -> ProjectFiles:
    """Return the files of a project's content; none of its own where the package has all of it."""
    if not project.base:
        return ProjectFiles(project=project, own=read_content_files(project.content, project.content_path))
    there = project.content.exists()
    noted = project.content / BASE_FOLDER
    shown = project.content_path
    return ProjectFiles(
        project=project,
        own=read_content_files(project.content, shown) if there else ContentFiles(),
        base=read_content_files(project.base, PACKAGE_CONTENT),
        noted=read_content_files(noted, f"{shown}/{BASE_FOLDER}")
        if noted.is_dir() and not noted.is_symlink()
        else ContentFiles(),
    )


def base_files(files: ProjectFiles) -> ContentFiles:
    """Return the package's files in the languages of the site."""
    data = base_in_languages(files.base.data, files.project.settings.languages)
    return ContentFiles(data, files.base.problems, files.base.refused)


def merged_files(files: ProjectFiles) -> Overlay:
    """Return a project's own files over those of the package; the own ones alone where they lie over nothing."""
    project = files.project
    if not project.base:
        return Overlay(files.own)
    return merge_overlay(
        files.own,
        base_files(files),
        files.noted.data,
        project.content_path,
        PACKAGE_CONTENT,
        project.settings.languages,
        project.paused,
    )
