"""Rules about images: each is of the type that its name says, and no SVG holds anything that runs or fetches."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from stufenweise.check.markup_rules import scan_markup
from stufenweise.load.load_result import LoadResult
from stufenweise.model.problem import Place, Problem, problem
from stufenweise.source.decoding import MAX_DATA_BYTES, decode

_MAGIC = {
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".jpeg": re.compile(rb"\xff\xd8\xff"),
    ".webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
_SVG = "{http://www.w3.org/2000/svg}"
_ACTIVE_NAMESPACES = ("{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/1998/Math/MathML}")
_FORBIDDEN = frozenset(
    {"script", "foreignobject", "iframe", "object", "embed", "handler", "style", "set", "animate", "animatecolor",
     "animatemotion", "animatetransform", "audio", "video", "link", "listener", "discard", "feimage"}
)  # fmt: skip
_DECLARATIONS = re.compile(r"<!DOCTYPE|<!ENTITY|<!ATTLIST|<\?xml-stylesheet", re.IGNORECASE)
_ENCODING = re.compile(r"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_UNSAFE_VALUE = re.compile(
    r"url\(\s*['\"]?\s*(?!#|['\"\s])|(?:java|vb)script:|@import|image-set|(?:expression|\bsrc|\bimage)\(", re.IGNORECASE
)
_ESCAPED_CALL = re.compile(r"\\.*\(", re.DOTALL)
"""A function of CSS whose name may be written with escapes; elements can have CSS in many attributes."""
_QUOTED_ENCODING = 20
"""Most characters of an encoding's name that a message quotes."""
_UNSAFE_STYLE = re.compile(r"\\|//|/\*")


def image_problems(loaded: LoadResult) -> Iterator[Problem]:
    """Yield what is wrong with the images of the content, and which of them no text shows."""
    used = {
        posixpath.normpath(
            posixpath.join(posixpath.dirname(file.text.path), re.split("[?#]", link.target, maxsplit=1)[0])
        )
        for file in loaded.texts.values()
        for link in scan_markup(file).links
    }
    for path, data in loaded.assets.items():
        file = f"{loaded.content_path}/{path}"
        yield from image_file_problems(file, data)
        if path not in used:
            yield problem(Place(file), "unused-image")


def image_file_problems(file: str, data: bytes) -> Iterator[Problem]:
    """Yield what is wrong with one image: not the type that its name says, or an SVG with something that runs."""
    suffix = posixpath.splitext(file)[1].lower()
    if suffix == ".svg":
        yield from _svg_problems(file, data)
    elif not _MAGIC[suffix].match(data):
        yield problem(Place(file), "image-type", suffix=suffix)


def _svg_problems(file: str, data: bytes) -> Iterator[Problem]:
    """Yield what an SVG may not hold."""
    text = decode(data, file, MAX_DATA_BYTES)
    if isinstance(text, Problem):
        yield text
        return
    if (found := _ENCODING.match(text)) and found[1].lower() not in {"utf-8", "utf8", "us-ascii"}:
        # A browser would read the bytes in another way than we do.
        yield problem(Place(file), "svg-forbidden", about=f"encoding {found[1][:_QUOTED_ENCODING]}")
        return
    if found := _DECLARATIONS.search(text):
        yield problem(Place(file, text.count("\n", 0, found.start()) + 1), "svg-forbidden", about=found[0])
        return
    try:
        root = ElementTree.fromstring(text.encode())  # noqa: S314 -- no entities: a document type was refused above
    except ElementTree.ParseError as error:
        line, column = error.position
        yield problem(Place(file, line, column + 1), "svg-unreadable")
        return
    if root.tag != f"{_SVG}svg":
        yield problem(Place(file), "image-type", suffix=".svg")
        return
    for about in dict.fromkeys(_forbidden(root)):
        name = about.strip("<>")
        found = re.search(rf"[<:\s]{re.escape(name)}\b", text, re.IGNORECASE)
        yield problem(
            Place(file, text.count("\n", 0, found.start() + 1) + 1 if found else 1), "svg-forbidden", about=about
        )


def _forbidden(root: ElementTree.Element) -> Iterator[str]:
    """Yield the names of elements and attributes of an SVG that could run or fetch something."""
    for element in root.iter():
        tag = str(element.tag)
        name = tag.rpartition("}")[2]
        if name.lower() in _FORBIDDEN or tag.startswith(_ACTIVE_NAMESPACES):
            yield f"<{name}>"
        for key, value in element.attrib.items():
            short = key.rpartition("}")[2].lower()
            outside = short in {"href", "src", "ping"} and not value.strip().startswith("#")
            style = _UNSAFE_STYLE.search(value) if short == "style" else "}" not in key and _ESCAPED_CALL.search(value)
            base = key == "{http://www.w3.org/XML/1998/namespace}base"
            if short.startswith("on") or outside or style or base or _UNSAFE_VALUE.search(value):
                yield short
