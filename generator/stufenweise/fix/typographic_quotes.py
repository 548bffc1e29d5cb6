"""Replace straight quotation marks and apostrophes by typographic ones where the meaning is certain."""

from __future__ import annotations

import re
from collections.abc import Mapping

from stufenweise.source.markdown.outline import read_outline

QUOTATION_MARKS: Mapping[str, tuple[str, str]] = {"de": ("„", "“"), "en": ("“", "”")}
"""Opening and closing quotation mark, by language."""

_OWN_LINE = re.compile(r"[ \t]*(?:#{1,6}[ \t]|[-*+][ \t]|[0-9]+\.[ \t]|\||:[ \t])")
_CONTAINER = re.compile(r"[ ]{0,3}(?:[-*+][ \t]|[0-9]+\.[ \t]|!!!|\?\?\?|:[ \t])")
_BOX = re.compile(r"[ \t]*(?:!!!|\?\?\?)")
_NO_WORDS = re.compile(
    r"(`+)(?:.|\n)*?\1"  # code
    r"|\{[^{}\n]*\}|\{\{[^{}\n]*\}\}"  # attributes, words of the vocabulary
    r"|\]\([^()\n]*\)"  # addresses of links
    r"|<[^<>\n]*>"  # elements and addresses
)
_BEFORE = frozenset(" \t\n([{*_>|-–—/") | {""}
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")


def typographic_quotes(text: str, language: str, first: int) -> str:
    """Replace straight quotation marks by those of the language, from line `first` (from 1) on.

    A paragraph stays unchanged if its marks don't pair, or if one is neither at the beginning nor at the end of a word.
    Code, addresses, attributes and titles of boxes stay unchanged too.
    """
    if language not in QUOTATION_MARKS:
        return text
    lines = text.split("\n")
    result = lines[: first - 1]
    block: list[str] = []
    inside = False

    def close() -> None:
        if block:
            result.extend(_paragraph("\n".join(block), *QUOTATION_MARKS[language]).split("\n"))
            block.clear()

    outline = read_outline("\n".join(lines[first - 1 :]))
    for index, line in enumerate(lines[first - 1 :]):
        if outline.is_hidden(index):
            close()
            result.append(line)
            continue
        deep = line.startswith(("    ", "\t"))
        if line.strip() and not deep:
            inside = bool(_CONTAINER.match(line)) or (inside and bool(block))
        if not line.strip() or _BOX.match(line) or (deep and not inside):
            close()
            result.append(line)
            continue
        if _OWN_LINE.match(line):
            close()
        block.append(line)
    close()
    return "\n".join(result)


def _paragraph(text: str, opening: str, closing: str) -> str:
    """Return a paragraph with typographic marks, or unchanged if that would be a guess."""
    if '"' not in text and "'" not in text:
        return text
    words = _NO_WORDS.sub(lambda match: re.sub(r"[^\n]", "x", match[0]), text)
    text = "".join(
        "’" if words[index] == "'" and _APOSTROPHE.match(words, index) else character
        for index, character in enumerate(text)
    )
    places = [index for index, character in enumerate(words) if character in {'"', opening, closing}]
    new = list(text)
    is_open = False
    for index in places:
        character = words[index]
        before, after = words[index - 1 : index], words[index + 1 : index + 2]
        if before == "\\" or character == (opening if is_open else closing):
            return text
        if character == '"':
            at_begin = before in _BEFORE and bool(after.strip())
            at_end = bool(before.strip()) and not after.isalnum()
            if not (at_end if is_open else at_begin):
                return text
            new[index] = closing if is_open else opening
        is_open = not is_open
    return text if is_open else "".join(new)
