"""The page of a tutorial that is taken from the last build is the one that would be made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from stufenweise.assemble.docs_tree import docs_tree, write_docs_tree
from stufenweise.assemble.kept_pages import known_pages, listed_downloads, note_pages, page_keys, seen, shown_in_lists
from stufenweise.assemble.localized_library import Download, LocalizedLibrary, in_language
from stufenweise.assemble.page_list import page_makers
from stufenweise.assemble.page_source import page_source
from stufenweise.assemble.text_pages import tutorial_page
from stufenweise.i18n.labels import package_labels
from stufenweise.kept_results import KeptResults
from stufenweise.load.loader import load_content
from stufenweise.model.library import Library, Text
from stufenweise.safe_folders import SafeFolder
from stufenweise.source.content_files import read_content_files

PAGES = {"goals.md", *(f"tutorials/{slug}.md" for slug in ("first", "second", "third"))}
"""Those of tutorials, and one that lists them."""


def library_in(folder: str) -> Library:
    return load_content(read_content_files(ROOT / folder), ("de", "en")).library()


def localized(library: Library, **values: object) -> LocalizedLibrary:
    labels = {code: package_labels(code) for code in library.languages}
    return replace(LocalizedLibrary(library=library, language="de", labels_by_language=labels), **values)


@pytest.mark.parametrize("folder", ["content", "tests/library/content"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_page_shows_no_more_of_other_documents_than_is_looked_at(folder: str, language: str) -> None:
    library = library_in(folder)
    bare = {
        name: tuple(map(seen, getattr(library, name))) for name in ("levels", "programmes", "guides", "forms", "kit")
    }
    whole = localized(library, language=language)
    for tutorial in library.tutorials[::4] if len(library.tutorials) > 9 else library.tutorials:
        tutorials = tuple(one if one is tutorial else seen(one) for one in library.tutorials)
        little = localized(
            replace(library, **bare, home=seen(library.home), tutorials=tutorials, same_words={}), language=language
        )
        found, expected = tutorial_page(little, tutorial), tutorial_page(whole, tutorial)
        assert page_source(found, little.labels) == page_source(expected, whole.labels), tutorial.slug


@pytest.mark.parametrize("folder", ["content", "tests/library/content"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_pages_list_no_more_of_tutorials_than_is_looked_at(folder: str, language: str) -> None:
    library = library_in(folder)
    kinds = [("checklists", "checklists"), *((level.slug, "workbook") for level in library.levels)]
    kinds += [(f"{one.slug}-sheets", "selection") for one in library.programmes]
    kinds += [(f"{one.slug}-{kind}", kind) for one in library.tutorials for kind in ("mentee", "mentor")]
    downloads = {
        name: Download(kind=kind, path=f"handouts/{name}.pdf", title=name, pages=2, size=3000) for name, kind in kinds
    }
    whole = localized(library, language=language, downloads=downloads)
    bare = replace(library, tutorials=tuple(map(shown_in_lists, library.tutorials)))
    for path, make in page_makers(whole).items():
        if path not in {f"tutorials/{one.slug}.md" for one in library.tutorials}:
            little = replace(whole, library=bare, downloads=listed_downloads(path, downloads))
            assert page_source(page_makers(little)[path](), little.labels) == page_source(make(), whole.labels), path


def test_a_site_shows_texts_of_its_language_and_of_the_source_alone() -> None:
    library = library_in("tests/library/content")
    german = in_language(library, "de")
    assert all(one.texts.keys() == {"de"} for one in (german.home, *german.tutorials))
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
    """Return a text of which a step takes longer."""
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
    first = KeptResults(work, "some")
    files = docs_tree(before, kept=first)
    write_docs_tree(files, docs)
    note_pages(page_keys(before), first, files)
    first.keep()
    now = change(before)
    second = KeptResults(work, "some")
    known = known_pages(page_keys(now), second, docs)
    assert known.keys() & PAGES == PAGES - made
    assert docs_tree(now, known, second) == docs_tree(now)


def test_a_page_that_somebody_has_changed_is_not_taken(tmp_path: Path) -> None:
    work = SafeFolder(tmp_path)
    site = localized(library_in("tests/library/content"))
    kept = KeptResults(work, "some")
    files = docs_tree(site)
    write_docs_tree({**files, "tutorials/first.md": b"other"}, work.at("docs"))
    note_pages(page_keys(site), kept, files)
    kept.keep()
    known = known_pages(page_keys(site), KeptResults(work, "some"), work.at("docs"))
    assert known.keys() == files.keys() & page_keys(site).keys() - {"tutorials/first.md"}
