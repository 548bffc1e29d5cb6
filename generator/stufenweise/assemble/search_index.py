"""Write one language's search index as a script that is loaded at the first search.

Postings lie in it in the form that MiniSearch writes itself (`toJSON`, version 2), so the page has nothing to read or
to stem. Numbers of documents: first the pages, then their sections in order.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from stufenweise.assemble import page_paths
from stufenweise.assemble.localized_library import LocalizedLibrary
from stufenweise.assemble.search_pages import FoundPage, FoundSection, found_pages
from stufenweise.assemble.search_words import SearchLanguage, joined_words, search_language, told_words, word_stems
from stufenweise.kept_results import NOTHING_KEPT, KeptResults

FIELD_WEIGHTS = {"title": 6, "words": 6, "summary": 2, "facts": 1.5, "terms": 0.4, "heading": 2, "text": 1}
"""What is searched, and how much a word counts there.

Of a page its title, search words, summary, facts and terms; of a section its heading and text.
"""
FIELDS = tuple(FIELD_WEIGHTS)
KIND_WEIGHTS = {
    "tutorial": 1, "guide": 0.9, "level": 0.75, "programmes": 0.7, "begin": 0.7, "planner": 0.7, "goal-sheet": 0.65,
    "downloads": 0.6, "kit": 0.65, "kit-piece": 0.55, "home": 0.5, "glossary": 0.5, "levels": 0.5, "tutorials": 0.5,
    "guides": 0.5, "checklists": 0.5, "goals": 0.45,
}  # fmt: skip
"""How much a page counts by its kind: what is about something goes before lists that only name it."""
NAMING_FIELDS = frozenset({"title", "words", "heading"})
"""Fields in which a word with a hyphen is found in one as well: "coauthoring" finds "co-authoring"."""
SERIALIZATION_VERSION = 2
"""Version of MiniSearch's own form (https://github.com/lucaong/minisearch, `AsPlainObject`)."""
_SCRIPT = "globalThis.stufenweise = Object.freeze({{ ...globalThis.stufenweise, searchData: {} }});\n"


def search_path(language: str) -> str:
    """Return the path of the index below the folder of its language."""
    return f"assets/search/{language}.js"


def search_script(localized: LocalizedLibrary, kept: KeptResults = NOTHING_KEPT) -> bytes:
    """Return the index of a language as a script: a page in a folder can't fetch, but load scripts."""
    data = json.dumps(search_data(localized, kept), ensure_ascii=False, separators=(",", ":"))
    return _SCRIPT.format(data).encode()


def search_data(localized: LocalizedLibrary, kept: KeptResults = NOTHING_KEPT) -> dict[str, object]:
    """Return what the page searches in, as `search-engine.js` reads it; stems of words may be known from before."""
    language = search_language(localized.language)
    language = replace(language, stem=_known_stems(language, kept))
    pages = list(found_pages(localized, kept))
    sections = [(number, section) for number, page in enumerate(pages) for section in page.sections]
    found: list[FoundPage | FoundSection] = [*pages, *(one for _, one in sections)]
    documents = [_fields(one, language) for one in found]
    return {
        "boost": FIELD_WEIGHTS,
        "kinds": KIND_WEIGHTS,
        "stop": sorted(language.stop),
        "endings": sorted(language.endings),
        "links": [*language.links],
        "same": [[*group] for group in localized.library.same_words.get(localized.language, ())],
        "pages": [_page(page, localized.directories) for page in pages],
        "sections": [[page, one.anchor, one.heading, "\n".join(one.lines)] for page, one in sections],
        "vocabulary": " ".join(sorted({word for fields in documents for words in fields.values() for word in words})),
        "index": _index(documents, language),
    }


def _known_stems(language: SearchLanguage, kept: KeptResults) -> Callable[[str], str]:
    """Return what returns the stem of a word, which takes a while, and the words of a site are mostly the same."""

    def stem(word: str) -> str:
        return kept.known_or_made(f"stem {word}", lambda: language.stem(word), to_data=str, from_data=str)

    return lru_cache(maxsize=1 << 16)(stem) if kept.is_kept else language.stem


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


def _index(documents: Sequence[Mapping[str, list[str]]], language: SearchLanguage) -> dict[str, object]:
    """Return documents as MiniSearch has them."""
    known = {language.stem(word) for word in {word for one in documents for words in one.values() for word in words}}
    stems: dict[str, tuple[str, ...]] = {}
    postings: dict[str, dict[str, dict[str, int]]] = {}
    lengths: dict[str, list[int]] = {}
    for number, fields in enumerate(documents):
        row = [0] * len(FIELDS)
        for field, words in fields.items():
            column = FIELDS.index(field)
            found: dict[str, int] = {}
            for word, count in Counter(words).items():
                if word not in stems:
                    stems[word] = word_stems(word, known, language)
                for stem in stems[word]:
                    found[stem] = found.get(stem, 0) + count
            row[column] = len(found)
            for stem, count in found.items():
                postings.setdefault(stem, {}).setdefault(str(column), {})[str(number)] = count
        lengths[str(number)] = row
    return {
        "documentCount": len(documents),
        "nextId": len(documents),
        "documentIds": {str(number): number for number in range(len(documents))},
        "fieldIds": {field: column for column, field in enumerate(FIELDS)},
        "fieldLength": lengths,
        "averageFieldLength": [_average(row[column] for row in lengths.values()) for column in range(len(FIELDS))],
        "storedFields": {},
        "dirtCount": 0,
        "index": sorted(postings.items()),
        "serializationVersion": SERIALIZATION_VERSION,
    }


def _average(lengths: Iterable[int]) -> float:
    """Return the average of the lengths that are not zero, to two places: the same on every machine."""
    there = [length for length in lengths if length]
    return round(sum(there) / len(there), 2) if there else 0
