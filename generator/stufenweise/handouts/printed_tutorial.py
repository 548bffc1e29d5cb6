"""What the templates print of one tutorial: the shape of the data that `tutorial_data.py` makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from stufenweise.handouts.markdown_tree import Nodes
from stufenweise.handouts.printed_figures import PrintedFigure


class StepData(TypedDict, total=False):
    """One step of a tutorial."""

    number: int
    """From 1, the same on all handouts."""
    title: Nodes
    minutes: str
    span: str
    """From which minute of the session to which, such as "15–25"; the mentor's alone."""
    meeting: str
    """Name of the meeting that begins with this step; empty for all others."""
    short: Nodes
    """Its first paragraph: what is to be done."""
    below: Nodes
    """Its tables, lists and places to write in, where they stand below that; the leader's alone."""
    beside: Nodes
    """Those that stand beside it."""
    brief: Nodes
    """The first sentence of what is to be done; the mentor's alone."""
    guidance: Sequence[tuple[str, Nodes]]
    """What is said to the mentor: `do`, `ask`, `watch`, and the words."""


class ClockRow(TypedDict):
    """One part of the session on the mentor's clock."""

    name: str
    title: bool
    """Whether it is a part of its own, not one of the steps."""
    span: str
    left: Sequence[str]
    """Its minutes in each of the shorter sessions; a dash where it is left out."""


class HourData(TypedDict):
    """The session from beginning to end."""

    lengths: Sequence[str]
    """Minutes of the shorter sessions."""
    rows: Sequence[ClockRow]


class PageReference(TypedDict, total=False):
    """The page of the site that a handout was printed from, for its head and foot."""

    href: str
    """Address of the page; empty if the site's is not known."""
    address: str
    """The same as people type it."""
    qr: str
    """The same as a QR code (SVG)."""
    source: str
    """What it was printed from, in words."""
    version: str
    """Date of the last review in words."""


class TutorialData(PageReference, total=False):
    """One tutorial as its handouts print it."""

    title: str
    number: str
    """Level and place in it, such as 1.3."""
    level: str
    level_number: int
    effort: int
    """Change effort, 1 to 5."""
    effort_words: str
    minutes: str
    headings: Mapping[str, str]
    """Headings by the id of their section, with underscores for hyphens."""
    case: Nodes
    """The first paragraph of why: a person and a question."""
    why: Nodes
    """What follows it."""
    prepare: Nodes
    steps: Sequence[StepData]
    hour: HourData
    items: Sequence[Nodes]
    """Items of the checklist."""
    talk: Nodes
    team_question: Nodes
    pitfalls: Nodes
    next: Nodes
    local: Nodes
    mentor: Nodes
    material: Nodes
    """Practice material; empty if there is none."""
    figure: PrintedFigure | None
    """A figure beside the practice text, where its page has room."""
    key: Nodes
    """Its solution; empty if there is none."""
    key_heading: str
    beside_key: Nodes
    """The practice text once more, below its key; empty if the page has no room for it."""
    sizes: Mapping[str, float]
    """Sizes of type in points, of pages that are set as large as they allow."""
