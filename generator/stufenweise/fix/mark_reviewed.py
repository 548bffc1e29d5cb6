"""Mark a translation as reviewed: store its source's current digest."""

from __future__ import annotations

from stufenweise.load.load_result import TextFile
from stufenweise.source.text_edits import TextEdit, apply_edits


def mark_reviewed(text: str, file: TextFile, source: TextFile) -> str:
    """Set a translation's `translates` to its source's current digest.

    Only its author can say so: no program knows whether a translation is right.

    Raises:
        UnfixableError: The digest is written in an unusual way.
    """
    digest = source.text.digest
    if file.text.translates == digest:
        return text
    return apply_edits(text, [TextEdit(file.tree.place(("translates",)), file.text.translates or "", digest)])
