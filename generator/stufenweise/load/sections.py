"""A text's body cut into its known sections, steps and checklist items, each with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from stufenweise.model.kinds import TERM_ID, Kind
from stufenweise.model.library import ChecklistItem, Section, Step
from stufenweise.model.problem import Place, Problem, problem
from stufenweise.source.file_names import in_ascii
from stufenweise.source.heading_syntax import ID, Heading, parse_heading
from stufenweise.source.suggest import suggest

_FENCE = re.compile(r"[ \t]*(?:(`{3,})([^`]*)|(~{3,})(.*))$")
_MARKS = frozenset("#=-")
"""First signs of the lines that can be, or make, a heading."""
_SETEXT = re.compile(r"(?:=+|-+)[ \t]*")
_BOX = re.compile(r"[-*+][ \t]+\[([ xX]?)\][ \t]+")
_LIST = re.compile(r"[ \t]*[-*+][ \t]*(?:\[[ xX]?\])?[ \t]*(?=\S)")
_ITEM_ID = re.compile(r"\{#([^{}\s]*)\}")


def proposed_id(title: str) -> str:
    """Return an id for a heading or item, made of its first words."""
    words = re.findall(r"[a-z0-9]+", in_ascii(re.sub(r"\{\{[^{}]*\}\}", "", title)))[:4]
    return "-".join(words).lstrip("0123456789-") or "item"


@dataclass(frozen=True, slots=True)
class _Part:
    """A section before it is read further."""

    id: str
    heading: str
    lines: list[str]
    """The lines below its heading."""
    first: int
    """Line of the file at which they start, from 1."""
    inner: list[int]
    """Indices of the headings among them."""


@dataclass
class _Reader:
    """Reads one body; collects problems on the way."""

    file: str
    kind: Kind
    is_source: bool
    problems: list[Problem] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)

    def say(self, line: int, code: str, column: int = 1, **values: object) -> None:
        self.problems.append(problem(Place(self.file, line, column), code, **values))

    def say_misplaced(self, line: int, column: int, attribute: str) -> None:
        """Say that a heading that is no step has an attribute of one."""
        has_steps = "steps" in self.kind.sections
        self.say(line, "step-misplaced" if has_steps else "heading-attribute", column, attribute=attribute)

    def take_id(self, new: str, line: int, column: int) -> None:
        """Note that `new` is used at `line`; twice is a problem."""
        if not ID.fullmatch(new) or len(new) > 60:
            self.say(line, "bad-id", column, id=new, proposal=proposed_id(new))
        elif new in self.kind.page_ids or new.startswith(TERM_ID):
            self.say(line, "reserved-id", column, id=new)
        elif new in self.ids:
            self.say(line, "duplicate-id", column, id=new, first=self.ids[new])
        self.ids.setdefault(new, line)

    def heading(self, source: str, line: int) -> tuple[Heading, int]:
        """Return title and attributes of the heading in `source`, and the column at which its text starts."""
        heading, column, fault = parse_heading(source)
        if fault:
            self.say(line, fault.code, fault.column, **fault.values)
        return heading, column


def parse_sections(body: str, file: str, first_line: int, kind: Kind, *, is_source: bool) -> ParsedSections:
    """Return the sections of `body` by id, and all problems of its structure.

    Args:
        body: Markdown below the front matter.
        file: Path for positions, as people write it.
        first_line: Line of the file at which `body` starts, from 1.
        kind: What sections there may be.
        is_source: Whether ids and minutes must be given (a translation may leave them to its source).
    """
    reader = _Reader(file, kind, is_source)
    lines = body.split("\n")
    fenced = _fenced(reader, lines, first_line) if "```" in body or "~~~" in body else frozenset()
    marked = [index for index, line in enumerate(lines) if line[:1] in _MARKS and index not in fenced]
    starts: list[int] = []
    parts: list[int] = []
    for index in marked:
        level = len(lines[index]) - len(lines[index].lstrip("#"))
        if level == 2:
            starts.append(index)
        elif level in {3, 4}:
            parts.append(index)
        elif level:
            reader.say(first_line + index, "heading-level", found=f"h{level}")
        elif index and _SETEXT.fullmatch(lines[index]):
            above = lines[index - 1]
            if above.strip() and above[0] not in "#>|":
                reader.say(first_line + index, "setext-heading")
    before = next((index for index in range(starts[0] if starts else len(lines)) if lines[index].strip()), None)
    if before is not None:
        reader.say(first_line + before, "text-before-section", text=lines[before].strip()[:40])
    sections: dict[str, Section] = {}
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        inner = [index - start - 1 for index in parts if start < index < end]
        opened = _begin(reader, lines[start], first_line + start, sections)
        if opened:
            section_id, heading = opened
            part = _Part(section_id, heading, lines[start + 1 : end], first_line + start + 1, inner)
            sections[section_id] = _section(reader, part)
    return ParsedSections(sections, reader.problems, reader.ids)


def _fenced(reader: _Reader, lines: list[str], first_line: int) -> frozenset[int]:
    """Return the indices of the lines of code fences, their first and last lines among them."""
    found: set[int] = set()
    fence, begin = "", 0
    for index, line in enumerate(lines):
        was = fence
        if "```" in line or "~~~" in line:
            fence = _fence_after(line, fence)
            begin = index if fence and not was else begin
        if was or fence:
            found.add(index)
    if fence:
        reader.say(first_line + begin, "fence-open", fence=fence)
    return frozenset(found)


def _fence_after(line: str, fence: str) -> str:
    """Return the code fence that is open after a line, given the one that is open before it; empty if there is none."""
    found = _FENCE.match(line)
    signs, info = (found[1] or found[3], found[2] or found[4] or "") if found else ("", "")
    if not signs or (fence and (signs != fence or info.strip())):
        return fence
    return "" if fence else signs


@dataclass(frozen=True, slots=True)
class ParsedSections:
    """What `parse_sections` found."""

    sections: Mapping[str, Section]
    problems: list[Problem]
    ids: Mapping[str, int]
    """Every id of the text (sections, steps, items, other headings) with its line."""


def _begin(reader: _Reader, line: str, number: int, sections: Mapping[str, Section]) -> tuple[str, str] | None:
    """Return id and heading of the section that `line` opens; None if there is no such section, or it is there."""
    heading, column = reader.heading(line, number)
    known = reader.kind.sections
    if misplaced := heading.misplaced:
        reader.say_misplaced(number, column, misplaced)
    if (misplaced or heading.faulty) and (not heading.id or (known and heading.id not in known)):
        if heading.id:
            reader.take_id(heading.id, number, column)  # Links to it are not wrong
        return None
    if not heading.id and not known:
        reader.say(number, "id-missing", column, title=heading.title[:60], proposal=proposed_id(heading.title))
    elif not heading.id:
        near = suggest(proposed_id(heading.title), known)
        reader.say(number, "section-without-id", title=heading.title[:60], nearest=near, known=", ".join(known))
    elif known and heading.id not in known:
        near = suggest(heading.id, known)
        values = {"id": heading.id, "title": heading.title[:60], "nearest": near, "known": ", ".join(known)}
        reader.say(number, "unknown-section", column, **values)
    elif heading.id in sections:
        reader.say(number, "duplicate-section", column, id=heading.id, first=sections[heading.id].line)
    else:
        reader.take_id(heading.id, number, column)
        return heading.id, heading.title
    return None


def _section(reader: _Reader, part: _Part) -> Section:
    """Return a section with its steps or items."""
    line = part.first - 1
    known = part.id in reader.kind.sections
    if known and part.id == "checklist":
        return Section(part.id, part.heading, "", line, items=_items(reader, part))
    if known and part.id == "steps":
        intro, steps = _steps(reader, part)
        return Section(part.id, part.heading, intro, line, steps=steps)
    for index in part.inner:
        _other_id(reader, part.first + index, part.lines[index])
    return Section(part.id, part.heading, "\n".join(part.lines).strip("\n"), line)


def _other_id(reader: _Reader, number: int, line: str) -> None:
    """Note the id of a heading that is neither a section nor a step."""
    heading, column = reader.heading(line, number)
    if heading.id:
        reader.take_id(heading.id, number, column)
    if misplaced := heading.misplaced:
        reader.say_misplaced(number, column, misplaced)


def _steps(reader: _Reader, part: _Part) -> tuple[str, tuple[Step, ...]]:
    """Return the text before the first step, and the steps."""
    starts: list[tuple[int, Heading]] = []
    for index in part.inner:
        line, number = part.lines[index], part.first + index
        if not line.startswith("###") or line.startswith("####"):
            _other_id(reader, number, line)
            continue
        heading, column = reader.heading(line, number)
        if not heading.title.strip():
            reader.say(number, "step-title", column)
        if heading.id:
            reader.take_id(heading.id, number, column)
        elif reader.is_source and not heading.faulty:
            reader.say(number, "id-missing", column, title=heading.title[:60], proposal=proposed_id(heading.title))
        if heading.minutes is None and reader.is_source:
            reader.say(number, "step-minutes", column, title=heading.title[:60])
        starts.append((index, heading))
    steps: list[Step] = []
    part_now = 1
    for (start, heading), end in zip(starts, [*(start for start, _ in starts[1:]), len(part.lines)], strict=False):
        body = "\n".join(part.lines[start + 1 : end]).strip("\n")
        if heading.part and heading.part != part_now + 1:
            reader.say(part.first + start, "step-part", part=heading.part, expected=part_now + 1)
        part_now = heading.part or part_now
        steps.append(Step(heading.id, heading.title, heading.minutes or 0, body, part.first + start, part_now))
    return "\n".join(part.lines[: starts[0][0] if starts else None]).strip("\n"), tuple(steps)


def _as_item(line: str) -> str:
    """Return how a line of a list is written as an item of a checklist; empty for other lines, and long ones."""
    found = _LIST.match(line)
    return f"- [ ] {line[found.end() :].strip()}" if found and len(line) <= 120 else ""


def _items(reader: _Reader, part: _Part) -> tuple[ChecklistItem, ...]:
    """Return the items of a checklist section, in which each other line is a problem."""
    items: list[ChecklistItem] = []
    for number, line in enumerate(part.lines, part.first):
        if not line.strip():
            continue
        match = _BOX.match(line)
        if not match:
            reader.say(number, "checklist-line", text=line.strip()[:40].rstrip(), right=_as_item(line))
            continue
        box, text = match[1], line[match.end() :].rstrip(" \t")
        start = text.rfind("{#")
        named = _ITEM_ID.fullmatch(text, start) if start >= 0 else None
        text = text[:start].rstrip(" \t") if named else text
        if box != " ":
            reader.say(number, "checklist-box", match.start(1), box=f"[{box}]")
        if not text:
            reader.say(number, "checklist-line", text=line.strip()[:40], right="")
        if not named:
            if reader.is_source:
                reader.say(number, "id-missing", len(line) + 1, title=text[:60], proposal=proposed_id(text))
        else:
            reader.take_id(named[1], number, match.end() + start + 2)
        items.append(ChecklistItem(named[1] if named else "", text, number))
    return tuple(items)
