"""Parse the body of a text into its known sections, steps and checklist items, each with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from stufenweise.load.label_words import GuidanceWords
from stufenweise.load.mentor_guidance import split_guidance
from stufenweise.model.kinds import KEY_ID, TERM_ID, Kind
from stufenweise.model.library import ChecklistItem, Section, SolutionKey, Step
from stufenweise.model.problem import Place, Problem, problem
from stufenweise.source.file_names import in_ascii
from stufenweise.source.heading_syntax import ID, Heading, step_heading, words_and_minutes
from stufenweise.source.outline import LineKind, OutlineHeading, parse_checklist_box, read_outline
from stufenweise.source.suggest import suggest

_LIST = re.compile(
    r"[ \t]*(?:[-*+–•·‣▪●○■]|\d{1,2}[.)]|[☐☑☒□✓✔✅])?[ \t]*(?:\[[ \txX✓✔]*\]|\([ \txX✓✔]?\)|[☐☑☒□✓✔✅])?[ \t]*(?=\S)"
)
_BRACKETED = re.compile(r"[ \t]*[(\[]#[ \t]*([\w-]+)[ \t]*[)\]][ \t]*$")


def proposed_id(title: str) -> str:
    """Return an id for a heading or item: what stands in the wrong place of it, or made of its first words."""
    if found := re.match(r"\{#([a-z][a-z0-9-]*)\}", title):
        return found[1]
    words = re.findall(r"[a-z0-9]+", in_ascii(re.sub(r"\{\{[^{}]*\}\}", "", title)))[:4]
    return "-".join(words).lstrip("0123456789-") or "item"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A section before it is read further."""

    id: str
    heading: str
    lines: tuple[str, ...]
    """The lines below its heading."""
    kinds: tuple[LineKind, ...]
    """What each of them is."""
    first: int
    """Line of the file at which they start, from 1."""
    start: int
    """Line of the body at which they start, from 0."""
    headings: list[OutlineHeading]
    """The headings among them."""

    def number(self, heading: OutlineHeading) -> int:
        """Return the line of the file, from 1, at which one of its headings stands."""
        return self.first + heading.line - self.start


@dataclass(kw_only=True)
class _SectionReader:
    """Reads one body; collects problems on the way."""

    file: str
    kind: Kind
    is_source: bool
    guidance: GuidanceWords
    problems: list[Problem] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    twice: dict[int, int] = field(default_factory=dict)
    """Lines of parts that stand in the text already, with the line at which they stand first."""

    def report(self, line: int, code: str, column: int = 1, **values: object) -> None:
        self.problems.append(problem(Place(self.file, line, column), code, **values))

    def report_misplaced(self, line: int, column: int, heading: Heading, *, meant_step: bool) -> None:
        """Report that a heading that is no step has an attribute of one."""
        has_steps = "steps" in self.kind.sections
        right = step_heading(heading.title, heading.id, heading.minutes or 0) if has_steps and meant_step else ""
        bare = "" if right or not heading.id else f"{{#{heading.id}}}"
        values = {"attribute": heading.misplaced, "step": right[:120], "right": bare}
        self.report(line, "step-misplaced" if has_steps else "heading-attribute", column, **values)

    def take_id(self, new: str, line: int, column: int) -> None:
        """Note that `new` is used at `line`; twice is a problem."""
        if not ID.fullmatch(new) or len(new) > 60:
            self.report(line, "bad-id", column, id=new, proposal=proposed_id(new))
        elif new in self.kind.page_ids or new.startswith(TERM_ID):
            self.report(line, "reserved-id", column, id=new)
        elif line in self.twice:
            self.report(line, "part-twice", column, id=new, first=self.twice[line])
        elif new in self.ids:
            self.report(line, "duplicate-id", column, id=new, first=self.ids[new])
        self.ids.setdefault(new, line)

    def heading(self, one: OutlineHeading, line: int) -> tuple[Heading, int]:
        """Return title and attributes of a heading, and the column at which its text starts; note its faults."""
        if one.fault:
            self.report(line, one.fault.code, one.fault.column, **one.fault.values)
        return one.heading, one.column


def parse_sections(
    body: str, file: str, first_line: int, kind: Kind, guidance: GuidanceWords, *, is_source: bool
) -> ParsedSections:
    """Return the sections of `body` by id, and all problems of its structure.

    Args:
        body: Markdown below the front matter.
        file: Path for positions, as people write it.
        first_line: Line of the file at which `body` starts, from 1.
        kind: What sections there may be.
        guidance: The words that begin what a step says to the mentor.
        is_source: Whether ids and minutes must be given (a translation may leave them to its source).
    """
    reader = _SectionReader(file=file, kind=kind, is_source=is_source, guidance=guidance)
    outline = read_outline(body)
    if is_open := next((one for one in outline.fences if not one.is_closed), None):
        reader.report(first_line + is_open.first, "fence-open", fence=is_open.marker)
    for one in outline.headings:
        if one.level not in {2, 3, 4}:
            right = f"## {one.title} {{#{one.id}}}" if one.level == 1 and one.id in kind.sections else ""
            reader.report(first_line + one.line, "heading-level", found=f"h{one.level}", right=right)
    for index, line_kind in enumerate(outline.kinds):
        if line_kind is LineKind.UNDERLINE:
            reader.report(first_line + index, "setext-heading")
    lines = outline.lines
    end = outline.sections[0].heading.line if outline.sections else len(lines)
    before = next((index for index in range(end) if lines[index].strip()), None)
    if before is not None:
        reader.report(first_line + before, "text-before-section", text=lines[before].strip()[:40])
    sections: dict[str, Section] = {}
    for found in outline.sections:
        start = found.heading.line + 1
        if opened := _begin(reader, found.heading, first_line + found.heading.line, sections):
            section_id, heading = opened
            part = _Part(
                id=section_id,
                heading=heading,
                lines=lines[start : found.end],
                kinds=outline.kinds[start : found.end],
                first=first_line + start,
                start=start,
                headings=outline.headings_in(found),
            )
            sections[section_id] = _section(reader, part)
    return ParsedSections(sections, reader.problems, reader.ids)


@dataclass(frozen=True, slots=True)
class ParsedSections:
    """What `parse_sections` found."""

    sections: Mapping[str, Section]
    problems: list[Problem]
    ids: Mapping[str, int]
    """Every id of the text (sections, steps, items, other headings) with its line."""


def _begin(
    reader: _SectionReader, one: OutlineHeading, number: int, sections: Mapping[str, Section]
) -> tuple[str, str] | None:
    """Return id and heading of the section that a heading opens; None if there is no such section, or it is there."""
    heading, column = reader.heading(one, number)
    known = reader.kind.sections
    if misplaced := heading.misplaced:
        meant_step = bool(heading.id) and heading.id not in known and "steps" in sections
        reader.report_misplaced(number, column, heading, meant_step=meant_step)
    if (misplaced or heading.faulty) and (not heading.id or (known and heading.id not in known)):
        if heading.id:
            reader.take_id(heading.id, number, column)  # Links to it are not wrong
        return None
    if not heading.id and not known:
        reader.report(number, "id-missing", column, title=heading.title[:60], proposal=proposed_id(heading.title))
    elif not heading.id:
        near = suggest(proposed_id(_BRACKETED.sub("", heading.title)), known)
        if bracketed := _BRACKETED.search(heading.title):
            near = suggest(bracketed[1].casefold(), known) or near
        reader.report(number, "section-without-id", title=heading.title[:60], nearest=near, known=", ".join(known))
    elif known and heading.id not in known:
        near = suggest(heading.id, known)
        values = {"id": heading.id, "title": heading.title[:60], "nearest": near, "known": ", ".join(known)}
        reader.report(number, "unknown-section", column, **values)
    elif heading.id in sections:
        values = {"id": heading.id, "title": heading.title[:60], "nearest": "", "first": str(sections[heading.id].line)}
        reader.report(number, "duplicate-section", column, **values)
    else:
        reader.take_id(heading.id, number, column)
        return heading.id, heading.title
    return None


def _section(reader: _SectionReader, part: _Part) -> Section:
    """Return a section with its steps or items."""
    line = part.first - 1
    known = part.id in reader.kind.sections
    if known and part.id == "checklist":
        return Section(id=part.id, heading=part.heading, body="", line=line, items=_items(reader, part))
    if known and part.id == "steps":
        intro, steps = _steps(reader, part)
        return Section(id=part.id, heading=part.heading, body=intro, line=line, steps=steps)
    for one in part.headings:
        _other_id(reader, part.number(one), one)
    body, key = _without_key(part) if known and part.id == "mentor" else (part.lines, None)
    return Section(id=part.id, heading=part.heading, body="\n".join(body).strip("\n"), line=line, key=key)


def _without_key(part: _Part) -> tuple[tuple[str, ...], SolutionKey | None]:
    """Return the lines of a mentor's section without the solution of the practice material, and that."""
    starts = [one for one in part.headings if one.level == 3]
    for one, after in zip(starts, [*starts[1:], None], strict=False):
        if one.id == KEY_ID:
            start, end = one.line - part.start, after.line - part.start if after else len(part.lines)
            solution = "\n".join(part.lines[start + 1 : end]).strip("\n")
            return (*part.lines[:start], *part.lines[end:]), SolutionKey(one.title, solution, part.number(one))
    return part.lines, None


def _other_id(reader: _SectionReader, number: int, one: OutlineHeading) -> None:
    """Note the id of a heading that is neither a section nor a step."""
    heading, column = reader.heading(one, number)
    if heading.id:
        reader.take_id(heading.id, number, column)
    if heading.misplaced:
        reader.report_misplaced(number, column, heading, meant_step=False)


def _steps(reader: _SectionReader, part: _Part) -> tuple[str, tuple[Step, ...]]:
    """Return the text before the first step, and the steps."""
    starts: list[tuple[int, Heading]] = []
    reader.twice |= _repeated_steps(part)
    for one in part.headings:
        number = part.number(one)
        if one.level != 3:
            _other_id(reader, number, one)
            continue
        heading, column = reader.heading(one, number)
        if not heading.title.strip():
            reader.report(number, "step-title", column)
        if heading.id:
            reader.take_id(heading.id, number, column)
        if reader.is_source and not heading.faulty and heading.title.strip() and not (heading.id and heading.minutes):
            words, minutes = words_and_minutes(heading.title)
            right = step_heading(words, heading.id or proposed_id(words), heading.minutes or minutes)
            reader.report(number, "step-attributes", column, title=heading.title[:60], right=right)
        starts.append((one.line - part.start, heading))
    steps: list[Step] = []
    part_now = 1
    for (start, heading), end in zip(starts, [*(start for start, _ in starts[1:]), len(part.lines)], strict=False):
        below, body_line = part.lines[start + 1 : end], part.first + start + 1
        rest, guidance = split_guidance(below, part.kinds[start + 1 : end], body_line, reader.guidance)
        body_line += next((index for index, line in enumerate(rest) if line.strip()), 0)
        body = "\n".join(rest).strip("\n")
        if heading.part and heading.part != part_now + 1:
            reader.report(part.first + start, "step-part", part=heading.part, expected=part_now + 1)
        part_now = heading.part or part_now
        steps.append(
            Step(
                id=heading.id,
                title=heading.title,
                minutes=heading.minutes or 0,
                body=body,
                line=part.first + start,
                part=part_now,
                short=heading.short,
                guidance=guidance,
                body_line=body_line,
            )
        )
    return "\n".join(part.lines[: starts[0][0] if starts else None]).strip("\n"), tuple(steps)


def _repeated_steps(part: _Part) -> dict[int, int]:
    """Return the lines of steps that are the same as one above, with the line of that."""
    lines = [one.line - part.start for one in part.headings if one.level == 3]
    seen: dict[str, int] = {}
    result: dict[int, int] = {}
    for start, end in zip(lines, [*lines[1:], len(part.lines)], strict=False):
        words = "\n".join(part.lines[start:end]).strip()
        first = seen.setdefault(words, part.first + start)
        if first != part.first + start:
            result[part.first + start] = first
    return result


def item_line(line: str) -> str:
    """Return how a line of a list is written as an item of a checklist, with an id; empty for other lines."""
    found = _LIST.match(line)
    if not found or not line[: found.end()].strip() or len(line) > 160:
        return ""
    words = line[found.end() :].strip()
    return f"- [ ] {words}" if words.endswith("}") else f"- [ ] {words} {{#{proposed_id(words)}}}"


def continues_item(line: str) -> bool:
    """Return whether a line goes on with the words of the item above."""
    found = _LIST.match(line)
    return (
        not parse_checklist_box(line.lstrip()) and not (found and line[: found.end()].strip()) and line[:1] not in "#|>"
    )


_TWO_IDS = re.compile(r"[ \t]*\{#(?P<first>[\w-]+)(?:\}[ \t]*\{#|[ \t]+#?)[\w-]+\}[ \t]*$")


def with_one_id(line: str) -> str:
    """Return an item of a checklist that has two ids with the first of them alone; other lines as they are."""
    two = _TWO_IDS.search(line)
    return f"{line[: two.start()]} {{#{two['first']}}}" if two else line


def _odd_line(reader: _SectionReader, number: int, line: str, items: list[ChecklistItem]) -> None:
    """Report a line that is no item; one that is meant as one counts as an item."""
    right = item_line(line)
    reader.report(number, "checklist-line", text=line.strip()[:40].rstrip(), right=right)
    one = parse_checklist_box(right)
    if one and line[:1] not in " \t":
        if one.id and one.id not in reader.ids:
            reader.ids[one.id] = number
        items.append(ChecklistItem(one.id or "", one.text, number))


def _items(reader: _SectionReader, part: _Part) -> tuple[ChecklistItem, ...]:
    """Return the items of a checklist section, in which each other line is a problem."""
    items: list[ChecklistItem] = []
    was_item = False
    for number, line in enumerate(part.lines, part.first):
        if not line.strip():
            was_item = False
            continue
        if was_item and items and continues_item(line):
            # Words of the item above; the id stands behind them
            reader.problems = [one for one in reader.problems if one.place.line != number - 1]
            words = f"{part.lines[number - 1 - part.first].rstrip()} {line.strip()}"
            one = parse_checklist_box(words)
            if one and one.id:
                reader.take_id(one.id, number, 1)
            right = words if one and one.id else f"{words} {{#{proposed_id(one.text if one else words)}}}"
            reader.report(number - 1, "checklist-item-parted", right=right[:200])
            items[-1] = ChecklistItem((one.id if one else None) or "", one.text if one else "", number - 1)
            was_item = False
            continue
        if (right := with_one_id(line)) != line:
            reader.report(number, "item-ids", right.rindex("{") + 1, right=right.strip()[:200])
            line = right
        one = parse_checklist_box(line)
        if not one:
            _odd_line(reader, number, line, items)
            was_item = False
            continue
        if one.box != " ":
            reader.report(number, "checklist-box", one.box_column, box=f"[{one.box}]")
        if not one.text:
            reader.report(number, "checklist-line", text=line.strip()[:40], right="")
            continue
        if one.id is not None:
            if line in part.lines[: number - part.first]:
                reader.twice[number] = part.first + part.lines.index(line)
            reader.take_id(one.id, number, one.id_column)
        elif reader.is_source:
            reader.report(number, "id-missing", one.id_column, title=one.text[:60], proposal=proposed_id(one.text))
        items.append(ChecklistItem(one.id or "", one.text, number))
        was_item = True
    return tuple(items)
