"""Data for the template of each kind of handout: maps, lists and strings, passed to Typst as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from stufenweise.handouts.form_data import form_data, set_data
from stufenweise.handouts.handout_branding import HandoutBranding, handout_labels
from stufenweise.handouts.handout_list import Handout, HandoutKind, tutorial_pages
from stufenweise.handouts.markdown_tree import Nodes, images
from stufenweise.handouts.poster_data import poster_data
from stufenweise.handouts.printed_figures import SVG_STYLE, printed_figures
from stufenweise.handouts.printed_tutorial import TutorialData
from stufenweise.handouts.tutorial_data import (
    item_trees,
    mentee_data,
    mentor_data,
    page_reference,
    text_trees,
    tutorial_data,
)
from stufenweise.localized.charts import levels_chart
from stufenweise.localized.level_names import level_name
from stufenweise.model import page_paths
from stufenweise.model.library import Level, Tutorial
from stufenweise.model.paths import ContentPath

_TUTORIAL_PARTS: Mapping[HandoutKind, Callable[[TutorialData], TutorialData]] = {
    "mentee": mentee_data, "workbook": mentee_data, "mentor": mentor_data, "mentor-book": mentor_data,
}  # fmt: skip
"""Functions that select the parts of a tutorial for a kind of handout; a selection prints both."""


class HandoutDataFactory:
    """Builds the data of handouts; a tutorial's Markdown is converted once for all of them."""

    def __init__(self, branding: HandoutBranding) -> None:
        """Prepare a factory that has converted no Markdown yet."""
        self.branding = branding
        self.localized = branding.localized
        self._tutorials: dict[str, TutorialData] = {}
        self._assets = {asset.path: asset.data for asset in branding.localized.library.assets}

    def build(self, handout: Handout) -> dict[str, object]:
        """Return the template data of a handout."""
        text = next(handout.texts(self.branding.language), None)
        language = text.language if text and handout.traits.is_of_tutorial else handout.language
        data: dict[str, object] = {
            "kind": handout.kind,
            "title": f"{handout.title} – {self.branding.name}",
            "language": language,
            "brand": self.branding.template_values,
            "labels": handout_labels(self.localized.labels_by_language[language]),
        }
        if handout.traits.is_of_tutorial or handout.traits.is_bound:
            select = _TUTORIAL_PARTS.get(handout.kind)
            data["tutorials"] = [
                select(tutorial) if select else tutorial for tutorial in map(self.tutorial, handout.tutorials)
            ]
        if handout.kind in {"workbook", "checklists"}:
            data["checklists"] = [self.checklist(level, handout.tutorials) for level in handout.levels]
        if handout.kind == "workbook":
            data["figures"] = [figure for tutorial in handout.tutorials for figure in self._figures(tutorial)]
        if handout.traits.is_book:
            data["book"] = self._level_book(handout)
        elif handout.kind == "selection":
            data["book"] = self._selection(handout)
        elif handout.kind == "poster":
            data["form"] = poster_data(self.localized, handout)
        elif handout.form:
            data["form"] = form_data(self.branding, handout.form)
        elif handout.kind == "kit":
            data["form"] = form_data(self.branding, handout.kit[0])
        elif handout.kind == "kit-set":
            data |= set_data(self.branding, handout)
        for node in images(data):
            node["data"], node["format"] = _image(self._assets, ContentPath(node["src"]))
        return data

    def tutorial(self, tutorial: Tutorial) -> TutorialData:
        """Return the template data of a tutorial."""
        if tutorial.slug not in self._tutorials:
            self._tutorials[tutorial.slug] = tutorial_data(self.branding, tutorial)
        return self._tutorials[tutorial.slug]

    def checklist(self, level: Level, printed: Iterable[Tutorial]) -> dict[str, object]:
        """Return the checklists of a level: its own, and those of its tutorials that are printed."""
        text = level.text(self.branding.language)
        trees = text_trees(self.branding, text)
        labels = self.localized.labels
        return {
            **page_reference(self.branding, text, page_paths.checklist_path(level.slug)),
            "source": labels("level_n", n=level.facts.level),
            "level_number": level.facts.level,
            "title": labels("checklist_of", name=level_name(labels, level, self.branding.language)),
            "summary": text.summary,
            "heading": labels("checklist_of_level"),
            "items": [trees.tree(f"item:{item.id}") for item in text.items],
            "parts": [
                {"title": self._numbered_title(tutorial), "items": self._items(tutorial)}
                for tutorial in printed
                if tutorial.facts.level == level.facts.level
            ],
            "version": labels("handout_date", date=labels.date(level.facts.reviewed)),
        }

    def _numbered_title(self, tutorial: Tutorial) -> str:
        return f"{self.localized.tutorial_numbers[tutorial.slug]} {tutorial.text(self.branding.language).title}"

    def _figures(self, tutorial: Tutorial) -> list[dict[str, object]]:
        """Return the figures of a tutorial, each with the tutorial's name."""
        figures = printed_figures(self.localized.figure_by_name, tutorial.text(self.branding.language))
        return [{**figure, "tutorial": self._numbered_title(tutorial)} for figure in figures]

    def _items(self, tutorial: Tutorial) -> Sequence[Nodes]:
        """Return the items of a tutorial's checklist. Only they are converted if no other part is printed."""
        if tutorial.slug in self._tutorials:
            return self._tutorials[tutorial.slug]["items"]
        return item_trees(self.branding, tutorial.text(self.branding.language))

    def _contents(self, handout: Handout, kinds: Sequence[HandoutKind]) -> list[dict[str, object]]:
        """Return the table of contents for tutorials with handouts of these kinds."""
        result: list[dict[str, object]] = []
        first = handout.traits.front_pages + 1
        for tutorial in handout.tutorials:
            printed = self.tutorial(tutorial)
            names = ("title", "number", "effort", "effort_words", "minutes")
            result.append({**{name: printed[name] for name in names}, "page": first})  # type: ignore[literal-required]
            first += sum(tutorial_pages(tutorial, kind, self.branding.language) for kind in kinds)
        return result

    def _level_book(self, handout: Handout) -> dict[str, object]:
        """Return the cover of a level's book, and the level's requirements."""
        level = handout.levels[0]
        text = level.text(self.branding.language)
        trees = text_trees(self.branding, text)
        labels = self.localized.labels
        chart = levels_chart(self.localized.library.levels, labels, level)
        return {
            **page_reference(self.branding, text, page_paths.level_path(level.slug)),
            "source": labels("level_n", n=level.facts.level),
            "level_number": level.facts.level,
            "title": handout.title,
            "summary": text.summary,
            "chart": chart.replace("<svg ", f"<svg {SVG_STYLE} ", 1),
            "chart_alt": labels("chart_levels_desc"),
            "contents": self._contents(handout, ["mentee" if handout.kind == "workbook" else "mentor"]),
            "asks": trees.tree("asks"),
            "goals": trees.tree("learning-goals"),
            "goals_heading": text.sections["learning-goals"].heading,
            "version": labels("handout_date", date=labels.date(level.facts.reviewed)),
        }

    def _selection(self, handout: Handout) -> dict[str, object]:
        """Return the cover of a selection."""
        minutes = sum(tutorial.facts.minutes for tutorial in handout.tutorials)
        labels = self.localized.labels
        return {
            "title": handout.title,
            "summary": f"{labels('tutorials', n=len(handout.tutorials))}, {labels('minutes', n=minutes)}",
            "chart": "",
            "chart_alt": "",
            "contents": self._contents(handout, handout.copies),
            "copies": handout.copies,
            "source": "",
            "version": "",
        }


def _image(assets: Mapping[ContentPath, bytes], path: ContentPath) -> tuple[str | list[int], str]:
    """Return an image for the templates, and its format; empty if there is none."""
    data = assets.get(path, b"")
    image_format = path.rpartition(".")[2].lower().replace("jpeg", "jpg")
    return (data.decode("utf-8-sig") if image_format == "svg" else list(data)), image_format
