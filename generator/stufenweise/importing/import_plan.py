"""Find a tutorial in another program's text: title, summary, sections by their words, steps, minutes.

Each part is put into the section that it matches. Everything that was dropped or guessed is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stufenweise.importing.foreign_file import Loss
from stufenweise.importing.plain_text_forms import with_markdown_lists, without_mail
from stufenweise.importing.section_words import NUMBERING, is_section, section_begun, section_of
from stufenweise.model.hour_table import USUAL_HOUR, hour_frames
from stufenweise.source.markdown.checklist_syntax import parse_checklist_box
from stufenweise.source.markdown.outline import LineKind, read_outline
from stufenweise.source.markdown.step_titles import words_and_minutes

ONE_MEETING = hour_frames()[USUAL_HOUR].steps.maximum
"""Most minutes of the steps of one meeting (model/hours.yml)."""
MAX_MINUTES = 2 * ONE_MEETING
"""Most minutes of the steps: two meetings."""
SOME_MINUTES = 5
"""Minutes of a step without any, if other steps have some."""
MAX_DRAFT_STEPS = 12
"""Most steps that are made from numbered items."""
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*(?:\{[^{}]*\})?[ \t]*$")
_OWN_MINUTES = re.compile(r"\bminutes=(\d{1,2})\b")
_KNOWN_ID = re.compile(r"\{#([a-z-]+)")
_STEP_NAME = re.compile(r"(?:Schritt|Step|Phase|Teil|Part)\b[ \t]*\d", re.IGNORECASE)
IMPORTED_ITEM = re.compile(r"[ ]{0,3}(?:[-*+]|\d{1,2}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?P<words>\S.*)")
"""A list item of any program, with or without a checkbox."""
_NUMBERED = re.compile(r"[ ]{0,3}\d{1,2}[.)][ \t]+(?P<words>\S.*)")
_MARKS = re.compile(r"\*\*|__|`|(?<!\w)[*_]|[*_](?!\w)|!?\[([^\[\]]*)\]\([^()]*\)|<[^<>]*>")
_SENTENCE = re.compile(r".{20,200}?(?<!\b\w)(?<!\d)[.!?](?=\s|$)")
"""A sentence of a paragraph; it does not end after a number or an initial."""
_NO_PROSE = re.compile(r"\s*(?:[-*+>|#!`~]|\d{1,2}[.)][ \t])")
_FRONT_MATTER = re.compile(r"---\n(.*?\n)?---\n", re.DOTALL)
_FACT = re.compile(r"(?P<key>[A-Za-z_äöüÄÖÜ-]+):[ \t]*(?P<value>.*)")
_OWN_FACTS = frozenset({"level", "orientation", "effort", "goals"})
"""Our facts that another program's text may have."""
_NEW_FACTS = frozenset({"minutes", "draft", "reviewed", "review_months", "short_way"})
"""Our facts that a draft does not take from the text."""
_TITLE_KEYS, _SUMMARY_KEYS = {"title", "titel"}, {"summary", "description", "zusammenfassung", "beschreibung"}
_COMMENT = re.compile(r"%%.*?%%|<!--.*?-->", re.DOTALL)
_UNDERLINED = re.compile(r"^(\S[^\n]*)\n(=+|-{3,})[ \t]*$", re.MULTILINE)


@dataclass(slots=True)
class ImportedPart:
    """The part of a text below one heading."""

    heading: str
    line: int
    lines: list[str] = field(default_factory=list)
    minutes: int = 0


@dataclass(slots=True, kw_only=True)
class ImportPlan:
    """An imported text, sorted into the sections of a tutorial."""

    title: str = ""
    summary: str = ""
    sections: dict[str, ImportedPart] = field(default_factory=dict)
    steps: list[ImportedPart] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    """Facts found in the text, as written there."""

    @property
    def minutes(self) -> int:
        """Minutes of all steps, with a guess for each step without any; 0 if no step has any."""
        given = [step.minutes for step in self.steps]
        return min(sum(given) + SOME_MINUTES * given.count(0), MAX_MINUTES) if any(given) else 0


def read_plan(markdown: str, name: str) -> ImportPlan:
    """Return title, summary, sections and steps of a text.

    Args:
        markdown: The text.
        name: Name of its file without ending, the title of a text without one.
    """
    plan = ImportPlan()
    mail = without_mail(_without_front_matter(plan, markdown))
    plan.title = plan.title or mail.subject
    plan.losses += mail.losses
    lines = with_markdown_lists(mail.lines)
    parts = list(_parts(plan, lines, name))
    has_steps = any(section_of(part.heading) == "steps" for _, part in parts)
    _sort(plan, parts, has_steps=has_steps)
    _steps_of_items(plan)
    _collect_boxes(plan)
    if not plan.summary:
        plan.summary = _first_sentence(plan.sections["why"].lines if "why" in plan.sections else ()) or plan.title
        plan.losses.append(Loss(kind="import-summary", text=plan.summary))
    return plan


def _first_sentence(lines: Sequence[str]) -> str:
    """Return the first sentence of a paragraph; empty if there is none."""
    for paragraph in re.split(r"\n[ \t]*\n", "\n".join(lines)):
        match = None if _NO_PROSE.match(paragraph) else _SENTENCE.match(plain(paragraph))
        if match:
            return match[0][0].upper() + match[0][1:]
    return ""


def _without_front_matter(plan: ImportPlan, markdown: str) -> list[str]:
    """Return the lines of a text with empty ones for its front matter, from which title and summary are taken."""
    match = _FRONT_MATTER.match(markdown)
    head = match[0] if match else ""
    for number, line in _facts(head):
        if not (fact := _FACT.match(line)):
            continue
        key, value = fact["key"].casefold(), fact["value"].strip().strip("\"'")
        if key in _TITLE_KEYS:
            plan.title = value
        elif key in _SUMMARY_KEYS:
            plan.summary = value
        elif key in _OWN_FACTS:
            plan.facts[key] = value
        elif value and key not in _NEW_FACTS:
            plan.losses.append(Loss(kind="import-fact", text=line.strip(), line=number))
    rest = markdown[len(head) :]
    for comment in _COMMENT.finditer(rest):
        place = head.count("\n") + rest.count("\n", 0, comment.start()) + 1
        plan.losses.append(Loss(kind="import-comment", text=" ".join(comment[0].split())[:60], line=place))
    rest = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), rest)
    rest = _UNDERLINED.sub(lambda match: f"{'#' if match[2][0] == '=' else '##'} {match[1]}\n", rest)
    return [""] * head.count("\n") + rest.split("\n")


def _facts(head: str) -> Iterator[tuple[int, str]]:
    """Yield the facts of front matter with their lines, each on one line with its indented lines."""
    number, fact = 1, ""
    for current, line in enumerate(head.split("\n"), 1):
        if line.startswith((" ", "\t", "- ")) and fact:
            fact += f" {line.strip()}"
        else:
            yield number, fact
            number, fact = current, line
    yield number, fact


def _parts(plan: ImportPlan, lines: Sequence[str], name: str) -> Iterator[tuple[int, ImportedPart]]:
    """Yield the parts of a text with the level of their headings; the first heading may be its title."""
    outline = read_outline("\n".join(lines))
    level, part = 0, ImportedPart(heading="", line=1)
    for number, line in enumerate(lines, 1):
        kind = outline.kinds[number - 1]
        match = _HEADING.fullmatch(line) if kind is LineKind.HEADING else None
        alone = kind is LineKind.TEXT and _alone(lines, number - 1) and _heading_like(line)
        if not match and not alone:
            if not plan.title and not part.heading and not any(part.lines) and _title_like(lines, number - 1):
                plan.title = plain(line)
            else:
                part.lines.append(line)
            continue
        words = plain(match[2] if match else line.strip())
        is_first = not plan.title and match and len(match[1]) == 1
        if is_first and not section_of(words):
            plan.title = words_and_minutes(words)[0]
            continue
        yield level, part
        known = _KNOWN_ID.search(line)
        own = _OWN_MINUTES.search(line) if match else None
        level = len(match[1]) if match else 2
        part = ImportedPart(
            heading=known[1] if known and is_section(known[1]) else words,
            line=number,
            minutes=int(own[1]) if own else 0,
        )
    yield level, part
    if not plan.title:
        plan.title = name.replace("-", " ").replace("_", " ").strip().capitalize()
        plan.losses.append(Loss(kind="import-title", text=plan.title))


def _title_like(lines: Sequence[str], index: int) -> bool:
    """Return whether the first line of a text without headings is a title: short, on its own, and not a sentence."""
    line = plain(lines[index].strip())
    return (
        bool(line)
        and len(line) <= 80
        and line[-1] not in ".:;,"
        and _alone(lines, index)
        and not (lines[index + 1].strip() or IMPORTED_ITEM.match(lines[index]) or line.startswith(("!", ">", "|")))
    )


def _alone(lines: Sequence[str], index: int) -> bool:
    """Return whether a line has no neighbours, as headings of plain text do."""
    return (index == 0 or not lines[index - 1].strip()) and index + 1 < len(lines)


def _heading_like(line: str) -> bool:
    """Return whether a line without marks is worded like a heading of a section or a numbered step."""
    words = plain(line.strip()).rstrip(":")
    return len(words) <= 60 and bool(section_of(words) or (_STEP_NAME.match(words) and words[-1] not in ".?!"))


def _sort(plan: ImportPlan, parts: Sequence[tuple[int, ImportedPart]], *, has_steps: bool) -> None:
    """Put each part into the section that it matches."""
    current, section_level, step_level = "why", 0, 0
    for level, part in parts:
        words, minutes = words_and_minutes(NUMBERING.sub("", part.heading))
        minutes = part.minutes or minutes
        section = section_of(part.heading)
        if not section and (current != "steps" or level <= section_level):
            section = section_begun(part.heading)
            if section:
                plan.losses.append(Loss(kind="import-section", text=part.heading, line=part.line))
        named_step = bool(minutes or _STEP_NAME.match(part.heading))
        if not part.heading:
            _add(plan, "why", part)
        elif section and not (named_step and section != "steps"):
            current, section_level = section, level
            _add(plan, section, part)
        elif named_step or (current == "steps" and level > section_level and level <= (step_level or level)):
            current, step_level = "steps", level
            plan.steps.append(ImportedPart(heading=words, line=part.line, lines=part.lines, minutes=minutes))
        elif current == "steps" and plan.steps and level > step_level:
            plan.steps[-1].lines += ["", f"**{words}**", "", *part.lines]
        elif not has_steps and current not in {"mentor", "talk", "next", "checklist"}:
            current, step_level = "steps", level
            plan.steps.append(ImportedPart(heading=words, line=part.line, lines=part.lines))
            plan.losses.append(Loss(kind="import-step", text=words, line=part.line))
        else:
            place = _add(plan, "mentor" if current in {"steps", "checklist"} else current, part)
            place.lines[len(place.lines) - len(part.lines) :] = ["", f"**{words}**", "", *part.lines]
            plan.losses.append(Loss(kind="import-heading", text=words, line=part.line))


def _add(plan: ImportPlan, section: str, part: ImportedPart) -> ImportedPart:
    """Append a part to a section, and return the section."""
    place = plan.sections.setdefault(section, ImportedPart(heading=part.heading.rstrip(":"), line=part.line))
    place.lines += ["", *part.lines]
    return place


def _steps_of_items(plan: ImportPlan) -> None:
    """Turn the numbered items of a steps section without headings into steps."""
    place = plan.sections.pop("steps", None)
    if place is None:
        return
    starts = [index for index, line in enumerate(place.lines) if _NUMBERED.fullmatch(line)]
    if plan.steps or not 2 <= len(starts) <= MAX_DRAFT_STEPS:
        if any(line.strip() for line in place.lines):
            first = plan.steps[0] if plan.steps else ImportedPart(heading=place.heading, line=place.line)
            first.lines[:0] = [*place.lines, ""]
            plan.steps = plan.steps or [first]
        return
    for index, end in zip(starts, [*starts[1:], len(place.lines)], strict=True):
        item = _NUMBERED.fullmatch(place.lines[index])
        text = plain(item["words"]) if item else ""
        words, minutes = words_and_minutes(text)
        body = [
            re.sub(r"[ \t]{3,}", " ", item["words"]) if item else "",
            *(line.removeprefix("   ") for line in place.lines[index + 1 : end]),
        ]
        title = re.split(r"[.:;!?–]", words)[0][:60].strip() or words[:60]
        plan.steps.append(ImportedPart(heading=title, line=place.line + index, lines=body, minutes=minutes))
    plan.losses.append(Loss(kind="import-items", text=str(len(starts)), line=place.line))


def _collect_boxes(plan: ImportPlan) -> None:
    """Collect checkboxes for the checklist if no section is one."""
    if "checklist" in plan.sections:
        return
    boxes: list[str] = []
    for part in (*plan.sections.values(), *plan.steps):
        boxes += [line for line in part.lines if parse_checklist_box(line.strip())]
        part.lines = [line for line in part.lines if not parse_checklist_box(line.strip())]
    if boxes:
        plan.sections["checklist"] = ImportedPart(heading="", line=0, lines=boxes)
        plan.losses.append(Loss(kind="import-boxes-moved", text=str(len(boxes))))


def plain(text: str) -> str:
    """Return a line without Markdown marks."""
    return " ".join(_MARKS.sub(lambda match: match[1] or "", text).replace("\\", "").split())
