"""Resolve files and folders of the command line, and validate slugs."""

from __future__ import annotations

from pathlib import Path

from stufenweise.cli.command_context import CommandContext
from stufenweise.config.project_files import ProjectFiles
from stufenweise.model.facts import is_slug
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.source.files.file_names import is_reserved_slug
from stufenweise.source.files.text_paths import extended_path


def content_arguments(context: CommandContext, content: ProjectFiles, files: tuple[Path, ...]) -> frozenset[ShownPath]:
    """Return the paths of the named files and of the files in the named folders, in the form of problems' paths.

    Exits with 2 if a path does not exist or is no content.

    Args:
        context: The command's context.
        content: The files of the project's content.
        files: Files and folders of the command line, relative to the current folder.
    """
    project = content.project
    all_paths = (*content.own.data, *content.own.refused)
    result: set[ContentPath] = set()
    for file in files:
        try:
            path = file.resolve().relative_to(project.content.resolve()).as_posix()
        except ValueError:
            path = ""
        inside = {file for file in all_paths if path == "." or file == path or file.startswith(f"{path}/")}
        if not path or not inside:
            context.refuse("check-no-content", file=file, folder=project.shown_content)
        # Problems of an extension are reported in the extended text.
        result |= inside | set(map(extended_path, inside))
    return frozenset(shown_path(project.shown_content, path) for path in result)


def slug_refusal(text: str) -> str:
    """Return the key of a message if a text can't be a slug; otherwise an empty string."""
    if not is_slug(text):
        return "bad-slug"
    return "reserved-slug" if is_reserved_slug(text) else ""
