"""Names and paths of files: slugs, paths of links, and a usable name in place of one that can't be used."""

from __future__ import annotations

import posixpath
import re
import unicodedata

WINDOWS_NAME = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
"""Names that Windows reserves for devices, whatever stands behind a dot:
https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file#naming-conventions"""
GENERATED_SLUG = "index"
"""Name of the page that each folder of the site has; a text called so would take its place."""
RESERVED_FOLDERS = frozenset({"assets", "templates"})
"""Folders beside those of the texts that the site fills itself, or that MkDocs leaves out of it:
https://www.mkdocs.org/user-guide/configuration/#exclude_docs"""

_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_ENDINGS = (".md.txt", ".markdown", ".mdx")
"""What editors and Windows, which hides the last ending, make of `.md`."""


def in_ascii(text: str) -> str:
    """Transliterate a text to lower-case ASCII; letters without an equivalent are dropped."""
    text = "".join(_LETTERS.get(letter, letter) for letter in unicodedata.normalize("NFC", text.lower()))
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def windows_device(name: str) -> str:
    """Return the Windows device that a file name is reserved for; empty for other names."""
    match = WINDOWS_NAME.fullmatch(name)
    return match[1] if match else ""


def slug_of(path: str) -> str:
    """Return the name of a file without its folder and endings; for a text the slug that its translations share."""
    return path.rpartition("/")[2].partition(".")[0]


def linked_path(path: str, target: str) -> str:
    """Return the path, below the content folder, of a file that the text at `path` links to as `target`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))


def is_reserved_slug(slug: str) -> bool:
    """Return whether a slug can't name a text on every system, or would take the place of a page of the site's own."""
    return slug == GENERATED_SLUG or bool(windows_device(slug))


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
