"""Report headings that are not recognised as such, and text that was meant as a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from stufenweise.check.misreadings.misreading import Misreading
from stufenweise.check.misreadings.written_text import WrittenText, translated_ids
from stufenweise.check.text.section_headings import headings_of_missing_sections
from stufenweise.load.section_reader import proposed_id
from stufenweise.model.facts import TutorialFacts
from stufenweise.source.markdown.heading_attributes import ID
from stufenweise.source.markdown.heading_syntax import MAX_PROPOSAL, parse_heading
from stufenweise.source.markdown.outline import LineKind
from stufenweise.source.markdown.step_titles import step_heading, words_and_minutes

_CLOSE = re.compile(r"(?P<marks>#{2,6})(?P<rest>[^#\s].*)")
_TAGS = re.compile(r"#[a-zäöüß][\w/-]*(?:[ \t]+#[\w/-]+)*[ \t]*|#[\w/-]+(?:[ \t]+#[\w/-]+)+[ \t]*")
"""Tags of a note program, which look like a heading whose space is missing."""
_WIKI = re.compile(
    r"(?:h(?P<level>[1-6])\.[ \t]+|(?P<marks>={2,5})[ \t]*)(?P<words>[^=\s\"][^=\n]*(?<!\s))[ \t]*(?P<end>=*)[ \t]*"
)
_INDENTED = re.compile(r"[ ]{1,3}(?P<heading>#{2,4}[ \t]+\S.*)")
_WITH_ID = re.compile(
    r"(?:\d{1,2}[.)][ \t]+|[-*+][ \t]+)?(?P<words>[^{}\n|>]*[^{}\s|>])[ \t]*"
    r"(?P<braces>\{#(?P<id>[^{}\s]+)[^{}]*\})[*_ \t]*"
)
_BOLD = re.compile(r"(?:\*\*|__)(?P<words>[^*_\n]+)(?:\*\*|__):?[ \t]*")
_ROUND = re.compile(r"[ \t]*[(\[]#[ \t]*(?P<id>[\w-]+)(?:[ \t]+minutes=(?P<minutes>\d{1,3}))?[ \t]*[)\]][ \t]*$")
"""Attributes in round or square brackets instead of braces."""


def heading_misreadings(text: WrittenText) -> Iterator[Misreading]:
    """Yield headings that would be read differently than meant."""
    families = chain(
        _twice(text),
        _sections_too_low(text),
        _sections_without_id(text),
        _odd_lines(text),
        _meant_as_headings(text),
        _wrong_levels(text),
        _steps(text),
        _odd_attributes(text),
    )
    first_per_line: dict[int, Misreading] = {}
    for misreading in families:
        first_per_line.setdefault(misreading.line, misreading)
    yield from (first_per_line[line] for line in sorted(first_per_line))


def _odd_lines(text: WrittenText) -> Iterator[Misreading]:
    """Yield headings that lack their space or are indented, and lines of tags, which look like headings."""
    for index, line in text.written:
        if line[0] not in "# ":
            continue
        if heading := _CLOSE.fullmatch(line):
            right = f"{heading['marks']} {heading['rest']}"
            yield text.misreading(index, "heading-space", (right,), right=right)
        elif _TAGS.fullmatch(line):
            yield text.misreading(index, "other-markup", (), text=line.strip())
        elif heading := _INDENTED.fullmatch(line):
            yield _meant(text, index, heading["heading"].rstrip())


def _meant(text: WrittenText, index: int, right: str) -> Misreading:
    """Return the heading that a line was meant as."""
    return text.misreading(index, "heading-meant", (right,), right=right)


def _missing(text: WrittenText) -> dict[str, str]:
    """Return the ids of missing sections by their usual heading in lower case."""
    usual = headings_of_missing_sections(text.loaded, text.file)
    return {usual[section].casefold(): section for section in text.kind.sections if section in usual}


def _sections_too_low(text: WrittenText) -> Iterator[Misreading]:
    """Yield section headings that have the level of a step or sub-heading."""
    for heading in text.outline.headings:
        is_missing = heading.id in text.kind.sections and heading.id not in text.file.text.sections
        if is_missing and heading.level in {3, 4} and not heading.fault:
            right = f"## {heading.title} {{#{heading.id}}}"
            yield text.misreading(heading.line, "heading-too-low", (right,), id=heading.id, right=right)


def _wrong_levels(text: WrittenText) -> Iterator[Misreading]:
    """Yield fixes for wrong heading levels; other rules report the problem."""
    kind, sections = text.kind.sections, text.file.text.sections
    steps_line = sections["steps"].line - text.file.body_line if "steps" in sections else len(text.lines)
    for heading in text.outline.headings:
        line = heading.line
        if heading.fault:
            continue
        is_step = heading.heading.minutes and heading.id and heading.id not in kind and line > steps_line
        if (heading.level == 1 and heading.id in kind) or (heading.level == 2 and is_step):
            yield text.misreading(line, "", (f"#{text.lines[line]}",))
        elif heading.level == 1 and heading.title.casefold() == text.file.text.title.casefold():
            yield text.misreading(line, "", (), end=line + 1 + text.is_blank(line + 1))


def _sections_without_id(text: WrittenText) -> Iterator[Misreading]:
    """Yield fixes for headings whose words are those of a section; another rule reports the problem."""
    missing, sections = _missing(text), text.file.text.sections
    for heading in text.outline.headings:
        words = _ROUND.sub("", heading.title)
        section = missing.get(words.casefold(), "")
        if not section or heading.level != 2 or heading.fault:
            continue
        is_other = heading.id not in text.kind.sections
        is_second = heading.id in sections and sections[heading.id].line != text.file.body_line + heading.line
        if (is_other or is_second) and not heading.heading.misplaced:
            yield text.misreading(heading.line, "", (f"## {words} {{#{section}}}",))


def _meant_as_headings(text: WrittenText) -> Iterator[Misreading]:
    """Yield bold lines and plain ones that were meant as the heading of a section or step."""
    missing, steps, left = _missing(text), _steps_range(text), _minutes_left(text)
    bold: list[tuple[int, str]] = []
    for index, line in text.written:
        kind = text.outline.kinds[index]
        if (kind is not LineKind.TEXT and kind is not LineKind.ITEM) or index in text.checklist:
            continue
        if "{#" in line and (named := _WITH_ID.fullmatch(line)) and not line.startswith("- ["):
            yield from _named_heading(text, index, named, steps)
            continue
        if kind is LineKind.ITEM or not (text.is_blank(index - 1) and text.is_blank(index + 1)):
            continue
        wiki = _WIKI.fullmatch(line) if line[0] in "h=" else None
        wiki = wiki if wiki and (wiki["level"] or wiki["end"] in {"", wiki["marks"]}) else None
        words = wiki["words"] if wiki else _without_marks(line)
        if section := missing.get(words.casefold(), ""):
            yield _meant(text, index, f"## {words} {{#{section}}}")
        elif index in steps and left and (step := wiki or _BOLD.fullmatch(line)):
            bold.append((index, step["words"].strip(" :")))
        elif wiki:
            yield _meant(text, index, f"#### {words}")
    yield from _bold_steps(text, bold, left)


def _named_heading(text: WrittenText, index: int, named: re.Match[str], steps: range) -> Iterator[Misreading]:
    """Yield the heading for a line that ends with the id of a section, step or heading."""
    known = text.kind.sections
    is_step = named["id"] not in known and index in steps
    if named["id"] in known or is_step or ID.fullmatch(named["id"]):
        marks = "##" if named["id"] in known else "###"
        right = f"{marks} {_without_marks(named['words'])} {named['braces']}"
        yield _meant(text, index, right)


def _bold_steps(text: WrittenText, bold: Sequence[tuple[int, str]], left: int) -> Iterator[Misreading]:
    """Yield the headings of steps for bold lines; a single one gets the minutes that are left."""
    for index, words in bold:
        title, minutes = words_and_minutes(words)
        minutes = minutes or (left if len(bold) == 1 else 0)
        right = step_heading(title, proposed_id(title), minutes) if text.file.is_source else f"### {title}"
        # An ellipsis stands for minutes that only the author knows.
        yield text.misreading(index, "heading-meant", None if "…" in right else (right,), right=right)


def _without_marks(line: str) -> str:
    """Return a line without what makes it bold, and without a colon at its end."""
    return line.lstrip("*_ \t").rstrip("*_: \t")


def _twice(text: WrittenText) -> Iterator[Misreading]:
    """Yield sections and steps that were pasted twice: they are identical to an earlier one."""
    seen: set[str] = set()
    headings = [heading for heading in text.outline.headings if heading.level in {2, 3} and heading.id]
    last_end = 0
    for number, heading in enumerate(headings, 1):
        after = (other.line for other in headings[number:] if other.level <= heading.level)
        end = next(after, len(text.lines))
        words = "\n".join(text.lines[heading.line : end]).strip()
        if words in seen and heading.line >= last_end:
            yield text.misreading(heading.line, "", (), end=end)
            last_end = end
        seen.add(words)


def _odd_attributes(text: WrittenText) -> Iterator[Misreading]:
    """Yield repairs for headings with wrong attributes if the meaning is clear; another rule reports the problem."""
    for heading in text.outline.headings:
        right = str(heading.fault.values.get("right", "")) if heading.fault else ""
        line = text.lines[heading.line]
        if right.startswith("{") and "{" in line:
            right = f"{line[: line.rindex('{')].rstrip()} {right}"
        if right.startswith("#") and len(right) < MAX_PROPOSAL and parse_heading(right).fault is None:
            yield text.misreading(heading.line, "", (right,))


def _steps(text: WrittenText) -> Iterator[Misreading]:
    """Yield fixes for step headings without id or minutes; another rule reports the problem."""
    faulty = {heading.line for heading in text.outline.headings if heading.fault}
    for line, right in step_lines(text).items():
        if right and "…" not in right and line not in faulty:
            yield text.misreading(line, "", (right,))


def step_lines(text: WrittenText) -> dict[int, str]:
    """Return the complete heading of each step in a source text that lacks an id or minutes, by line."""
    steps = _steps_range(text)
    if not text.file.is_source:
        return {}
    headings = [heading for heading in text.outline.headings if heading.level == 3 and heading.line in steps]
    read = [(heading, *_step_words(heading.title)) for heading in headings]
    without = [heading for heading, _, minutes in read if heading.heading.minutes is None and not minutes]
    given = sum(heading.heading.minutes or minutes for heading, _, minutes in read)
    total = text.file.facts.minutes if isinstance(text.file.facts, TutorialFacts) else 0
    left = total - given if len(without) == 1 and total > given else 0
    own = {heading.id for heading in headings}
    translated = translated_ids(text, "steps", len(headings)) or [""] * len(headings)
    result: dict[int, str] = {}
    for (heading, words, minutes), other_id in zip(read, translated, strict=True):
        if heading.fault or not heading.title.strip() or (heading.id and heading.heading.minutes):
            continue
        title = words if heading.heading.minutes is None else heading.title
        short = f" short={heading.heading.short}" if heading.heading.short else ""
        part = f" part={heading.heading.part}" if heading.heading.part else ""
        lost_id = other_id if other_id not in own else ""
        step_id = heading.id or _round_id(heading.title) or lost_id or proposed_id(title)
        minutes = heading.heading.minutes or minutes or left
        result[heading.line] = step_heading(title, step_id, minutes, short + part)
    return result


def _step_words(title: str) -> tuple[str, int]:
    """Return title and minutes of a step's heading; 0 minutes if neither words nor brackets have them."""
    brackets = _ROUND.search(title)
    words, minutes = words_and_minutes(_ROUND.sub("", title))
    return words, int(brackets["minutes"]) if brackets and brackets["minutes"] else minutes


def _round_id(title: str) -> str:
    """Return the id in round or square brackets after a heading; empty if there is none."""
    brackets = _ROUND.search(title)
    return brackets["id"] if brackets and ID.fullmatch(brackets["id"]) else ""


def _steps_range(text: WrittenText) -> range:
    """Return the lines of the `steps` section."""
    for section in text.outline.sections:
        if section.heading.id == "steps" and "steps" in text.kind.sections:
            return range(section.heading.line + 1, section.end)
    return range(0)


def _minutes_left(text: WrittenText) -> int:
    """Return the minutes that a tutorial's steps don't use yet; for a translation, the number of missing steps."""
    file = text.file
    source = text.loaded.source_of(file)
    if not file.is_source:
        return len(source.text.steps) - len(file.text.steps) if source else 0
    if not isinstance(file.facts, TutorialFacts):
        return 0
    return max(file.facts.minutes - sum(step.minutes for step in file.text.steps), 0)
