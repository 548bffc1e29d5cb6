"""Types of the template data of a tutorial, which `tutorial_data.py` makes."""

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
    """First and last minute in the session, such as "15–25"; only for the mentor."""
    meeting: str
    """Name of the meeting that begins with this step; empty for all others."""
    short: Nodes
    """Its first paragraph: the instruction."""
    below: Nodes
    """Its tables, lists and places to write in, if they are below the instruction; only for the leader."""
    beside: Nodes
    """Those beside the instruction."""
    brief: Nodes
    """The first sentence of the instruction; only for the mentor."""
    guidance: Sequence[tuple[str, Nodes]]
    """Guidance for the mentor: `do`, `ask` or `watch`, and its text."""


class ClockRow(TypedDict):
    """One part of the session on the mentor's clock."""

    name: str
    title: bool
    """Whether it is a part of its own, not a step."""
    span: str
    left: Sequence[str]
    """Its minutes in each shorter session; a dash if it is left out."""


class HourData(TypedDict):
    """The session from beginning to end."""

    lengths: Sequence[str]
    """Lengths of the shorter sessions in minutes."""
    rows: Sequence[ClockRow]


class PageReference(TypedDict, total=False):
    """The page of the site that a handout belongs to, for its head and foot."""

    href: str
    """Address of the page; empty if the site's address is unknown."""
    address: str
    """The same as people type it."""
    qr: str
    """The same as a QR code (SVG)."""
    source: str
    """Label for the source of the handout."""
    version: str
    """Date of the last review in words."""


class TutorialData(PageReference, total=False):
    """Template data of one tutorial."""

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
    """The first paragraph of the section "why": a person and a question."""
    why: Nodes
    """The rest of that section."""
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
    """A figure beside the practice text, if its page has room."""
    key: Nodes
    """Its solution; empty if there is none."""
    key_heading: str
    beside_key: Nodes
    """The practice text once more, below its key; empty if the page has no room for it."""
    sizes: Mapping[str, float]
    """Type sizes in points of pages whose type is as large as possible."""
