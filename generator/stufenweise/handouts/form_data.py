"""Data of the programme's forms and of the coordinators' kit, section by section, for both Typst and Word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import TypedDict

from stufenweise.handouts.handout import KitSet
from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.handouts.markdown_tree import Nodes, elements
from stufenweise.handouts.printed_tutorial import SourceLine
from stufenweise.handouts.text_trees import text_trees
from stufenweise.model.kinds import KIT_RATINGS
from stufenweise.model.library import Form, KitPiece

HANDED_ON: frozenset[str] = frozenset({"letter", "certificate"})
"""Layouts of documents that coordinators pass on: their summary is for the coordinator and is not printed."""
CARDS_A_SHEET: Mapping[str, int] = {"pocket-card": 4, "leader-card": 4}
"""Copies of a form on one page, for forms with more than one (templates/programme.typ)."""


class FormSection(TypedDict):
    """A section of a form."""

    heading: Nodes
    body: Nodes
    """Its blocks; places to write in are separate nodes."""
    items: Sequence[Nodes]
    """The statements to rate; empty in all other sections."""


class FormHead(SourceLine):
    """What stands above a form (`form-head` in `templates/programme.typ`)."""

    title: str
    summary: Sequence[str]
    """One line; empty if the summary is not printed."""


class FormData(FormHead):
    """A form, card or piece of the kit for `templates/programme.typ` and `templates/kit.typ`."""

    layout: str
    """Layout of a piece of the kit (`KitFacts.layout`); `text` for a form."""
    sections: Sequence[FormSection]


class SetPart(TypedDict):
    """A sheet of a set, with its copies."""

    kind: str
    """`kit` for a piece of the kit; the slug of a form."""
    form: FormData
    copies: int


def form_data(branding: HandoutBranding, document: Form | KitPiece) -> FormData:
    """Return the template data of a form or a piece of the kit."""
    text = document.text(branding.language)
    trees = text_trees(branding, text)
    layout = document.facts.layout if isinstance(document, KitPiece) else "text"
    return {
        "title": text.title,
        "summary": [] if layout in HANDED_ON else [text.summary],
        "layout": layout,
        "sections": [
            {
                "heading": trees.heading(name),
                "body": trees.section(name),
                "items": _list_items(trees.section(name)) if name == KIT_RATINGS else [],
            }
            for name in text.sections
        ],
        "source": text.title,
        "version": trees.labels("handout_date", date=trees.labels.date(document.facts.reviewed)),
    }


def set_cover(branding: HandoutBranding, kit_set: KitSet) -> FormHead:
    """Return the cover of a set."""
    labels = branding.localized.labels
    newest = max(document.facts.reviewed for document in kit_set.documents)
    return {
        "title": kit_set.title,
        "summary": [labels("handout_kit_set_summary")],
        "source": "",
        "version": labels("handout_date", date=labels.date(newest)),
    }


def set_parts(branding: HandoutBranding, kit_set: KitSet) -> list[SetPart]:
    """Return the sheets of a set with their numbers of copies."""
    return [
        {
            "kind": "kit" if isinstance(document, KitPiece) else document.slug,
            "form": form_data(branding, document),
            "copies": set_copies(document, kit_set.pairs),
        }
        for document in kit_set.documents
    ]


def set_copies(document: Form | KitPiece, pairs: int) -> int:
    """Return how many copies of a form or piece this number of pairs needs."""
    return ceil(document.facts.per_pair * pairs / CARDS_A_SHEET.get(document.slug, 1))


def _list_items(blocks: Nodes) -> list[Nodes]:
    """Return the contents of all items of the lists among blocks."""
    lists = (block for block in elements(blocks) if block["kind"] in {"ul", "ol"})
    return [item["children"] for block in lists for item in elements(block["children"])]
