"""Add the sections of a company's extension to the text that it extends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stufenweise.model.kinds import Kind
from stufenweise.model.outcome import Outcome
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import QUOTED_TEXT, Place, Problem, Subject, new_problem
from stufenweise.source.files.decoding import MAX_TEXT_BYTES, decode
from stufenweise.source.markdown.outline import OutlineHeading, read_outline
from stufenweise.source.suggest import suggest
from stufenweise.source.yaml.front_matter import FRONT_MATTER_FENCE, front_matter_end


@dataclass(frozen=True, slots=True)
class MergedFile:
    """A merged file."""

    data: bytes
    origins: tuple[Place, ...]
    """The origin of each of its lines."""


def extended_text(
    base: bytes, base_file: ShownPath, extension: str, extension_file: ShownPath, kind: Kind | None, reviewed: str
) -> Outcome[MergedFile]:
    """Return a text with the sections of its extension, or the problems of the extension.

    A base text that can't be decoded is reported by the loader.

    Args:
        base: The text that is extended.
        base_file: Its path as shown in problems.
        extension: The extension.
        extension_file: Its path as shown in problems.
        kind: The kind of the text; None if its path belongs to none.
        reviewed: The base text as of the company's last review, to recognise sections that were renamed or removed.
    """
    base_text = decode(base, base_file, MAX_TEXT_BYTES).value
    if base_text is None:
        return Outcome(None)
    section_ids = kind.sections if kind else ()
    added = extension.split("\n")
    headings = _section_headings(added)
    problems = _extension_problems(added, headings, extension_file, section_ids, base_text, reviewed)
    if problems:
        return Outcome.failure(*problems)
    lines = [(line, Place(base_file, number)) for number, line in enumerate(base_text.split("\n"), 1)]
    ends = [*(heading.line for heading in headings[1:]), len(added)]
    for heading, end in zip(headings, ends, strict=True):
        start = heading.line
        block = [(line, Place(extension_file, number)) for number, line in enumerate(added[start:end], start + 1)]
        lines = _with_section(lines, heading.id, block, section_ids)
    extended = "\n".join(line for line, _ in lines).encode()
    return Outcome(MergedFile(extended, tuple(place for _, place in lines)))


def _extension_problems(
    added: Sequence[str],
    headings: Sequence[OutlineHeading],
    file: ShownPath,
    section_ids: Sequence[str],
    base_text: str,
    reviewed: str,
) -> list[Problem]:
    """Return the problems of an extension's lines and section headings."""
    first = headings[0].line if headings else len(added)
    if FRONT_MATTER_FENCE.fullmatch(added[0]):
        return [new_problem(Place(file), "extend-front-matter")]
    for number, line in enumerate(added[:first], 1):
        if line.strip():
            return [new_problem(Place(file, number), "text-before-section", text=line.strip()[:QUOTED_TEXT])]
    if not headings:
        return [new_problem(Place(file), "no-section")]
    present = [heading.id for heading in _section_headings(base_text.split("\n")) if heading.id]
    removed_ids = {heading.id for heading in _section_headings(reviewed.split("\n"))} - {*present}
    problems = []
    for heading in headings:
        place = Place(file, heading.line + 1, 4)
        if not heading.id:
            subject, known = Subject(name=heading.title), ", ".join(section_ids)
            problems.append(new_problem(replace(place, column=1), "section-without-id", subject, known=known))
        elif heading.id in {"steps", "checklist"} & set(section_ids):
            problems.append(new_problem(place, "extend-structure", id=heading.id))
        elif heading.id in removed_ids:
            values = {"id": heading.id, "nearest": suggest(heading.id, present), "known": ", ".join(present)}
            problems.append(new_problem(place, "extend-section-gone", **values))
    return problems


def _with_section(
    lines: list[tuple[str, Place]], section_id: str, block: list[tuple[str, Place]], section_ids: Sequence[str]
) -> list[tuple[str, Place]]:
    """Return lines with a section added: at the end of the one with its id, otherwise in the kind's order."""
    headings = _section_headings([line for line, _ in lines])
    body = _without_outer_blank_lines(block[1:])
    gap = ("", block[0][1])
    for index, heading in enumerate(headings):
        if heading.id == section_id:
            end = headings[index + 1].line if index + 1 < len(headings) else len(lines)
            return [*_without_outer_blank_lines(lines[:end]), gap, *body, gap, *lines[end:]]
    later = section_ids[section_ids.index(section_id) + 1 :] if section_id in section_ids else ()
    at = next((heading.line for heading in headings if heading.id in later), len(lines))
    return [*_without_outer_blank_lines(lines[:at]), gap, block[0], gap, *body, gap, *lines[at:]]


def _without_outer_blank_lines(lines: list[tuple[str, Place]]) -> list[tuple[str, Place]]:
    """Return lines without blank ones at either end."""
    end = len(lines)
    while end and not lines[end - 1][0].strip():
        end -= 1
    start = 0
    while start < end and not lines[start][0].strip():
        start += 1
    return lines[start:end]


def _section_headings(lines: Sequence[str]) -> list[OutlineHeading]:
    """Return the headings of the sections of a text, whose lines may begin with front matter."""
    end = front_matter_end(lines)
    outline = read_outline("\n".join(["" if index < end else line for index, line in enumerate(lines)]))
    return [section.heading for section in outline.sections]
