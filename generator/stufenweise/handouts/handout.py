"""What a handout is: one PDF or Word document in one language, with a class for each kind.

`handout_list.py` says which handouts a library has.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from stufenweise.model import page_paths
from stufenweise.model.library import Form, KitPiece, Level, Programme, Tutorial
from stufenweise.model.text import Text

Copy = Literal["mentee", "mentor"]
"""For whom the handout of a tutorial is: the leader (mentee) or the mentor."""
COPIES: tuple[Copy, ...] = ("mentee", "mentor")
"""Both copies, in the order in which they are bound."""
BookKind = Literal["workbook", "mentor-book"]
BOOK_OF_COPY: Mapping[Copy, BookKind] = {"mentee": "workbook", "mentor": "mentor-book"}
"""The book of a level in which the handouts of its tutorials are bound."""
_COPY_PAGES: Mapping[Copy, int] = {"mentee": 1, "mentor": 2}
"""Pages of a tutorial's handouts without practice material (templates/tutorials.typ)."""

HandoutDocument = Level | Tutorial | Programme | Form | KitPiece
"""What can be printed."""


def copy_pages(tutorial: Tutorial, copy: Copy, language: str) -> int:
    """Return how many pages a tutorial's handout has: practice material and its key have a page of their own."""
    sections = tutorial.text(language).sections
    has_more = "material" in sections if copy == "mentee" else sections["mentor"].key is not None
    return _COPY_PAGES[copy] + has_more


@dataclass(frozen=True, kw_only=True)
class Handout(ABC):
    """One PDF or Word document."""

    kind: str
    """Name of its kind in templates/main.typ, among the downloads of pages and for the command line."""
    name: str
    """File name without its ending."""
    language: str
    """Code of the site's language for which it is; a text that is not translated is in its source language."""
    title: str
    repeats_others: ClassVar[bool] = False
    """Whether everything in it is a handout of its own, too, so that it has their problems again."""

    @property
    @abstractmethod
    def documents(self) -> tuple[HandoutDocument, ...]:
        """All documents in it, in order."""

    @property
    def tutorials(self) -> tuple[Tutorial, ...]:
        """The tutorials among its documents."""
        return tuple(document for document in self.documents if isinstance(document, Tutorial))

    @property
    def pages(self) -> int | None:
        """Number of pages that it must have; None for any number."""
        return None

    @property
    def is_part(self) -> bool:
        """Whether it is one of several parts of a level's book."""
        return False

    @property
    def choices(self) -> tuple[object, ...]:
        """What it is printed from besides its title and documents."""
        return ()

    @property
    def file(self) -> str:
        """File name."""
        return f"{self.name}.pdf"

    @property
    def path(self) -> str:
        """Path below the language's folder of the site."""
        return f"{page_paths.HANDOUTS}/{self.file}"

    def texts(self) -> Iterator[Text]:
        """Yield the texts in it, each in its language or else in its source language."""
        return (document.text(self.language) for document in self.documents)


@dataclass(frozen=True, kw_only=True)
class TutorialHandout(Handout):
    """The leader's or the mentor's handout of one tutorial."""

    kind: Copy
    tutorial: Tutorial

    @property
    def documents(self) -> tuple[Tutorial]:
        """Its tutorial."""
        return (self.tutorial,)

    @property
    def pages(self) -> int:
        """Pages without and with practice material."""
        return copy_pages(self.tutorial, self.kind, self.language)


@dataclass(frozen=True, kw_only=True)
class BoundHandout(Handout):
    """Handouts of several tutorials behind a cover."""

    bound: tuple[Tutorial, ...]
    """The tutorials, in order."""
    copies: tuple[Copy, ...]
    """The handouts of each tutorial in it."""
    front_pages: ClassVar[int] = 1
    """Pages before the first tutorial."""
    repeats_others = True

    @property
    def documents(self) -> tuple[HandoutDocument, ...]:
        """The tutorials."""
        return self.bound

    @property
    def bound_pages(self) -> int:
        """Pages of its tutorials if none is too long; 0 if none of them can become too long.

        Only the mentor's guides have enlarged type that fills their pages.
        """
        if "mentor" not in self.copies:
            return 0
        return sum(copy_pages(tutorial, copy, self.language) for tutorial in self.bound for copy in self.copies)


@dataclass(frozen=True, kw_only=True)
class LevelBook(BoundHandout):
    """The leader's workbook of a level, or the mentor's book, or a part of one."""

    kind: BookKind
    level: Level
    part: int | None = None
    """Its number among the parts of a large book, from 1; None if the book is whole."""
    front_pages = 2
    """The cover, and what the level asks for."""

    @property
    def documents(self) -> tuple[HandoutDocument, ...]:
        """The level and the tutorials."""
        return (self.level, *self.bound)

    @property
    def is_part(self) -> bool:
        """Whether it is not the whole book."""
        return self.part is not None


@dataclass(frozen=True, kw_only=True)
class Selection(BoundHandout):
    """Any tutorials, in any order."""

    kind: Literal["selection"] = "selection"

    @property
    def choices(self) -> tuple[object, ...]:
        """The handouts of each tutorial."""
        return self.copies


@dataclass(frozen=True, kw_only=True)
class Checklists(Handout):
    """The checklists of all levels and their tutorials."""

    kind: Literal["checklists"] = "checklists"
    levels: tuple[Level, ...]
    listed: tuple[Tutorial, ...]
    """The tutorials, reduced to what the list shows."""

    @property
    def documents(self) -> tuple[HandoutDocument, ...]:
        """The levels and the tutorials."""
        return (*self.levels, *self.listed)


@dataclass(frozen=True, kw_only=True)
class Poster(Handout):
    """All levels with their tutorials, and the ways of the programmes through them."""

    kind: Literal["poster"] = "poster"
    levels: tuple[Level, ...]
    listed: tuple[Tutorial, ...]
    """The tutorials, reduced to what the poster shows."""
    programmes: tuple[Programme, ...]

    @property
    def documents(self) -> tuple[HandoutDocument, ...]:
        """The levels, the tutorials and the programmes."""
        return (*self.levels, *self.listed, *self.programmes)

    @property
    def pages(self) -> int:
        """One, as high as needed."""
        return 1


@dataclass(frozen=True, kw_only=True)
class FormHandout(Handout):
    """A form or card of the programme; its kind is the form's slug, for each is set in its own way."""

    form: Form

    @property
    def documents(self) -> tuple[Form]:
        """The form."""
        return (self.form,)

    @property
    def pages(self) -> int:
        """One."""
        return 1


@dataclass(frozen=True, kw_only=True)
class KitHandout(Handout):
    """A piece of the coordinators' kit: a sheet, slides or several pages, as its layout says."""

    kind: Literal["kit"] = "kit"
    piece: KitPiece

    @property
    def documents(self) -> tuple[KitPiece]:
        """The piece."""
        return (self.piece,)

    @property
    def pages(self) -> int | None:
        """One page, one slide for each section, or any number."""
        match self.piece.facts.layout:
            case "pages":
                return None
            case "slides":
                return len(self.piece.text(self.language).sections)
            case _:
                return 1


@dataclass(frozen=True, kw_only=True)
class WordDocument(Handout):
    """A piece of the coordinators' kit for companies to change."""

    kind: Literal["word"] = "word"
    piece: KitPiece

    @property
    def documents(self) -> tuple[KitPiece]:
        """The piece."""
        return (self.piece,)

    @property
    def file(self) -> str:
        """Its name, which has an ending: the PDF of the same text may be beside it."""
        return self.name


@dataclass(frozen=True, kw_only=True)
class KitSet(Handout):
    """The forms and pieces for a number of pairs, each as often as they need it."""

    kind: Literal["kit-set"] = "kit-set"
    forms: tuple[Form, ...]
    pieces: tuple[KitPiece, ...]
    pairs: int
    repeats_others = True

    @property
    def documents(self) -> tuple[Form | KitPiece, ...]:
        """The forms and the pieces."""
        return (*self.forms, *self.pieces)

    @property
    def choices(self) -> tuple[object, ...]:
        """The number of pairs."""
        return (self.pairs,)
