"""The data that the template of each kind of handout prints: maps, lists and strings, handed to Typst as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stufenweise.assemble import page_paths
from stufenweise.assemble.charts import levels_chart
from stufenweise.handouts.handout_branding import HandoutBranding, handout_labels
from stufenweise.handouts.handout_list import FIXED_PAGES, Handout, level_name
from stufenweise.handouts.kit_data import kit_data, set_copies, writing_sections
from stufenweise.handouts.markdown_tree import images
from stufenweise.handouts.tutorial_data import TutorialData, mentee_data, page_reference, text_trees, tutorial_data
from stufenweise.model.library import Form, KitPiece, Level, Tutorial

CHART_STYLE = 'xmlns="http://www.w3.org/2000/svg" font-family="Stufenweise Sans" color="#23292b"'
"""Attributes of the chart on a workbook's cover: no style sheet reaches it there."""
WORKBOOK_FRONT = 2
"""Pages before the first tutorial of a workbook: cover, and what the level asks."""
WORKBOOK_PAGES = 4
"""Pages of a tutorial in a workbook: the mentee's page and its back for notes, the mentor's two."""


class HandoutDataBuilder:
    """Builds the data of handouts; a tutorial's Markdown is converted once for all of them."""

    def __init__(self, branding: HandoutBranding) -> None:
        """Start with nothing converted."""
        self.branding = branding
        self.localized = branding.localized
        self._tutorials: dict[str, TutorialData] = {}
        self._assets = {asset.path: asset.data for asset in branding.localized.library.assets}

    def build(self, handout: Handout) -> dict[str, object]:
        """Return what the template of a handout prints."""
        text = next(handout.texts(self.branding.language), None)
        language = text.language if text and handout.kind in {"mentee", "mentor"} else handout.language
        data: dict[str, object] = {
            "kind": handout.kind,
            "title": f"{handout.title} – {self.branding.name}",
            "language": language,
            "brand": self.branding.template_values,
            "labels": handout_labels(self.localized.labels_by_language[language]),
        }
        if handout.kind in {"mentee", "mentor", "workbook", "selection"}:
            tutorials = [self.tutorial(tutorial) for tutorial in handout.tutorials]
            data["tutorials"] = [mentee_data(one) for one in tutorials] if handout.kind == "mentee" else tutorials
        if handout.kind in {"workbook", "checklists"}:
            data["checklists"] = [self.checklist(level) for level in handout.levels]
        if handout.kind == "workbook":
            data["book"] = self._workbook(handout)
        elif handout.kind == "selection":
            data["book"] = self._selection(handout)
        elif handout.kind == "poster":
            data["form"] = self._poster(handout)
        elif handout.form:
            data["form"] = self._form(handout.form)
        elif handout.kind == "kit":
            data["form"] = kit_data(self.branding, handout.kit[0])
        elif handout.kind == "kit-set":
            data |= self._set(handout)
        for node in images(data):
            node["data"], node["format"] = _image(self._assets, node["src"])
        return data

    def tutorial(self, tutorial: Tutorial) -> TutorialData:
        """Return a tutorial as its handouts print it."""
        if tutorial.slug not in self._tutorials:
            self._tutorials[tutorial.slug] = tutorial_data(self.branding, tutorial)
        return self._tutorials[tutorial.slug]

    def checklist(self, level: Level) -> dict[str, object]:
        """Return the checklists of a level: its own, and those of its tutorials."""
        text = level.text(self.branding.language)
        trees = text_trees(self.branding, text)
        labels = self.localized.labels
        tutorials = self.localized.tutorials_by_level[level.facts.level]
        return {
            **page_reference(self.branding, text, page_paths.checklist_path(level.slug), level.slug),
            "title": labels("checklist_of", name=level_name(labels, level, self.branding.language)),
            "summary": text.summary,
            "heading": labels("checklist_of_level"),
            "items": [trees.tree(f"item:{item.id}") for item in text.items],
            "parts": [
                {"title": one.text(self.branding.language).title, "items": self.tutorial(one)["items"]}
                for one in tutorials
            ],
            "version": labels("handout_version", version=text.digest[:6], date=labels.date(level.facts.reviewed)),
        }

    def _contents(self, handout: Handout, first: int, each: int) -> list[dict[str, object]]:
        """Return the table of contents; the first tutorial begins on page `first`, each takes `each` pages."""
        return [
            {
                "title": one["title"],
                "effort": one["effort"],
                "effort_words": one["effort_words"],
                "minutes": one["minutes"],
                "page": first + number * each,
            }
            for number, one in enumerate(self.tutorial(tutorial) for tutorial in handout.tutorials)
        ]

    def _workbook(self, handout: Handout) -> dict[str, object]:
        """Return the cover of a level's workbook, and what the level asks."""
        level = handout.levels[0]
        text = level.text(self.branding.language)
        trees = text_trees(self.branding, text)
        labels = self.localized.labels
        chart = levels_chart(self.localized.library.levels, labels, level)
        return {
            **page_reference(self.branding, text, page_paths.level_path(level.slug), level.slug),
            "title": handout.title,
            "summary": text.summary,
            "chart": chart.replace("<svg ", f"<svg {CHART_STYLE} ", 1),
            "chart_alt": labels("chart_levels_desc"),
            "contents": self._contents(handout, WORKBOOK_FRONT + 1, WORKBOOK_PAGES),
            "asks": trees.tree("asks"),
            "goals": trees.tree("learning-goals"),
            "goals_heading": text.sections["learning-goals"].heading,
            "version": labels("handout_version", version=text.digest[:6], date=labels.date(level.facts.reviewed)),
        }

    def _selection(self, handout: Handout) -> dict[str, object]:
        """Return the cover of a selection; the first tutorial follows on page 2."""
        each = sum(FIXED_PAGES[kind] for kind in handout.copies)
        minutes = sum(tutorial.facts.minutes for tutorial in handout.tutorials)
        labels = self.localized.labels
        return {
            "title": handout.title,
            "summary": f"{labels('tutorials', n=len(handout.tutorials))}, {labels('minutes', n=minutes)}",
            "chart": "",
            "chart_alt": "",
            "contents": self._contents(handout, 2, each),
            "copies": handout.copies,
            "source": self.branding.language,
            "version": "",
        }

    def _poster(self, handout: Handout) -> dict[str, object]:
        """Return all levels with their tutorials side by side."""
        labels = self.localized.labels
        documents: tuple[Level | Tutorial, ...] = (*handout.levels, *handout.tutorials)
        newest = max(document.facts.reviewed for document in documents)
        return {
            "title": handout.title,
            "summary": labels("handout_poster_summary"),
            "levels": [self._poster_column(level) for level in handout.levels],
            "source": handout.name,
            "version": labels("handout_date", date=labels.date(newest)),
        }

    def _poster_column(self, level: Level) -> dict[str, object]:
        labels = self.localized.labels
        effort = level.facts.effort
        return {
            "name": level_name(labels, level, self.branding.language),
            "orientation": labels.of("orientations", level.facts.orientation),
            "effort": effort,
            "effort_words": labels("grade", n=effort, word=labels.of("grades", effort)),
            "tutorials": [
                {
                    "title": one.text(self.branding.language).title,
                    "minutes": labels("minutes", n=one.facts.minutes),
                    "effort": one.facts.effort,
                }
                for one in self.localized.tutorials_by_level[level.facts.level]
            ],
        }

    def _set(self, handout: Handout) -> dict[str, object]:
        """Return the cover of a set, and its sheets with the number of their copies."""
        labels = self.localized.labels
        forms = [(form.slug, self._form(form), set_copies(form, handout.pairs)) for form in handout.forms]
        kit = [("kit", kit_data(self.branding, one), set_copies(one, handout.pairs)) for one in handout.kit]
        documents: tuple[Form | KitPiece, ...] = (*handout.forms, *handout.kit)
        newest = max(document.facts.reviewed for document in documents)
        cover = {
            "title": handout.title,
            "summary": [labels("handout_kit_set_summary")],
            "source": "",
            "version": labels("handout_date", date=labels.date(newest)),
        }
        parts = [{"kind": kind, "form": form, "copies": copies} for kind, form, copies in (*forms, *kit)]
        return {"form": cover, "parts": parts}

    def _form(self, form: Form) -> dict[str, object]:
        """Return a form or card of the programme, section by section."""
        text = form.text(self.branding.language)
        trees = text_trees(self.branding, text)
        blocks = {str(part["id"]): part["blocks"] for part in writing_sections(self.branding, text)}
        return {
            "title": text.title,
            "summary": [text.summary],
            "sections": [
                {
                    "id": name,
                    "heading": trees.tree(f"heading:{name}"),
                    "body": trees.tree(name),
                    "blocks": blocks[name],
                    "items": _list_items(trees.tree(name)),
                }
                for name in text.sections
            ],
            "source": form.slug,
            "version": trees.labels(
                "handout_version", version=text.digest[:6], date=trees.labels.date(form.facts.reviewed)
            ),
        }


def _image(assets: Mapping[str, bytes], path: str) -> tuple[str | list[int], str]:
    """Return an image as a template can read it, and its format; empty if there is none."""
    data = assets.get(path, b"")
    image_format = path.rpartition(".")[2].lower().replace("jpeg", "jpg")
    return (data.decode("utf-8-sig") if image_format == "svg" else list(data)), image_format


def _list_items(blocks: Sequence[object]) -> list[object]:
    """Return the contents of all items of the lists among blocks."""
    return [
        item["c"]
        for block in blocks
        if isinstance(block, dict) and block["k"] in {"ul", "ol"}
        for item in block["c"]
        if isinstance(item, dict)
    ]
