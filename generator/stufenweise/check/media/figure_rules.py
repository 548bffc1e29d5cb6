"""Rules about figures: a page can hold the drawing, all its words are there, and each fits into its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from stufenweise.check.check_run import CheckRun
from stufenweise.check.media.image_rules import image_file_problems, place_of
from stufenweise.core.digests import file_digest
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextFile
from stufenweise.model.data_facts import FigureFacts
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.model.problem import QUOTED_TEXT, Place, Problem, new_problem
from stufenweise.source.files.file_names import linked_path
from stufenweise.source.images.figure_drawing import (
    FIGURE_FILE,
    FIGURE_LINE,
    FIGURE_TARGET,
    MAX_WIDTH,
    MIN_TYPE_SIZE,
    PLACE,
    WORDS_FILE,
    Drawing,
    WordPlace,
    drawing_path,
    read_drawing,
    set_word,
    words_path,
)
from stufenweise.source.images.svg_cleaning import SVG
from stufenweise.source.markdown.html_policy import SVG_PRESENTATION, SVG_SHAPES
from stufenweise.source.suggest import suggest

_ROOT = frozenset({"viewBox", "width", "height"})
_PLACE_LOOKS = frozenset({"data-width", "data-lines"})
_PAINT = re.compile(r"none|currentColor|var\(--sw-[a-z0-9-]+, ?#[0-9a-f]{3}(?:[0-9a-f]{3})?\)")
"""Colours that both schemes and a code host can show."""
_LETTER = re.compile(r"[^\W\d_]")


def figure_use_problems(run: CheckRun, file: TextFile) -> Iterator[Problem]:
    """Yield figures that a text uses wrongly, and figures without words in its language."""
    loaded, rows = run.loaded, file.body.split("\n")
    for link in run.scan(file).links:
        path = linked_path(file.path, link.target)
        match = FIGURE_FILE.fullmatch(path)
        if not match or path not in loaded.media.images:
            if link.is_image and FIGURE_TARGET.fullmatch(link.target) and path in loaded.media.images:
                # In other folders, `figures/` holds ordinary images, which need an alternative text.
                yield new_problem(link.place, "image-without-alt", about=link.target)
            continue
        row = link.place.line - file.body_line
        around = rows[max(row - 1, 0) : row] + rows[row + 1 : row + 2]
        if not FIGURE_LINE.fullmatch(rows[row]) or any(line.strip() for line in around):
            yield new_problem(link.place, "figure-use", right=f"![]({link.target})", name=match["name"])
        yield from _missing_languages(loaded, file, link.place, match["name"])


def _missing_languages(loaded: LoadResult, file: TextFile, place: Place, name: str) -> Iterator[Problem]:
    """Yield a problem if a figure has no words in the language of the text that shows it."""
    language = file.language
    words = words_path(name, language)
    if language not in loaded.data.figures.get(name, {}) and words not in loaded.data.unreadable:
        file_of_words = shown_path(loaded.shown_content, words)
        if language == loaded.source_language:
            yield new_problem(place, "figure-without-words", file=file_of_words)
        else:
            yield new_problem(place, "figure-untranslated", file=file_of_words)


def figure_inputs(loaded: LoadResult) -> Iterator[str]:
    """Yield all that `figure_problems` reads, for its cache key."""
    yield repr((loaded.shown_content, [(name, *words.items()) for name, words in loaded.data.figures.items()]))
    yield repr([(path, document) for path, document in loaded.data.documents.items() if WORDS_FILE.fullmatch(path)])
    for path, data in loaded.media.images.items():
        yield path
        yield file_digest(data) if FIGURE_FILE.fullmatch(path) else ""


def figure_problems(run: CheckRun) -> Iterator[Problem]:
    """Yield problems of drawings and their words."""
    loaded = run.loaded
    for path in loaded.data.documents:
        match = WORDS_FILE.fullmatch(path)
        if match and drawing_path(match["name"]) not in loaded.media.images:
            names = (
                figure_match["name"] for asset in loaded.media.images if (figure_match := FIGURE_FILE.fullmatch(asset))
            )
            yield new_problem(
                Place(shown_path(loaded.shown_content, path)),
                "figure-without-drawing",
                file=f"{match['name']}.svg",
                nearest=suggest(match["name"], names),
            )
    for path, data in loaded.media.images.items():
        match = FIGURE_FILE.fullmatch(path)
        file = shown_path(loaded.shown_content, path)
        if not match or any(image_file_problems(file, data)):
            continue
        svg = data.decode("utf-8-sig")
        yield from _drawing_problems(file, svg)
        for language, facts in loaded.data.figures.get(match["name"], {}).items():
            yield from _word_problems(loaded, words_path(match["name"], language), read_drawing(svg), facts)


def _drawing_problems(file: ShownPath, svg: str) -> Iterator[Problem]:
    """Yield problems of a drawing: wrong size, forbidden parts or colours, fixed words, places that are too small."""
    root = ElementTree.fromstring(svg.encode())  # noqa: S314 -- judged by the rules for images before
    drawing = read_drawing(svg)
    if not 0 < drawing.width <= MAX_WIDTH or drawing.height <= 0:
        yield new_problem(Place(file), "figure-size", widest=MAX_WIDTH)
    for about in dict.fromkeys(_foreign_parts(root)):
        yield new_problem(place_of(about, file, svg), "figure-part", about=about)
    for paint in dict.fromkeys(_foreign_paints(root)):
        yield new_problem(_place_in(svg, f'"{paint}"', file), "figure-colour", paint=paint[:QUOTED_TEXT])
    for text in root.iter(f"{SVG}text"):
        words = (text.text or "").strip()
        if not PLACE.fullmatch(words) and _LETTER.search(words):
            yield new_problem(_place_in(svg, words, file), "figure-text", text=words[:QUOTED_TEXT], example="{people}")
    for place in drawing.places:
        if place.width <= 0 or place.size < MIN_TYPE_SIZE:
            yield new_problem(
                _place_in(svg, f"{{{place.key}}}", file), "figure-place", name=place.key, size=MIN_TYPE_SIZE
            )


def _foreign_parts(root: ElementTree.Element) -> Iterator[str]:
    """Yield elements and attributes that are not allowed in a figure."""
    for element in root.iter():
        name = str(element.tag).removeprefix(SVG)
        if element is not root and name not in SVG_SHAPES:
            yield f"<{name}>"
            continue
        allowed = SVG_PRESENTATION | (_ROOT if element is root else _PLACE_LOOKS if name == "text" else frozenset())
        yield from (key.rpartition("}")[2] for key in element.attrib if key not in allowed)


def _foreign_paints(root: ElementTree.Element) -> Iterator[str]:
    """Yield colours that don't follow the reader's scheme."""
    for element in root.iter():
        for key in ("fill", "stroke"):
            if (value := element.get(key)) is not None and not _PAINT.fullmatch(value):
                yield value


def _word_problems(loaded: LoadResult, path: ContentPath, drawing: Drawing, facts: FigureFacts) -> Iterator[Problem]:
    """Yield missing words, words without a place in the drawing, and words that don't fit."""
    document = loaded.data.documents[path]
    keys = list(dict.fromkeys(place.key for place in drawing.places))
    for key in keys:
        if key not in facts.words:
            yield new_problem(document.place(("words",), key=True), "figure-word-missing", name=key)
    for key in facts.words:
        if key not in keys:
            at = document.place(("words", key), key=True)
            yield new_problem(at, "figure-word-unused", name=key, nearest=suggest(key, keys))
    for place in drawing.places:
        if place.width > 0 and place.key in facts.words and not set_word(facts.words[place.key], place).fits:
            at = document.place(("words", place.key))
            yield new_problem(at, "figure-overflow", **_room(place, facts.words[place.key]))


def _room(place: WordPlace, word: str) -> dict[str, object]:
    """Return the number of lines of a place, and about how many letters fit on each."""
    per_line = int(place.width / (place.size * 0.56))
    return {"name": place.key, "lines": place.lines, "letters": per_line, "length": len(word)}


def _place_in(svg: str, text: str, file: ShownPath) -> Place:
    """Return the place of some text in a drawing; the drawing's beginning if it is not found."""
    offset = max(svg.find(text), 0)
    return Place(file, svg.count("\n", 0, offset) + 1, offset - svg.rfind("\n", 0, offset))
