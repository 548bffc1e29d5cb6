"""Data of the programme's forms and of the coordinators' kit, section by section, for both Typst and Word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import TypedDict

from stufenweise.handouts.handout import KitSet
from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.handouts.printed_tutorial import SourceLine
from stufenweise.handouts.text_trees import text_trees
from stufenweise.handouts.tree_nodes import Nodes, elements
from stufenweise.model.kinds import KIT_RATINGS
from stufenweise.model.library import Form, KitPiece

HANDED_ON: frozenset[str] = frozenset({"letter", "certificate"})
"""Layouts of documents that coordinators pass on: their summary is for the coordinator and is not printed."""
CARDS_PER_PAGE: Mapping[str, int] = {"pocket-card": 4, "leader-card": 4}
"""Copies of a form on one page, for forms with more than one (templates/programme.typ)."""


class DocumentSection(TypedDict):
    """A section of a form or a piece of the kit."""

    heading: Nodes
    body: Nodes
    """Its blocks; places to write in are separate nodes."""
    items: Sequence[Nodes]
    """The statements to rate; empty in all other sections."""


class DocumentHead(SourceLine):
    """What stands above the sections (`document-head` in `templates/programme.typ`)."""

    title: str
    summary: Sequence[str]
    """One line; empty if the summary is not printed."""


class DocumentData(DocumentHead):
    """A form, card or piece of the kit for `templates/programme.typ` and `templates/kit.typ`."""

    layout: str
    """Layout of a piece of the kit (`KitFacts.layout`); `text` for a form."""
    sections: Sequence[DocumentSection]


class SetPart(TypedDict):
    """A form or piece in a set, with its number of copies."""

    kind: str
    """`kit` for a piece of the kit; the slug of a form."""
    document: DocumentData
    copies: int


def document_data(branding: HandoutBranding, document: Form | KitPiece) -> DocumentData:
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


def set_cover(branding: HandoutBranding, kit_set: KitSet) -> DocumentHead:
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
    """Return the forms and pieces of a set with their numbers of copies."""
    return [
        {
            "kind": "kit" if isinstance(document, KitPiece) else document.slug,
            "document": document_data(branding, document),
            "copies": set_copies(document, kit_set.pairs),
        }
        for document in kit_set.documents
    ]


def set_copies(document: Form | KitPiece, pairs: int) -> int:
    """Return how many copies of a form or piece this number of pairs needs."""
    return ceil(document.facts.per_pair * pairs / CARDS_PER_PAGE.get(document.slug, 1))


def _list_items(blocks: Nodes) -> list[Nodes]:
    """Return the contents of all items of the lists among blocks."""
    lists = (block for block in elements(blocks) if block["kind"] in {"ul", "ol"})
    return [item["children"] for block in lists for item in elements(block["children"])]
