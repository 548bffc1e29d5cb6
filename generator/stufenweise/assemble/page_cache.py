"""Find the pages of tutorials that are as the last build made them: most of a site, of which few have changed.

A page is known again by a digest over all that it is made of: its own text, what it shows of other documents (`seen`),
and all else that is the same for every page. What other pages show of a tutorial is little, and a test makes each page
from that little and compares.
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

_SEEN_SECTION = "steps"
"""The section of which others show something: how long the first meeting is."""


def seen(document: Document[F]) -> Document[F]:
    """Return of a document what the page of a tutorial shows of it: its title, and the minutes of its steps."""
    facts = document.facts.model_copy(update={"reviewed": datetime.date.min})
    return replace(document, facts=facts, texts={code: _seen_text(text) for code, text in document.texts.items()})


def _seen_text(text: Text) -> Text:
    steps = tuple(
        replace(step, id="", title="", body="", line=0, guidance=None, body_line=0)
        for section in text.sections.values()
        for step in section.steps
    )
    sections = {_SEEN_SECTION: Section(id=_SEEN_SECTION, heading="", body="", line=0, steps=steps)}
    return replace(text, sections=sections, summary="", digest="", translates=None, search=())


def _shared(library: Library) -> str:
    """Return all that a page may show of a library beside the text of its own tutorial."""
    found: list[object] = []
    for one in fields(library):
        value = getattr(library, one.name)
        values = value if isinstance(value, tuple) else (value,)
        found.append((one.name, [_of_value(part) for part in values]))
    return repr(found)


def _of_value(value: object) -> object:
    if isinstance(value, Document):
        return seen(value)
    return (value.path, len(value.data)) if isinstance(value, Asset) else value


def tree_key(localized: LocalizedLibrary) -> str:
    """Return a digest over all that a language's docs folder is made of."""
    library = localized.library
    found: list[object] = []
    for one in fields(library):
        value = getattr(library, one.name)
        found.append([file_digest(asset.data) + asset.path for asset in value] if one.name == "assets" else value)
    return key_of("tree", _beside(localized), repr(found), repr([*localized.downloads.items()]))


def _beside(localized: LocalizedLibrary) -> str:
    """Return what all pages show beside the library."""
    labels = [(code, one.digest) for code, one in sorted(localized.labels_by_language.items())]
    return repr((localized.language, localized.directories, labels))


def tutorial_keys(localized: LocalizedLibrary) -> dict[str, str]:
    """Return for each tutorial's page, by its path, a digest over all that it is made of."""
    beside = key_of(_beside(localized), _shared(localized.library))
    keys = {}
    for tutorial in localized.library.tutorials:
        names = (f"{tutorial.slug}-mentee", f"{tutorial.slug}-mentor")
        downloads = [localized.downloads.get(name) for name in names]
        keys[page_paths.tutorial_path(tutorial.slug)] = key_of(beside, repr(tutorial), repr(downloads))
    return keys


def cached_pages(keys: Mapping[str, str], cache: ResultCache, docs: SafeFolder) -> dict[str, bytes]:
    """Return the pages, by path, that lie in a docs folder as they would be made now."""
    folder = page_paths.TUTORIALS.rpartition("/")[0]
    there = docs.files(folder) if keys and cache.is_enabled else {}
    found = {path: there.get(path.rpartition("/")[2], b"") for path in keys}
    return {path: data for path, data in found.items() if cache.get(keys[path]) == file_digest(data)}


def cache_pages(keys: Mapping[str, str], cache: ResultCache, files: Mapping[str, bytes]) -> None:
    """Note what the pages of tutorials are now."""
    for path, key in keys.items():
        cache.put(key, file_digest(files[path]))
