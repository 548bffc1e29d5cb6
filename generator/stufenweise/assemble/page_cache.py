"""Reuse the pages that the last build made.

The key of a page is a digest over all its inputs: its own text, the parts of other documents that it
shows, and what all pages have in common. Tutorials' pages show little of other documents (`shown_by_tutorials`), all
other pages a bit more of tutorials (`shown_by_overviews`). Tests build pages from only these parts and compare.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from stufenweise.assemble.page_list import page_makers
from stufenweise.core.digests import digest_of, file_digest
from stufenweise.core.result_cache import NO_CACHE, ResultCache
from stufenweise.localized.localized_library import Download, LocalizedLibrary
from stufenweise.model import page_paths
from stufenweise.model.library import Asset, Document, Library, Tutorial
from stufenweise.model.text import Section, Text

D = TypeVar("D", bound=Document[Any])
Other = Document[Any]

_LISTED_SECTIONS = ("checklist", "prepare")
"""Sections of a tutorial that overviews show."""
_TUTORIAL_HANDOUTS = frozenset({"mentee", "mentor", "selection"})
_BOOKS = frozenset({"workbook", "mentor-book"})
"""Kinds of handouts that print tutorials; pages of levels alone show books, beside the page of all handouts."""
_TIMED_SECTION = "steps"
"""Section whose minutes other pages show, as the length of the first meeting."""


def shown_by_tutorials(document: D) -> D:
    """Reduce a document to the parts that pages of other tutorials show: its title, and the minutes of its steps."""
    facts = document.facts.model_copy(update={"reviewed": datetime.date.min})
    return replace(
        document, facts=facts, texts={code: _title_and_minutes(text) for code, text in document.texts.items()}
    )


def _title_and_minutes(text: Text) -> Text:
    steps = tuple(
        replace(step, id="", title="", body="", line=0, guidance=None, body_line=0)
        for section in text.sections.values()
        for step in section.steps
    )
    sections = {_TIMED_SECTION: Section(id=_TIMED_SECTION, heading="", body="", line=0, steps=steps)}
    return replace(text, sections=sections, summary="", digest="", translates=None, search=())


def shown_by_overviews(tutorial: D) -> D:
    """Reduce a tutorial to the parts that overviews show: everything but the bodies of most sections."""
    texts = {}
    for code, text in tutorial.texts.items():
        sections = {name: _without_lines(text.sections[name]) for name in _LISTED_SECTIONS if name in text.sections}
        bare = _title_and_minutes(text)
        texts[code] = replace(bare, sections={**bare.sections, **sections}, summary=text.summary, search=text.search)
    return replace(tutorial, texts=texts)


def _without_lines(section: Section) -> Section:
    return replace(section, line=0, items=tuple(replace(item, line=0) for item in section.items))


def downloads_shown_by_overviews(path: str, downloads: Mapping[str, Download]) -> dict[str, Download]:
    """Reduce handouts to the facts that the overview at a path shows, for most of them without size.

    The size of a handout changes with every sentence of its tutorial.
    """
    without_size = _kinds_without_size(path)
    return {
        name: replace(download, size=0, pages=0) if download.kind in without_size else download
        for name, download in downloads.items()
    }


def _kinds_without_size(path: str) -> frozenset[str]:
    if path == page_paths.DOWNLOADS:
        return frozenset()
    return (
        _TUTORIAL_HANDOUTS
        if path.startswith(page_paths.level_path("").removesuffix(".md"))
        else _TUTORIAL_HANDOUTS | _BOOKS
    )


def _shared(library: Library, of_tutorial: Callable[[Tutorial], str], of_other: Callable[[Other], str]) -> str:
    """Return all parts of a library that a page may show besides the text of its own tutorial.

    Args:
        library: The library.
        of_tutorial: Returns a digest over what is shown of a tutorial.
        of_other: Returns a digest over what is shown of any other document.
    """

    def reduced(value: object) -> object:
        if isinstance(value, Document):
            return of_tutorial(value) if isinstance(value, Tutorial) else of_other(value)
        return (value.path, len(value.data)) if isinstance(value, Asset) else value

    return _each(library, reduced)


def _reduced(reduce: Callable[[Other], Other], cache: ResultCache) -> Callable[[Other], str]:
    """Return a function that digests what is left of a document, cached while the document is the same."""

    def digest(document: Other) -> str:
        key = f"{reduce.__name__} {document.fingerprint}" if cache.is_enabled else ""
        return cache.get_or_compute(key, lambda: reduce(document).fingerprint, str)

    return digest


def _each(library: Library, shown: Callable[[object], object]) -> str:
    """Return what is shown of each member of a library."""
    parts: list[object] = []
    for field in fields(library):
        value = getattr(library, field.name)
        values = value if isinstance(value, tuple) else (value,)
        parts.append((field.name, [shown(member) for member in values]))
    return repr(parts)


def tree_key(localized: LocalizedLibrary) -> str:
    """Return a digest over all inputs of a language's docs folder."""

    def whole(value: object) -> object:
        if isinstance(value, Document):
            return value.fingerprint
        return (value.path, file_digest(value.data)) if isinstance(value, Asset) else value

    shown = _each(localized.library, whole)
    return digest_of("tree", _common(localized), shown, repr([*localized.downloads.items()]))


def _common(localized: LocalizedLibrary) -> str:
    """Return the inputs that all pages of a language share besides the library."""
    digests = [(code, labels.digest) for code, labels in sorted(localized.labels_by_language.items())]
    return repr((localized.language, localized.directories, digests))


def page_keys(localized: LocalizedLibrary, cache: ResultCache = NO_CACHE) -> dict[str, str]:
    """Return the keys of all pages by path: digests over all inputs of a page.

    Args:
        localized: The library in one language.
        cache: Digests of documents from an earlier run.
    """
    common = _common(localized)
    in_overviews, in_tutorials = _reduced(shown_by_overviews, cache), _reduced(shown_by_tutorials, cache)
    of_overviews = digest_of(common, _shared(localized.library, in_overviews, lambda document: document.fingerprint))
    downloads_by_kinds: dict[frozenset[str], str] = {}
    keys = {}
    for path in page_makers(localized):
        kinds = _kinds_without_size(path)
        if kinds not in downloads_by_kinds:
            downloads_by_kinds[kinds] = digest_of(repr(downloads_shown_by_overviews(path, localized.downloads)))
        keys[path] = digest_of(path, of_overviews, downloads_by_kinds[kinds])
    of_tutorials = digest_of(common, _shared(localized.library, in_tutorials, in_tutorials))
    for tutorial in localized.library.tutorials:
        names = (f"{tutorial.slug}-mentee", f"{tutorial.slug}-mentor")
        downloads = [localized.downloads.get(name) for name in names]
        keys[page_paths.tutorial_path(tutorial.slug)] = digest_of(of_tutorials, tutorial.fingerprint, repr(downloads))
    return keys


def cached_pages(keys: Mapping[str, str], cache: ResultCache, present: Mapping[str, str]) -> set[str]:
    """Return the paths of the pages in a docs folder that are still right.

    Args:
        keys: The keys of all pages by path.
        cache: Digests of pages from an earlier run.
        present: Digests of the files in the folder by path.
    """
    return {path for path, key in keys.items() if path in present and cache.get(key, str) == present[path]}


def cache_pages(keys: Mapping[str, str], cache: ResultCache, digests: Mapping[str, str]) -> None:
    """Put the digests of the pages into the cache."""
    for path, key in keys.items():
        cache.put(key, digests[path], str)
