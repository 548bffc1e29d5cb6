"""Rules about attachments: each has the type that its name says, holds no program, and is linked by a text."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from stufenweise.check.markup.markup_rules import linked_files
from stufenweise.load.load_result import LoadResult
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.source.files.attachments import attachment_fault


def attachment_problems(loaded: LoadResult) -> Iterator[Problem]:
    """Yield problems of attachments, and attachments that no text links to."""
    if not loaded.attachments:
        return
    linked = linked_files(loaded)
    for path, data in loaded.attachments.items():
        place = Place(f"{loaded.content_path}/{path}")
        suffix = posixpath.splitext(path)[1]
        if fault := attachment_fault(path, data):
            yield new_problem(place, "attachment-type", suffix=suffix, **{fault: "yes"})
        if path not in linked:
            yield new_problem(place, "unused-attachment", name=posixpath.basename(path))
