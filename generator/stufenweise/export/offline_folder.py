"""Write the site as a folder for a file share or USB stick: it works from `file://`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from unicodedata import normalize

from stufenweise.export.courses import SITE_FOLDER
from stufenweise.export.offline_html import with_csp
from stufenweise.i18n.labels import Labels
from stufenweise.publish.start_page import start_languages, start_page
from stufenweise.source.files.file_names import windows_device

MAX_FOLDER_NAME = 60
"""Most characters of the folder's name: with the paths in it, Windows opens no path of more than 259."""


def folder_name(site_name: str) -> str:
    """Turn the name of a site into a folder name that is valid on every system."""
    plain = re.sub(r"[^\w .()&+,'-]+", " ", normalize("NFC", site_name))
    name = " ".join(plain.split())[:MAX_FOLDER_NAME].strip(". ")
    return name if name and not windows_device(name) else f"Stufenweise {name}".strip()


def file_name(words: str, end: str) -> str:
    """Turn a label into a file name with this ending, which the label may already have."""
    return folder_name(words.removesuffix(end)) + end


def folder_files(
    site: Mapping[str, bytes], name: str, labels: Sequence[Labels], policy: str, colours: str = ""
) -> dict[str, bytes]:
    """Return the files of the folder by path.

    Args:
        site: The site's files by path, made for pages without a server.
        name: Name of the site.
        labels: Words of its languages, those of the source language first.
        policy: Policy of the start file.
        colours: Style sheet with the company's colours for the start page.
    """
    start = start_page(name, start_languages(labels), below=SITE_FOLDER, colours=colours)
    files = {f"{SITE_FOLDER}{path}": data for path, data in site.items()}
    for language_labels in labels:
        words = language_labels.group("folder")
        start_name = file_name(words["start"], ".html")
        files[start_name] = with_csp(start, policy, start_name).encode()
        lines = words["readme"].format(name=name, start=start_name).strip().split("\n")
        # Windows Notepad needs CRLF and a byte order mark.
        files[file_name(words["readme_name"], ".txt")] = b"\xef\xbb\xbf" + "\r\n".join((*lines, "")).encode()
    return files
