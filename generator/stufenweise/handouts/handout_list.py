"""What there is on paper: every sheet with its name, and the data that its template prints."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from stufenweise.assemble import page_paths
from stufenweise.assemble.charts import levels_chart
from stufenweise.handouts.handout_branding import HandoutBranding, handout_labels
from stufenweise.handouts.handout_data import (
    TutorialData,
    for_mentee,
    level_name,
    text_data,
    tutorial_data,
    version_stamp,
)
from stufenweise.handouts.markdown_tree import images
from stufenweise.model.library import Form, Level, Text, Tutorial

HandoutKind = Literal[
    "mentee", "mentor", "workbook", "checklists", "selection", "agreement", "feedback", "poster", "pocket-card"
]
PAGES: Mapping[HandoutKind, int] = {"mentee": 1, "mentor": 2, "agreement": 1, "feedback": 1, "pocket-card": 1}
"""How many pages a sheet has, where that is fixed."""
CHART_STYLE = 'xmlns="http://www.w3.org/2000/svg" font-family="Stufenweise Sans" color="#23292b"'


@dataclass(frozen=True)
class Handout:
    """One PDF."""

    copy: HandoutKind
    name: str
    """File name without suffix."""
    language: str
    title: str
    tutorials: tuple[Tutorial, ...] = ()
    levels: tuple[Level, ...] = ()
    form: Form | None = None
    copies: tuple[HandoutKind, ...] = ("mentee",)
    """Which sheets of each tutorial a selection has."""

    @property
    def path(self) -> str:
        """Path below the language's folder of the site."""
        return f"{page_paths.HANDOUTS}/{self.name}.pdf"

    @property
    def pages(self) -> int | None:
        """How many pages it must have; None for a book, which has as many as it needs."""
        return PAGES.get(self.copy)

    @property
    def documents(self) -> tuple[Level | Tutorial | Form, ...]:
        """All that goes into it."""
        return (*self.levels, *self.tutorials, *([self.form] if self.form else []))

    def texts(self, language: str) -> Iterator[Text]:
        """Yield the words that go into it."""
        return (document.text(language) for document in self.documents)


def all_handouts(imprint: HandoutBranding) -> list[Handout]:
    """Return all sheets of one language but selections, those of tutorials first."""
    library, said, language = imprint.site.library, imprint.site.labels, imprint.language
    result = [sheet for tutorial in library.tutorials for sheet in tutorial_handouts(imprint, tutorial)]
    for level in library.levels:
        result.append(workbook(imprint, level))
    if library.levels:
        title = said("paper_checklists")
        result.append(Handout("checklists", "checklists", language, title, library.tutorials, library.levels))
        title = said("paper_poster")
        result.append(Handout("poster", "poster", language, title, library.tutorials, library.levels))
    for form in library.forms:
        copy: HandoutKind = form.slug  # type: ignore[assignment]
        result.append(Handout(copy, form.slug, language, form.text(language).title, form=form))
    return result


def tutorial_handouts(imprint: HandoutBranding, tutorial: Tutorial) -> tuple[Handout, Handout]:
    """Return the mentee's and the mentor's sheet."""
    text = tutorial.text(imprint.language)
    said = imprint.site.labels_by_language[text.language]
    mentee, mentor = (f"{text.title} – {said.of('download_copies', copy)}" for copy in ("mentee", "mentor"))
    return (
        Handout("mentee", f"{tutorial.slug}-mentee", imprint.language, mentee, (tutorial,)),
        Handout("mentor", f"{tutorial.slug}-mentor", imprint.language, mentor, (tutorial,)),
    )


def workbook(imprint: HandoutBranding, level: Level) -> Handout:
    """Return the workbook of a level."""
    said = imprint.site.labels
    title = said("paper_workbook", level=level_name(said, level, imprint.language))
    tutorials = tuple(imprint.site.by_level[level.facts.level])
    return Handout("workbook", f"{level.slug}-workbook", imprint.language, title, tutorials, (level,))


def selection(imprint: HandoutBranding, tutorials: Iterable[Tutorial], copies: tuple[HandoutKind, ...]) -> Handout:
    """Return any tutorials in any order as one PDF with a cover."""
    title = imprint.site.labels("paper_selection")
    return Handout("selection", "selection", imprint.language, title, tuple(tutorials), copies=copies)


class CacheKeys:
    """Digests over all that goes into a sheet: equal digest, equal bytes."""

    def __init__(self, imprint: HandoutBranding, printer: str) -> None:
        """Take in what all sheets of an imprint share; `printer` is the digest of templates, fonts and programs."""
        self.imprint = imprint
        library = imprint.site.library
        shared = (
            printer, imprint.language, imprint.site.labels.digest, imprint.name, imprint.root_url, imprint.colour,
            imprint.accent,
            imprint.site.directories, hashlib.sha256(imprint.logo).hexdigest(),
            [(one.text(imprint.language).title, one.facts.model_dump_json()) for one in library.levels],
        )  # fmt: skip
        self._shared = json.dumps(shared).encode()
        self._digests: dict[int, bytes] = {}
        self._assets = [(asset.path.rpartition("/")[2], asset.data) for asset in library.assets]

    def of(self, sheet: Handout) -> str:
        """Return the digest of a sheet."""
        result = hashlib.sha256(self._shared)
        result.update(f"\0{sheet.copy}\0{sheet.name}\0{sheet.title}\0{sheet.copies}\0".encode())
        for document in sheet.documents:
            if id(document) not in self._digests:
                self._digests[id(document)] = self._digest(document)
            result.update(self._digests[id(document)])
        return result.hexdigest()

    def _digest(self, document: Level | Tutorial | Form) -> bytes:
        """Return a digest over the words of a document, its facts and the images that it names."""
        text = document.text(self.imprint.language)
        said, labels = repr(text), self.imprint.site.labels_by_language[text.language].digest
        result = hashlib.sha256(f"{said}\0{labels}\0{document.facts.model_dump_json()}".encode())
        for name, data in self._assets:
            if name in said:
                result.update(data)
        return result.digest()


class HandoutDataBuilder:
    """Fills sheets; a tutorial's Markdown is converted once for all of them."""

    def __init__(self, imprint: HandoutBranding) -> None:
        """Start with nothing converted."""
        self.imprint = imprint
        self._leaves: dict[str, TutorialData] = {}
        self._assets = {asset.path: asset.data for asset in imprint.site.library.assets}

    def fill(self, sheet: Handout) -> dict[str, object]:
        """Return what the template of a sheet prints."""
        text = next(sheet.texts(self.imprint.language), None)
        language = text.language if text and sheet.copy in {"mentee", "mentor"} else sheet.language
        data: dict[str, object] = {
            "copy": sheet.copy,
            "title": f"{sheet.title} – {self.imprint.name}",
            "language": language,
            "brand": self.imprint.brand,
            "words": handout_labels(self.imprint.site.labels_by_language[language]),
        }
        if sheet.copy in {"mentee", "mentor", "workbook", "selection"}:
            leaves = [self.leaf(tutorial) for tutorial in sheet.tutorials]
            data["leaves"] = [for_mentee(one) for one in leaves] if sheet.copy == "mentee" else leaves
        if sheet.copy in {"workbook", "checklists"}:
            data["checklists"] = [self.checklist(level) for level in sheet.levels]
        if sheet.copy == "workbook":
            data["book"] = self._workbook(sheet)
        elif sheet.copy == "selection":
            data["book"] = self._selection(sheet)
        elif sheet.copy == "poster":
            data["form"] = self._poster(sheet)
        elif sheet.form:
            data["form"] = self._form(sheet.form)
        for node in images(data):
            node["data"], node["format"] = self._picture(node["src"])
        return data

    def leaf(self, tutorial: Tutorial) -> TutorialData:
        """Return a tutorial as its sheets print it."""
        if tutorial.slug not in self._leaves:
            self._leaves[tutorial.slug] = tutorial_data(self.imprint, tutorial)
        return self._leaves[tutorial.slug]

    def checklist(self, level: Level) -> dict[str, object]:
        """Return the checklists of a level: its own, and those of its tutorials."""
        text = level.text(self.imprint.language)
        read = text_data(self.imprint, text)
        said = self.imprint.site.labels
        tutorials = self.imprint.site.by_level[level.facts.level]
        return {
            **version_stamp(self.imprint, text, page_paths.checklist_path(level.slug), level.slug),
            "title": said("checklist_of", name=level_name(said, level, self.imprint.language)),
            "summary": text.summary,
            "heading": said("checklist_of_level"),
            "items": [read.section(f"item:{item.id}") for item in text.items],
            "parts": [
                {"title": one.text(self.imprint.language).title, "items": self.leaf(one)["items"]} for one in tutorials
            ],
            "stand": said("paper_stand", version=text.digest[:6], date=said.date(level.facts.reviewed)),
        }

    def _rows(self, sheet: Handout, first: int, each: int) -> list[dict[str, object]]:
        """Return the table of contents; the first tutorial begins on page `first`, each takes `each` pages."""
        return [
            {
                "title": one["title"],
                "effort": one["effort"],
                "effort_words": one["effort_words"],
                "minutes": one["minutes"],
                "page": first + number * each,
            }
            for number, one in enumerate(self.leaf(tutorial) for tutorial in sheet.tutorials)
        ]

    def _workbook(self, sheet: Handout) -> dict[str, object]:
        level = sheet.levels[0]
        text = level.text(self.imprint.language)
        read = text_data(self.imprint, text)
        said = self.imprint.site.labels
        chart = levels_chart(self.imprint.site.library.levels, said, level)
        return {
            **version_stamp(self.imprint, text, page_paths.level_path(level.slug), level.slug),
            "title": sheet.title,
            "summary": text.summary,
            "chart": chart.replace("<svg ", f"<svg {CHART_STYLE} ", 1),
            "chart_alt": said("chart_levels_desc"),
            "rows": self._rows(sheet, 3, 4),
            "asks": read.section("asks"),
            "goals": read.section("learning-goals"),
            "goals_heading": text.sections["learning-goals"].heading,
            "stand": said("paper_stand", version=text.digest[:6], date=said.date(level.facts.reviewed)),
        }

    def _selection(self, sheet: Handout) -> dict[str, object]:
        each = sum(PAGES[copy] for copy in sheet.copies)
        total = sum(tutorial.facts.minutes for tutorial in sheet.tutorials)
        said = self.imprint.site.labels
        return {
            "title": sheet.title,
            "summary": f"{said('tutorials', n=len(sheet.tutorials))}, {said('minutes', n=total)}",
            "chart": "",
            "chart_alt": "",
            "rows": self._rows(sheet, 2, each),
            "copies": sheet.copies,
            "source": self.imprint.language,
            "stand": "",
        }

    def _poster(self, sheet: Handout) -> dict[str, object]:
        said = self.imprint.site.labels
        newest = max(
            *(level.facts.reviewed for level in sheet.levels), *(one.facts.reviewed for one in sheet.tutorials)
        )
        return {
            "title": sheet.title,
            "summary": said("paper_poster_summary"),
            "levels": [
                {
                    "name": level_name(said, level, self.imprint.language),
                    "orientation": said.of("orientations", level.facts.orientation),
                    "effort": level.facts.effort,
                    "effort_words": said("grade", n=level.facts.effort, word=said.of("grades", level.facts.effort)),
                    "tutorials": [
                        {
                            "title": one.text(self.imprint.language).title,
                            "minutes": said("minutes", n=one.facts.minutes),
                            "effort": one.facts.effort,
                        }
                        for one in self.imprint.site.by_level[level.facts.level]
                    ],
                }
                for level in sheet.levels
            ],
            "source": sheet.name,
            "stand": said("paper_stand_date", date=said.date(newest)),
        }

    def _form(self, form: Form) -> dict[str, object]:
        text = form.text(self.imprint.language)
        read = text_data(self.imprint, text)
        said = self.imprint.site.labels_by_language[text.language]
        return {
            "title": text.title,
            "summary": [text.summary],
            "sections": [
                {
                    "id": name,
                    "heading": read.section(f"heading:{name}"),
                    "body": read.section(name),
                    "items": _items(read.section(name)),
                }
                for name in text.sections
            ],
            "source": form.slug,
            "stand": said("paper_stand", version=text.digest[:6], date=said.date(form.facts.reviewed)),
        }

    def _picture(self, path: str) -> tuple[str | list[int], str]:
        """Return an image as a template can read it, and its kind; nothing if there is none."""
        data = self._assets.get(path, b"")
        kind = path.rpartition(".")[2].lower().replace("jpeg", "jpg")
        return (data.decode("utf-8-sig") if kind == "svg" else list(data)), kind


def _items(blocks: Sequence[object]) -> list[object]:
    """Return what stands in the lists among blocks."""
    return [
        item["c"]
        for block in blocks
        if isinstance(block, dict) and block["k"] in {"ul", "ol"}
        for item in block["c"]
        if isinstance(item, dict)
    ]
