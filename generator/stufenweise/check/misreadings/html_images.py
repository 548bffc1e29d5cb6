"""Report images written as HTML, alone or as a captioned figure, with their Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.check.misreadings.misreading import Misreading
from stufenweise.check.misreadings.written_text import WrittenText
from stufenweise.model.problem import QUOTED_ADDRESS
from stufenweise.source.markdown.literal_lines import code_blanked

MAX_FIGURE_LINES = 12
"""Most lines between the beginning and the end of a figure."""
_IMAGE = re.compile(r"<img\b[^<>\n]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(src|alt)[ \t]*=[ \t]*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_MARKDOWN = re.compile(r"!\[(?P<alt>[^\[\]\n]*)\]\((?P<src>[^()\s]+)[^()\n]*\)")
_FIGURE = re.compile(r"[ ]{0,3}<figure\b[^<>\n]*>", re.IGNORECASE)
_FIGURE_END = re.compile(r"</figure>[ \t]*$", re.IGNORECASE)
_CAPTION = re.compile(r"<figcaption\b[^<>]*>(?P<words>.*?)</figcaption>", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"[\w./-]+")
UNKNOWN = "…"
"""Placeholder for an alternative text that only the author can write."""


def html_images(text: WrittenText) -> Iterator[Misreading]:
    """Yield images of this content that are written as HTML."""
    index = 0
    while index < len(text.lines):
        line = text.lines[index]
        end = index + 1
        if not text.literal[index] and "<" in line:
            if not _FIGURE.match(line):
                yield from _image(text, index)
            elif figure := _figure(text, index):
                yield figure
                end = figure.next_line
        index = end


def _image(text: WrittenText, index: int) -> Iterator[Misreading]:
    """Yield the images of one line, which are replaced together."""
    line = text.lines[index]
    images = [image for image in _IMAGE.finditer(code_blanked(line)) if _written(image[0])]
    if not images:
        return
    first = _written(images[0][0])
    replacement = line
    for image in reversed(images):
        replacement = replacement[: image.start()] + _written(image[0]) + replacement[image.end() :]
    sure = None if UNKNOWN in replacement else (replacement,)
    column = images[0].start() + 1
    yield text.misreading(index, "html-image", sure, column=column, longest=QUOTED_ADDRESS, covers=1, right=first)


def _figure(text: WrittenText, start: int) -> Misreading | None:
    """Return the misreading of a figure; None unless it is closed and holds one image."""
    last = min(start + MAX_FIGURE_LINES, len(text.lines))
    end = next((index + 1 for index in range(start, last) if _FIGURE_END.search(text.lines[index])), 0)
    if not end:
        return None
    whole = "\n".join(text.lines[start:end])
    caption = _CAPTION.search(whole)
    words = " ".join(re.sub(r"<[^<>]*>", "", caption["words"]).split()) if caption else ""
    images = [image for image in (_written(match[0], words) for match in _IMAGE.finditer(whole)) if image]
    images += [f"![{match['alt'] or words}]({match['src']})" for match in _MARKDOWN.finditer(whole)]
    if len(images) != 1:
        return None
    replacement = (images[0], "", f"*{words}*") if words else (images[0],)
    sure = None if UNKNOWN in images[0] else replacement
    return text.misreading(
        start, "html-image", sure, end=end, covers=end - start, longest=QUOTED_ADDRESS, right=images[0]
    )


def _written(element: str, caption: str = "") -> str:
    """Return an image element as Markdown; empty if it shows nothing of this content."""
    values = {match[1].lower(): match[2] or match[3] or "" for match in _ATTRIBUTE.finditer(element)}
    source, words = values.get("src", ""), " ".join(values.get("alt", "").split()) or caption
    if not _ADDRESS.fullmatch(source) or source.startswith("/"):
        return ""
    return f"![{re.sub(r'[][|]', '', words) or UNKNOWN}]({source})"
