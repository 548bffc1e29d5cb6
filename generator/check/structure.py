"""Rules that one text shows by itself: its sections, the minutes of its steps, the length of its checklist."""

from __future__ import annotations

from collections.abc import Iterator

from generator.load.reading import TextFile
from generator.model.facts import TutorialFacts
from generator.model.kinds import CHECKLIST_ITEMS, Kind
from generator.model.library import Section
from generator.model.problem import Place, Problem, problem


def structure_problems(file: TextFile) -> Iterator[Problem]:
    """Yield what is wrong with the structure of one text."""
    yield from missing_sections(file)
    yield from empty_sections(file)
    yield from minutes_add_up(file)
    yield from checklist_length(file)


def missing_sections(file: TextFile) -> Iterator[Problem]:
    """Every section that the kind of text must have is there."""
    end = file.body_line + file.body.rstrip("\n").count("\n")
    for section in file.kind.required:
        if section not in file.text.sections:
            yield problem(Place(file.file, end), "missing-section", id=section)
    if not file.kind.sections and not file.text.sections:
        yield problem(Place(file.file, end), "no-section")


def empty_sections(file: TextFile) -> Iterator[Problem]:
    """No section and no step stands there without a word, but in a translation in work."""
    if file.in_work:
        return
    for section in file.text.sections.values():
        if not _has_content(section, file.kind):
            yield problem(Place(file.file, section.line), "empty-section", id=section.id)
        for step in section.steps:
            if not step.body.strip():
                yield problem(Place(file.file, step.line), "empty-step", title=step.title[:60])


def _has_content(section: Section, kind: Kind) -> bool:
    if section.id == "steps" and section.id in kind.sections:
        return bool(section.steps)
    if section.id == "checklist" and section.id in kind.sections:
        return bool(section.items)
    return any(line.strip() and not line.startswith("#") for line in section.body.split("\n"))


def minutes_add_up(file: TextFile) -> Iterator[Problem]:
    """The minutes of the steps add up to the tutorial's, so that the hour can be planned (domain.md 4.1)."""
    facts, steps = file.facts, file.text.steps
    if not isinstance(facts, TutorialFacts) or not steps or not all(step.minutes for step in steps):
        return
    total = sum(step.minutes for step in steps)
    if total != facts.minutes:
        yield problem(
            file.tree.place(("minutes",)),
            "minutes-sum",
            total=total,
            minutes=facts.minutes,
            parts=" + ".join(str(step.minutes) for step in steps),
        )


def checklist_length(file: TextFile) -> Iterator[Problem]:
    """A checklist has 3 to 7 items: fewer check nothing, more are not read (domain.md 4.1)."""
    section = file.text.section("checklist")
    if section and section.items and len(section.items) not in CHECKLIST_ITEMS:
        yield problem(
            Place(file.file, section.line),
            "checklist-length",
            count=len(section.items),
            least=CHECKLIST_ITEMS.start,
            most=CHECKLIST_ITEMS.stop - 1,
        )
