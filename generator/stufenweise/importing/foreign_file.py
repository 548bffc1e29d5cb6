"""Convert another program's file to Markdown, with limits, because the file may be hostile.

Documents and web pages are converted in a separate process, which is stopped if it needs too much time or memory.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from stufenweise.core.errors import InputRefusedError
from stufenweise.source.files.attachments import MAX_UNPACKED, OFFICE, office_fault

MAX_IMPORT_BYTES = 20 * 1024 * 1024
"""Largest accepted file, in bytes: a document with a dozen screenshots."""
SECONDS = 60
"""Most seconds for converting a document; most need less than one."""
TEXTS = (".md", ".markdown", ".txt")
PAGES = (".html", ".htm")
READABLE = (*TEXTS, ".docx", *PAGES)
"""Endings of accepted files."""
_WITH_MACROS = (".docm", ".dotm")
_HTML = re.compile(r"^<[a-z]+\b", re.MULTILINE | re.IGNORECASE)
_NEEDED = {".docx": ("mammoth", "markdownify"), **dict.fromkeys(PAGES, ("markdownify",))}


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that was dropped from a file, or guessed."""

    kind: str
    """Key of its message."""
    text: str = ""
    """Its words in the file."""
    line: int = 0
    """Line of the file, or of the Markdown if the file has no lines; 0 if unknown."""
    heading: str = ""
    """The heading above it, in a file without lines."""
    paragraph: int = 0
    """Its paragraph, from 1, in a file without lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignText:
    """A file as Markdown."""

    markdown: str
    has_lines: bool
    """Whether the lines of the Markdown are those of the file."""
    losses: tuple[Loss, ...] = ()
    images: dict[str, bytes] = field(default_factory=dict)
    """Embedded images by their name in the Markdown."""


def read_foreign_file(path: Path) -> ForeignText:
    """Return a file as Markdown.

    Raises:
        InputRefusedError: It is too large, encrypted, damaged, of an unknown kind, or has macros.
        OSError: It can't be read.
    """
    suffix = path.suffix.lower()
    if suffix in _WITH_MACROS:
        raise InputRefusedError("import-macros", file=path.name)
    if suffix not in READABLE:
        raise InputRefusedError("import-kind", file=path.name, known=", ".join(READABLE))
    with path.open("rb") as file:
        data = file.read(MAX_IMPORT_BYTES + 1)
    if len(data) > MAX_IMPORT_BYTES:
        raise InputRefusedError("import-large", file=path.name, limit=MAX_IMPORT_BYTES // 1024**2)
    if suffix in TEXTS:
        text = decode_text(data)
        if not _HTML.search(text) or not _is_installed(".html"):
            return ForeignText(markdown=text, has_lines=True)
        return _converted(path.name, "markdown", data)
    if not _is_installed(suffix):
        raise InputRefusedError("import-extra", file=path.name)
    if suffix == ".docx" and (fault := office_fault(data, OFFICE[".docx"])):
        code, limit = {"other": "import-broken"}.get(fault, f"import-{fault}"), MAX_UNPACKED // 1024**2
        raise InputRefusedError(code, file=path.name, limit=limit)
    return _converted(path.name, "docx" if suffix == ".docx" else "html", data)


def _is_installed(suffix: str) -> bool:
    return all(importlib.util.find_spec(name) for name in _NEEDED[suffix])


def decode_text(data: bytes) -> str:
    """Decode text of any program: UTF-8, UTF-16 with a BOM, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", text)


def _converted(name: str, kind: str, data: bytes) -> ForeignText:
    """Return a document as Markdown, converted in a separate process; `-P` keeps it from importing files around it."""
    command = [sys.executable, "-P", "-m", "stufenweise.importing.import_worker", kind]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise InputRefusedError("import-costly", file=name, seconds=SECONDS) from error
    if done.returncode:
        last_line = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        is_costly = done.returncode < 0 or last_line.startswith("MemoryError")
        raise InputRefusedError("import-costly" if is_costly else "import-broken", file=name, seconds=SECONDS) from (
            ChildProcessError(last_line)
        )
    converted = json.loads(done.stdout)
    losses = tuple(Loss(*loss) for loss in converted["losses"])
    images = {image: base64.b64decode(content) for image, content in converted["images"].items()}
    return ForeignText(markdown=converted["markdown"], has_lines=converted["has_lines"], losses=losses, images=images)
