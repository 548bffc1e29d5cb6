"""A tutorial's page reused from the last build equals the page that would be made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from stufenweise.assemble.docs_tree import docs_tree
from stufenweise.assemble.page_cache import (
    cache_pages,
    cached_pages,
    downloads_shown_by_overviews,
    page_keys,
    shown_by_overviews,
    shown_by_tutorials,
)
from stufenweise.assemble.page_list import page_makers
from stufenweise.assemble.page_source import page_source
from stufenweise.assemble.text_pages import tutorial_page
from stufenweise.core.folder_contents import content_digests, replace_contents
from stufenweise.core.result_cache import ResultCache
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.i18n.labels import package_labels
from stufenweise.load.library_builder import build_library
from stufenweise.load.loader import load_content
from stufenweise.localized.localized_library import Download, LocalizedLibrary, in_language
from stufenweise.model.library import Library
from stufenweise.model.text import Text
from stufenweise.source.files.content_files import read_content_files

PAGES = {"goals.md", *(f"tutorials/{slug}.md" for slug in ("first", "second", "third"))}
"""Those of tutorials, and one that lists them."""


def library_in(folder: str) -> Library:
    return build_library(load_content(read_content_files(ROOT / folder), ("de", "en")))


def localized(library: Library, language: str = "de") -> LocalizedLibrary:
    labels = {code: package_labels(code) for code in library.languages}
    return LocalizedLibrary(library=library, language=language, labels_by_language=labels)


@pytest.mark.parametrize("folder", ["content", "tests/library/content"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_tutorials_page_depends_only_on_what_its_cache_key_covers(folder: str, language: str) -> None:
    library = library_in(folder)
    bare = replace(
        library,
        home=shown_by_tutorials(library.home),
        levels=tuple(map(shown_by_tutorials, library.levels)),
        programmes=tuple(map(shown_by_tutorials, library.programmes)),
        guides=tuple(map(shown_by_tutorials, library.guides)),
        forms=tuple(map(shown_by_tutorials, library.forms)),
        kit=tuple(map(shown_by_tutorials, library.kit)),
        same_words={},
    )
    whole = localized(library, language)
    for tutorial in library.tutorials[::4] if len(library.tutorials) > 9 else library.tutorials:
        tutorials = tuple(other if other is tutorial else shown_by_tutorials(other) for other in library.tutorials)
        little = localized(replace(bare, tutorials=tutorials), language)
        found, expected = tutorial_page(little, tutorial), tutorial_page(whole, tutorial)
        assert page_source(found, little.labels) == page_source(expected, whole.labels), tutorial.slug


@pytest.mark.parametrize("folder", ["content", "tests/library/content"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_an_overview_depends_only_on_what_its_cache_key_covers(folder: str, language: str) -> None:
    library = library_in(folder)
    kinds = [("checklists", "checklists"), *((level.slug, "workbook") for level in library.levels)]
    kinds += [(f"{programme.slug}-sheets", "selection") for programme in library.programmes]
    kinds += [(f"{tutorial.slug}-{kind}", kind) for tutorial in library.tutorials for kind in ("mentee", "mentor")]
    downloads = {
        name: Download(kind=kind, path=f"handouts/{name}.pdf", title=name, pages=2, size=3000) for name, kind in kinds
    }
    whole = replace(localized(library, language), downloads=downloads)
    bare = replace(library, tutorials=tuple(map(shown_by_overviews, library.tutorials)))
    for path, make in page_makers(whole).items():
        if path not in {f"tutorials/{tutorial.slug}.md" for tutorial in library.tutorials}:
            little = replace(whole, library=bare, downloads=downloads_shown_by_overviews(path, downloads))
            assert page_source(page_makers(little)[path](), little.labels) == page_source(make(), whole.labels), path


def test_a_site_shows_texts_of_its_language_and_of_the_source_alone() -> None:
    library = library_in("tests/library/content")
    german = in_language(library, "de")
    assert german.home.texts.keys() == {"de"}
    assert all(tutorial.texts.keys() == {"de"} for tutorial in german.tutorials)
    assert docs_tree(localized(german)) == docs_tree(localized(library))


def text_of_first(library: Library, change: Callable[[Text], Text], at: int = 0) -> Library:
    """Return a library in which the German text of its first tutorial, or another, is changed."""
    tutorials = [*library.tutorials]
    texts = tutorials[at].texts
    tutorials[at] = replace(tutorials[at], texts={**texts, "de": change(texts["de"])})
    return replace(library, tutorials=tuple(tutorials))


def longer(text: Text) -> Text:
    """Return a text with one more sentence."""
    why = text.sections["why"]
    return replace(text, sections={**text.sections, "why": replace(why, body=f"{why.body}\n\nMehr.")})


def other_item(text: Text) -> Text:
    """Return a text with other words for the first item of its checklist."""
    section = text.sections["checklist"]
    first, *rest = section.items
    return replace(
        text,
        sections={**text.sections, "checklist": replace(section, items=(replace(first, text="Anders."), *rest))},
    )


def slower(text: Text) -> Text:
    """Return a text with a longer step."""
    steps = text.sections["steps"]
    first, *rest = steps.steps
    more = replace(steps, steps=(replace(first, minutes=first.minutes + 5), *rest))
    return replace(text, sections={**text.sections, "steps": more})


DOWNLOAD = Download(kind="mentee", path="handouts/second-mentee.pdf", title="Blatt", pages=1, size=1000)


@pytest.mark.parametrize(
    ("change", "made"),
    [
        (lambda site: site, set()),
        (lambda site: localized(text_of_first(site.library, longer)), {"tutorials/first.md"}),
        (lambda site: localized(text_of_first(site.library, other_item)), {"tutorials/first.md", "goals.md"}),
        (lambda site: localized(text_of_first(site.library, lambda text: replace(text, title="Neu"))), PAGES),
        (lambda site: localized(text_of_first(site.library, slower)), PAGES),
        (lambda site: localized(replace(site.library, terms=())), PAGES),
        (lambda site: localized(replace(site.library, questions=())), PAGES),
        (lambda site: replace(site, downloads={"second-mentee": DOWNLOAD}), {"tutorials/second.md", "goals.md"}),
        (lambda site: replace(site, directories=False), PAGES),
        (lambda site: replace(site, labels_by_language=dict.fromkeys(("de", "en"), package_labels("en"))), PAGES),
    ],
    ids=[
        "nothing",
        "a sentence",
        "an item",
        "a title",
        "minutes",
        "terms",
        "questions",
        "a sheet",
        "addresses",
        "labels",
    ],
)
def test_a_page_is_made_anew_when_anything_of_it_has_changed(
    tmp_path: Path, change: Callable[[LocalizedLibrary], LocalizedLibrary], made: set[str]
) -> None:
    work = SafeFolder(tmp_path)
    docs = work.at("docs")
    before = localized(library_in("tests/library/content"))
    first = ResultCache(work, "some")
    files = docs_tree(before, cache=first)
    replace_contents(docs, files)
    cache_pages(page_keys(before), first, content_digests(docs))
    first.save()
    now = change(before)
    second = ResultCache(work, "some")
    known = cached_pages(page_keys(now), second, content_digests(docs))
    assert known & PAGES == PAGES - made
    assert docs_tree(now, {path: files[path] for path in known}, second) == docs_tree(now)


def test_a_page_that_somebody_has_changed_is_not_taken(tmp_path: Path) -> None:
    work = SafeFolder(tmp_path)
    site = localized(library_in("tests/library/content"))
    cache = ResultCache(work, "some")
    files = docs_tree(site)
    replace_contents(work.at("docs"), files)
    cache_pages(page_keys(site), cache, content_digests(work.at("docs")))
    cache.save()
    work.write("docs/tutorials/first.md", b"other")
    known = cached_pages(page_keys(site), ResultCache(work, "some"), content_digests(work.at("docs")))
    assert known == files.keys() & page_keys(site).keys() - {"tutorials/first.md"}
