"""The small library that most tests use as content, and helpers to edit files as an author does."""

from __future__ import annotations

import json
from pathlib import Path

from stufenweise.core.digests import file_digest
from stufenweise.core.open_folders import STAGED_SUFFIX
from stufenweise.fix.atomic_write import JOURNAL

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


def interrupt_change(config: Path) -> bytes:
    """Leave the home page as a command that was killed before it changed it, and return what it was to become."""
    home = content_file(config, "home.de.md")
    changed = home.read_bytes().replace(b"summary: ", b"summary: Neu ", 1)
    home.with_name(f".{home.name}{STAGED_SUFFIX}").write_bytes(changed)
    changes = [[home.name, file_digest(home.read_bytes()), file_digest(changed)]]
    home.with_name(JOURNAL).write_text(json.dumps(changes), encoding="utf-8")
    return changed
