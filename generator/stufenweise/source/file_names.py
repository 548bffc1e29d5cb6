"""Propose a usable name for a file whose name can't be used."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_ENDINGS = (".md.txt", ".markdown", ".mdx")
"""What editors and Windows, which hides the last ending, make of `.md`."""


def in_ascii(text: str) -> str:
    """Return a text in lower-case letters a-z, as far as its letters have such."""
    text = "".join(_LETTERS.get(letter, letter) for letter in unicodedata.normalize("NFC", text.lower()))
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def usable_file_name(name: str, language: str) -> str:
    """Return the name that a Markdown file was most likely meant to have; empty for other files.

    Args:
        name: Its name as it is.
        language: Language of a text that names none.
    """
    text = in_ascii(name)
    for ending in _ENDINGS:
        if text.endswith(ending):
            text = text.removesuffix(ending) + ".md"
    if not text.endswith(".md"):
        return ""
    slug, *rest = re.sub(r"[^a-z0-9.]+", "-", text.removesuffix(".md")).strip("-.").split(".")
    slug = slug.strip("-")
    return f"{slug}.{'.'.join(rest) or language}.md" if slug and len(rest) < 2 else ""
