"""Convert a Word document to HTML with mammoth; report what mammoth drops silently."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import mammoth

MAX_PART = 40 * 1024 * 1024
"""Largest part of a document that is looked at, in bytes."""
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Titel'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
r[style-name='Strong'] => strong
strike => s
"""
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/svg+xml": "svg"}
_PASSED_OVER = (
    ("import-comments", "word/comments.xml", re.compile(rb"<w:comment ")),
    ("import-deleted", "word/document.xml", re.compile(rb"<w:del ")),
    ("import-boxes", "word/document.xml", re.compile(rb"<w:txbxContent")),
    ("import-formulas", "word/document.xml", re.compile(rb"<m:oMath\b")),
    ("import-charts", "word/document.xml", re.compile(rb"<(?:c:chart|dgm:relIds)\b")),
)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def word_as_html(data: bytes) -> tuple[str, list[tuple[str, str]], dict[str, bytes]]:
    """Return a Word document as HTML, what was lost of it, and its images by name.

    Raises:
        ValueError: It declares entities, which no word processor does.
    """
    losses = list(_lost(data))
    images: dict[str, bytes] = {}

    def keep(image: object) -> dict[str, str]:
        suffix = _SUFFIXES.get(image.content_type)  # type: ignore[attr-defined]
        if not suffix:
            losses.append(("import-image-kind", str(image.content_type)))  # type: ignore[attr-defined]
            return {"src": ""}
        name = f"image-{len(images) + 1}.{suffix}"
        with image.open() as file:  # type: ignore[attr-defined]
            images[name] = file.read()
        return {"src": name}

    result = mammoth.convert_to_html(
        io.BytesIO(data), style_map=_STYLES, convert_image=mammoth.images.img_element(keep)
    )
    return result.value, losses, images


def _lost(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield what mammoth passes over without a word.

    Raises:
        ValueError: A part declares entities, or is too large.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        for name in sorted(names):
            if name.endswith((".xml", ".rels")):
                with archive.open(name) as part:
                    content = part.read(MAX_PART + 1)
                if len(content) > MAX_PART or _DECLARED.search(content):
                    raise ValueError(name)
                for key, where, sign in _PASSED_OVER:
                    if name == where and (count := len(sign.findall(content))):
                        yield key, str(count)
                if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name) and (words := _words(content)):
                    yield "import-margin", words


def _words(content: bytes) -> str:
    texts = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", content.decode("utf-8", "replace"))
    return " ".join("".join(texts).split())[:60]
