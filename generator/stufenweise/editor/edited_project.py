"""Derive the parts of a project that the editor's configuration needs."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from stufenweise.config.project import Project
from stufenweise.editor.editor_choices import editor_choices
from stufenweise.editor.editor_config import EditedProject, empty_sections
from stufenweise.fix.starting_text import split_minutes, starting_text
from stufenweise.load.load_result import LoadResult
from stufenweise.model.facts import TUTORIAL_REVIEW_MONTHS, Orientation
from stufenweise.model.kinds import PROGRAMME, TUTORIAL

MINUTES = 30
"""Length of a new tutorial in the editor, the sum of its steps."""


def edited_project(project: Project, loaded: LoadResult, language: str) -> EditedProject:
    """Return the parts of a project that the editor's configuration needs; new texts begin in the source language."""
    source_language = loaded.source_language
    skeleton = starting_text(
        "tutorial.md",
        source_language,
        facts="",
        steps=split_minutes(MINUTES),
        words=loaded.guidance_words[source_language],
    )
    headings = loaded.usual_headings.get((PROGRAMME.name, source_language), {})
    return EditedProject(
        name=project.site_name,
        content_folder=_path_in_repository(project.root / project.shown_content),
        languages=loaded.languages,
        choices=editor_choices(loaded, language, get_args(Orientation)),
        bodies={
            TUTORIAL: skeleton.split("---\n", 2)[2].strip("\n"),
            PROGRAMME: empty_sections(PROGRAMME.required, headings),
        },
        starts={TUTORIAL: {"minutes": MINUTES, "review_months": TUTORIAL_REVIEW_MONTHS, "draft": True}},
    )


def _path_in_repository(folder: Path) -> str:
    """Return a folder's path from the top of its Git repository; from its parent folder if there is none."""
    folder = folder.resolve()
    top = next((parent for parent in folder.parents if (parent / ".git").exists()), folder.parent)
    return folder.relative_to(top).as_posix()
