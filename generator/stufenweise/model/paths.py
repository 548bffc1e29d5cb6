"""The two kinds of path that a file of content has: below the content folder, and as shown to people."""

from __future__ import annotations

from typing import NewType

ContentPath = NewType("ContentPath", str)
"""Path of a file below the content folder, with forward slashes: `tutorials/find-people.de.md`."""
NO_PATH = ContentPath("")
"""In place of the path of a file that does not exist."""
ShownPath = NewType("ShownPath", str)
"""Path of a file or folder as shown in problems, from the project's root: `content/tutorials/find-people.de.md`."""

NO_FILE = ShownPath("")
"""In place of the path of a file that a problem does not name."""


def shown_path(folder: ShownPath, path: ContentPath) -> ShownPath:
    """Return the path of a file of content as shown in problems.

    Args:
        folder: The content folder.
        path: The file below it.
    """
    return ShownPath(f"{folder}/{path}")


def path_below(folder: ShownPath, file: ShownPath) -> ContentPath | None:
    """Return the path of a file below the content folder; None if it is elsewhere.

    Args:
        folder: The content folder.
        file: The file.
    """
    start = f"{folder}/"
    return ContentPath(file.removeprefix(start)) if file.startswith(start) else None
