"""Reuse the pages of tutorials that the last build made.

The key of a page is a digest over everything that it is made of: its own text, the parts of other documents that it
shows (`shown_elsewhere`), and what all pages have in common. A test makes pages from these parts alone and compares.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import TypeVar

from stufenweise.assemble import page_paths
from stufenweise.assemble.localized_library import LocalizedLibrary
from stufenweise.digests import file_digest, key_of
from stufenweise.model.facts import Reviewed
from stufenweise.model.library import Asset, Document, Library, Section, Text
from stufenweise.result_cache import ResultCache
from stufenweise.safe_folders import SafeFolder

F = TypeVar("F", bound=Reviewed)

_SHOWN_SECTION = "steps"
"""The section that other pages show something of: the minutes of the first meeting."""


def shown_elsewhere(document: Document[F]) -> Document[F]:
    """Reduce a document to what the pages of other tutorials show of it: its title, and the minutes of its steps."""
    facts = document.facts.model_copy(update={"reviewed": datetime.date.min})
    return replace(
        document, facts=facts, texts={code: _text_shown_elsewhere(text) for code, text in document.texts.items()}
    )


def _text_shown_elsewhere(text: Text) -> Text:
    steps = tuple(
        replace(step, id="", title="", body="", line=0, guidance=None, body_line=0)
        for section in text.sections.values()
        for step in section.steps
    )
    sections = {_SHOWN_SECTION: Section(id=_SHOWN_SECTION, heading="", body="", line=0, steps=steps)}
    return replace(text, sections=sections, summary="", digest="", translates=None, search=())


def _shared(library: Library) -> str:
    """Return everything that a page may show of a library besides the text of its own tutorial."""
    parts: list[object] = []
    for field in fields(library):
        value = getattr(library, field.name)
        values = value if isinstance(value, tuple) else (value,)
        parts.append((field.name, [_shared_part(one) for one in values]))
    return repr(parts)


def _shared_part(value: object) -> object:
    if isinstance(value, Document):
        return shown_elsewhere(value)
    return (value.path, len(value.data)) if isinstance(value, Asset) else value


def tree_key(localized: LocalizedLibrary) -> str:
    """Return a digest over everything that a language's docs folder is made of."""
    library = localized.library
    parts: list[object] = []
    for field in fields(library):
        value = getattr(library, field.name)
        parts.append([file_digest(asset.data) + asset.path for asset in value] if field.name == "assets" else value)
    return key_of("tree", _common(localized), repr(parts), repr([*localized.downloads.items()]))


def _common(localized: LocalizedLibrary) -> str:
    """Return what all pages of a language have in common besides the library."""
    digests = [(code, labels.digest) for code, labels in sorted(localized.labels_by_language.items())]
    return repr((localized.language, localized.directories, digests))


def tutorial_keys(localized: LocalizedLibrary) -> dict[str, str]:
    """Return the keys of the tutorials' pages by path: digests over everything that a page is made of."""
    common = key_of(_common(localized), _shared(localized.library))
    keys = {}
    for tutorial in localized.library.tutorials:
        names = (f"{tutorial.slug}-mentee", f"{tutorial.slug}-mentor")
        downloads = [localized.downloads.get(name) for name in names]
        keys[page_paths.tutorial_path(tutorial.slug)] = key_of(common, repr(tutorial), repr(downloads))
    return keys


def cached_pages(keys: Mapping[str, str], cache: ResultCache, docs: SafeFolder) -> dict[str, bytes]:
    """Return the pages in a docs folder that need not be made again, by path."""
    folder = page_paths.TUTORIALS.rpartition("/")[0]
    on_disk = docs.files(folder) if keys and cache.is_enabled else {}
    candidates = {path: on_disk.get(path.rpartition("/")[2], b"") for path in keys}
    return {path: data for path, data in candidates.items() if cache.get(keys[path]) == file_digest(data)}


def cache_pages(keys: Mapping[str, str], cache: ResultCache, files: Mapping[str, bytes]) -> None:
    """Put the digests of the pages into the cache."""
    for path, key in keys.items():
        cache.put(key, file_digest(files[path]))
