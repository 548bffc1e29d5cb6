"""Names and paths of files: slugs, paths of links, and usable names in place of unusable ones."""

from __future__ import annotations

import posixpath
import re
import unicodedata

from stufenweise.model.paths import ContentPath

WINDOWS_NAME = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
"""Names that Windows reserves for devices, with any ending:
https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file#naming-conventions"""
GENERATED_SLUG = "index"
"""Name of the overview page of each folder of the site; a text with this name would replace it."""
RESERVED_FOLDERS = frozenset({"assets", "templates"})
"""Other folders that the site fills itself, or that MkDocs excludes:
https://www.mkdocs.org/user-guide/configuration/#exclude_docs"""

_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_ENDINGS = (".md.txt", ".markdown", ".mdx")
"""Endings that editors, and Windows with hidden endings, make of `.md`."""


def in_ascii(text: str) -> str:
    """Transliterate a text to lower-case ASCII; letters without an equivalent are dropped."""
    text = "".join(_LETTERS.get(letter, letter) for letter in unicodedata.normalize("NFC", text.lower()))
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def windows_device(name: str) -> str:
    """Return the Windows device that a file name is reserved for; empty for other names."""
    match = WINDOWS_NAME.fullmatch(name)
    return match[1] if match else ""


def slug_of(path: str) -> str:
    """Return the name of a file without folder and endings; for a text, the slug that its translations share."""
    return path.rpartition("/")[2].partition(".")[0]


def linked_path(path: ContentPath, target: str) -> ContentPath:
    """Return the path, below the content folder, of a file that the text at `path` links to as `target`."""
    return path_from(posixpath.dirname(path), target)


def path_from(folder: str, target: str) -> ContentPath:
    """Return the path, below the content folder, of a file that a text in `folder` links to as `target`."""
    return ContentPath(posixpath.normpath(posixpath.join(folder, target)))


def is_reserved_slug(slug: str) -> bool:
    """Return whether a slug is unusable on some system, or is that of a page that the site generates."""
    return slug == GENERATED_SLUG or bool(windows_device(slug))


def usable_file_name(name: str, language: str) -> str:
    """Return the name that was probably meant for a Markdown file; empty for other files.

    Args:
        name: Its name as it is.
        language: Language of a text whose name has none.
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
