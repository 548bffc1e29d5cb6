"""Write one language's search index as a script that is loaded at the first search.

It holds the weight of each stem in each document (BM25), so that the page need not stem or weigh texts. Documents are
numbered: first the pages, then their sections in order.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from stufenweise.assemble.data_script import data_script
from stufenweise.assemble.search_pages import SearchPage, SearchSection, all_search_pages
from stufenweise.assemble.search_words import SearchLanguage, content_words, joined_words, search_language, word_stems
from stufenweise.core.digests import digest_of
from stufenweise.core.result_cache import NO_CACHE, ResultCache
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model import page_paths

FIELD_WEIGHTS = {"title": 6, "words": 6, "summary": 2, "facts": 1.5, "terms": 0.4, "heading": 2, "text": 1}
"""Fields that are searched, and how much a word counts in each.

Pages have title, search words, summary, facts and terms; sections have heading and text.
"""
KIND_WEIGHTS = {
    "tutorial": 1, "guide": 0.9, "level": 0.75, "programmes": 0.7, "begin": 0.7, "planner": 0.7, "goal-sheet": 0.65,
    "downloads": 0.6, "kit": 0.65, "kit-piece": 0.55, "home": 0.5, "glossary": 0.5, "levels": 0.5, "tutorials": 0.5,
    "guides": 0.5, "checklists": 0.5, "goals": 0.45,
}  # fmt: skip
"""Weight of a page by its kind: a page about a topic comes before lists that only name it."""
NAMING_FIELDS = frozenset({"title", "words", "heading"})
"""Fields in which a hyphenated word is also indexed as one word: "coauthoring" finds "co-authoring"."""
SATURATION = 1.2
"""How fast further occurrences of a word in a field stop counting (k1 of BM25)."""
LENGTH = 0.5
"""How much less a word counts in a long field (b of BM25)."""
LEAST = 0.5
"""Least weight of a word in a field of any length (delta of BM25+,
http://www.cs.otago.ac.nz/homepages/andrew/papers/2014-2.pdf)."""
WEIGHT_STEPS = 10
"""Weights in the index are whole numbers: a weight of 1 becomes this number."""
_Fields = Mapping[str, list[str]]
"""Content words by field."""


def search_path(language: str) -> str:
    """Return the path of the index below the folder of its language."""
    return f"assets/search/{language}.js"


def search_script(localized: LocalizedLibrary, cache: ResultCache = NO_CACHE) -> bytes:
    """Return the index of a language as a script."""
    return data_script("searchData", search_data(localized, cache))


def search_data(localized: LocalizedLibrary, cache: ResultCache = NO_CACHE) -> dict[str, object]:
    """Return the index in the form that `search-engine.js` reads."""
    language = search_language(localized.language)
    pages = list(all_search_pages(localized, cache))
    sections = [(number, section) for number, page in enumerate(pages) for section in page.sections]
    fields = [_page_fields(page, language, cache) for page in pages]
    documents = [page for page, _ in fields] + [section for _, of_sections in fields for section in of_sections]
    return {
        "kinds": KIND_WEIGHTS,
        "stop": sorted(language.stop),
        "endings": sorted(language.endings),
        "links": [*language.links],
        "same": [_keys(group, language) for group in localized.library.same_words.get(localized.language, ())],
        "pages": [[*_page(page, localized.directories), _keys((page.title, *page.words), language)] for page in pages],
        "sections": [[page, section.anchor, section.heading, "\n".join(section.lines)] for page, section in sections],
        "index": _index(documents, language),
    }


def _page(page: SearchPage, directories: bool) -> list[object]:
    address = page_paths.address(page.path, directories=directories)
    return [address, page.kind, page.title, page.summary, page.level, page.minutes, page.language, [*page.words]]


def _page_fields(page: SearchPage, language: SearchLanguage, cache: ResultCache) -> tuple[_Fields, list[_Fields]]:
    """Return the content words of each field of a page, and of each of its sections, from the cache if possible.

    The cache has the words of a field as one text.
    """

    def joined(document: SearchPage | SearchSection) -> dict[str, str]:
        return {name: " ".join(words) for name, words in _fields(document, language).items()}

    def split(fields: Mapping[str, str]) -> _Fields:
        return {name: words.split(" ") for name, words in fields.items()}

    of_page, of_sections = cache.get_or_compute(
        digest_of("fields", repr(page)) if cache.is_enabled else "",
        lambda: (joined(page), [joined(section) for section in page.sections]),
        tuple[dict[str, str], list[dict[str, str]]],
    )
    return split(of_page), [*map(split, of_sections)]


def _fields(document: SearchPage | SearchSection, language: SearchLanguage) -> _Fields:
    """Return the content words of each field of a document."""
    if isinstance(document, SearchSection):
        texts = {"heading": document.heading, "text": "\n".join(document.lines)}
    else:
        texts = {
            "title": document.title,
            "words": "\n".join(document.words),
            "summary": document.summary,
            "facts": "\n".join(document.facts),
            "terms": "\n".join(document.terms),
        }
    fields = {field: content_words(text, language) for field, text in texts.items()}
    for field in fields.keys() & NAMING_FIELDS:
        fields[field] += joined_words(texts[field])
    if not language.links and isinstance(document, SearchPage):
        # "screenreader" finds "screen reader"; languages with linking letters find compounds by their parts.
        fields["words"] += [
            word for words in document.words if words.count(" ") == 1 for word in joined_words(words, " ")
        ]
    return {field: words for field, words in fields.items() if words}


def _keys(texts: Iterable[str], language: SearchLanguage) -> list[str]:
    """Return the query that names each text exactly: the stems of its content words."""
    keys = (" ".join(language.stem(word) for word in content_words(text, language)) for text in texts)
    return [*dict.fromkeys(keys)]


def _index(documents: Sequence[_Fields], language: SearchLanguage) -> list[list[object]]:
    """Return a row for each stem: the words with this stem, the words that contain it, and its weights."""
    words = sorted({word for fields in documents for words in fields.values() for word in words})
    known = {language.stem(word) for word in words}
    stems = {word: word_stems(word, known, language) for word in words}
    own: dict[str, list[str]] = {}
    compounds: dict[str, list[str]] = {}
    for word in words:
        own.setdefault(stems[word][0], []).append(word)
        for stem in stems[word][1:]:
            compounds.setdefault(stem, []).append(word)
    rows: dict[str, list[int]] = {stem: [] for stem in known}
    previous = dict.fromkeys(known, 0)
    fields = [_Field(name, weight, documents, stems) for name, weight in FIELD_WEIGHTS.items()]
    for number in range(len(documents)):
        weights: dict[str, float] = {}
        for field in fields:
            field.add_weights(number, weights)
        for stem, weight in weights.items():
            # Documents are numbered by the difference from the one before.
            rows[stem] += (number - previous[stem], round(weight * WEIGHT_STEPS))
            previous[stem] = number
    return [[stem, " ".join(own[stem]), " ".join(compounds.get(stem, ())), rows[stem]] for stem in sorted(known)]


class _Field:
    """The words of a field in all documents that have it, and how much each counts (BM25+)."""

    def __init__(
        self, name: str, weight: float, documents: Sequence[_Fields], stems: Mapping[str, tuple[str, ...]]
    ) -> None:
        """Count how often each stem stands in each document."""
        self._weight = weight
        self._counts: dict[int, dict[str, int]] = {}
        having: Counter[str] = Counter()
        for number, fields in enumerate(documents):
            if name in fields:
                counts = self._counts[number] = _stem_counts(fields[name], stems)
                having.update(counts.keys())
        lengths = map(len, self._counts.values())
        self._average = sum(lengths) / len(self._counts) if self._counts else 0
        self._rare = {
            stem: math.log(1 + (len(documents) - count + 0.5) / (count + 0.5)) for stem, count in having.items()
        }

    def add_weights(self, number: int, weights: dict[str, float]) -> None:
        """Add the weights that the stems have in this field of a document to those that they have in others."""
        counts, rare, weight = self._counts.get(number), self._rare, self._weight
        if not counts:
            return
        damping = SATURATION * (1 - LENGTH + LENGTH * len(counts) / self._average)
        often = {count: LEAST + count * (SATURATION + 1) / (count + damping) for count in set(counts.values())}
        for stem, count in counts.items():
            weights[stem] = weights.get(stem, 0) + weight * (rare[stem] * often[count])


def _stem_counts(words: Sequence[str], stems: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Return how often each stem stands in a text."""
    counts: dict[str, int] = {}
    for word, count in Counter(words).items():
        for stem in stems[word]:
            counts[stem] = counts.get(stem, 0) + count
    return counts
