"""The small library that most tests use as content, and helpers to edit files as an author does."""

from __future__ import annotations

from pathlib import Path

SMALL_LIBRARY = Path(__file__).parent / "library" / "content"
"""Three tutorials, and one text of each other kind."""


def content_file(config: Path, path: str) -> Path:
    """Return a file of the content, by its path in there, of the project with this mkdocs.yml."""
    return config.parent / "content" / path


def replace_once(file: Path, old: str, new: str) -> None:
    """Replace `old`, which must occur exactly once in the file; line ends stay as they are."""
    text = file.read_bytes().decode()
    assert text.count(old) == 1, (file.name, old)
    file.write_bytes(text.replace(old, new).encode())
