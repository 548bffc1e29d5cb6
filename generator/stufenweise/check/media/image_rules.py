"""Rules about images: each is of the type that its name says, and no SVG holds anything that runs or fetches."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree

from stufenweise.check.check_run import CheckRun
from stufenweise.check.media.image_damage import is_damaged
from stufenweise.check.media.image_size import MAX_PIXELS, image_size
from stufenweise.core.digests import file_digest
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.source.files.decoding import MAX_DATA_BYTES, decode
from stufenweise.source.images.svg_cleaning import ACTIVE_NAMESPACES, MAX_ELEMENTS, MAX_NESTING, SVG, program_of

_MAGIC = {
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".jpeg": re.compile(rb"\xff\xd8\xff"),
    ".webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
_FORBIDDEN = frozenset(
    {"script", "foreignobject", "iframe", "object", "embed", "handler", "style", "set", "animate", "animatecolor",
     "animatemotion", "animatetransform", "audio", "video", "link", "listener", "discard", "feimage"}
)  # fmt: skip
_REFERENCE = re.compile(r"url\(\s*['\"]?\s*#([^'\")\s]+)")
_FILTER = re.compile(r"(?:^|[;{\s])(?:backdrop-)?filter\s*:", re.IGNORECASE)
_DECLARATIONS = re.compile(r"<!DOCTYPE|<!ENTITY|<!ATTLIST|<\?xml-stylesheet", re.IGNORECASE)
_ENCODING = re.compile(r"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_UNSAFE_VALUE = re.compile(
    r"url\(\s*['\"]?\s*(?!#|['\"\s])|(?:java|vb)script:|@import|image-set|(?:expression|\bsrc|\bimage)\(", re.IGNORECASE
)
_ESCAPED_CALL = re.compile(r"\\.*\(", re.DOTALL)
"""A CSS function call with an escape in it; many SVG attributes can hold CSS."""
_QUOTED_ENCODING = 20
"""Most characters of an encoding's name that a message quotes."""
_UNSAFE_STYLE = re.compile(r"\\|//|/\*")


def image_problems(run: CheckRun, path: ContentPath) -> Iterator[Problem]:
    """Yield problems of one image, also if no text shows it."""
    loaded, file = run.loaded, shown_path(run.loaded.shown_content, path)
    as_written = loaded.media.as_written.get(path)
    yield from image_file_problems(file, loaded.media.images[path], as_written.data if as_written else None)
    if as_written and as_written.left_out:
        yield new_problem(Place(file), "image-metadata", about=", ".join(as_written.left_out))
    if path not in run.linked_files:
        yield new_problem(Place(file), "unused-image")


def image_inputs(run: CheckRun, path: ContentPath) -> Iterator[str]:
    """Yield all that `image_problems` reads, for its cache key."""
    data = run.loaded.media.images[path]
    as_written = run.loaded.media.as_written.get(path)
    yield shown_path(run.loaded.shown_content, path)
    yield file_digest(data)
    yield f"{file_digest(as_written.data)} {as_written.left_out}" if as_written else ""
    yield "linked" if path in run.linked_files else ""


def image_file_problems(file: ShownPath, data: bytes, as_written: bytes | None = None) -> Iterator[Problem]:
    """Yield problems of one image: a wrong type, damage, or an SVG with something that runs.

    Args:
        file: Its path as people write it.
        data: The file as the site shows it.
        as_written: The file before cleaning; places in problems refer to it.
    """
    suffix = posixpath.splitext(file)[1].lower()
    if suffix == ".svg":
        yield from _svg_problems(file, data, as_written or data)
    elif not _MAGIC[suffix].match(data):
        yield new_problem(Place(file), "image-type", suffix=suffix)
    else:
        width, height = image_size(data)
        if width * height > MAX_PIXELS:
            limit = MAX_PIXELS // 1_000_000
            yield new_problem(Place(file), "image-pixels", width=width, height=height, limit=limit)
        elif is_damaged(data):
            yield new_problem(Place(file), "image-damaged")


def _svg_problems(file: ShownPath, data: bytes, as_written: bytes) -> Iterator[Problem]:
    """Yield forbidden or unreadable content of an SVG."""
    decoded = decode(data, file, MAX_DATA_BYTES)
    if (text := decoded.value) is None:
        yield from decoded.problems
        return
    if (match := _ENCODING.match(text)) and match[1].lower() not in {"utf-8", "utf8", "us-ascii"}:
        # A browser would decode the bytes differently than we do.
        yield new_problem(Place(file), "svg-forbidden", about=f"encoding {match[1][:_QUOTED_ENCODING]}")
        return
    if match := _DECLARATIONS.search(text):
        yield new_problem(Place(file, text.count("\n", 0, match.start()) + 1), "svg-forbidden", about=match[0])
        return
    try:
        root = ElementTree.fromstring(text.encode())  # noqa: S314 -- no entities: a document type was refused above
    except ElementTree.ParseError as error:
        line, column = error.position
        yield new_problem(Place(file, line, column + 1), "svg-unreadable")
        return
    if root.tag != f"{SVG}svg":
        yield new_problem(Place(file), "image-type", suffix=".svg")
        return
    if _draws_too_much(root):
        yield new_problem(Place(file), "svg-size", elements=MAX_ELEMENTS, depth=MAX_NESTING)
    shown = as_written.decode("utf-8-sig").replace("\r\n", "\n")
    program = program_of(shown)
    way_out = {program: "yes"} if program else {}
    html = root.find(f".//{SVG}foreignObject")
    for about in ["<foreignObject>"] if html is not None else dict.fromkeys(_forbidden(root)):
        yield new_problem(place_of(about, file, shown), "svg-forbidden", about=about, **way_out)
    for about in _outermost(dict.fromkeys(_costly(root))):
        yield new_problem(place_of(about, file, shown), "svg-costly", about=about, **way_out)


def place_of(about: str, file: ShownPath, text: str) -> Place:
    """Return the first place of the element or attribute `about`."""
    match = re.search(rf"[<:\s]{re.escape(about.strip('<>'))}\b", text, re.IGNORECASE)
    return Place(file, text.count("\n", 0, match.start() + 1) + 1 if match else 1)


def _costly(root: ElementTree.Element) -> Iterator[str]:
    """Yield the names of filter elements and attributes of an SVG: their numbers decide how long drawing takes."""
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        if name.lower() == "filter" or re.match(r"fe[A-Z]", name):
            yield f"<{name}>"
        for key, value in element.attrib.items():
            short = key.rpartition("}")[2].lower()
            if short in {"filter", "backdrop-filter"} or (short == "style" and _FILTER.search(value)):
                yield short


def _outermost(names: Iterable[str]) -> list[str]:
    """Drop a filter's parts and uses from the names if `<filter>` itself is among them."""
    listed = [*names]
    return [name for name in listed if "<filter>" not in listed or not (name.startswith("<fe") or name == "filter")]


class _TooLargeError(Exception):
    """A drawing has too many elements, or they are nested too deeply."""


def _draws_too_much(root: ElementTree.Element) -> bool:
    """Return whether a drawing draws too many elements, counting repeated ones (`<use>` in `<use>`)."""
    ids = {element.get("id", ""): element for element in root.iter() if element.get("id")}
    try:
        return _drawn(root, ids, {}, 0)[0] > MAX_ELEMENTS
    except _TooLargeError:
        return True


def _drawn(
    element: ElementTree.Element,
    ids: Mapping[str, ElementTree.Element],
    counted: dict[ElementTree.Element, tuple[int, int]],
    depth: int,
) -> tuple[int, int]:
    """Return how many elements are drawn for one, and how deeply they are nested.

    Raises:
        _TooLargeError: They are nested too deeply, or one holds itself.
    """
    if element in counted:
        count, height = counted[element]
        if depth + height > MAX_NESTING:
            raise _TooLargeError
        return count, height
    if depth > MAX_NESTING:
        raise _TooLargeError
    count, height = 1, 0
    for inner, times in _inside(element, ids):
        drawn, below = _drawn(inner, ids, counted, depth + 1)
        count, height = min(count + drawn * times, MAX_ELEMENTS + 1), max(height, below + 1)
    counted[element] = count, height
    return count, height


def _inside(
    element: ElementTree.Element, ids: Mapping[str, ElementTree.Element]
) -> Iterator[tuple[ElementTree.Element, int]]:
    """Yield the elements drawn inside another, each with how often: its children and the elements that it refers to."""
    yield from ((inner, 1) for inner in element)
    for key, value in element.attrib.items():
        short = key.rpartition("}")[2].lower()
        names = [value.strip()[1:]] if short == "href" and value.strip().startswith("#") else _REFERENCE.findall(value)
        # A marker is drawn at each point of a line.
        points = len(element.get("d", "") + element.get("points", "")) // 2
        times = 1 + points if short.startswith("marker") or (short == "style" and "marker" in value) else 1
        yield from ((ids[name], times) for name in names if name in ids)


def _forbidden(root: ElementTree.Element) -> Iterator[str]:
    """Yield the names of elements and attributes of an SVG that could run or fetch something."""
    for element in root.iter():
        tag = str(element.tag)
        name = tag.rpartition("}")[2]
        if name.lower() in _FORBIDDEN or tag.startswith(ACTIVE_NAMESPACES):
            yield f"<{name}>"
        for key, value in element.attrib.items():
            short = key.rpartition("}")[2].lower()
            outside = short in {"href", "src", "ping"} and not value.strip().startswith("#")
            style = _UNSAFE_STYLE.search(value) if short == "style" else "}" not in key and _ESCAPED_CALL.search(value)
            base = key == "{http://www.w3.org/XML/1998/namespace}base"
            if short.startswith("on") or outside or style or base or _UNSAFE_VALUE.search(value):
                yield short
