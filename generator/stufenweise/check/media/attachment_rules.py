"""Rules about attachments: each has the type that its name says, holds no program, and is linked by a text."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from stufenweise.check.check_run import CheckRun
from stufenweise.model.paths import ContentPath, shown_path
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.source.files.attachments import attachment_fault


def attachment_problems(run: CheckRun, path: ContentPath) -> Iterator[Problem]:
    """Yield problems of one attachment, also if no text links to it."""
    place = Place(shown_path(run.loaded.shown_content, path))
    if fault := attachment_fault(path, run.loaded.media.attachments[path]):
        yield new_problem(place, "attachment-type", suffix=posixpath.splitext(path)[1], **{fault: "yes"})
    if path not in run.linked_files:
        yield new_problem(place, "unused-attachment", name=posixpath.basename(path))
