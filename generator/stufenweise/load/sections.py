"""Parse the body of a text into its known sections, steps and checklist items, each with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from stufenweise.load.checklist_items import checklist_items
from stufenweise.load.label_words import GuidanceWords
from stufenweise.load.mentor_guidance import split_guidance
from stufenweise.load.section_reader import SectionPart, SectionReader, proposed_id
from stufenweise.model.kinds import KEY_ID, Kind
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import QUOTED_START, QUOTED_TEXT, Problem, Subject
from stufenweise.model.text import Section, SolutionKey, Step
from stufenweise.source.markdown.heading_syntax import Heading
from stufenweise.source.markdown.outline import LineKind, Outline, OutlineHeading, read_outline
from stufenweise.source.markdown.step_titles import step_heading, words_and_minutes
from stufenweise.source.suggest import suggest

_BRACKETED = re.compile(r"[ \t]*[(\[]#[ \t]*([\w-]+)[ \t]*[)\]][ \t]*$")


@dataclass(frozen=True, slots=True)
class ParsedSections:
    """The result of `parse_sections`."""

    sections: Mapping[str, Section]
    problems: list[Problem]
    ids: Mapping[str, int]
    """All ids of the text (sections, steps, items, other headings) with their lines."""


def parse_sections(
    body: str, file: ShownPath, first_line: int, kind: Kind, guidance: GuidanceWords, *, is_source: bool
) -> ParsedSections:
    """Return the sections of `body` by id, and all problems of its structure.

    Args:
        body: Markdown below the front matter.
        file: Path for positions, as people write it.
        first_line: Line of the file at which `body` starts, from 1.
        kind: The kind of the text, which has its sections.
        guidance: The words with which a step's guidance begins.
        is_source: Whether ids and minutes must be given (a translation may leave them to its source).
    """
    reader = SectionReader(file=file, kind=kind, is_source=is_source, guidance=guidance)
    outline = read_outline(body)
    _report_outline_faults(reader, outline, first_line)
    sections: dict[str, Section] = {}
    for section in outline.sections:
        start = section.heading.line + 1
        heading = _open_section(reader, section.heading, first_line + section.heading.line, sections)
        if heading:
            part = SectionPart(
                id=heading.id,
                heading=heading.title,
                lines=outline.lines[start : section.end],
                kinds=outline.kinds[start : section.end],
                first=first_line + start,
                start=start,
                headings=outline.headings_in(section),
            )
            sections[heading.id] = _section(reader, part)
    return ParsedSections(sections, reader.problems, reader.ids)


def _report_outline_faults(reader: SectionReader, outline: Outline, first_line: int) -> None:
    """Report an open fence, headings of wrong levels or with an underline, and text above the first section."""
    if open_fence := next((fence for fence in outline.fences if not fence.is_closed), None):
        reader.report(first_line + open_fence.first, "fence-open", fence=open_fence.marker)
    for heading in outline.headings:
        if heading.is_misplaced:
            is_section = heading.level == 1 and heading.id in reader.kind.sections
            replacement = f"## {heading.title} {{#{heading.id}}}" if is_section else ""
            reader.report(first_line + heading.line, "heading-level", found=f"h{heading.level}", right=replacement)
    for index, line_kind in enumerate(outline.kinds):
        if line_kind is LineKind.UNDERLINE:
            reader.report(first_line + index, "setext-heading")
    end = outline.sections[0].heading.line if outline.sections else len(outline.lines)
    before = next((index for index in range(end) if outline.lines[index].strip()), None)
    if before is not None:
        reader.report(first_line + before, "text-before-section", text=outline.lines[before].strip()[:QUOTED_START])


def _open_section(
    reader: SectionReader, written: OutlineHeading, number: int, sections: Mapping[str, Section]
) -> Heading | None:
    """Return the heading of the section that a line opens; None if the section is unknown or a duplicate."""
    heading, column = reader.take_heading(written, number), written.column
    valid_ids = reader.kind.sections
    title = heading.title[:QUOTED_TEXT] or "…"
    if misplaced := heading.misplaced:
        meant_step = bool(heading.id) and heading.id not in valid_ids and "steps" in sections
        reader.report_misplaced(number, column, heading, meant_step=meant_step)
    if (misplaced or heading.faulty) and (not heading.id or (valid_ids and heading.id not in valid_ids)):
        if heading.id:
            reader.take_id(heading.id, number, column)  # Links to it are right all the same
        return None
    if not heading.id and not valid_ids:
        reader.report(number, "id-missing", column, title=title, proposal=proposed_id(heading.title))
    elif not heading.id:
        subject = Subject(name=title, nearest=_likely_section(heading.title, valid_ids))
        reader.report(number, "section-without-id", 1, subject, known=", ".join(valid_ids))
    elif valid_ids and heading.id not in valid_ids:
        subject, listed = Subject(name=title, nearest=suggest(heading.id, valid_ids)), ", ".join(valid_ids)
        reader.report(number, "unknown-section", column, subject, id=heading.id, known=listed)
    elif heading.id in sections:
        first = str(sections[heading.id].line)
        reader.report(number, "duplicate-section", column, Subject(name=title), id=heading.id, first=first)
    else:
        reader.take_id(heading.id, number, column)
        return heading
    return None


def _likely_section(title: str, valid_ids: tuple[str, ...]) -> str:
    """Return the id of the section that a title without an id probably means; empty if that is not clear."""
    likely = suggest(proposed_id(_BRACKETED.sub("", title)), valid_ids)
    bracketed = _BRACKETED.search(title)
    return (suggest(bracketed[1].casefold(), valid_ids) if bracketed else "") or likely


def _section(reader: SectionReader, part: SectionPart) -> Section:
    """Return a section with its steps or items."""
    line = part.first - 1
    is_known = part.id in reader.kind.sections
    if is_known and part.id == "checklist":
        return Section(id=part.id, heading=part.heading, body="", line=line, items=checklist_items(reader, part))
    if is_known and part.id == "steps":
        intro, steps = _steps(reader, part)
        return Section(id=part.id, heading=part.heading, body=intro, line=line, steps=steps)
    for heading in part.headings:
        _take_other_id(reader, part.number(heading), heading)
    body, key = _split_solution(part) if is_known and part.id == "mentor" else (part.lines, None)
    return Section(id=part.id, heading=part.heading, body="\n".join(body).strip("\n"), line=line, key=key)


def _split_solution(part: SectionPart) -> tuple[tuple[str, ...], SolutionKey | None]:
    """Split the mentor's section into the lines of its text and the solution."""
    headings = [heading for heading in part.headings if heading.level == 3]
    for heading, following in zip(headings, [*headings[1:], None], strict=False):
        if heading.id == KEY_ID:
            start = heading.line - part.start
            end = following.line - part.start if following else len(part.lines)
            solution = "\n".join(part.lines[start + 1 : end]).strip("\n")
            key = SolutionKey(heading.title, solution, part.number(heading))
            return (*part.lines[:start], *part.lines[end:]), key
    return part.lines, None


def _take_other_id(reader: SectionReader, number: int, written: OutlineHeading) -> None:
    """Note the id of a heading of neither a section nor a step."""
    heading = reader.take_heading(written, number)
    if heading.id:
        reader.take_id(heading.id, number, written.column)
    if heading.misplaced:
        reader.report_misplaced(number, written.column, heading, meant_step=False)


def _steps(reader: SectionReader, part: SectionPart) -> tuple[str, tuple[Step, ...]]:
    """Return the text before the first step, and the steps."""
    reader.repeated |= _repeated_steps(part)
    starts = _step_headings(reader, part)
    ends = [*(start for start, _ in starts[1:]), len(part.lines)]
    steps: list[Step] = []
    meeting = 1
    for (start, heading), end in zip(starts, ends, strict=False):
        if heading.part == 2 and meeting == 1 and steps:
            meeting = 2
        elif heading.part:
            reader.report(part.first + start, "step-part", part=heading.part)
        steps.append(_step(reader, part, start, end, heading, meeting))
    return "\n".join(part.lines[: starts[0][0] if starts else None]).strip("\n"), tuple(steps)


def _step_headings(reader: SectionReader, part: SectionPart) -> list[tuple[int, Heading]]:
    """Return the headings of steps, each with its line in the section, from 0; report their faults."""
    result: list[tuple[int, Heading]] = []
    for written in part.headings:
        number = part.number(written)
        if written.level != 3:
            _take_other_id(reader, number, written)
            continue
        heading = reader.take_heading(written, number)
        if not heading.title.strip():
            reader.report(number, "step-title", written.column)
        if heading.id:
            reader.take_id(heading.id, number, written.column)
        if reader.is_source and not heading.faulty and heading.title.strip() and not (heading.id and heading.minutes):
            words, minutes = words_and_minutes(heading.title)
            replacement = step_heading(words, heading.id or proposed_id(words), heading.minutes or minutes)
            title = heading.title[:QUOTED_TEXT]
            reader.report(number, "step-attributes", written.column, title=title, right=replacement)
        result.append((written.line - part.start, heading))
    return result


def _step(reader: SectionReader, part: SectionPart, start: int, end: int, heading: Heading, session_part: int) -> Step:
    """Return the step between two lines of its section; its guidance is separated from its body."""
    body_line = part.first + start + 1
    lines, guidance = split_guidance(
        part.lines[start + 1 : end], part.kinds[start + 1 : end], body_line, reader.guidance
    )
    body_line += next((index for index, line in enumerate(lines) if line.strip()), 0)
    return Step(
        id=heading.id,
        title=heading.title,
        minutes=heading.minutes or 0,
        body="\n".join(lines).strip("\n"),
        line=part.first + start,
        part=session_part,
        short=heading.short,
        guidance=guidance,
        body_line=body_line,
    )


def _repeated_steps(part: SectionPart) -> dict[int, int]:
    """Return the lines of repeated steps, each with the line of the first one."""
    starts = [heading.line - part.start for heading in part.headings if heading.level == 3]
    seen: dict[str, int] = {}
    result: dict[int, int] = {}
    for start, end in zip(starts, [*starts[1:], len(part.lines)], strict=False):
        words = "\n".join(part.lines[start:end]).strip()
        first = seen.setdefault(words, part.first + start)
        if first != part.first + start:
            result[part.first + start] = first
    return result
