"""Worker process that converts untrusted documents: bytes on standard input, JSON on standard output."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Sequence

from stufenweise.core.worker_limits import limit_memory
from stufenweise.importing.web_page import page_as_markdown, pages_in_markdown


def run_import(kind: str) -> None:
    """Convert standard input and write the result to standard output as JSON."""
    data = sys.stdin.buffer.read()
    losses: Sequence[tuple[object, ...]] = ()
    images: dict[str, bytes] = {}
    if kind == "docx":
        from stufenweise.importing.word_file import word_as_html

        html, losses, images = word_as_html(data)
    else:
        from stufenweise.importing.foreign_file import decode_text

        html = decode_text(data)
    if kind == "markdown":
        markdown, more = pages_in_markdown(html, images)
    else:
        markdown, more = page_as_markdown(html, images)
    encoded = {name: base64.b64encode(content).decode() for name, content in images.items()}
    sys.stdout.write(json.dumps({"markdown": markdown, "losses": [*losses, *more], "images": encoded}))


if __name__ == "__main__":
    limit_memory()
    run_import(sys.argv[1])
