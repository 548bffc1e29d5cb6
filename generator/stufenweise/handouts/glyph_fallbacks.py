"""Print a handout with fallbacks for characters and images that Typst can't set.

Only Typst knows which characters the fonts have and which images it can read. So it is called again, with a fallback
for each refused character or image, until it succeeds. System fonts are not used: the same text gives the same PDF on
every machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from stufenweise.handouts.tree_nodes import images
from stufenweise.handouts.typeset import UnprintableError
from stufenweise.i18n.catalogue import Catalogue

Typesetter = Callable[[str, int | None], bytes | UnprintableError]
"""Prints JSON data on a number of pages (None for any number)."""
CHARACTER_NAMES = Catalogue("characters", str)
"""What is printed instead of a character that no font has."""
MAX_TRIES = 80
"""Attempts for one handout: each character that no font has costs one."""
_MISSING_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
"""An invisible character that Typst names by its number, such as one of a word processor's icon font."""
_VARIANTS = re.compile("[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d(?=[\u2190-\u2bff\U0001f000-\U0001faff])")
"""Modifiers of the character before them: variation selectors, skin tones, keycaps and joiners."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesetPdf:
    """A printed handout, and the parts that could not be printed."""

    data: bytes
    overflow: Mapping[str, float] | None = None
    """Overlong pages, by how many millimetres; such a handout has more pages."""
    characters: tuple[str, ...] = ()
    """Characters that no font has."""
    images: tuple[str, ...] = ()
    """Paths of files that are no images; their text is printed in a frame."""


def replacement_text(character: str, language: str) -> str:
    """Return the replacement of a character that no font has: its name, a similar character, or its number."""
    return CHARACTER_NAMES.complete(language).get(character, f"[U+{ord(character):04X}]")


def with_print_names(text: str, print_as: Mapping[str, str]) -> str:
    """Replace names in JSON by the company's spelling for print."""
    for name in sorted(print_as, key=len, reverse=True):
        text = text.replace(_in_json(name), _in_json(print_as[name]))
    return text


def _in_json(text: str) -> str:
    """Return a text as it stands inside of a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def typeset_with_fallbacks(
    typeset: Typesetter, text: str, pages: int | None, language: str
) -> TypesetPdf | UnprintableError:
    """Print a handout, or return why it can't be printed even with fallbacks.

    Args:
        typeset: Prints data once.
        text: The data as JSON.
        pages: Number of pages; None for any number. An overlong handout gets more pages and reports that.
        language: Language of the replacements.
    """
    characters: dict[str, None] = {}
    broken: tuple[str, ...] = ()
    overflow: Mapping[str, float] | None = None
    refusal = UnprintableError()
    for _ in range(MAX_TRIES):
        result = typeset(text, pages)
        if isinstance(result, bytes):
            return TypesetPdf(data=result, overflow=overflow, characters=tuple(characters), images=broken)
        if result.overflow is not None and pages is not None:
            overflow, pages = result.overflow, None
            continue
        refusal, before = result, text
        missing = _missing_characters(result.typst_error)
        if missing is not None:
            text = _with_replacements(text, missing, language)
            characters |= dict.fromkeys(missing)
        elif result.typst_error and not broken:
            text, broken = _framed(typeset, text)
        if text == before:
            break
    return refusal


def _missing_characters(typst_error: str) -> list[str] | None:
    """Return the characters that no font has, without their modifiers; None if Typst refused something else."""
    match = _MISSING_GLYPH.search(typst_error)
    if match is None:
        return None
    shown = _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), match[1])
    return [character for character in shown if ord(character) > 0x7F and not _VARIANTS.match(character)]


def _with_replacements(text: str, missing: Iterable[str], language: str) -> str:
    """Replace missing characters in JSON, and drop all modifiers."""
    text = _VARIANTS.sub("", text)
    for character in missing:
        text = text.replace(character, _in_json(replacement_text(character, language)))
    return text


def _framed(typeset: Typesetter, text: str) -> tuple[str, tuple[str, ...]]:
    """Replace unreadable images in JSON by frames with their text; return the paths of these images, too."""
    paths = [*dict.fromkeys(node["src"] for node in images(json.loads(text)))]
    if not paths or _is_about_images(typeset(_without_images(text, paths), None)):
        return text, ()
    broken = []
    for path in paths:
        other_paths = [other for other in paths if other != path]
        if _is_about_images(typeset(_without_images(text, other_paths), None)):
            broken.append(path)
    return _without_images(text, broken), tuple(broken)


def _is_about_images(result: bytes | UnprintableError) -> bool:
    """Return whether Typst refused something other than a character."""
    return isinstance(result, UnprintableError) and _missing_characters(result.typst_error) is None


def _without_images(text: str, paths: Collection[str]) -> str:
    """Replace some images in JSON by frames with their text."""
    data = json.loads(text)
    for node in images(data):
        if node["src"] in paths:
            node["kind"] = "frame"
            node["data"] = ""
    return json.dumps(data, ensure_ascii=False)
