"""Write one language's search index as a script that is loaded at the first search.

It tells what each stem weighs in each document (BM25), so the page has nothing to read, to stem or to weigh. Numbers of
documents: first the pages, then their sections in order.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from stufenweise.assemble import page_paths
from stufenweise.assemble.localized_library import LocalizedLibrary
from stufenweise.assemble.search_pages import FoundPage, FoundSection, found_pages
from stufenweise.assemble.search_words import SearchLanguage, joined_words, search_language, told_words, word_stems
from stufenweise.result_cache import NO_CACHE, ResultCache

FIELD_WEIGHTS = {"title": 6, "words": 6, "summary": 2, "facts": 1.5, "terms": 0.4, "heading": 2, "text": 1}
"""What is searched, and how much a word counts there.

Of a page its title, search words, summary, facts and terms; of a section its heading and text.
"""
KIND_WEIGHTS = {
    "tutorial": 1, "guide": 0.9, "level": 0.75, "programmes": 0.7, "begin": 0.7, "planner": 0.7, "goal-sheet": 0.65,
    "downloads": 0.6, "kit": 0.65, "kit-piece": 0.55, "home": 0.5, "glossary": 0.5, "levels": 0.5, "tutorials": 0.5,
    "guides": 0.5, "checklists": 0.5, "goals": 0.45,
}  # fmt: skip
"""How much a page counts by its kind: what is about something goes before lists that only name it."""
NAMING_FIELDS = frozenset({"title", "words", "heading"})
"""Fields in which a word with a hyphen is found in one as well: "coauthoring" finds "co-authoring"."""
SATURATION = 1.2
"""How slowly a word that comes again and again stops to count (k1 of BM25)."""
LENGTH = 0.5
"""How much a long field counts for less (b of BM25)."""
LEAST = 0.5
"""What a word counts in a field however long it is (delta of BM25+, http://www.cs.otago.ac.nz/homepages/andrew/papers/2014-2.pdf)."""
WEIGHT_STEPS = 10
"""Into how many steps a weight of 1 is cut, to be written as a whole number."""
_SCRIPT = "globalThis.stufenweise = Object.freeze({{ ...globalThis.stufenweise, searchData: {} }});\n"


def search_path(language: str) -> str:
    """Return the path of the index below the folder of its language."""
    return f"assets/search/{language}.js"


def search_script(localized: LocalizedLibrary, cache: ResultCache = NO_CACHE) -> bytes:
    """Return the index of a language as a script: a page in a folder can't fetch, but load scripts."""
    data = json.dumps(search_data(localized, cache), ensure_ascii=False, separators=(",", ":"))
    return _SCRIPT.format(data).encode()


def search_data(localized: LocalizedLibrary, cache: ResultCache = NO_CACHE) -> dict[str, object]:
    """Return what the page searches in, as `search-engine.js` reads it; stems of words may be known from before."""
    language = search_language(localized.language)
    language = replace(language, stem=_cached_stems(language, cache))
    pages = list(found_pages(localized, cache))
    sections = [(number, section) for number, page in enumerate(pages) for section in page.sections]
    found: list[FoundPage | FoundSection] = [*pages, *(one for _, one in sections)]
    documents = [_fields(one, language) for one in found]
    return {
        "kinds": KIND_WEIGHTS,
        "stop": sorted(language.stop),
        "endings": sorted(language.endings),
        "links": [*language.links],
        "same": [_keys(group, language) for group in localized.library.same_words.get(localized.language, ())],
        "pages": [[*_page(page, localized.directories), _keys((page.title, *page.words), language)] for page in pages],
        "sections": [[page, one.anchor, one.heading, "\n".join(one.lines)] for page, one in sections],
        "index": _index(documents, language),
    }


def _cached_stems(language: SearchLanguage, cache: ResultCache) -> Callable[[str], str]:
    """Return what returns the stem of a word, which takes a while, and the words of a site are mostly the same."""

    def stem(word: str) -> str:
        return cache.get_or_compute(f"stem {word}", lambda: language.stem(word), to_data=str, from_data=str)

    return lru_cache(maxsize=1 << 16)(stem) if cache.is_enabled else language.stem


def _page(page: FoundPage, directories: bool) -> list[object]:
    address = page_paths.address(page.path, directories=directories)
    return [address, page.kind, page.title, page.summary, page.level, page.minutes, page.language, [*page.words]]


def _fields(one: FoundPage | FoundSection, language: SearchLanguage) -> Mapping[str, list[str]]:
    """Return the telling words of each field that a document has."""
    if isinstance(one, FoundSection):
        texts = {"heading": one.heading, "text": "\n".join(one.lines)}
    else:
        texts = {
            "title": one.title,
            "words": "\n".join(one.words),
            "summary": one.summary,
            "facts": "\n".join(one.facts),
            "terms": "\n".join(one.terms),
        }
    found = {field: told_words(text, language) for field, text in texts.items()}
    for field in found.keys() & NAMING_FIELDS:
        found[field] += joined_words(texts[field])
    if not language.links and isinstance(one, FoundPage):
        # Who types "screenreader" means what is called "screen reader" here; a compound is found by its parts.
        found["words"] += [word for words in one.words if words.count(" ") == 1 for word in joined_words(words, " ")]
    return {field: words for field, words in found.items() if words}


def _keys(texts: Iterable[str], language: SearchLanguage) -> list[str]:
    """Return each text as what has to be typed to mean it: the stems of its telling words."""
    keys = (" ".join(language.stem(word) for word in told_words(text, language)) for text in texts)
    return [*dict.fromkeys(keys)]


def _index(documents: Sequence[Mapping[str, list[str]]], language: SearchLanguage) -> list[list[object]]:
    """Return of each stem the words that have it, those of which it is a part, and its weights."""
    words = sorted({word for one in documents for words in one.values() for word in words})
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
        texts = {number: one[field] for number, one in enumerate(documents) if field in one}
        for number, stem, found in _weights(texts, len(documents), stems):
            weights[stem][number] = weights[stem].get(number, 0) + weight * found
    rows = ((stem, own[stem], compounds.get(stem, ()), weights[stem]) for stem in sorted(known))
    return [[stem, " ".join(words), " ".join(others), _in_turns(found)] for stem, words, others, found in rows]


def _weights(
    texts: Mapping[int, list[str]], documents: int, stems: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[int, str, float]]:
    """Yield what each stem weighs in each text of a field (BM25+): number of the document, stem, weight.

    Args:
        texts: The words of the field in those documents that have it.
        documents: How many documents there are.
        stems: The stems of each word.
    """
    counts: dict[int, dict[str, int]] = {}
    having: Counter[str] = Counter()
    for number, words in texts.items():
        one = counts[number] = {}
        for word in words:
            for stem in stems[word]:
                one[stem] = one.get(stem, 0) + 1
        having.update(one.keys())
    average = sum(map(len, counts.values())) / len(counts) if counts else 0
    rare = {stem: math.log(1 + (documents - count + 0.5) / (count + 0.5)) for stem, count in having.items()}
    for number, one in counts.items():
        long = SATURATION * (1 - LENGTH + LENGTH * len(one) / average)
        often = {count: LEAST + count * (SATURATION + 1) / (count + long) for count in set(one.values())}
        for stem, count in one.items():
            yield number, stem, rare[stem] * often[count]


def _in_turns(weights: Mapping[int, float]) -> list[int]:
    """Return numbers of documents, each as its distance from the one before, and behind each the weight."""
    found: list[int] = []
    before = 0
    for number in sorted(weights):
        found += (number - before, round(weights[number] * WEIGHT_STEPS))
        before = number
    return found
