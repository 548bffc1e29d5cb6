"""Convert a Word document to HTML with mammoth; report what mammoth drops silently."""

from __future__ import annotations

import bisect
import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import mammoth

from stufenweise.importing.foreign_file import Loss
from stufenweise.importing.web_page import UNKNOWN_IMAGE

MAX_PART = 40 * 1024 * 1024
"""Largest part of a document that is read, in bytes."""
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Titel'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
r[style-name='Strong'] => strong
strike => s
"""
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/svg+xml": "svg"}
MAX_LOSSES = 20
"""Most losses of a kind that are reported one by one."""
_PASSED_OVER = (
    ("import-deleted", re.compile(r"<w:del [^>]*>(?P<words>.*?)</w:del>", re.DOTALL)),
    ("import-boxes", re.compile(r"<w:txbxContent>(?P<words>.*?)</w:txbxContent>", re.DOTALL)),
    ("import-formulas", re.compile(r"<m:oMath>(?P<words>.*?)</m:oMath>", re.DOTALL)),
    ("import-charts", re.compile(r"<(?:c:chart|dgm:relIds)\b(?P<words>)")),
)
_COMMENT = re.compile(r"<w:comment [^>]*w:id=\"(?P<id>\d+)\"[^>]*>(?P<words>.*?)</w:comment>", re.DOTALL)
_COMMENTED = re.compile(r"<w:commentReference [^>]*w:id=\"(?P<id>\d+)\"")
_PARAGRAPH = re.compile(r"<w:p[ >]")
_HEADED = re.compile(r"<w:pStyle w:val=\"(?:Heading|berschrift|Titel|Title)[^\"]*\"/>(?P<words>.*?)</w:p>", re.DOTALL)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


@dataclass(frozen=True, slots=True)
class WordPage:
    """A Word document as HTML."""

    html: str
    losses: tuple[Loss, ...]
    images: dict[str, bytes]
    """Images by their name in the HTML."""


def word_as_html(data: bytes) -> WordPage:
    """Return a Word document as HTML.

    Raises:
        ValueError: It declares entities, which no word processor does.
    """
    losses = tuple(_lost(data))
    images: dict[str, bytes] = {}

    def keep(image: object) -> dict[str, str]:
        suffix = _SUFFIXES.get(image.content_type)  # type: ignore[attr-defined]
        if not suffix:
            return {"src": f"{UNKNOWN_IMAGE}{image.content_type}"}  # type: ignore[attr-defined]
        name = f"image-{len(images) + 1}.{suffix}"
        with image.open() as file:  # type: ignore[attr-defined]
            images[name] = file.read()
        return {"src": name}

    result = mammoth.convert_to_html(
        io.BytesIO(data), style_map=_STYLES, convert_image=mammoth.images.img_element(keep)
    )
    return WordPage(result.value, losses, images)


def _lost(data: bytes) -> Iterator[Loss]:
    """Yield content that mammoth drops silently.

    Raises:
        ValueError: A part declares entities, or is too large.
    """
    parts: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        for name in sorted(names):
            if name.endswith((".xml", ".rels")):
                with archive.open(name) as part:
                    content = part.read(MAX_PART + 1)
                if len(content) > MAX_PART or _DECLARED.search(content):
                    raise ValueError(name)
                if name in {"word/document.xml", "word/comments.xml"}:
                    parts[name] = content.decode("utf-8", "replace")
                if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name):
                    words = _words(content.decode("utf-8", "replace"))
                    if words:
                        yield Loss(kind="import-margin", text=words)
    yield from _in_document(parts.get("word/document.xml", ""), parts.get("word/comments.xml", ""))


def _in_document(document: str, comments: str) -> Iterator[Loss]:
    """Yield dropped content of the document text, with its place."""
    paragraphs = [match.start() for match in _PARAGRAPH.finditer(document)]
    headings = [(match.start(), _words(match["words"])) for match in _HEADED.finditer(document)]
    remarks = {match["id"]: _words(match["words"]) for match in _COMMENT.finditer(comments)}
    losses = [
        ("import-comment", remarks.get(match["id"], ""), match.start()) for match in _COMMENTED.finditer(document)
    ]
    for kind, pattern in _PASSED_OVER:
        losses += [(kind, _words(match["words"]), match.start()) for match in pattern.finditer(document)]
    counts: dict[str, int] = {}
    seen: set[tuple[str, str]] = set()
    for kind, words, at in sorted(losses, key=lambda loss: loss[2]):
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] > MAX_LOSSES or (words and (kind, words) in seen):
            continue  # A text box occurs twice, for new and old programs
        seen.add((kind, words))
        above = (
            headings[bisect.bisect_right(headings, at, key=lambda heading: heading[0]) - 1 :][:1] if headings else []
        )
        heading = above[0][1] if above and above[0][0] <= at else ""
        yield Loss(kind=kind, text=words, heading=heading, paragraph=bisect.bisect_right(paragraphs, at))


def _words(xml: str) -> str:
    texts = re.findall(r"<[wm]:(?:t|delText)(?: [^>]*)?>([^<]*)</[wm]:(?:t|delText)>", xml)
    return html.unescape(" ".join("".join(texts).split()))[:60]
