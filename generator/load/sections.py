"""A text's body cut into its known sections, steps and checklist items, each with its line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.load.nearest import nearest
from generator.model.kinds import Kind
from generator.model.library import ChecklistItem, Section, Step
from generator.model.problem import Place, Problem, problem

_HEADING = re.compile(r"(#{1,6})(?!#)[ \t]*(.*?)[ \t]*#*[ \t]*$")
_ATTRIBUTES = re.compile(r"(.*?)[ \t]*\{:?([^{}]*)\}$")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})(.*)$")
_SETEXT = re.compile(r"(=+|-+)[ \t]*$")
_ITEM = re.compile(r"[-*+][ \t]+\[([ xX]?)\][ \t]+(.*?)(?:[ \t]*\{#([^{}\s]*)\})?[ \t]*$")
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}


def proposed_id(title: str) -> str:
    """Return an id for a heading or item, made of its first words."""
    text = "".join(_LETTERS.get(letter, letter) for letter in title.lower())
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", re.sub(r"\{\{.*?\}\}", "", text))[:4]
    return "-".join(words).lstrip("0123456789-") or "item"


@dataclass
class _Open:
    """A section while it is being read."""

    id: str
    heading: str
    line: int
    lines: list[str] = field(default_factory=list)
    first: int = 0


@dataclass(frozen=True, slots=True)
class _Heading:
    title: str
    id: str
    minutes: int | None


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

    def take_id(self, new: str, line: int, column: int) -> None:
        """Note that `new` is used at `line`; twice is a problem."""
        if not _ID.fullmatch(new) or len(new) > 60:
            self.say(line, "bad-id", column, id=new, proposal=proposed_id(new))
        elif new in self.ids:
            self.say(line, "duplicate-id", column, id=new, first=self.ids[new])
        self.ids.setdefault(new, line)

    def heading(self, text: str, line: int, column: int) -> _Heading:
        """Return title and attributes of a heading's text, which starts at `column`."""
        found = _ATTRIBUTES.match(text)
        if not found:
            return _Heading(text, "", None)
        new_id, minutes = "", None
        start = column + found.start(2)
        for token in found[2].split():
            if token.startswith("#") and len(token) > 1:
                new_id = token[1:]
            elif token.startswith("minutes="):
                value = token.removeprefix("minutes=").strip("\"'")
                if value.isascii() and value.isdigit() and len(value) <= 3 and 1 <= int(value) <= 120:
                    minutes = int(value)
                else:
                    self.say(line, "step-minutes-value", start, value=value[:20])
                    minutes = 0
            else:
                self.say(line, "heading-attribute", start, attribute=token[:40])
        return _Heading(found[1], new_id, minutes)


def read_sections(body: str, file: str, first_line: int, kind: Kind, *, is_source: bool) -> SectionsRead:
    """Return the sections of `body` by id, and all problems of its structure.

    Args:
        body: Markdown below the front matter.
        file: Path for positions, as people write it.
        first_line: Line of the file at which `body` starts, from 1.
        kind: What sections there may be.
        is_source: Whether ids and minutes must be given (a translation may leave them to its source).
    """
    reader = _Reader(file, kind, is_source)
    sections: dict[str, Section] = {}
    current: _Open | None = None
    fence = ""
    fence_line = 0
    previous = ""

    def close() -> None:
        if current and current.id:
            sections[current.id] = _section(reader, current)

    for number, line in enumerate(body.split("\n"), first_line):
        opened = fence
        if "```" in line or "~~~" in line:
            fence = _fence_after(line, fence)
            fence_line = number if fence and not opened else fence_line
        if not opened and not fence and line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            if level == 2:
                close()
                current = _begin(reader, line, number, sections)
                previous = ""
                continue
            if level == 1 or level > 4:
                reader.say(number, "heading-level", found=f"h{level}")
        elif line[:1] in {"=", "-"} and not opened and not fence and previous.strip() and _SETEXT.match(line):
            reader.say(number, "setext-heading")
        if current:
            current.lines.append(line)
        elif line.strip():
            reader.say(number, "text-before-section", text=line.strip()[:40])
            current = _Open("", "", number)
        previous = "" if line.startswith(("#", ">", "|")) else line
    if fence:
        reader.say(fence_line, "fence-open", fence=fence)
    close()
    return SectionsRead(sections, reader.problems, reader.ids)


def _fence_after(line: str, fence: str) -> str:
    """Return the code fence that is open after a line, given the one that is open before it; empty if there is none."""
    found = _FENCE.match(line)
    if not found or (fence and (not found[1].startswith(fence) or found[2].strip())):
        return fence
    return "" if fence else found[1]


@dataclass(frozen=True, slots=True)
class SectionsRead:
    """What `read_sections` found."""

    sections: Mapping[str, Section]
    problems: list[Problem]
    ids: Mapping[str, int]
    """Every id of the text (sections, steps, items, other headings) with its line."""


def _begin(reader: _Reader, line: str, number: int, sections: Mapping[str, Section]) -> _Open:
    """Return the section that the heading in `line` opens; one without a usable id swallows its text."""
    match = _HEADING.match(line)
    text = match[2] if match else ""
    column = line.find(text) + 1 if text else 1
    heading = reader.heading(text, number, column)
    known = reader.kind.sections
    if heading.minutes is not None:
        reader.say(number, "heading-attribute", column, attribute="minutes")
    if not heading.id:
        near = nearest(proposed_id(heading.title), known)
        reader.say(number, "section-without-id", title=heading.title[:60], nearest=near, known=", ".join(known))
    elif heading.id not in known:
        near = nearest(heading.id, known)
        reader.say(number, "unknown-section", column, id=heading.id, nearest=near, known=", ".join(known))
    elif heading.id in sections:
        reader.say(number, "duplicate-section", column, id=heading.id, first=sections[heading.id].line)
    else:
        reader.take_id(heading.id, number, column)
        return _Open(heading.id, heading.title, number, first=number + 1)
    return _Open("", heading.title, number, first=number + 1)


def _section(reader: _Reader, opened: _Open) -> Section:
    """Return the finished section, with its steps or items."""
    if opened.id == "checklist":
        items = _items(reader, opened)
        return Section(opened.id, opened.heading, "", opened.line, items=items)
    if opened.id == "steps":
        intro, steps = _steps(reader, opened)
        return Section(opened.id, opened.heading, intro, opened.line, steps=steps)
    _other_ids(reader, opened)
    return Section(opened.id, opened.heading, "\n".join(opened.lines).strip("\n"), opened.line)


def _other_ids(reader: _Reader, opened: _Open) -> None:
    """Note the ids of the headings inside a section that has neither steps nor items."""
    for number, line in _outside_fences(opened):
        if line.startswith("###"):
            _other_id(reader, number, line)


def _other_id(reader: _Reader, number: int, line: str) -> None:
    """Note the id of a heading that is neither a section nor a step."""
    match = _HEADING.match(line)
    if not match:
        return
    column = line.find(match[2]) + 1
    heading = reader.heading(match[2], number, column)
    if heading.id:
        reader.take_id(heading.id, number, column)
    if heading.minutes is not None:
        reader.say(number, "heading-attribute", column, attribute="minutes")


def _outside_fences(opened: _Open) -> list[tuple[int, str]]:
    """Return the numbered lines of a section; a line inside a code fence is given as an empty one."""
    result: list[tuple[int, str]] = []
    fence = ""
    for number, line in enumerate(opened.lines, opened.first):
        was = fence
        if "```" in line or "~~~" in line:
            fence = _fence_after(line, fence)
        result.append((number, "" if was or fence else line))
    return result


def _steps(reader: _Reader, opened: _Open) -> tuple[str, tuple[Step, ...]]:
    """Return the text before the first step, and the steps."""
    steps: list[Step] = []
    starts: list[tuple[int, _Heading, int]] = []
    for index, (number, line) in enumerate(_outside_fences(opened)):
        if line.startswith("####"):
            _other_id(reader, number, line)
        elif line.startswith("###") and (match := _HEADING.match(line)):
            column = line.find(match[2]) + 1
            heading = reader.heading(match[2], number, column)
            if not heading.title.strip():
                reader.say(number, "step-title", column)
            if heading.id:
                reader.take_id(heading.id, number, column)
            elif reader.is_source:
                reader.say(number, "id-missing", column, title=heading.title[:60], proposal=proposed_id(heading.title))
            if heading.minutes is None and reader.is_source:
                reader.say(number, "step-minutes", column, title=heading.title[:60])
            starts.append((index, heading, number))
    ends = [start for start, _, _ in starts[1:]] + [len(opened.lines)]
    for (start, heading, number), end in zip(starts, ends, strict=True):
        body = "\n".join(opened.lines[start + 1 : end]).strip("\n")
        steps.append(Step(heading.id, heading.title, heading.minutes or 0, body, number))
    first = starts[0][0] if starts else len(opened.lines)
    return "\n".join(opened.lines[:first]).strip("\n"), tuple(steps)


def _items(reader: _Reader, opened: _Open) -> tuple[ChecklistItem, ...]:
    """Return the items of a checklist section, in which each other line is a problem."""
    items: list[ChecklistItem] = []
    for number, line in enumerate(opened.lines, opened.first):
        if not line.strip():
            continue
        match = _ITEM.match(line)
        if not match:
            reader.say(number, "checklist-line", text=line.strip()[:40])
            continue
        box, text, item_id = match[1], match[2], match[3]
        if box != " ":
            reader.say(number, "checklist-box", match.start(1), box=f"[{box}]")
        if not text:
            reader.say(number, "checklist-line", text=line.strip()[:40])
        if item_id is None:
            if reader.is_source:
                reader.say(number, "id-missing", len(line) + 1, title=text[:60], proposal=proposed_id(text))
        else:
            reader.take_id(item_id, number, match.start(3))
        items.append(ChecklistItem(item_id or "", text, number))
    return tuple(items)
