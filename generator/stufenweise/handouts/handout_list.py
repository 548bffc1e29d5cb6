"""The handouts that a library has in one language: kind, file name, title, and the texts that go into each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from stufenweise.assemble import page_paths
from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.i18n.labels import Labels
from stufenweise.model.library import Form, KitPiece, Level, Text, Tutorial

HandoutKind = Literal[
    "mentee",
    "mentor",
    "workbook",
    "checklists",
    "selection",
    "agreement",
    "poster",
    "pocket-card",
    "kit",
    "kit-set",
    "word",
]
FIXED_PAGES: Mapping[HandoutKind, int] = {"mentee": 1, "mentor": 2, "agreement": 1, "pocket-card": 1}
"""How many pages a handout has, where that is fixed (domain.md 4.2)."""

SET_PAIRS = 10
"""For how many pairs the site offers the set: most programmes begin with six to ten (domain-2026 D13)."""


@dataclass(frozen=True)
class Handout:
    """One PDF, or Word document: what it is, and what goes into it."""

    kind: HandoutKind
    name: str
    """File name without suffix; a Word document's has it, for it may stand beside the PDF of its text."""
    language: str
    title: str
    tutorials: tuple[Tutorial, ...] = ()
    levels: tuple[Level, ...] = ()
    form: Form | None = None
    forms: tuple[Form, ...] = ()
    """Forms of a set."""
    kit: tuple[KitPiece, ...] = ()
    """The piece of the kit that it prints, or those of a set."""
    pairs: int = 0
    """For how many pairs a set is counted out."""
    copies: tuple[HandoutKind, ...] = ("mentee",)
    """Which handouts of each tutorial a selection binds."""

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
        """How many pages it must have; None for a book, which has as many as it needs."""
        if self.kind == "kit":
            piece = self.kit[0]
            return len(piece.text(self.language).sections) if piece.facts.layout == "slides" else 1
        return FIXED_PAGES.get(self.kind)

    @property
    def documents(self) -> tuple[Level | Tutorial | Form | KitPiece, ...]:
        """All documents that go into it."""
        return (*self.levels, *self.tutorials, *([self.form] if self.form else []), *self.forms, *self.kit)

    def texts(self, language: str) -> Iterator[Text]:
        """Yield the texts that go into it."""
        return (document.text(language) for document in self.documents)


def all_handouts(branding: HandoutBranding) -> list[Handout]:
    """Return all handouts of one language but selections, those of tutorials first."""
    library, language = branding.localized.library, branding.language
    labels = branding.localized.labels
    result = [handout for tutorial in library.tutorials for handout in tutorial_handouts(branding, tutorial)]
    result += [workbook(branding, level) for level in library.levels]
    if library.levels:
        title = labels("handout_checklists")
        result.append(Handout("checklists", "checklists", language, title, library.tutorials, library.levels))
        title = labels("handout_poster")
        result.append(Handout("poster", "poster", language, title, library.tutorials, library.levels))
    for form in library.forms:
        kind: HandoutKind = form.slug  # type: ignore[assignment]
        result.append(Handout(kind, form.slug, language, form.text(language).title, form=form))
    result += [handout for piece in library.kit for handout in kit_handouts(piece, language)]
    found = kit_set(branding, SET_PAIRS)
    return [*result, found] if found.documents else result


def kit_handouts(piece: KitPiece, language: str) -> list[Handout]:
    """Return the sheet of a piece of the kit and, where it has one, its Word document."""
    title = piece.text(language).title
    sheet = Handout("kit", f"kit-{piece.slug}", language, title, kit=(piece,))
    word = Handout("word", f"kit-{piece.slug}.docx", language, title, kit=(piece,))
    return [sheet, word] if piece.facts.word else [sheet]


def kit_set(branding: HandoutBranding, pairs: int) -> Handout:
    """Return the sheets that so many pairs need as one PDF, each as often as it is needed."""
    library = branding.localized.library
    title = branding.localized.labels("handout_kit_set", n=pairs)
    forms = tuple(form for form in library.forms if form.facts.per_pair)
    kit = tuple(piece for piece in library.kit if piece.facts.per_pair)
    return Handout("kit-set", "kit-set", branding.language, title, forms=forms, kit=kit, pairs=pairs)


def tutorial_handouts(branding: HandoutBranding, tutorial: Tutorial) -> tuple[Handout, Handout]:
    """Return the mentee's and the mentor's handout of a tutorial."""
    language = branding.language
    text = tutorial.text(language)
    labels = branding.localized.labels_by_language[text.language]
    mentee, mentor = (f"{text.title} – {labels.of('download_copies', kind)}" for kind in ("mentee", "mentor"))
    return (
        Handout("mentee", f"{tutorial.slug}-mentee", language, mentee, (tutorial,)),
        Handout("mentor", f"{tutorial.slug}-mentor", language, mentor, (tutorial,)),
    )


def workbook(branding: HandoutBranding, level: Level) -> Handout:
    """Return the workbook of a level."""
    labels = branding.localized.labels
    title = labels("handout_workbook", level=level_name(labels, level, branding.language))
    tutorials = tuple(branding.localized.tutorials_by_level[level.facts.level])
    return Handout("workbook", f"{level.slug}-workbook", branding.language, title, tutorials, (level,))


def selection(branding: HandoutBranding, tutorials: Iterable[Tutorial], copies: tuple[HandoutKind, ...]) -> Handout:
    """Return any tutorials in any order as one PDF with a cover."""
    title = branding.localized.labels("handout_selection")
    return Handout("selection", "selection", branding.language, title, tuple(tutorials), copies=copies)


def level_name(labels: Labels, level: Level, language: str) -> str:
    """Return number and title of a level in words."""
    return f"{labels('level_n', n=level.facts.level)}: {re.sub(' +', ' ', level.text(language).title)}"
