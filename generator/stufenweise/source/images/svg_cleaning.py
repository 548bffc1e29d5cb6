"""Clean exported SVG drawings: remove what drawing programs write for themselves, and metadata.

It removes invisible data: the program's own copy of the whole drawing, paths, names of files and layers, comments. It
rewrites harmless constructs that the checks would refuse: class rules become style attributes of their elements, and
HTML text is replaced by its SVG fallback. The checks report everything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from stufenweise.model.paths import ShownPath
from stufenweise.source.files.decoding import MAX_DATA_BYTES, decode
from stufenweise.source.images.cleaned_image import CleanedImage

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
ACTIVE_NAMESPACES = ("{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/1998/Math/MathML}")
"""Namespaces of elements that could run; the checks refuse these."""
MAX_ELEMENTS = 20_000
"""Most elements of a drawing."""
MAX_NESTING = 100
"""Deepest nesting of a drawing."""
FIGURE_ATTRIBUTES = ("data-width", "data-lines")
"""Attributes of a figure's places for words (figure_drawing.py)."""
EXPORTERS = (
    ("drawio", re.compile(r"mxfile|drawio|diagrams\.net|mxGraph")),
    ("illustrator", re.compile(r"Adobe Illustrator|ns\.adobe\.com/AdobeIllustrator")),
    ("powerpoint", re.compile(r"_MSFontService|MSIPCM|overflow=\"hidden\"><defs>(?:<filter|<clipPath|<image)")),
    ("figma", re.compile(r"[\"#(](?:filter|clip|paint|pattern|image|mask)\d+(?:_[a-z]+)*_\d+_\d+")),
    ("inkscape", re.compile(r"inkscape\.org/namespaces|sodipodi")),
)
"""Programs by the marks in their exports; the names are keys of messages."""

_DOCTYPE = re.compile(r"<!DOCTYPE\s+svg(?:\s+PUBLIC\s+\"[^\"<>]*\"\s+\"[^\"<>]*\")?\s*>")
"""A document type without declarations; the checks refuse one with entities."""
_ENCODING = re.compile(r"\s*<\?xml[^>]*?encoding\s*=\s*[\"'](?!utf-?8[\"']|us-ascii[\"'])", re.IGNORECASE)
_WORTH_A_LOOK = re.compile(
    r"<!|<\?(?!xml )|\bmetadata\b|xmlns:(?!xlink=|svg=)|\scontent=|\sdata-(?!width|lines)|<(?:\w+:)?(?:style|switch)\b"
    r"|light-dark\(|color-scheme"
)
_CLASS = re.compile(r"\.[\w-]+")
_DECLARATIONS = re.compile(r"[^{}@\\<]*")
_TWO_SCHEMES = re.compile(r"light-dark\(\s*(?P<light>(?:[^(),]|\([^()]*\))+),(?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
_BOTH_SCHEMES = re.compile(r"\s*color-scheme\s*:[^;]*;?")
_SPACE = re.compile(r"\s+")

ElementTree.register_namespace("", SVG[1:-1])
ElementTree.register_namespace("xlink", XLINK[1:-1])


def program_of(text: str) -> str:
    """Return the program that exported a drawing; empty if unknown."""
    return next((name for name, pattern in EXPORTERS if pattern.search(text)), "")


def clean_drawing(data: bytes) -> CleanedImage:
    """Return a drawing as plain SVG; an unreadable one is returned unchanged."""
    text = decode(data, ShownPath(""), MAX_DATA_BYTES).value  # The rules for images report why it can't be decoded
    if text is None or not _WORTH_A_LOOK.search(text) or _ENCODING.match(text):
        return CleanedImage(data)
    plain = _DOCTYPE.sub("", text, count=1)
    if "<!DOCTYPE" in plain or "<!ENTITY" in plain:
        return CleanedImage(data)
    try:
        root = ElementTree.fromstring(plain.encode())  # noqa: S314 -- no entities: such a document type was refused
    except ElementTree.ParseError:
        return CleanedImage(data)
    if root.tag != f"{SVG}svg" or _exceeds_size_limit(root):
        return CleanedImage(data)
    has_comments = "<!--" in plain
    # Drawings with places for words are handmade (`new figure`): their comments are for people.
    is_by_hand = any(key in FIGURE_ATTRIBUTES for element in root.iter() for key in element.attrib)
    left = ["<!-- -->"] if has_comments and not is_by_hand else []
    before = ElementTree.tostring(root)
    _take_text_of_svg(root)
    for element in list(root.iter()):
        left += _leave_out(element)
    if not _inline_class_styles(root):
        return CleanedImage(data)
    if not (left or has_comments) and ElementTree.tostring(root) == before and plain == text:
        return CleanedImage(data)
    return CleanedImage(ElementTree.tostring(root, encoding="utf-8"), tuple(dict.fromkeys(left)))


def _exceeds_size_limit(root: Element) -> bool:
    """Return whether a drawing has too many or too deeply nested elements to be cleaned; the checks refuse it."""
    level, count = [root], 0
    for _ in range(MAX_NESTING + 1):
        count += len(level)
        if not level or count > MAX_ELEMENTS:
            break
        level = [inner for element in level for inner in element]
    return bool(level)


def _leave_out(element: Element) -> Iterator[str]:
    """Remove a program's own data from an element, and yield the names of what was removed."""
    yield from (f"<{name}>" for name in map(_foreign_name, element) if name)
    _keep(element, [inner for inner in element if not _foreign_name(inner)])
    for key in list(element.attrib):
        short = key.rpartition("}")[2]
        is_foreign = key.startswith("{") and not key.startswith((XLINK, _XML))
        is_foreign |= short.startswith("data-") and short not in FIGURE_ATTRIBUTES
        if is_foreign or (short == "content" and "mx" in element.attrib[key]):
            del element.attrib[key]
            yield short
        elif "light-dark(" in element.attrib[key] or "color-scheme" in element.attrib[key]:
            # A drawing can follow only the system's colour scheme, not that of the page around it.
            light = _TWO_SCHEMES.sub(lambda match: match["light"].strip(), element.attrib[key])
            element.attrib[key] = _BOTH_SCHEMES.sub("", light)


def _foreign_name(element: Element) -> str:
    """Return the name of an element that draws nothing; empty for elements that draw or could run."""
    tag = str(element.tag)
    short = tag.rpartition("}")[2]
    if tag.startswith(SVG):
        return short if short == "metadata" else ""
    return short if tag.startswith("{") and not tag.startswith(ACTIVE_NAMESPACES) else ""


def _keep(parent: Element, kept: Sequence[Element]) -> None:
    """Remove all children of an element except `kept`."""
    if len(kept) != len(parent):
        parent[:] = kept


def _take_text_of_svg(root: Element) -> None:
    """Replace HTML in a `<switch>` by its SVG fallback if both have the same text."""
    for parent in list(root.iter()):
        for switch in parent:
            if switch.tag != f"{SVG}switch":
                continue
            html = [child for child in switch if child.tag == f"{SVG}foreignObject"]
            fallback = [child for child in switch if child.tag != f"{SVG}foreignObject"]
            if html and fallback and _words(html) == _words(fallback):
                _keep(switch, fallback)
        _keep(parent, [child for child in parent if not _is_excuse(child)])


def _is_excuse(element: Element) -> bool:
    """Return whether an element is draw.io's notice for programs without HTML."""
    return element.tag == f"{SVG}switch" and any(
        "svg-export-text-problems" in child.get(f"{XLINK}href", "") for child in element
    )


def _words(elements: Sequence[Element]) -> str:
    return _SPACE.sub("", "".join(text for element in elements for text in element.itertext()))


def _inline_class_styles(root: Element) -> bool:
    """Inline the CSS rules of classes as `style`; return False if there are too many to do so.

    A drawing with other kinds of rules keeps its style sheets.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    sheets = {sheet: parents[sheet] for sheet in root.iter(f"{SVG}style")}
    rules: dict[str, list[tuple[int, str]]] = {}
    rule_numbers = count()
    for sheet in sheets:
        *parts, rest = (sheet.text or "").split("}")
        if len(sheet) or rest.strip():
            return True
        for part, number in zip(parts, rule_numbers, strict=False):
            names, brace, declarations = part.partition("{")
            selectors = [name.strip() for name in names.split(",")]
            if not brace or not all(map(_CLASS.fullmatch, selectors)) or not _DECLARATIONS.fullmatch(declarations):
                return True
            for name in selectors:
                rules.setdefault(name[1:], []).append((number, declarations.strip().strip(";")))
    for parent in {*sheets.values()}:
        _keep(parent, [child for child in parent if child not in sheets])
    size = 0
    for element in root.iter() if sheets else ():
        classes = dict.fromkeys(element.attrib.pop("class", "").split())
        size += sum(len(declarations) for name in classes for _, declarations in rules.get(name, ()))
        if size > MAX_DATA_BYTES:
            return False
        # Rules apply in the order of the style sheets, not of the classes.
        class_declarations = [
            declarations for _, declarations in sorted(rule for name in classes for rule in rules.get(name, ()))
        ]
        if class_declarations:
            element.set("style", ";".join(filter(None, (*class_declarations, element.get("style", "").strip(";")))))
    return True
