"""The handouts of a library in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from stufenweise.handouts.handout import (
    BOOK_OF_COPY,
    COPIES,
    Checklists,
    Copy,
    FormHandout,
    Handout,
    KitHandout,
    KitSet,
    LevelBook,
    Poster,
    Selection,
    TutorialHandout,
    WordDocument,
)
from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.localized.level_names import level_name
from stufenweise.model.library import KitPiece, Level, Programme, Tutorial
from stufenweise.model.text import Text

MAX_IN_ONE_BOOK = 11
"""Most tutorials in one book: the number that its cover can list (templates/books.typ)."""
PER_PART = 10
"""Tutorials in each part of a larger book; its parts end with 1.10, 1.20 and so on."""

SET_PAIRS = 10
"""Number of pairs for which the site offers the set: most programmes begin with six to ten."""


def all_handouts(branding: HandoutBranding) -> list[Handout]:
    """Return all handouts of one language except selections, those of tutorials first."""
    library, language = branding.localized.library, branding.language
    result: list[Handout] = []
    for tutorial in library.tutorials:
        result += tutorial_handouts(branding, tutorial)
    for level in library.levels:
        for copy in COPIES:
            result += level_books(branding, level, copy)
    if library.levels:
        result += _overviews(branding)
    for form in library.forms:
        title = form.text(language).title
        result.append(FormHandout(kind=form.slug, name=form.slug, language=language, title=title, form=form))
    result += (programme_handouts(branding, programme) for programme in library.programmes if programme.facts.plan)
    for piece in library.kit:
        result += kit_handouts(piece, language)
    set_of_pairs = kit_set(branding, SET_PAIRS)
    return [*result, set_of_pairs] if set_of_pairs.documents else result


def _overviews(branding: HandoutBranding) -> tuple[Checklists, Poster]:
    """Return the handouts that show all levels and tutorials."""
    library, labels = branding.localized.library, branding.localized.labels
    tutorials = tuple(map(listed, library.tutorials))
    checklists = Checklists(
        name="checklists",
        language=branding.language,
        title=labels("handout_checklists"),
        levels=library.levels,
        listed=tutorials,
    )
    poster = Poster(
        name="poster",
        language=branding.language,
        title=labels("handout_poster"),
        levels=library.levels,
        listed=tutorials,
        programmes=library.programmes,
    )
    return checklists, poster


def listed(tutorial: Tutorial) -> Tutorial:
    """Reduce a tutorial to title and checklist for lists, so that other changes don't reprint the lists."""
    return replace(tutorial, texts={code: _listed_text(text) for code, text in tutorial.texts.items()})


def _listed_text(text: Text) -> Text:
    """Reduce a text to title and checklist, wherever they stand in it."""
    sections = {
        name: replace(section, line=0, items=tuple(replace(item, line=0) for item in section.items))
        for name, section in text.sections.items()
        if name == "checklist"
    }
    return replace(text, sections=sections, summary="", digest="", translates=None, search=())


def kit_handouts(piece: KitPiece, language: str) -> list[Handout]:
    """Return the handout of a piece of the kit and, if it has one, its Word document."""
    title = piece.text(language).title
    sheet = KitHandout(name=f"kit-{piece.slug}", language=language, title=title, piece=piece)
    if not piece.facts.word:
        return [sheet]
    return [sheet, WordDocument(name=f"{sheet.name}.docx", language=language, title=title, piece=piece)]


def kit_set(branding: HandoutBranding, pairs: int) -> KitSet:
    """Return the handouts for a number of pairs as one PDF, each in the number of copies that they need."""
    library = branding.localized.library
    return KitSet(
        name="kit-set" if pairs == SET_PAIRS else f"kit-set-{pairs}",
        language=branding.language,
        title=branding.localized.labels("handout_kit_set", n=pairs),
        forms=tuple(form for form in library.forms if form.facts.per_pair),
        pieces=tuple(piece for piece in library.kit if piece.facts.per_pair),
        pairs=pairs,
    )


def tutorial_handouts(branding: HandoutBranding, tutorial: Tutorial) -> list[TutorialHandout]:
    """Return the mentee's and the mentor's handout of a tutorial."""
    text = tutorial.text(branding.language)
    labels = branding.localized.labels_by_language[text.language]
    return [
        TutorialHandout(
            kind=copy,
            name=f"{tutorial.slug}-{copy}",
            language=branding.language,
            title=f"{text.title} – {labels.member('download_copies', copy)}",
            tutorial=tutorial,
        )
        for copy in COPIES
    ]


def level_books(branding: HandoutBranding, level: Level, copy: Copy) -> list[LevelBook]:
    """Return the leader's workbook of a level, or the mentor's book: in parts if it is long, none if too long."""
    if not branding.localized.library.is_bound(level):
        return []
    labels, kind = branding.localized.labels, BOOK_OF_COPY[copy]
    tutorials = tuple(branding.localized.tutorials_by_level[level.facts.level])
    book = LevelBook(
        kind=kind,
        name=f"{level.slug}-{kind}",
        language=branding.language,
        title=labels(f"handout_{kind.replace('-', '_')}", level=level_name(labels, level, branding.language)),
        level=level,
        bound=tutorials,
        copies=(copy,),
    )
    if len(tutorials) <= MAX_IN_ONE_BOOK:
        return [book]
    numbers = branding.localized.tutorial_numbers
    parts = []
    for part, start in enumerate(range(0, len(tutorials), PER_PART), 1):
        bound = tutorials[start : start + PER_PART]
        first, last = numbers[bound[0].slug], numbers[bound[-1].slug]
        title = labels("handout_part", title=book.title, first=first, last=last)
        parts.append(replace(book, name=f"{book.name}-{part}", title=title, bound=bound, part=part))
    return parts


def programme_handouts(branding: HandoutBranding, programme: Programme) -> Selection:
    """Return both handouts of each tutorial in a programme's plan as one PDF."""
    slugs = dict.fromkeys(slug for session in programme.facts.plan for slug in session.tutorials)
    return Selection(
        name=f"{programme.slug}-sheets",
        language=branding.language,
        title=branding.localized.labels("handout_programme", name=programme.text(branding.language).title),
        bound=tuple(branding.localized.tutorial_by_slug[slug] for slug in slugs),
        copies=COPIES,
    )


def selection(branding: HandoutBranding, tutorials: Iterable[Tutorial], copies: tuple[Copy, ...]) -> Selection:
    """Return any tutorials in any order as one PDF with a cover."""
    return Selection(
        name="selection",
        language=branding.language,
        title=branding.localized.labels("handout_selection"),
        bound=tuple(tutorials),
        copies=copies,
    )
