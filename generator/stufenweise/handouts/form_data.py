"""Data of the programme's forms and of the coordinators' kit, section by section, for both Typst and Word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.handouts.handout_list import Handout
from stufenweise.handouts.tutorial_data import text_trees
from stufenweise.model.kinds import KIT_RATINGS
from stufenweise.model.library import Form, KitPiece

HANDED_ON: frozenset[str] = frozenset({"letter", "certificate"})
"""Layouts of documents that coordinators pass on: their summary is for the coordinator and is not printed."""
CARDS_A_SHEET: Mapping[str, int] = {"pocket-card": 4, "leader-card": 4}
"""Copies of a form on one page, for forms with more than one."""


def form_data(branding: HandoutBranding, document: Form | KitPiece) -> dict[str, object]:
    """Return the template data of a form or a piece of the kit; places to write in are separate nodes."""
    text = document.text(branding.language)
    trees = text_trees(branding, text)
    layout = document.facts.layout if isinstance(document, KitPiece) else "text"
    return {
        "title": text.title,
        "summary": [] if layout in HANDED_ON else [text.summary],
        "layout": layout,
        "sections": [
            {
                "id": name,
                "heading": trees.tree(f"heading:{name}"),
                "body": trees.tree(name),
                "items": _list_items(trees.tree(name)) if name == KIT_RATINGS else [],
            }
            for name in text.sections
        ],
        "source": text.title,
        "version": trees.labels("handout_date", date=trees.labels.date(document.facts.reviewed)),
    }


def set_data(branding: HandoutBranding, handout: Handout) -> dict[str, object]:
    """Return the cover of a set, and its handouts with their numbers of copies."""
    labels = branding.localized.labels
    documents: tuple[Form | KitPiece, ...] = (*handout.forms, *handout.kit)
    newest = max(document.facts.reviewed for document in documents)
    cover = {
        "title": handout.title,
        "summary": [labels("handout_kit_set_summary")],
        "source": "",
        "version": labels("handout_date", date=labels.date(newest)),
    }
    parts = [
        {
            "kind": "kit" if isinstance(document, KitPiece) else document.slug,
            "form": form_data(branding, document),
            "copies": set_copies(document, handout.pairs),
        }
        for document in documents
    ]
    return {"form": cover, "parts": parts}


def set_copies(document: Form | KitPiece, pairs: int) -> int:
    """Return how many copies of a form or piece this number of pairs needs."""
    return ceil(document.facts.per_pair * pairs / CARDS_A_SHEET.get(document.slug, 1))


def _list_items(blocks: Sequence[object]) -> list[object]:
    """Return the contents of all items of the lists among blocks."""
    return [
        item["children"]
        for block in blocks
        if isinstance(block, dict) and block["kind"] in {"ul", "ol"}
        for item in block["children"]
        if isinstance(item, dict)
    ]
