"""Write one language's search index as a script that is loaded at the first search.

It holds the weight of each stem in each document (BM25), so that the page need not stem or weigh texts. Documents are
numbered: first the pages, then their sections in order.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from stufenweise.assemble.data_script import data_script
from stufenweise.assemble.search_pages import SearchPage, SearchSection, all_search_pages
from stufenweise.assemble.search_words import SearchLanguage, content_words, joined_words, search_language, word_stems
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


def search_path(language: str) -> str:
    """Return the path of the index below the folder of its language."""
    return f"assets/search/{language}.js"


def search_script(localized: LocalizedLibrary, cache: ResultCache = NO_CACHE) -> bytes:
    """Return the index of a language as a script."""
    return data_script("searchData", search_data(localized, cache))


def search_data(localized: LocalizedLibrary, cache: ResultCache = NO_CACHE) -> dict[str, object]:
    """Return the index in the form that `search-engine.js` reads."""
    language = search_language(localized.language)
    language = replace(language, stem=_cached_stems(language, cache))
    pages = list(all_search_pages(localized, cache))
    sections = [(number, section) for number, page in enumerate(pages) for section in page.sections]
    documents = [_fields(page, language) for page in pages]
    documents += [_fields(section, language) for _, section in sections]
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


def _cached_stems(language: SearchLanguage, cache: ResultCache) -> Callable[[str], str]:
    """Return a stemmer with a cache: stemming is slow, and most words of a site stay the same."""

    def stem(word: str) -> str:
        return cache.get_or_compute(f"stem {word}", lambda: language.stem(word), to_data=str, from_data=str)

    return lru_cache(maxsize=1 << 16)(stem) if cache.is_enabled else language.stem


def _page(page: SearchPage, directories: bool) -> list[object]:
    address = page_paths.address(page.path, directories=directories)
    return [address, page.kind, page.title, page.summary, page.level, page.minutes, page.language, [*page.words]]


def _fields(document: SearchPage | SearchSection, language: SearchLanguage) -> Mapping[str, list[str]]:
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


def _index(documents: Sequence[Mapping[str, list[str]]], language: SearchLanguage) -> list[list[object]]:
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
    weights: dict[str, dict[int, float]] = {stem: {} for stem in known}
    for field, weight in FIELD_WEIGHTS.items():
        texts = {number: fields[field] for number, fields in enumerate(documents) if field in fields}
        for number, stem, part in _weights(texts, len(documents), stems):
            weights[stem][number] = weights[stem].get(number, 0) + weight * part
    rows = ((stem, own[stem], compounds.get(stem, ()), weights[stem]) for stem in sorted(known))
    return [[stem, " ".join(words), " ".join(others), _delta_coded(numbers)] for stem, words, others, numbers in rows]


def _weights(
    texts: Mapping[int, list[str]], documents: int, stems: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[int, str, float]]:
    """Yield the weight of each stem in each text of a field (BM25+): number of the document, stem, weight.

    Args:
        texts: The words of the field, by document.
        documents: How many documents there are.
        stems: The stems of each word.
    """
    counts: dict[int, dict[str, int]] = {}
    having: Counter[str] = Counter()
    for number, words in texts.items():
        counts_here = counts[number] = {}
        for word in words:
            for stem in stems[word]:
                counts_here[stem] = counts_here.get(stem, 0) + 1
        having.update(counts_here.keys())
    average = sum(map(len, counts.values())) / len(counts) if counts else 0
    rare = {stem: math.log(1 + (documents - count + 0.5) / (count + 0.5)) for stem, count in having.items()}
    for number, counts_here in counts.items():
        damping = SATURATION * (1 - LENGTH + LENGTH * len(counts_here) / average)
        often = {count: LEAST + count * (SATURATION + 1) / (count + damping) for count in set(counts_here.values())}
        for stem, count in counts_here.items():
            yield number, stem, rare[stem] * often[count]


def _delta_coded(weights: Mapping[int, float]) -> list[int]:
    """Return document numbers, each as the difference from the previous one and followed by its weight."""
    result: list[int] = []
    previous = 0
    for number in sorted(weights):
        result += (number - previous, round(weights[number] * WEIGHT_STEPS))
        previous = number
    return result
