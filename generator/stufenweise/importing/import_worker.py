"""Worker process that converts untrusted documents: bytes on standard input, JSON on standard output."""

from __future__ import annotations

import base64
import json
import sys
from dataclasses import astuple, replace

from stufenweise.core.worker_limits import limit_memory
from stufenweise.importing.foreign_file import ForeignText, decode_text
from stufenweise.importing.web_page import page_as_markdown, pages_in_markdown


def run_import(kind: str) -> None:
    """Convert standard input and write the result to standard output as JSON."""
    converted = _converted(kind, sys.stdin.buffer.read())
    images = {name: base64.b64encode(content).decode() for name, content in converted.images.items()}
    losses = [astuple(loss) for loss in converted.losses]
    result = {"markdown": converted.markdown, "has_lines": converted.has_lines, "losses": losses, "images": images}
    sys.stdout.write(json.dumps(result))


def _converted(kind: str, data: bytes) -> ForeignText:
    if kind == "docx":
        from stufenweise.importing.word_file import word_as_html

        word = word_as_html(data)
        page = page_as_markdown(word.html, word.images)
        return replace(page, losses=(*word.losses, *page.losses))
    text = decode_text(data)
    return pages_in_markdown(text) if kind == "markdown" else page_as_markdown(text, {})


if __name__ == "__main__":
    limit_memory()
    run_import(sys.argv[1])
