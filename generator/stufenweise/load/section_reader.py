"""Collect the problems and ids found while one body is read."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
from itertools import chain, count

from stufenweise.load.label_words import GuidanceWords
from stufenweise.model.kinds import TERM_ID, Kind
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import NO_SUBJECT, Place, Problem, Subject, new_problem
from stufenweise.source.files.file_names import in_ascii
from stufenweise.source.markdown.heading_attributes import ID
from stufenweise.source.markdown.heading_syntax import MAX_PROPOSAL, Heading
from stufenweise.source.markdown.outline import LineKind, OutlineHeading
from stufenweise.source.markdown.step_titles import step_heading

MAX_ID = 60
"""Longest id, in characters."""


def proposed_id(title: str) -> str:
    """Return an id for a heading or item: the one before its words, or one made of its first words."""
    if misplaced := re.match(r"\{#([a-z][a-z0-9-]*)\}", title):
        return misplaced[1]
    words = re.findall(r"[a-z0-9]+", in_ascii(re.sub(r"\{\{[^{}]*\}\}", "", title)))[:4]
    return "-".join(words).lstrip("0123456789-") or "item"


def unused_id(base: str, taken: Container[str]) -> str:
    """Return `base`, with a number if it is taken."""
    candidates = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)


@dataclass(frozen=True, slots=True)
class SectionPart:
    """An unparsed section."""

    id: str
    heading: str
    lines: tuple[str, ...]
    """The lines below its heading."""
    kinds: tuple[LineKind, ...]
    """Their kinds."""
    first: int
    """First of the lines in the file, from 1."""
    start: int
    """First of the lines in the body, from 0."""
    headings: list[OutlineHeading]
    """The headings among them."""

    def number(self, heading: OutlineHeading) -> int:
        """Return the line of one of its headings in the file, from 1."""
        return self.first + heading.line - self.start


@dataclass(kw_only=True)
class SectionReader:
    """Reads one body and collects its problems."""

    file: ShownPath
    kind: Kind
    is_source: bool
    guidance: GuidanceWords
    problems: list[Problem] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    repeated: dict[int, int] = field(default_factory=dict)
    """Lines of repeated steps and items, each with the line of the first one."""

    def report(self, line: int, code: str, column: int = 1, subject: Subject = NO_SUBJECT, /, **values: object) -> None:
        """Report a problem at a line of the file."""
        self.problems.append(new_problem(Place(self.file, line, column), code, subject, **values))

    def report_misplaced(self, line: int, column: int, heading: Heading, *, meant_step: bool) -> None:
        """Report a step's attribute on another heading."""
        has_steps = "steps" in self.kind.sections
        as_step = step_heading(heading.title, heading.id, heading.minutes or 0) if has_steps and meant_step else ""
        id_alone = "" if as_step or not heading.id else f"{{#{heading.id}}}"
        values = {"attribute": heading.misplaced, "step": as_step[:MAX_PROPOSAL], "right": id_alone}
        self.report(line, "step-misplaced" if has_steps else "heading-attribute", column, **values)

    def take_id(self, new: str, line: int, column: int) -> None:
        """Note that the id `new` is used at `line`; report it if it is malformed, reserved or in use."""
        if not ID.fullmatch(new) or len(new) > MAX_ID:
            self.report(line, "bad-id", column, id=new, proposal=proposed_id(new))
        elif new in self.kind.page_ids or new.startswith(TERM_ID):
            self.report(line, "reserved-id", column, id=new)
        elif line in self.repeated:
            self.report(line, "part-twice", column, id=new, first=self.repeated[line])
        elif new in self.ids:
            self.report(line, "duplicate-id", column, id=new, first=self.ids[new])
        self.ids.setdefault(new, line)

    def take_heading(self, written: OutlineHeading, line: int) -> Heading:
        """Return title and attributes of a heading; report their faults."""
        if written.fault:
            self.report(line, written.fault.code, written.fault.column, **written.fault.values)
        return written.heading
