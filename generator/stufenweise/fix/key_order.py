"""Put the keys of front matter into the order in which the reference names them."""

from __future__ import annotations

from stufenweise.load.load_result import TextFile
from stufenweise.model.facts import Reviewed, Titled, TranslationFacts
from stufenweise.source.text_edits import front_matter_entries


def key_order(file: TextFile) -> list[str]:
    """Return the keys that a text can have: its words, its own facts, its review."""
    fields = list(file.kind.facts.model_fields if file.is_source else TranslationFacts.model_fields)
    words = list(Titled.model_fields)
    review = [key for key in Reviewed.model_fields if key not in words]
    own = [key for key in fields if key not in words and key not in review]
    return [*words, *own, *review]


def order_keys(text: str, file: TextFile) -> str:
    """Return a file's text with its keys in order; comments above a key go with it.

    Raises:
        UnfixableError: The front matter is not one entry a line.
    """
    found = front_matter_entries(text, file.tree)
    known = key_order(file)
    if [entry.key for entry in found] == [key for key in known if key in {entry.key for entry in found}]:
        return text
    lines = text.split("\n")
    starts = [1, *(entry.end for entry in found[:-1])]
    parts = {
        entry.key: lines[start : entry.end] for start, entry in zip(starts, found, strict=True) if entry.key in known
    }
    if len(parts) < len(found):
        return text
    inner = [line for key in known for line in parts.get(key, ())]
    return "\n".join([*lines[:1], *inner, *lines[found[-1].end :]])
