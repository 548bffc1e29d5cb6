"""List the pages that the search can find, with their search words and sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from stufenweise.assemble.overviews import overviews
from stufenweise.assemble.plain_markdown import plain_line, plain_lines
from stufenweise.assemble.search_words import folded_words
from stufenweise.core.digests import digest_of
from stufenweise.core.result_cache import NO_CACHE, ResultCache
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model import page_paths
from stufenweise.model.library import Tutorial
from stufenweise.model.text import Section, Text

_TermForms = Sequence[tuple[tuple[str, ...], list[str]]]


@dataclass(frozen=True, slots=True)
class SearchSection:
    """A part of a page that a search result can link to."""

    anchor: str
    """Id of its heading; empty for the top of the page."""
    heading: str
    lines: tuple[str, ...]
    """Its words: a line for each paragraph, item and row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """A page with the fields that are searched."""

    path: str
    """Path below the docs folder."""
    kind: str
    title: str
    summary: str
    words: tuple[str, ...] = ()
    """Other names for its topic."""
    sections: tuple[SearchSection, ...] = ()
    facts: tuple[str, ...] = ()
    """Its level, orientation and other facts as text."""
    level: int = 0
    minutes: int = 0
    language: str = ""
    """Language of its text, if it is not the site's."""
    terms: tuple[str, ...] = ()
    """Glossary terms on the page, in all their forms."""


def all_search_pages(localized: LocalizedLibrary, cache: ResultCache = NO_CACHE) -> Iterator[SearchPage]:
    """Yield all pages that the search can find, in the order of the site; unchanged sections come from the cache."""
    forms = _term_forms(localized)
    forms_key = digest_of("terms", repr(forms)) if cache.is_enabled else ""
    for page in _pages(localized, cache):
        yield replace(page, terms=_cached_terms(page, forms, forms_key, cache))


def _cached_terms(page: SearchPage, forms: _TermForms, forms_key: str, cache: ResultCache) -> tuple[str, ...]:
    """Return the terms of a page, from the cache if possible."""
    if not cache.is_enabled or page.kind != "tutorial":
        return tuple(_terms_on(page, forms))
    key = digest_of(forms_key, repr(page))
    return cache.get_or_compute(key, lambda: tuple(_terms_on(page, forms)), tuple[str, ...])


def _pages(localized: LocalizedLibrary, cache: ResultCache) -> Iterator[SearchPage]:
    library, labels, language = localized.library, localized.labels, localized.language
    yield _text_page(localized, page_paths.HOME_PAGE, "home", library.home.text(language))
    for level in library.levels:
        page = _text_page(localized, page_paths.level_path(level.slug), "level", level.text(language))
        facts = (labels("level_n", n=level.facts.level), labels.member("orientations", level.facts.orientation))
        yield replace(page, facts=facts, level=level.facts.level)
    yield from (tutorial_entry(localized, tutorial, cache) for tutorial in library.tutorials)
    for guide in library.guides:
        yield _text_page(localized, page_paths.guide_path(guide.slug), "guide", guide.text(language))
    for piece in library.kit:
        yield _text_page(localized, page_paths.kit_path(piece.slug), "kit-piece", piece.text(language))
    yield from _overview_pages(localized)


def tutorial_entry(localized: LocalizedLibrary, tutorial: Tutorial, cache: ResultCache = NO_CACHE) -> SearchPage:
    """Return the search page of a tutorial."""
    facts, labels = tutorial.facts, localized.labels
    text = tutorial.text(localized.language)
    page = _text_page(localized, page_paths.tutorial_path(tutorial.slug), "tutorial", text, cache)
    said = (labels("level_n", n=facts.level), labels.member("orientations", facts.orientation))
    return replace(page, facts=said, level=facts.level, minutes=facts.minutes)


def _text_page(
    localized: LocalizedLibrary, path: str, kind: str, text: Text, cache: ResultCache = NO_CACHE
) -> SearchPage:
    sections = _cached_sections(text, cache)
    other_language = localized.other_language(text.language)
    return SearchPage(
        path=path,
        kind=kind,
        title=text.title,
        summary=text.summary,
        words=text.search,
        sections=sections,
        language=other_language,
    )


def _cached_sections(text: Text, cache: ResultCache) -> tuple[SearchSection, ...]:
    """Return the sections of a text, from the cache if possible."""
    return cache.get_or_compute(
        digest_of("sections", text.fingerprint) if cache.is_enabled else "",
        lambda: tuple(search_section for section in text.sections.values() for search_section in _sections(section)),
        tuple[SearchSection, ...],
    )


def _sections(section: Section) -> Iterator[SearchSection]:
    """Yield a section and each of its steps, if they have text of their own."""
    lines = (*plain_lines(section.body), *(plain_line(item.text) for item in section.items))
    if lines:
        yield SearchSection(section.id, section.heading, tuple(lines))
    for step in section.steps:
        yield SearchSection(step.id, plain_line(step.title), tuple(plain_lines(step.body)))


def _overview_pages(localized: LocalizedLibrary) -> Iterator[SearchPage]:
    """Yield the overview pages; of texts with a page of their own they index only the titles."""
    labels = localized.labels
    words = {key: tuple(word.strip() for word in text.split(",")) for key, text in labels.group("search_words").items()}
    entries = {
        page_paths.GOALS: _goals,
        page_paths.PROGRAMMES: _programmes,
        page_paths.GLOSSARY: _glossary,
        page_paths.DOWNLOADS: _forms,
    }
    for overview in overviews(localized):
        sections, further_words = entries[overview.path](localized) if overview.path in entries else ((), ())
        yield SearchPage(
            path=overview.path,
            kind=overview.kind,
            title=overview.title(labels),
            summary=overview.lead(labels),
            words=(*words.get(overview.kind, ()), *further_words),
            sections=tuple(sections),
        )


_Entries = tuple[Iterable[SearchSection], Iterable[str]]
"""Sections of an overview, and search words of the texts in it."""


def _goals(localized: LocalizedLibrary) -> _Entries:
    language = localized.language
    return [
        SearchSection(page_paths.goal_anchor(goal.code), goal.title(language), (goal.summary(language),))
        for goal in localized.library.goals
    ], ()


def _programmes(localized: LocalizedLibrary) -> _Entries:
    texts = [(programme.slug, programme.text(localized.language)) for programme in localized.library.programmes]
    sections = [
        SearchSection(
            slug,
            text.title,
            (text.summary, *(line for section in text.sections.values() for line in plain_lines(section.body))),
        )
        for slug, text in texts
    ]
    return sections, (word for _, text in texts for word in text.search)


def _glossary(localized: LocalizedLibrary) -> _Entries:
    return [
        SearchSection(page_paths.term_anchor(term), text.term, (text.text,))
        for term, text in localized.glossary.texts.items()
    ], ()


def _forms(localized: LocalizedLibrary) -> _Entries:
    texts = [form.text(localized.language) for form in localized.library.forms]
    return [SearchSection("", text.title, (text.summary,)) for text in texts], (
        word for text in texts for word in text.search
    )


def _term_forms(localized: LocalizedLibrary) -> _TermForms:
    """Return all forms of each glossary term, as text and as folded words."""
    all_forms = [(text.term, *text.forms) for text in localized.glossary.texts.values()]
    return [(written, [f" {' '.join(folded_words(form))} " for form in written]) for written in all_forms]


def _terms_on(page: SearchPage, forms: _TermForms) -> Iterator[str]:
    """Yield all forms of the terms on a page; overviews are skipped, since they name nearly all terms."""
    if page.kind not in {"tutorial", "level", "guide"}:
        return
    lines = (page.title, page.summary, *page.words, *(line for section in page.sections for line in section.lines))
    text = f" {' '.join(folded_words(' '.join(lines)))} "
    for written, folded in forms:
        if any(form in text for form in folded):
            yield from written
