"""Repair front matter: write corrected lines, sort its keys, mark a translation as reviewed."""

from __future__ import annotations

from stufenweise.load.text_file import TextFile
from stufenweise.model.facts import Reviewed, TranslationFacts, key_order
from stufenweise.source.yaml.text_edits import TextEdit, apply_edits, front_matter_entries


def write_repaired_lines(text: str, file: TextFile) -> str:
    """Return a file's text with the corrected lines of `front_matter_lines`."""
    lines = text.split("\n")
    for index, repaired in sorted(file.front_matter.repaired_lines.items(), reverse=True):
        end = "\r" if lines[index + 1].endswith("\r") else ""
        lines[index + 1 : index + 2] = [f"{line}{end}" for line in repaired]
    return "\n".join(lines)


def order_keys(text: str, file: TextFile) -> str:
    """Return a file's text with its keys in order; comments above a key move with it.

    Raises:
        UnfixableError: The front matter does not have each entry on a line of its own.
    """
    entries = front_matter_entries(text, file.front_matter)
    translated = {**TranslationFacts.model_fields, **Reviewed.model_fields}
    ordered_keys = key_order(file.kind.facts.model_fields if file.is_source else translated)
    if [entry.key for entry in entries] == [key for key in ordered_keys if key in {entry.key for entry in entries}]:
        return text
    lines = text.split("\n")
    starts = [1, *(entry.end for entry in entries[:-1])]
    parts = {
        entry.key: lines[start : entry.end]
        for start, entry in zip(starts, entries, strict=True)
        if entry.key in ordered_keys
    }
    if len(parts) < len(entries):
        return text
    inner = [line for key in ordered_keys for line in parts.get(key, ())]
    return "\n".join([*lines[:1], *inner, *lines[entries[-1].end :]])


def mark_reviewed(text: str, file: TextFile, source: TextFile) -> str:
    """Set a translation's `translates` to its source's current digest.

    Only people can tell whether a translation is right, so `check --reviewed` does this on request.

    Raises:
        UnfixableError: The digest is written in an unusual way.
    """
    digest = source.text.digest
    if file.text.translates == digest:
        return text
    return apply_edits(text, [TextEdit(file.front_matter.place(("translates",)), file.text.translates or "", digest)])
