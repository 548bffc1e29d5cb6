"""Write one language's search index as a script that is loaded at the first search.

It holds the weight of each stem in each document (BM25), so that the page need not stem or weigh texts. Documents are
numbered: first the pages, then their sections in order.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

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
_Fields = dict[str, dict[str, int]]
"""By field, how often each content word stands in it."""


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
    """Return the content words of each field of a page, and of each of its sections, from the cache if possible."""
    return cache.get_or_compute(
        digest_of("fields", page.made_of or repr(page)) if cache.is_enabled else "",
        lambda: (_fields(page, language), [_fields(section, language) for section in page.sections]),
        tuple[_Fields, list[_Fields]],
    )


def _fields(document: SearchPage | SearchSection, language: SearchLanguage) -> _Fields:
    """Return the content words of each field of a document, and how often each stands there."""
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
    return {field: dict(Counter(words)) for field, words in fields.items() if words}


def _keys(texts: Iterable[str], language: SearchLanguage) -> list[str]:
    """Return the query that names each text exactly: the stems of its content words."""
    keys = (" ".join(language.stem(word) for word in content_words(text, language)) for text in texts)
    return [*dict.fromkeys(keys)]


def _index(documents: Sequence[_Fields], language: SearchLanguage) -> list[list[object]]:
    """Return a row for each stem: the words with this stem, the words that contain it, and its weights."""
    words = sorted(set().union(*(counts for fields in documents for counts in fields.values())))
    known = {language.stem(word) for word in words}
    stems = {word: word_stems(word, known, language) for word in words}
    own: dict[str, list[str]] = {}
    compounds: dict[str, list[str]] = {}
    for word in words:
        own.setdefault(stems[word][0], []).append(word)
        for stem in stems[word][1:]:
            compounds.setdefault(stem, []).append(word)
    rows = _weights([{name: _stem_counts(words, stems) for name, words in fields.items()} for fields in documents])
    return [[stem, " ".join(own[stem]), " ".join(compounds.get(stem, ())), rows[stem]] for stem in sorted(known)]


def _stem_counts(words: Mapping[str, int], stems: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Return how often each stem stands in a text."""
    counts: dict[str, int] = {}
    for word, count in words.items():
        for stem in stems[word]:
            if stem in counts:
                counts[stem] += count
            else:
                counts[stem] = count
    return counts


def _weights(documents: Sequence[_Fields]) -> dict[str, list[int]]:
    """Return for each stem the documents that have it, each with the stem's weight in it.

    Documents are numbered by the difference from the one before.

    Args:
        documents: How often each stem stands in each field of each document.
    """
    weighted = {
        name: _Field(weight, [fields[name] for fields in documents if name in fields], len(documents))
        for name, weight in FIELD_WEIGHTS.items()
    }
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for number, fields in enumerate(documents):
        weights: dict[str, float] = {}
        for name, field in weighted.items():
            if name in fields:
                field.add_weights(fields[name], weights)
        for stem, weight in weights.items():
            row = rows[stem]
            row.append(number)
            row.append(round(weight * WEIGHT_STEPS))
    for row in rows.values():
        numbers = row[::2]
        row[::2] = [number - before for number, before in zip(numbers, (0, *numbers), strict=False)]
    return rows


class _Field:
    """A field of all documents that have it, and how much a stem in it counts (BM25+)."""

    def __init__(self, weight: float, counts: Sequence[Mapping[str, int]], documents: int) -> None:
        """Weigh the stems.

        Args:
            weight: The weight of the field.
            counts: How often each stem stands in the field, for each document that has it.
            documents: Number of all documents.
        """
        self._weight = weight
        self._average = sum(map(len, counts)) / len(counts) if counts else 0
        having = Counter(chain.from_iterable(counts))
        self._rare = {stem: math.log(1 + (documents - count + 0.5) / (count + 0.5)) for stem, count in having.items()}
        self._most = max((max(stems.values()) for stems in counts), default=0)
        self._often: dict[int, list[float]] = {}
        """By the length of a document, how much a stem counts that stands in it once, twice and so on."""

    def add_weights(self, counts: Mapping[str, int], weights: dict[str, float]) -> None:
        """Add the weights that the stems have in this field of a document to those that they have in others."""
        often = self._often.get(len(counts)) or self._add_length(len(counts))
        rare, field_weight = self._rare, self._weight
        for stem, count in counts.items():
            weights[stem] = weights.get(stem, 0) + field_weight * (rare[stem] * often[count])

    def _add_length(self, length: int) -> list[float]:
        """Add and return how much stems count in documents of a length."""
        damping = SATURATION * (1 - LENGTH + LENGTH * length / self._average)
        counts = range(self._most + 1)
        often = self._often[length] = [LEAST + count * (SATURATION + 1) / (count + damping) for count in counts]
        return often
