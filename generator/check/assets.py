"""Rules about images: each is what its name says, and no drawing holds anything that runs or fetches."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree import ElementTree

from generator.check.markup import scan
from generator.load.content import Reading
from generator.model.problem import Place, Problem, problem

_MAGIC = {
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".jpeg": re.compile(rb"\xff\xd8\xff"),
    ".webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
_FORBIDDEN = frozenset(
    {"script", "foreignobject", "iframe", "object", "embed", "handler", "style", "set", "animate", "animatemotion",
     "animatetransform", "audio", "video", "link"}
)  # fmt: skip


def asset_problems(reading: Reading) -> Iterator[Problem]:
    """Yield what is wrong with the images of the content."""
    used = {
        posixpath.normpath(posixpath.join(posixpath.dirname(file.text.path), unquote(link.target.partition("#")[0])))
        for file in reading.texts.values()
        for link in scan(file).links
    }
    for path, data in reading.assets.items():
        file = f"{reading.shown}/{path}"
        suffix = posixpath.splitext(path)[1].lower()
        if suffix == ".svg":
            yield from _svg_problems(file, data)
        elif not _MAGIC[suffix].match(data):
            yield problem(Place(file), "image-type", suffix=suffix)
        if path not in used:
            yield problem(Place(file), "unused-image")


def _svg_problems(file: str, data: bytes) -> Iterator[Problem]:
    """Yield what a drawing may not hold."""
    if re.search(rb"<!DOCTYPE|<!ENTITY|<\?xml-stylesheet", data, re.IGNORECASE):
        yield problem(Place(file), "svg-forbidden", about="<!DOCTYPE>")
        return
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 -- no entities: a document type was refused above
    except ElementTree.ParseError as error:
        line, column = error.position
        yield problem(Place(file, line, column + 1), "svg-unreadable")
        return
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2].lower()
        if name in _FORBIDDEN:
            yield problem(Place(file), "svg-forbidden", about=f"<{name}>")
        for key, value in element.attrib.items():
            short = key.rpartition("}")[2].lower()
            outside = short in {"href", "src"} and not value.strip().startswith("#")
            if short.startswith("on") or outside or re.search(r"url\(\s*['\"]?(?!#)|javascript:|@import", value, re.I):
                yield problem(Place(file), "svg-forbidden", about=short)
