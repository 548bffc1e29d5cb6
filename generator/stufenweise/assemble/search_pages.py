"""List the pages that the search can find, with their search words and sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from stufenweise.assemble.overviews import overviews
from stufenweise.assemble.plain_markdown import plain_line, plain_lines
from stufenweise.assemble.search_words import folded_words
from stufenweise.core.digests import digest_of
from stufenweise.core.result_cache import NO_CACHE, ResultCache
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model import page_paths
from stufenweise.model.text import Section, Text

WITH_TERMS = frozenset({"tutorial", "level", "guide"})
"""Kinds of pages that are also found by other forms of the terms on them; overviews name nearly all terms."""


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
    made_of: str = ""
    """Digest over all that the page is made of; empty for a page of many texts."""


@dataclass(frozen=True, slots=True)
class _TermForms:
    """The forms of all glossary terms, for finding the terms on a page."""

    written: Sequence[tuple[str, ...]]
    """The forms of each term, as they are written."""
    by_first_word: Mapping[str, Sequence[tuple[int, str]]]
    """Folded forms between blanks, each with the place of its term, by their first word."""
    digest: str


@dataclass(frozen=True, slots=True)
class _TextParts:
    """What takes a while to find in a text."""

    sections: tuple[SearchSection, ...]
    terms: tuple[str, ...]


def all_search_pages(localized: LocalizedLibrary, cache: ResultCache = NO_CACHE) -> Iterator[SearchPage]:
    """Yield all pages that the search can find, in the order of the site; unchanged texts come from the cache."""
    library, labels, language = localized.library, localized.labels, localized.language
    text_page = partial(_text_page, localized, _term_forms(localized), cache)
    yield text_page(page_paths.HOME_PAGE, "home", library.home.text(language))
    for level in library.levels:
        facts = (labels("level_n", n=level.facts.level), labels.member("orientations", level.facts.orientation))
        path = page_paths.level_path(level.slug)
        yield text_page(path, "level", level.text(language), facts=facts, level=level.facts.level)
    for tutorial in library.tutorials:
        said = (labels("level_n", n=tutorial.facts.level), labels.member("orientations", tutorial.facts.orientation))
        yield text_page(
            page_paths.tutorial_path(tutorial.slug),
            "tutorial",
            tutorial.text(language),
            facts=said,
            level=tutorial.facts.level,
            minutes=tutorial.facts.minutes,
        )
    for guide in library.guides:
        yield text_page(page_paths.guide_path(guide.slug), "guide", guide.text(language))
    for piece in library.kit:
        yield text_page(page_paths.kit_path(piece.slug), "kit-piece", piece.text(language))
    yield from _overview_pages(localized)


def _text_page(
    localized: LocalizedLibrary,
    forms: _TermForms,
    cache: ResultCache,
    path: str,
    kind: str,
    text: Text,
    *,
    facts: tuple[str, ...] = (),
    level: int = 0,
    minutes: int = 0,
) -> SearchPage:
    """Return the search page of a text."""
    made_of = digest_of(kind, text.fingerprint, forms.digest, *facts) if cache.is_enabled else ""
    parts = cache.get_or_compute(f"parts {made_of}", lambda: _text_parts(text, kind, forms), _TextParts)
    return SearchPage(
        path=path,
        kind=kind,
        title=text.title,
        summary=text.summary,
        words=text.search,
        sections=parts.sections,
        facts=facts,
        level=level,
        minutes=minutes,
        language=localized.other_language(text.language),
        terms=parts.terms,
        made_of=made_of,
    )


def _text_parts(text: Text, kind: str, forms: _TermForms) -> _TextParts:
    """Return the sections of a text, and the terms on its page if that is of a kind that explains few."""
    sections = tuple(part for section in text.sections.values() for part in _sections(section))
    if kind not in WITH_TERMS:
        return _TextParts(sections, ())
    lines = (line for section in sections for line in section.lines)
    return _TextParts(sections, tuple(_terms_in("\n".join((text.title, text.summary, *text.search, *lines)), forms)))


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
    """Return all forms of each glossary term."""
    written = [(text.term, *text.forms) for text in localized.glossary.texts.values()]
    by_first_word: dict[str, list[tuple[int, str]]] = {}
    for number, forms in enumerate(written):
        for form in forms:
            if words := folded_words(form):
                by_first_word.setdefault(words[0], []).append((number, f" {' '.join(words)} "))
    return _TermForms(written, by_first_word, digest_of("terms", repr(written)))


def _terms_in(text: str, forms: _TermForms) -> Iterator[str]:
    """Yield all forms of the terms in a text."""
    words = folded_words(text)
    folded = f" {' '.join(words)} "
    found = {
        number
        for word in forms.by_first_word.keys() & words
        for number, form in forms.by_first_word[word]
        if form in folded
    }
    for number in sorted(found):
        yield from forms.written[number]
