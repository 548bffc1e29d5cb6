"""Types of the data of a tutorial for `templates/tutorials.typ`; `tutorial_data.py` makes it.

`TutorialData` has everything; `MenteeTutorial` and `MentorTutorial` are what one handout prints of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from stufenweise.handouts.printed_figures import PrintedFigure
from stufenweise.handouts.tree_nodes import Nodes
from stufenweise.model.text import GuidancePart


class StepHead(TypedDict):
    """What both handouts print of a step."""

    number: int
    """From 1, the same on all handouts."""
    title: Nodes
    minutes: str
    meeting: str
    """Name of the meeting that begins with this step; empty for all others."""


class StepWork(TypedDict):
    """A step on the leader's worksheet."""

    short: Nodes
    """Its first paragraph: the instruction."""
    below: Nodes
    """Its tables, lists and places to write in, if they are below the instruction."""
    beside: Nodes
    """Those beside the instruction."""


class StepGuidance(TypedDict):
    """A step in the mentor's guide."""

    span: str
    """First and last minute in the session, such as "15–25"."""
    brief: Nodes
    """The first sentence of the instruction."""
    guidance: Sequence[tuple[GuidancePart, Nodes]]
    """What the mentor does, asks or watches for."""


class MenteeStep(StepHead, StepWork):
    """A step for the leader alone."""


class MentorStep(StepHead, StepGuidance):
    """A step for the mentor alone."""


class StepData(StepHead, StepWork, StepGuidance):
    """A step for both handouts."""


class ClockRow(TypedDict):
    """One part of the session on the mentor's clock."""

    name: str
    title: bool
    """Whether it is a part of its own, not a step."""
    span: str
    """First and last minute, such as "15–25"."""
    left: Sequence[str]
    """Its minutes in each shorter session; a dash if it is left out."""


class HourData(TypedDict):
    """The session from beginning to end."""

    lengths: Sequence[str]
    """Lengths of the shorter sessions in minutes."""
    rows: Sequence[ClockRow]


class PageReference(TypedDict):
    """The page of the site that a handout belongs to, for its head."""

    href: str
    """Address of the page; empty if the site's address is unknown."""
    address: str
    """The same as people type it."""
    qr: str
    """The same as a QR code (SVG)."""


class SourceLine(TypedDict):
    """What a page was printed from, for its foot (`source-line` in `templates/page.typ`)."""

    source: str
    """Empty if the page has no source of its own."""
    version: str
    """Date of the last review in words; empty if there is none."""


class GuideSizes(TypedDict):
    """Type sizes in points of the pages whose type is as large as possible."""

    first: float
    """The first page of the mentor's guide: clock and steps."""
    second: float
    """Its second page: questions, pitfalls and notes."""
    material: float
    """The practice text."""
    key: float
    """Its solution."""


class SharedParts(PageReference, SourceLine):
    """What both handouts print, besides the steps."""

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
    items: Sequence[Nodes]
    """Items of the checklist."""
    next: Nodes
    team_question: Nodes
    material: Nodes
    """Practice material; empty if there is none."""
    figure: PrintedFigure | None
    """A figure below the practice text, if its page has room."""


class PageSizes(TypedDict):
    """The type sizes of pages, which depend on everything that is on them."""

    sizes: GuideSizes


class MentorParts(TypedDict):
    """What only the mentor's guide prints."""

    hour: HourData
    why: Nodes
    """The section "why" without its first paragraph."""
    prepare: Nodes
    talk: Nodes
    pitfalls: Nodes
    local: Nodes
    mentor: Nodes
    key: Nodes
    """Solution of the practice material; empty if there is none."""
    key_heading: str
    beside_key: Nodes
    """The practice text once more, below its key; empty if the page has no room for it."""


class MenteeTutorial(SharedParts, PageSizes):
    """A tutorial for the leader's worksheet."""

    steps: Sequence[MenteeStep]


class MentorTutorial(SharedParts, MentorParts, PageSizes):
    """A tutorial for the mentor's guide."""

    steps: Sequence[MentorStep]


class UnsizedTutorial(SharedParts, MentorParts):
    """A tutorial for both handouts before its type sizes are known."""

    steps: Sequence[StepData]


class TutorialData(UnsizedTutorial, PageSizes):
    """A tutorial for both handouts."""
