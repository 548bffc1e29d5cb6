"""Print a handout with fallbacks for characters and images that Typst can't set.

Only Typst knows which characters the fonts have and which images it reads. So it is called again with a fallback for
each thing it refused, until it refuses nothing. System fonts are not used: the same text gives the same PDF anywhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from stufenweise.config.label_overrides import FALLBACK_LANGUAGE
from stufenweise.handouts.markdown_tree import images
from stufenweise.handouts.typeset import UnprintableError
from stufenweise.i18n.catalogue import catalogue, catalogue_languages

Ask = Callable[[str, int | None], bytes | UnprintableError]
"""Prints data, as JSON, on so many pages (None for any number)."""
MAX_TRIES = 80
"""How often a handout is tried: each character that no font has costs one."""
_MISSING_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
"""A character that Typst names by its number, for it is seen nowhere: those of the icon fonts of word processors."""
_VARIANTS = re.compile("[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d(?=[\u2190-\u2bff\U0001f000-\U0001faff])")
"""What makes another picture of the character before it: looks, skin, keys, and joins of pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesetPdf:
    """A printed handout, and what of it paper could not show."""

    data: bytes
    overflow: Mapping[str, float] | None = None
    """By how many millimetres each page is too long; it has more pages then."""
    characters: tuple[str, ...] = ()
    """Characters that no font has."""
    images: tuple[str, ...] = ()
    """Paths of images that are none; their text stands in a frame."""


def stand_in(character: str, language: str) -> str:
    """Return what is printed for a character that no font has: its name, a character that is like it, or its number."""
    names = catalogue(language if language in catalogue_languages("characters") else FALLBACK_LANGUAGE, "characters")
    return str(names.get(character, f"[U+{ord(character):04X}]"))


def with_readings(text: str, readings: Mapping[str, str]) -> str:
    """Return JSON with names as the company wants them printed."""
    for name in sorted(readings, key=len, reverse=True):
        text = text.replace(_in_json(name), _in_json(readings[name]))
    return text


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def typeset_with_fallbacks(ask: Ask, text: str, pages: int | None, language: str) -> TypesetPdf | UnprintableError:
    """Return a handout, or why it can't be printed even so.

    Args:
        ask: Prints once.
        text: What is printed, as JSON.
        pages: How many pages it has to have; None for any number. One that is too long gets more, and says so.
        language: Language of the stand-ins.
    """
    characters: dict[str, None] = {}
    broken: tuple[str, ...] = ()
    overflow: Mapping[str, float] | None = None
    refusal = UnprintableError()
    for _ in range(MAX_TRIES):
        result = ask(text, pages)
        if isinstance(result, bytes):
            return TypesetPdf(data=result, overflow=overflow, characters=tuple(characters), images=broken)
        refusal, before = result, text
        if result.overflow is not None and pages is not None:
            overflow, pages = result.overflow, None
            continue
        if found := _MISSING_GLYPH.search(result.typst_error):
            shown = _ESCAPED.sub(lambda one: chr(int(one[1], 16)), found[1])
            missing = [character for character in shown if ord(character) > 0x7F and not _VARIANTS.match(character)]
            text = _VARIANTS.sub("", text)
            for character in missing:
                text = text.replace(character, _in_json(stand_in(character, language)))
                characters[character] = None
        elif result.typst_error and not broken:
            text, broken = _framed(ask, text)
        if text == before:
            break
    return refusal


def _framed(ask: Ask, text: str) -> tuple[str, tuple[str, ...]]:
    """Return JSON in which images that can't be read are frames with their text, and the paths of these."""
    paths = [*dict.fromkeys(node["src"] for node in images(json.loads(text)))]
    if not paths or _is_about_images(ask(_without_images(text, paths), None)):
        return text, ()
    broken = []
    for path in paths:
        others = [one for one in paths if one != path]
        if _is_about_images(ask(_without_images(text, others), None)):
            broken.append(path)
    return _without_images(text, broken), tuple(broken)


def _is_about_images(result: bytes | UnprintableError) -> bool:
    """Return whether Typst refuses something that is no character."""
    return isinstance(result, UnprintableError) and not _MISSING_GLYPH.search(result.typst_error)


def _without_images(text: str, paths: list[str]) -> str:
    data = json.loads(text)
    for node in images(data):
        if node["src"] in paths:
            node["kind"] = "frame"
            node["data"] = ""
    return json.dumps(data, ensure_ascii=False)
