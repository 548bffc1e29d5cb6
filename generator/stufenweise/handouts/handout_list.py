"""The handouts of a library in one language: kind, file name, title, and the texts in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.localized.level_names import level_name
from stufenweise.model import page_paths
from stufenweise.model.library import Form, KitPiece, Level, Programme, Text, Tutorial

HandoutKind = Literal[
    "mentee",
    "mentor",
    "workbook",
    "mentor-book",
    "checklists",
    "selection",
    "agreement",
    "poster",
    "pocket-card",
    "leader-card",
    "kit",
    "kit-set",
    "word",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutTraits:
    """Properties that all handouts of a kind share."""

    pages: int | None = None
    """Number of pages; None if it varies. Practice material adds one page to the handouts of a tutorial."""
    front_pages: int = 0
    """Pages before the first tutorial of a bound handout: the cover, and in a level's book the level's requirements."""
    is_of_tutorial: bool = False
    """Whether it is the leader's or the mentor's handout of one tutorial."""
    is_book: bool = False
    """Whether it binds the handouts of a level's tutorials."""
    is_bound: bool = False
    """Whether it binds handouts of tutorials, as books and selections do."""


KIND_TRAITS: Mapping[HandoutKind, HandoutTraits] = {
    "mentee": HandoutTraits(pages=1, is_of_tutorial=True),
    "mentor": HandoutTraits(pages=2, is_of_tutorial=True),
    "workbook": HandoutTraits(front_pages=2, is_book=True, is_bound=True),
    "mentor-book": HandoutTraits(front_pages=2, is_book=True, is_bound=True),
    "selection": HandoutTraits(front_pages=1, is_bound=True),
    "agreement": HandoutTraits(pages=1),
    "poster": HandoutTraits(pages=1),
    "pocket-card": HandoutTraits(pages=1),
    "leader-card": HandoutTraits(pages=1),
    "checklists": HandoutTraits(),
    "kit": HandoutTraits(),
    "kit-set": HandoutTraits(),
    "word": HandoutTraits(),
}
BOOKS = tuple(kind for kind, traits in KIND_TRAITS.items() if traits.is_book)

MAX_BOUND = 11
"""Most tutorials in one book: the number that its cover can list (templates/books.typ)."""
BOUND = 10
"""Tutorials in each part of a larger book; its parts end with 1.10, 1.20 and so on."""

HandoutDocument = Level | Tutorial | Programme | Form | KitPiece
SET_PAIRS = 10
"""Number of pairs for which the site offers the set: most programmes begin with six to ten."""


@dataclass(frozen=True, kw_only=True)
class Handout:
    """One PDF or Word document: its kind, and the texts in it."""

    kind: HandoutKind
    name: str
    """File name without suffix. A Word document's name has one, because the PDF of the same text may be beside it."""
    language: str
    title: str
    tutorials: tuple[Tutorial, ...] = ()
    levels: tuple[Level, ...] = ()
    programmes: tuple[Programme, ...] = ()
    form: Form | None = None
    forms: tuple[Form, ...] = ()
    """Forms of a set."""
    kit: tuple[KitPiece, ...] = ()
    """The piece of the kit, or all pieces of a set."""
    pairs: int = 0
    """Number of pairs of a set."""
    copies: tuple[HandoutKind, ...] = ("mentee",)
    """The handouts of each tutorial in a selection."""

    @property
    def traits(self) -> HandoutTraits:
        """Properties of its kind."""
        return KIND_TRAITS[self.kind]

    @property
    def is_part(self) -> bool:
        """Whether this is one of several parts of a level's book."""
        return self.traits.is_book and self.name[-1].isdecimal()

    @property
    def path(self) -> str:
        """Path below the language's folder of the site."""
        return f"{page_paths.HANDOUTS}/{self.file}"

    @property
    def file(self) -> str:
        """File name."""
        return self.name if self.kind == "word" else f"{self.name}.pdf"

    @property
    def pages(self) -> int | None:
        """Number of pages that it must have; None for any number, as for books."""
        if self.traits.is_of_tutorial:
            return tutorial_pages(self.tutorials[0], self.kind, self.language)
        if self.kind == "kit":
            piece = self.kit[0]
            if piece.facts.layout == "pages":
                return None
            return len(piece.text(self.language).sections) if piece.facts.layout == "slides" else 1
        return self.traits.pages

    @property
    def bound_pages(self) -> int:
        """Pages of the tutorials of a book with guides if none is too long; 0 for all other handouts.

        Only guides have enlarged type that fills their pages, so only guides can become too long.
        """
        copies: tuple[HandoutKind, ...] = ("mentor",) if self.kind == "mentor-book" else self.copies
        if self.kind not in {"mentor-book", "selection"} or "mentor" not in copies:
            return 0
        return sum(tutorial_pages(tutorial, kind, self.language) for tutorial in self.tutorials for kind in copies)

    @property
    def documents(self) -> tuple[HandoutDocument, ...]:
        """All documents in it."""
        own_form = (self.form,) if self.form else ()
        return (*self.levels, *self.tutorials, *self.programmes, *own_form, *self.forms, *self.kit)

    def texts(self, language: str) -> Iterator[Text]:
        """Yield the texts in it."""
        return (document.text(language) for document in self.documents)


def all_handouts(branding: HandoutBranding) -> list[Handout]:
    """Return all handouts of one language except selections, those of tutorials first."""
    library, language = branding.localized.library, branding.language
    labels = branding.localized.labels
    result = [handout for tutorial in library.tutorials for handout in tutorial_handouts(branding, tutorial)]
    result += [book for level in library.levels for kind in BOOKS for book in level_books(branding, level, kind)]
    if library.levels:
        title = labels("handout_checklists")
        tutorials = tuple(map(listed, library.tutorials))
        result.append(
            Handout(
                kind="checklists",
                name="checklists",
                language=language,
                title=title,
                tutorials=tutorials,
                levels=library.levels,
            )
        )
        title = labels("handout_poster")
        result.append(
            Handout(
                kind="poster",
                name="poster",
                language=language,
                title=title,
                tutorials=tutorials,
                levels=library.levels,
                programmes=library.programmes,
            )
        )
    for form in library.forms:
        kind: HandoutKind = form.slug  # type: ignore[assignment]
        result.append(Handout(kind=kind, name=form.slug, language=language, title=form.text(language).title, form=form))
    result += [programme_handouts(branding, programme) for programme in library.programmes if programme.facts.plan]
    result += [handout for piece in library.kit for handout in kit_handouts(piece, language)]
    set_of_pairs = kit_set(branding, SET_PAIRS)
    return [*result, set_of_pairs] if set_of_pairs.documents else result


def listed(tutorial: Tutorial) -> Tutorial:
    """Reduce a tutorial to title and checklist for lists, so that other changes don't reprint the lists."""
    return replace(tutorial, texts={code: _listed_text(text) for code, text in tutorial.texts.items()})


def _listed_text(text: Text) -> Text:
    sections = {
        name: replace(section, line=0, items=tuple(replace(item, line=0) for item in section.items))
        for name, section in text.sections.items()
        if name == "checklist"
    }
    return replace(text, sections=sections, summary="", digest="", translates=None, search=())


def kit_handouts(piece: KitPiece, language: str) -> list[Handout]:
    """Return the handout of a piece of the kit and, if it has one, its Word document."""
    title = piece.text(language).title
    handout = Handout(kind="kit", name=f"kit-{piece.slug}", language=language, title=title, kit=(piece,))
    word = Handout(kind="word", name=f"kit-{piece.slug}.docx", language=language, title=title, kit=(piece,))
    return [handout, word] if piece.facts.word else [handout]


def kit_set(branding: HandoutBranding, pairs: int) -> Handout:
    """Return the handouts for a number of pairs as one PDF, each in the number of copies that they need."""
    library = branding.localized.library
    title = branding.localized.labels("handout_kit_set", n=pairs)
    forms = tuple(form for form in library.forms if form.facts.per_pair)
    kit = tuple(piece for piece in library.kit if piece.facts.per_pair)
    name = "kit-set" if pairs == SET_PAIRS else f"kit-set-{pairs}"
    return Handout(
        kind="kit-set", name=name, language=branding.language, title=title, forms=forms, kit=kit, pairs=pairs
    )


def tutorial_pages(tutorial: Tutorial, kind: HandoutKind, language: str) -> int:
    """Return how many pages the leader's or the mentor's handout of a tutorial has."""
    sections = tutorial.text(language).sections
    has_more = "material" in sections if kind == "mentee" else sections["mentor"].key is not None
    return (KIND_TRAITS[kind].pages or 0) + has_more


def tutorial_handouts(branding: HandoutBranding, tutorial: Tutorial) -> tuple[Handout, Handout]:
    """Return the mentee's and the mentor's handout of a tutorial."""
    language = branding.language
    text = tutorial.text(language)
    labels = branding.localized.labels_by_language[text.language]
    mentee, mentor = (f"{text.title} – {labels.member('download_copies', kind)}" for kind in ("mentee", "mentor"))
    return (
        Handout(kind="mentee", name=f"{tutorial.slug}-mentee", language=language, title=mentee, tutorials=(tutorial,)),
        Handout(kind="mentor", name=f"{tutorial.slug}-mentor", language=language, title=mentor, tutorials=(tutorial,)),
    )


def level_books(branding: HandoutBranding, level: Level, kind: HandoutKind) -> list[Handout]:
    """Return the leader's workbook of a level, or the mentor's book; in parts if it has many tutorials."""
    labels = branding.localized.labels
    title = labels(f"handout_{kind.replace('-', '_')}", level=level_name(labels, level, branding.language))
    tutorials = tuple(branding.localized.tutorials_by_level[level.facts.level])

    def book(name: str, title: str, bound: tuple[Tutorial, ...]) -> Handout:
        return Handout(kind=kind, name=name, language=branding.language, title=title, tutorials=bound, levels=(level,))

    if len(tutorials) <= MAX_BOUND:
        return [book(f"{level.slug}-{kind}", title, tutorials)]
    numbers = branding.localized.tutorial_numbers
    result = []
    for part, start in enumerate(range(0, len(tutorials), BOUND), 1):
        bound = tutorials[start : start + BOUND]
        first, last = numbers[bound[0].slug], numbers[bound[-1].slug]
        part_title = labels("handout_part", title=title, first=first, last=last)
        result.append(book(f"{level.slug}-{kind}-{part}", part_title, bound))
    return result


def programme_handouts(branding: HandoutBranding, programme: Programme) -> Handout:
    """Return both handouts of each tutorial in a programme's plan as one PDF."""
    by_slug = branding.localized.tutorial_by_slug
    slugs = dict.fromkeys(slug for session in programme.facts.plan for slug in session.tutorials)
    title = branding.localized.labels("handout_programme_sheets", name=programme.text(branding.language).title)
    tutorials = tuple(by_slug[slug] for slug in slugs)
    name = f"{programme.slug}-sheets"
    return Handout(
        kind="selection",
        name=name,
        language=branding.language,
        title=title,
        tutorials=tutorials,
        copies=("mentee", "mentor"),
    )


def selection(branding: HandoutBranding, tutorials: Iterable[Tutorial], copies: tuple[HandoutKind, ...]) -> Handout:
    """Return any tutorials in any order as one PDF with a cover."""
    title = branding.localized.labels("handout_selection")
    return Handout(
        kind="selection",
        name="selection",
        language=branding.language,
        title=title,
        tutorials=tuple(tutorials),
        copies=copies,
    )
