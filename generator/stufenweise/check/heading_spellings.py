"""Report headings that are not recognised as such, and text that was meant as a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.check.section_headings import usual_headings
from stufenweise.check.spelling import Spelling, WrittenText
from stufenweise.load.section_reader import proposed_id
from stufenweise.model.facts import TutorialFacts
from stufenweise.model.problem import QUOTED_TEXT
from stufenweise.source.heading_syntax import ID, parse_heading, step_heading, words_and_minutes
from stufenweise.source.outline import LineKind

MAX_PROPOSAL = 120
"""Proposals of this length may have been cut off, so they are not applied."""
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
_MARKS = re.compile(r"^[*_ \t]+|[*_: \t]+$")
_ROUND = re.compile(r"[ \t]*[(\[]#[ \t]*(?P<id>[\w-]+)(?:[ \t]+minutes=(?P<minutes>\d{1,3}))?[ \t]*[)\]][ \t]*$")
"""Attributes in round or square brackets instead of braces."""


def heading_spellings(text: WrittenText) -> Iterator[Spelling]:
    """Yield headings that would be read differently than meant."""
    found = {one.line: one for one in _sections_too_low(text)}
    found |= {one.line: one for one in _sections_without_id(text) if one.line not in found}
    for index, line in enumerate(text.lines):
        if (
            not text.literal[index]
            and not text.outline.is_hidden(index)
            and index not in found
            and (close := _CLOSE.fullmatch(line))
        ):
            right = f"{close['marks']} {close['rest']}"
            found[index] = Spelling(
                line=index, code="heading-space", values={"right": right[:QUOTED_TEXT]}, right=(right,)
            )
        elif not text.literal[index] and not text.outline.is_hidden(index) and index not in found:
            if _TAGS.fullmatch(line):
                found[index] = Spelling(
                    line=index, code="other-markup", values={"text": line.strip()[:QUOTED_TEXT]}, right=()
                )
            elif indented := _INDENTED.fullmatch(line):
                right = indented["heading"].rstrip()
                found[index] = Spelling(
                    line=index, code="heading-meant", values={"right": right[:QUOTED_TEXT]}, right=(right,)
                )
    found |= {one.line: one for one in _meant_as_headings(text) if one.line not in found}
    found |= {one.line: one for one in _wrong_levels(text) if one.line not in found}
    found |= {one.line: one for one in _steps(text) if one.line not in found}
    found |= {one.line: one for one in _odd_attributes(text) if one.line not in found}
    found |= {one.line: one for one in _twice(text)}
    yield from (found[line] for line in sorted(found))


def _missing(text: WrittenText) -> dict[str, str]:
    """Return the ids of missing sections by their usual heading in lower case."""
    sections = text.file.text.sections
    usual = usual_headings(text.loaded, text.file)
    return {usual[one].casefold(): one for one in text.file.kind.sections if one not in sections and one in usual}


def _sections_too_low(text: WrittenText) -> Iterator[Spelling]:
    """Yield section headings that have the level of a step or sub-heading."""
    for one in text.outline.headings:
        missing = one.id in text.file.kind.sections and one.id not in text.file.text.sections
        if missing and one.level in {3, 4} and not one.fault:
            right = f"## {one.title} {{#{one.id}}}"
            yield Spelling(
                line=one.line,
                code="heading-too-low",
                values={"id": one.id, "right": right[:QUOTED_TEXT]},
                right=(right,),
            )


def _wrong_levels(text: WrittenText) -> Iterator[Spelling]:
    """Yield fixes for wrong heading levels; other rules report the problem."""
    steps_line = (
        text.file.text.sections["steps"].line - text.file.body_line if "steps" in text.file.text.sections else None
    )
    for one in text.outline.headings:
        if one.fault:
            continue
        if one.level == 1 and one.id in text.file.kind.sections:
            yield Spelling(line=one.line, code="", right=(f"#{text.lines[one.line]}",))
        elif one.level == 1 and one.title.casefold() == text.file.text.title.casefold():
            yield Spelling(line=one.line, code="", end=one.line + 1 + text.is_blank(one.line + 1), right=())
        elif (
            one.level == 2
            and one.heading.minutes
            and one.id
            and one.id not in text.file.kind.sections
            and steps_line is not None
            and one.line > steps_line
        ):
            yield Spelling(line=one.line, code="", right=(f"#{text.lines[one.line]}",))


def _sections_without_id(text: WrittenText) -> Iterator[Spelling]:
    """Yield fixes for headings whose words are those of a section; another rule reports the problem."""
    missing = _missing(text)
    for one in text.outline.headings:
        words = _ROUND.sub("", one.title)
        section = missing.get(words.casefold(), "")
        if not section or one.level != 2 or one.fault:
            continue
        is_wrong = one.id not in text.file.kind.sections or (
            one.id in text.file.text.sections and text.file.text.sections[one.id].line != text.file.body_line + one.line
        )
        if is_wrong and not one.heading.misplaced:
            yield Spelling(line=one.line, code="", right=(f"## {words} {{#{section}}}",))


def _meant_as_headings(text: WrittenText) -> Iterator[Spelling]:
    """Yield bold lines and plain ones that were meant as the heading of a section or step."""
    missing = _missing(text)
    known = text.file.kind.sections
    steps = _steps_range(text)
    left = _minutes_left(text)
    bold: list[tuple[int, str]] = []
    for index, line in enumerate(text.lines):
        kind = text.outline.kinds[index]
        if text.literal[index] or kind not in {LineKind.TEXT, LineKind.ITEM} or index in text.checklist:
            continue
        if (named := _WITH_ID.fullmatch(line)) and not line.startswith("- ["):
            words = _MARKS.sub("", named["words"])
            is_step = named["id"] not in known and index in steps
            if named["id"] in known or is_step or ID.fullmatch(named["id"]):
                right = f"{'##' if named['id'] in known else '###'} {words} {named['braces']}"
                yield Spelling(line=index, code="heading-meant", values={"right": right[:QUOTED_TEXT]}, right=(right,))
            continue
        if kind is LineKind.ITEM or not (text.is_blank(index - 1) and text.is_blank(index + 1)):
            continue
        wiki = _WIKI.fullmatch(line)
        is_wiki = bool(wiki and (wiki["level"] or wiki["end"] in {"", wiki["marks"]}))
        words = wiki["words"] if wiki and is_wiki else _MARKS.sub("", line)
        if section := missing.get(words.casefold(), ""):
            right = f"## {words} {{#{section}}}"
            yield Spelling(line=index, code="heading-meant", values={"right": right[:QUOTED_TEXT]}, right=(right,))
        elif is_wiki and index in steps and left:
            bold.append((index, words.strip(" :")))
        elif is_wiki:
            right = f"#### {words}"
            yield Spelling(line=index, code="heading-meant", values={"right": right[:QUOTED_TEXT]}, right=(right,))
        elif index in steps and left and (found := _BOLD.fullmatch(line)):
            bold.append((index, found["words"].strip(" :")))
    for index, words in bold:
        title, minutes = words_and_minutes(words)
        minutes = minutes or (left if len(bold) == 1 else 0)
        right = step_heading(title, proposed_id(title), minutes) if text.file.is_source else f"### {title}"
        values = {"right": right[:QUOTED_TEXT]}
        yield Spelling(line=index, code="heading-meant", values=values, right=(right,) if "…" not in right else None)


def _twice(text: WrittenText) -> Iterator[Spelling]:
    """Yield sections and steps that were pasted twice: they are identical to an earlier one."""
    seen: set[str] = set()
    headings = [one for one in text.outline.headings if one.level in {2, 3} and one.id]
    behind = 0
    for at, one in enumerate(headings):
        after = (other.line for other in headings[at + 1 :] if other.level <= one.level)
        end = next(after, len(text.lines))
        words = "\n".join(text.lines[one.line : end]).strip()
        if words in seen and one.line >= behind:
            yield Spelling(line=one.line, code="", end=end, right=())
            behind = end
        seen.add(words)


def _odd_attributes(text: WrittenText) -> Iterator[Spelling]:
    """Yield repairs for headings with wrong attributes if the meaning is clear; another rule reports the problem."""
    for one in text.outline.headings:
        right = str(one.fault.values.get("right", "")) if one.fault else ""
        line = text.lines[one.line]
        if right.startswith("{") and "{" in line:
            right = f"{line[: line.rindex('{')].rstrip()} {right}"
        if right.startswith("#") and len(right) < MAX_PROPOSAL and parse_heading(right).fault is None:
            yield Spelling(line=one.line, code="", right=(right,))


def _steps(text: WrittenText) -> Iterator[Spelling]:
    """Yield fixes for step headings without id or minutes; another rule reports the problem."""
    by_line = {one.line: one for one in text.outline.headings}
    for line, right in step_lines(text).items():
        one = by_line[line]
        if right and "…" not in right and (one.fault is None):
            yield Spelling(line=line, code="", right=(right,))


def step_lines(text: WrittenText) -> dict[int, str]:
    """Return the complete heading of each step in a source text that lacks an id or minutes, by line."""
    steps = _steps_range(text)
    if not text.file.is_source:
        return {}
    headings = [one for one in text.outline.headings if one.level == 3 and one.line in steps]
    read = [(one, *_step_words(one.title)) for one in headings]
    without = [one for one, _, minutes in read if one.heading.minutes is None and not minutes]
    given = sum(one.heading.minutes or minutes for one, _, minutes in read)
    total = text.file.facts.minutes if isinstance(text.file.facts, TutorialFacts) else 0
    left = total - given if len(without) == 1 and total > given else 0
    known = _ids_in_translation(text, {one.id for one in headings if one.id})
    result: dict[int, str] = {}
    for one, words, minutes in read:
        if one.fault or not one.title.strip() or (one.id and one.heading.minutes):
            continue
        title = words if one.heading.minutes is None else one.title
        short = f" short={one.heading.short}" if one.heading.short else ""
        part = f" part={one.heading.part}" if one.heading.part else ""
        now = one.heading.minutes or minutes or left
        translated = known[headings.index(one)] if len(known) == len(headings) else ""
        named = one.id or _round_id(one.title) or translated or proposed_id(title)
        result[one.line] = step_heading(title, named, now, short + part)
    return result


def _step_words(title: str) -> tuple[str, int]:
    """Return title and minutes of a step's heading; 0 minutes if neither words nor brackets have them."""
    found = _ROUND.search(title)
    words, minutes = words_and_minutes(_ROUND.sub("", title))
    return words, int(found["minutes"]) if found and found["minutes"] else minutes


def _round_id(title: str) -> str:
    """Return the id in round or square brackets after a heading; empty if there is none."""
    found = _ROUND.search(title)
    return found["id"] if found and ID.fullmatch(found["id"]) else ""


def _ids_in_translation(text: WrittenText, own: set[str]) -> list[str]:
    """Return the ids that a translation's steps have, in their order, those of the source left out.

    Links and translations go by the id that a heading lost, so it is better than one made of the heading's words.
    """
    for file in text.translations:
        if file.text.steps:
            return ["" if step.id in own else step.id for step in file.text.steps]
    return []


def _steps_range(text: WrittenText) -> range:
    """Return the lines of the `steps` section."""
    for one in text.outline.sections:
        if one.heading.id == "steps" and "steps" in text.file.kind.sections:
            return range(one.heading.line + 1, one.end)
    return range(0)


def _minutes_left(text: WrittenText) -> int:
    """Return the minutes that a tutorial's steps don't use yet; for a translation, the number of missing steps."""
    file = text.file
    source = text.loaded.texts.get((file.kind.name, file.slug, text.loaded.source_language))
    if not file.is_source:
        return len(source.text.steps) - len(file.text.steps) if source else 0
    if not isinstance(file.facts, TutorialFacts):
        return 0
    return max(file.facts.minutes - sum(step.minutes for step in file.text.steps), 0)
