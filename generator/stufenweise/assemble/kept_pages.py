"""Find the pages that are as the last build made them: most of a site, of which little has changed.

A page is known again by a digest over all that it is made of: its own text, what it shows of other documents (`seen`
by the pages of tutorials, `shown_in_lists` by all others), and all else that is the same for every page. What other
pages show of a tutorial is little, and a test makes each page from that little and compares.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import TypeVar

from stufenweise.assemble import page_paths
from stufenweise.assemble.localized_library import Download, LocalizedLibrary
from stufenweise.assemble.page_list import page_makers
from stufenweise.digests import file_digest, key_of
from stufenweise.kept_results import KeptResults
from stufenweise.model.facts import Reviewed
from stufenweise.model.library import Asset, Document, Library, Section, Text, Tutorial
from stufenweise.safe_folders import SafeFolder

F = TypeVar("F", bound=Reviewed)

_LISTED_SECTIONS = ("checklist", "prepare")
"""Sections of tutorials that other pages show."""
_SHEETS = frozenset({"mentee", "mentor", "selection"})
_BOOKS = frozenset({"workbook", "mentor-book"})
"""Kinds of handouts that print tutorials; pages of levels alone show books, beside the page of all handouts."""
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


def shown_in_lists(tutorial: Document[F]) -> Document[F]:
    """Return of a tutorial what pages that are not its own show of it: all but the bodies of most sections."""
    texts = {}
    for code, text in tutorial.texts.items():
        shown = {name: _without_lines(text.sections[name]) for name in _LISTED_SECTIONS if name in text.sections}
        bare = _seen_text(text)
        texts[code] = replace(bare, sections={**bare.sections, **shown}, summary=text.summary, search=text.search)
    return replace(tutorial, texts=texts)


def _without_lines(section: Section) -> Section:
    return replace(section, line=0, items=tuple(replace(item, line=0) for item in section.items))


def listed_downloads(path: str, downloads: Mapping[str, Download]) -> dict[str, Download]:
    """Return what the page at a path, which is not a tutorial's, shows of handouts: not the size of each.

    The sizes of what is printed of tutorials change with every sentence.
    """
    hidden = _kinds_without_size(path)
    return {name: replace(one, size=0, pages=0) if one.kind in hidden else one for name, one in downloads.items()}


def _kinds_without_size(path: str) -> frozenset[str]:
    if path == page_paths.DOWNLOADS:
        return frozenset()
    return _SHEETS if path.startswith(page_paths.level_path("").removesuffix(".md")) else _SHEETS | _BOOKS


def _shared(library: Library, of_tutorial: Callable[..., object], of_other: Callable[..., object]) -> str:
    """Return all that a page may show of a library beside the text of its own tutorial."""

    def of_value(value: object) -> object:
        if isinstance(value, Document):
            return of_tutorial(value) if isinstance(value, Tutorial) else of_other(value)
        return (value.path, len(value.data)) if isinstance(value, Asset) else value

    found: list[object] = []
    for one in fields(library):
        value = getattr(library, one.name)
        values = value if isinstance(value, tuple) else (value,)
        found.append((one.name, [of_value(part) for part in values]))
    return repr(found)


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


def page_keys(localized: LocalizedLibrary) -> dict[str, str]:
    """Return for each page, by its path, a digest over all that it is made of."""
    beside = _beside(localized)
    others = key_of(beside, _shared(localized.library, shown_in_lists, lambda document: document))
    downloads_by_kinds: dict[frozenset[str], str] = {}
    keys = {}
    for path in page_makers(localized):
        kinds = _kinds_without_size(path)
        if kinds not in downloads_by_kinds:
            downloads_by_kinds[kinds] = repr(listed_downloads(path, localized.downloads))
        keys[path] = key_of(path, others, downloads_by_kinds[kinds])
    beside = key_of(beside, _shared(localized.library, seen, seen))
    for tutorial in localized.library.tutorials:
        names = (f"{tutorial.slug}-mentee", f"{tutorial.slug}-mentor")
        downloads = [localized.downloads.get(name) for name in names]
        keys[page_paths.tutorial_path(tutorial.slug)] = key_of(beside, repr(tutorial), repr(downloads))
    return keys


def known_pages(keys: Mapping[str, str], kept: KeptResults, docs: SafeFolder) -> dict[str, bytes]:
    """Return the pages, by path, that lie in a docs folder as they would be made now."""
    folders = {path.rpartition("/")[0] for path in keys} if kept.is_kept else set()
    there = {f"{folder}/{name}".lstrip("/"): data for folder in folders for name, data in docs.files(folder).items()}
    return {path: there[path] for path in keys if path in there and kept.known(keys[path]) == file_digest(there[path])}


def note_pages(keys: Mapping[str, str], kept: KeptResults, files: Mapping[str, bytes]) -> None:
    """Note what the pages are now."""
    for path, key in keys.items():
        kept.note(key, file_digest(files[path]))
