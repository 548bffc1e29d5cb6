"""Figures: SVG drawings with `{name}` placeholders; their words are in one file per language.

A place is a `<text>` that contains only the name of its word. Attributes limit the width of the word and its lines:
`<text x="160" y="40" data-width="120" data-lines="2" font-size="13">{people}</text>`. Its `y` is the middle of these
lines. A text shows a figure by a line of its own: `![](../figures/NAME.svg)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from xml.etree import ElementTree

from stufenweise.model.paths import ContentPath
from stufenweise.source.images.glyph_widths import text_width
from stufenweise.source.images.svg_cleaning import SVG
from stufenweise.source.markdown.outline import replace_outside_code

FIGURES_FOLDER = "figures"
"""Folder of the figures below the content folder."""
FIGURE_FILE = re.compile(rf"{FIGURES_FOLDER}/(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)\.svg")
"""Path of a figure's drawing below the content folder."""
WORDS_FILE = re.compile(rf"{FIGURES_FOLDER}/(?P<name>[^/.]+)\.(?P<language>[^/.]+)\.yml")
"""Path of a figure's words below the content folder."""
FIGURE_LINE = re.compile(rf"^!\[\]\((?:\.\./)?{FIGURES_FOLDER}/(?P<name>[a-z0-9-]+)\.svg\)[ \t]*$", re.MULTILINE)
"""A line that shows a figure."""
FIGURE_TARGET = re.compile(rf"(?:\.\./)?{FIGURES_FOLDER}/[^/#?]+\.svg")
"""The target of an image that shows a figure; the figure's own file has its alternative text."""

PLACE = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}")
"""A place for a word."""
_PIECE = re.compile(r"\s*[^\s-]*-?")
"""Pieces between which a line can break."""
MIN_TYPE_SIZE = 12
"""Smallest size that a drawing may set words in: 11 px and more where 320 units are 300 px wide."""
_MIN_SHRUNK_SIZE = 9.5
"""Smallest size to which a word is shrunk."""
MAX_WIDTH = 360
"""Widest drawing, in units; on a narrow screen a wider one would make its words too small."""
_OTHER_FONTS = 1.2
"""Factor by which a reader's own font may be wider than the measured one."""
_LEADING = 1.22
"""Distance between two lines, as a share of the size."""
_MIDDLE = 0.35
"""Distance from the middle of a line down to its base line, as a share of the size."""
_OWN = ("data-width", "data-lines", "x", "y", "font-size", "font-weight", "text-anchor")


def drawing_path(name: str) -> ContentPath:
    """Return the path of a figure's drawing."""
    return ContentPath(f"{FIGURES_FOLDER}/{name}.svg")


def words_path(name: str, language: str) -> ContentPath:
    """Return the path of the file with the words of a figure in a language."""
    return ContentPath(f"{FIGURES_FOLDER}/{name}.{language}.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPlace:
    """A place for a word in a drawing."""

    key: str
    """Name of the word."""
    x: float
    y: float
    """Middle of its lines."""
    width: float
    """Widest line, in units; 0 if the drawing does not say."""
    lines: int
    """Most lines."""
    size: float
    bold: bool
    anchor: str
    presentation: str
    """The other attributes, as written in the drawing."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing split into SVG and the places for words in it."""

    width: float
    height: float
    """Height of the view box; 0 if there is none."""
    parts: tuple[str | WordPlace, ...]

    @property
    def places(self) -> tuple[WordPlace, ...]:
        """The places for words, in order."""
        return tuple(part for part in self.parts if isinstance(part, WordPlace))


@dataclass(frozen=True, slots=True)
class SetWord:
    """A word as it is set in its place."""

    lines: tuple[str, ...]
    size: float
    fits: bool
    """Whether it fits at the drawing's own size."""


@lru_cache(maxsize=256)
def read_drawing(svg: str) -> Drawing:
    """Split a drawing at the places for words; the rules for figures check its content.

    Raises:
        ElementTree.ParseError: It is not XML.
    """
    root = ElementTree.fromstring(svg.encode())  # noqa: S314 -- the rules for images refuse a document type
    box = [_number(number) for number in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
    width, height = (box[2], box[3]) if len(box) == 4 and box[:2] == [0, 0] else (0.0, 0.0)
    return Drawing(width, height, tuple(_joined(_parts(root, _inherited(root, {})))))


def set_word(word: str, place: WordPlace) -> SetWord:
    """Set a word in its place: on few lines of similar length, in smaller type if it would not fit."""
    size = place.size
    while True:
        lines = _lines(word, place, size)
        fits = len(lines) <= place.lines and all(_width(line, place, size) <= place.width for line in lines)
        if fits or size - 0.5 < _MIN_SHRUNK_SIZE:
            return SetWord(lines if fits else _lines(word, place, size), size, fits and size == place.size)
        size -= 0.5


def drawing_svg(drawing: Drawing, words: Mapping[str, str], attributes: str) -> str:
    """Return a drawing with its words as SVG on one line.

    Args:
        drawing: The drawing.
        words: The words by name; a place without one stays empty.
        attributes: Attributes of its root element besides the size; screen readers read nothing else of the drawing.
    """
    inner = "".join(
        part if isinstance(part, str) else _text(set_word(words.get(part.key, ""), part), part)
        for part in drawing.parts
    )
    return (
        f'<svg viewBox="0 0 {drawing.width:g} {drawing.height:g}" {attributes}><g aria-hidden="true">{inner}</g></svg>'
    )


def replace_figures(markdown: str, figure: Callable[[str], str]) -> str:
    """Return a text with each line that shows a figure replaced by `figure` of its name."""
    if FIGURES_FOLDER not in markdown:
        return markdown
    return replace_outside_code(FIGURE_LINE, lambda match: figure(match["name"]), markdown)


def _text(word: SetWord, place: WordPlace) -> str:
    """Return the SVG element of a word."""
    leading = word.size * _LEADING
    top = place.y + word.size * _MIDDLE - leading * (len(word.lines) - 1) / 2
    # Always written, because an element around the place may have other values.
    presentation = f'font-weight="{600 if place.bold else 400}" text-anchor="{place.anchor}"{place.presentation}'
    lines = "".join(
        f'<tspan x="{place.x:g}" y="{round(top + leading * index, 1):g}">{escape(line)}</tspan>'
        for index, line in enumerate(word.lines)
    )
    return f'<text font-size="{word.size:g}" {presentation}>{lines}</text>'


def _lines(word: str, place: WordPlace, size: float) -> tuple[str, ...]:
    """Break a word into as few lines as possible, of similar length."""
    lines = _broken(word, place, size, place.width)
    width = place.width
    while width > 10 and len(lines) < len(_pieces(word)):
        widest = max(_width(line, place, size) for line in lines)
        width -= 2 * max(1, int((width - widest) // 2))  # All widths down to the widest line break alike
        shorter = _broken(word, place, size, width)
        if len(shorter) > len(lines) or any(_width(line, place, size) > place.width for line in shorter):
            break
        lines = shorter
    return lines


def _broken(word: str, place: WordPlace, size: float, width: float) -> tuple[str, ...]:
    """Break a word at spaces and hyphens into lines that fill `width`."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(word):
        longer = line + piece
        if line and _width(longer.strip(), place, size) > width:
            lines.append(line.strip())
            line = piece
        else:
            line = longer
    return (*lines, line.strip()) if line.strip() or not lines else tuple(lines)


def _pieces(word: str) -> list[str]:
    """Return the pieces between which a word may break."""
    return _PIECE.findall(word)


def _width(line: str, place: WordPlace, size: float) -> float:
    return text_width(line, size, bold=place.bold) * _OTHER_FONTS


def _parts(element: ElementTree.Element, inherited: Mapping[str, str]) -> Iterator[str | WordPlace]:
    """Yield the content of an element as SVG and places."""
    for child in element:
        name = str(child.tag).removeprefix(SVG)
        presentation = _inherited(child, inherited)
        match = PLACE.fullmatch((child.text or "").strip()) if name == "text" else None
        if match:
            yield _place(match[1], child, presentation)
            continue
        text = escape((child.text or "").strip(), quote=False)
        yield (
            f"<{name}{_attributes(child.attrib)}>{text}"
            if text or len(child)
            else f"<{name}{_attributes(child.attrib)}"
        )
        yield from _parts(child, presentation)
        yield f"</{name}>" if text or len(child) else "/>"


def _joined(parts: Iterator[str | WordPlace]) -> Iterator[str | WordPlace]:
    """Yield parts with neighbouring pieces of text joined."""
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
        else:
            yield from (text, part) if text else (part,)
            text = ""
    if text:
        yield text


def _place(key: str, element: ElementTree.Element, presentation: Mapping[str, str]) -> WordPlace:
    """Return the place for a word that a `<text>` element marks."""
    attributes = {name: value for name, value in element.attrib.items() if name not in _OWN}
    return WordPlace(
        key=key,
        x=_number(element.get("x", "0")),
        y=_number(element.get("y", "0")),
        width=_number(element.get("data-width", "0")),
        lines=max(1, int(_number(element.get("data-lines", "1")))),
        size=_number(presentation.get("font-size", "0")),
        bold=presentation.get("font-weight", "") in {"600", "700", "bold"},
        anchor=presentation.get("text-anchor", "start"),
        presentation=_attributes(attributes),
    )


def _inherited(element: ElementTree.Element, above: Mapping[str, str]) -> Mapping[str, str]:
    """Return an element's attributes for text, inherited from its parents where it has none."""
    names = ("font-size", "font-weight", "text-anchor")
    return {**above, **{name: element.attrib[name] for name in names if name in element.attrib}}


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in values.items())


def _number(text: str) -> float:
    """Return a text as a number; 0 if it is not one."""
    return float(text) if re.fullmatch(r"-?\d{1,6}(?:\.\d{1,6})?", text) else 0.0
