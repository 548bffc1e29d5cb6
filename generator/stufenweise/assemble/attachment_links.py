"""Turn links to attachments into downloads with type and size."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from stufenweise.i18n.labels import Labels
from stufenweise.source.files.attachments import ATTACHMENTS_FOLDER, is_attachment
from stufenweise.source.files.file_names import path_from
from stufenweise.source.markdown.outline import replace_outside_code

_LINK = re.compile(
    rf"(?P<start>\]\(\s*<?)(?P<path>[^\s()<>#?]*{ATTACHMENTS_FOLDER}/[\w.-]+)(?P<end>(?:#[^\s()<>]*)?>?(?:\s+\"[^\"\n]*\")?\s*\))"
)
_FOLDERS = ("tutorials", "levels")
"""Folders of the texts that are shown on pages of other folders, such as checklists."""


def with_attachments(markdown: str, page: str, sizes: Mapping[str, int], labels: Labels) -> str:
    """Add type and size to each link to an attachment.

    Args:
        markdown: An author's text.
        page: Path of the page that shows it.
        sizes: Bytes of the attachments by path.
        labels: Labels in the language of the page.
    """
    if not sizes or f"{ATTACHMENTS_FOLDER}/" not in markdown:
        return markdown
    here = posixpath.dirname(page)

    def with_size(match: re.Match[str]) -> str:
        paths = (path_from(folder, match["path"]) for folder in (here, *_FOLDERS))
        path = next((path for path in paths if path in sizes), "")
        if not path or not is_attachment(path):
            return match[0]
        name = posixpath.basename(path)
        address = posixpath.relpath(path, here or ".")
        size = _type_and_size(name, sizes[path], labels)
        return f' ({size}){match["start"]}{address}{match["end"]}{{: download="{name}" }}'

    return replace_outside_code(_LINK, with_size, markdown)


def _type_and_size(name: str, size: int, labels: Labels) -> str:
    """Return type and size of an attachment as text."""
    return f"{posixpath.splitext(name)[1][1:].upper()}, {labels.kilobytes(size)} kB"
