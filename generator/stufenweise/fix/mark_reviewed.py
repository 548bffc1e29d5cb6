"""Mark a translation as compared with its source: it names the digest of the source as it is now."""

from __future__ import annotations

from stufenweise.load.load_result import TextFile
from stufenweise.source.text_edits import TextEdit, apply_edits


def mark_reviewed(text: str, file: TextFile, source: TextFile) -> str:
    """Return a translation's text that says that it translates its source as it now is.

    That is for its author to say: no program can know it.

    Raises:
        UnfixableError: The digest is written in an unusual way.
    """
    digest = source.text.digest
    if file.text.translates == digest:
        return text
    return apply_edits(text, [TextEdit(file.tree.place(("translates",)), file.text.translates or "", digest)])
