"""Normalise words for the search: fold spelling, stem, split compounds.

`search-words.js` does the same in the page with the words that people type. `tests/search` compares both with all words
of the site, so change both together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from Stemmer import Stemmer

from stufenweise.core.package_files import load_resource_as

MIN_COMPOUND = 7
"""Shortest word that is split as a compound; ä, ö, ü and ß count as two letters."""
MIN_COMPOUND_PART = 3
"""Shortest part of a compound."""
MIN_COMPOUND_HEAD = 4
"""Shortest last part of a compound: three letters are more often an ending than a word."""

_WORD = re.compile(r"[^\W_]+")
_SPELLED_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchLanguage:
    """The search rules of a language."""

    stem: Callable[[str], str]
    """Returns the stem of a word in lower case."""
    links: tuple[str, ...] = ()
    """Letters that link the parts of a compound, longer ones first; none if compounds are not split."""
    stop: frozenset[str] = frozenset()
    """Stop words."""
    endings: frozenset[str] = frozenset()
    """Endings that look like a part of a compound."""


@dataclass(frozen=True, slots=True)
class _LanguageWords:
    """An entry of search_languages.yml; `stop` and `endings` are words with spaces between them."""

    stemmer: str
    links: tuple[str, ...]
    endings: str
    stop: str


@lru_cache
def search_language(code: str) -> SearchLanguage:
    """Return a language's search rules; for an unknown language, rules that leave words unchanged."""
    known = load_resource_as(dict[str, _LanguageWords], __package__, "search_languages.yml").get(code.partition("-")[0])
    if known is None:
        return SearchLanguage(stem=str)
    stem = Stemmer(known.stemmer).stemWord
    stop, endings = (frozenset(words.split()) for words in (known.stop, known.endings))
    return SearchLanguage(stem=stem, links=known.links, stop=stop, endings=endings)


def folded_words(text: str) -> list[str]:
    """Return the words of a text in lower case, with umlauts spelled out and without accents; a hyphen ends a word."""
    spelled = unicodedata.normalize("NFC", text.lower())
    if not spelled.isascii():
        for letter, letters in _SPELLED_OUT.items():
            spelled = spelled.replace(letter, letters)
        spelled = unicodedata.normalize("NFD", spelled)
        if any(map(unicodedata.combining, spelled)):
            spelled = "".join(character for character in spelled if not unicodedata.combining(character))
    return _WORD.findall(spelled)


def content_words(text: str, language: SearchLanguage) -> list[str]:
    """Return the folded words of a text without stop words."""
    return [word for word in folded_words(text) if word not in language.stop]


def joined_words(text: str, separators: str = "-‐‑") -> list[str]:
    """Return the hyphenated words of a text, folded and written as one word."""
    compounds = re.findall(rf"[^\W_]+(?:[{separators}][^\W_]+)+", text)
    return [word for compound in compounds for word in folded_words(re.sub(f"[{separators}]", "", compound))]


def compound_parts(word: str, known: Collection[str], language: SearchLanguage) -> tuple[str, ...]:
    """Return the parts of a compound, without linking letters; empty if the word can't be split.

    Of several splits, the one with the longest shortest part is right most often; two parts are tried before three.

    Args:
        word: A folded word.
        known: Stems of words that can be a part.
        language: The search rules of the language.
    """
    if not language.links or len(word) < MIN_COMPOUND:
        return ()
    best: tuple[str, ...] = ()
    for end in _ends(word, known, language):
        head = word[end:]
        for first in _without_link(word[:end], language):
            if _is_part(first, known, language) and (not best or min(len(first), len(head)) > min(map(len, best))):
                best = (first, head)
    if best:
        return best
    for end in _ends(word, known, language):
        for first in _without_link(word[:end], language):
            if parts := compound_parts(first, known, language):
                return (*parts, word[end:])
    return ()


def _ends(word: str, known: Collection[str], language: SearchLanguage) -> Iterator[int]:
    """Yield the positions where the last part of a compound can begin."""
    for end in range(MIN_COMPOUND_PART, len(word) - MIN_COMPOUND_HEAD + 1):
        if _is_part(word[end:], known, language):
            yield end


def _is_part(word: str, known: Collection[str], language: SearchLanguage) -> bool:
    return language.stem(word) in known and word not in language.stop and word not in language.endings


def _without_link(first: str, language: SearchLanguage) -> Iterator[str]:
    """Yield the beginning of a compound unchanged, and without each of its possible linking letters."""
    yield first
    for link in language.links:
        if first.endswith(link) and len(first) - len(link) >= MIN_COMPOUND_PART:
            yield first.removesuffix(link)


def word_stems(word: str, known: Collection[str], language: SearchLanguage) -> tuple[str, ...]:
    """Return the stem of a folded word, and the stems of its parts if it is a compound."""
    parts = compound_parts(word, known, language)
    return tuple(dict.fromkeys(language.stem(piece) for piece in (word, *parts)))
