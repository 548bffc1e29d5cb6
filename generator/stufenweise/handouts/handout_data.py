"""Data of each kind of handout for `templates/main.typ`, passed to Typst as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from stufenweise.handouts.book_data import (
    ChecklistPart,
    LevelChecklist,
    LevelCover,
    SelectionCover,
    TutorialFigure,
    contents,
    level_checklist,
    level_cover,
    numbered_title,
    selection_cover,
    tutorial_figures,
)
from stufenweise.handouts.document_data import DocumentData, DocumentHead, SetPart, document_data, set_cover, set_parts
from stufenweise.handouts.handout import (
    Checklists,
    FormHandout,
    Handout,
    KitHandout,
    KitSet,
    LevelBook,
    Poster,
    Selection,
    TutorialHandout,
)
from stufenweise.handouts.handout_branding import BrandData, HandoutBranding, LabelData, handout_labels
from stufenweise.handouts.poster_data import PosterData, poster_data
from stufenweise.handouts.printed_tutorial import MenteeTutorial, MentorTutorial, TutorialData
from stufenweise.handouts.text_trees import item_trees
from stufenweise.handouts.tree_nodes import Nodes
from stufenweise.handouts.tutorial_data import mentee_data, mentor_data, tutorial_data
from stufenweise.model.library import Level, Tutorial

AnyTutorial = TutorialData | MenteeTutorial | MentorTutorial
"""A tutorial with the parts that its handout prints."""


class HandoutData(TypedDict):
    """What every handout has."""

    kind: str
    """Chooses the function of `templates/main.typ`."""
    title: str
    """Title of the document, with the site's name."""
    language: str
    """Language of the document, for hyphenation and screen readers."""
    brand: BrandData
    labels: LabelData


class TutorialHandoutData(HandoutData):
    """The leader's or the mentor's handout of a tutorial."""

    tutorials: Sequence[AnyTutorial]
    """The one tutorial."""


class MentorBookData(HandoutData):
    """The mentor's book of a level."""

    book: LevelCover
    tutorials: Sequence[AnyTutorial]


class WorkbookData(MentorBookData):
    """The leader's workbook of a level."""

    checklists: Sequence[LevelChecklist]
    """The one of its level."""
    figures: Sequence[TutorialFigure]


class SelectionData(HandoutData):
    """A selection of tutorials."""

    book: SelectionCover
    tutorials: Sequence[AnyTutorial]


class ChecklistsData(HandoutData):
    """The checklists of all levels."""

    checklists: Sequence[LevelChecklist]


class PosterHandoutData(HandoutData):
    """The poster."""

    poster: PosterData


class DocumentHandoutData(HandoutData):
    """A form, a card, or a piece of the kit."""

    document: DocumentData


class KitSetData(HandoutData):
    """The set of handouts for a number of pairs."""

    cover: DocumentHead
    parts: Sequence[SetPart]


class HandoutDataFactory:
    """Makes the data of handouts; a tutorial's Markdown is converted once for all of them."""

    def __init__(self, branding: HandoutBranding) -> None:
        """Prepare a factory that has converted no Markdown yet."""
        self.branding = branding
        self.localized = branding.localized
        self._tutorials: dict[str, TutorialData] = {}
        self._covers: dict[str, LevelCover] = {}
        self._level_checklists: dict[str, LevelChecklist] = {}

    def build(self, handout: Handout) -> HandoutData:
        """Return the template data of a handout.

        Raises:
            TypeError: It is not printed by Typst.
        """
        common = self._common(handout)
        match handout:
            case TutorialHandout():
                return self._tutorial_handout(common, handout)
            case LevelBook():
                return self._level_book(common, handout)
            case Selection():
                return self._selection(common, handout)
            case Checklists():
                return self._checklists(common, handout)
            case Poster():
                poster: PosterHandoutData = {**common, "poster": poster_data(self.localized, handout)}
                return poster
            case FormHandout(form=document) | KitHandout(piece=document):
                printed: DocumentHandoutData = {**common, "document": document_data(self.branding, document)}
                return printed
            case KitSet():
                cover, parts = set_cover(self.branding, handout), set_parts(self.branding, handout)
                kit_set: KitSetData = {**common, "cover": cover, "parts": parts}
                return kit_set
            case _:
                raise TypeError(f"Typst does not print {handout.kind}")

    def build_front(self, handout: Handout) -> Mapping[str, object]:
        """Return the template data of a bound handout without its tutorials."""
        return {**self.build(handout), "tutorials": []}

    def _common(self, handout: Handout) -> HandoutData:
        """Return what every handout has; an untranslated tutorial has the labels of its source language."""
        of_tutorial = isinstance(handout, TutorialHandout)
        language = next(handout.texts()).language if of_tutorial else handout.language
        return {
            "kind": handout.kind,
            "title": f"{handout.title} – {self.branding.name}",
            "language": language,
            "brand": self.branding.template_values,
            "labels": handout_labels(self.localized.labels_by_language[language]),
        }

    def _tutorial_handout(self, common: HandoutData, handout: TutorialHandout) -> TutorialHandoutData:
        """Return the data of a tutorial's handout."""
        reduce = mentee_data if handout.kind == "mentee" else mentor_data
        return {**common, "tutorials": [reduce(self._tutorial(handout.tutorial))]}

    def _level_book(self, common: HandoutData, book: LevelBook) -> MentorBookData | WorkbookData:
        """Return the data of a level's book."""
        tutorials = [self._tutorial(tutorial) for tutorial in book.bound]
        cover = self._cover(book)
        if book.kind == "mentor-book":
            return {**common, "tutorials": [*map(mentor_data, tutorials)], "book": cover}
        return {
            **common,
            "tutorials": [*map(mentee_data, tutorials)],
            "checklists": [self._checklist(book.level, book.bound)],
            "figures": [figure for tutorial in book.bound for figure in tutorial_figures(self.localized, tutorial)],
            "book": cover,
        }

    def _cover(self, book: LevelBook) -> LevelCover:
        """Return the cover of a level's book; the parts of a large book differ in title and contents alone."""
        slug = book.level.slug
        if slug not in self._covers:
            self._covers[slug] = level_cover(self.branding, book, ())
        return {**self._covers[slug], "title": book.title, "contents": contents(book, self._tutorials)}

    def _selection(self, common: HandoutData, chosen: Selection) -> SelectionData:
        """Return the data of a selection; each tutorial has the parts for both copies."""
        tutorials = [self._tutorial(tutorial) for tutorial in chosen.bound]
        cover = selection_cover(self.branding, chosen, contents(chosen, self._tutorials))
        return {**common, "tutorials": tutorials, "book": cover}

    def _checklists(self, common: HandoutData, checklists: Checklists) -> ChecklistsData:
        """Return the data of the checklists of all levels."""
        return {**common, "checklists": [self._checklist(level, checklists.listed) for level in checklists.levels]}

    def _checklist(self, level: Level, printed: Sequence[Tutorial]) -> LevelChecklist:
        """Return the checklists of a level, with those of its tutorials that are printed."""
        parts: list[ChecklistPart] = [
            {"title": numbered_title(self.localized, tutorial), "items": self._items(tutorial)}
            for tutorial in printed
            if tutorial.facts.level == level.facts.level
        ]
        if level.slug not in self._level_checklists:
            self._level_checklists[level.slug] = level_checklist(self.branding, level, ())
        return {**self._level_checklists[level.slug], "parts": parts}

    def _tutorial(self, tutorial: Tutorial) -> TutorialData:
        """Return the template data of a tutorial."""
        if tutorial.slug not in self._tutorials:
            self._tutorials[tutorial.slug] = tutorial_data(self.branding, tutorial)
        return self._tutorials[tutorial.slug]

    def _items(self, tutorial: Tutorial) -> Sequence[Nodes]:
        """Return the items of a tutorial's checklist. Only they are converted if no other part is printed."""
        if tutorial.slug in self._tutorials:
            return self._tutorials[tutorial.slug]["items"]
        return item_trees(self.branding, tutorial.text(self.branding.language))
