"""Rules about a single text: its sections, the minutes of its steps, the length of its checklist, its review."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.check.check_run import CheckRun
from stufenweise.load.text_file import TextFile
from stufenweise.model.facts import TutorialFacts
from stufenweise.model.kinds import CHECKLIST_ITEMS, KINDS, Kind
from stufenweise.model.problem import QUOTED_TEXT, Place, Problem, Subject, new_problem
from stufenweise.model.text import Section
from stufenweise.source.files.decoding import place_at
from stufenweise.source.markdown.outline import read_outline

_TURNED = re.compile(r"\(([^()\n`]{1,200})\)\[((?:https?://|[\w./-]+\.md\b)[^\]\n`]{0,200})\]")
"""A link with its brackets the wrong way round, which Markdown shows as plain text."""

_MARKS = re.compile(r"\*\*|__|`|\]\(|\[\[|~~")
"""Markdown marks around words."""

_TO_DO = re.compile(r"(?:TODO|FIXME|TBD|XXX|tba|N\.N\.|\.\.\.|…|-|–|\?+)[.: ]*", re.IGNORECASE)
"""A title or summary that only announces that it is still missing."""

MAX_DAYS_AHEAD = 1
"""Most days by which a review may be dated ahead: where its author is, it may be tomorrow already."""


def text_problems(_run: CheckRun, file: TextFile) -> Iterator[Problem]:
    """Yield problems of one text, except those of its Markdown and its review."""
    yield from check_sections(file)
    yield from check_minutes(file)
    yield from check_checklist(file)
    yield from check_titles(file)
    yield from check_turned_links(file)
    yield from check_open_comments(file)
    yield from check_translation_comments(file)


def check_sections(file: TextFile) -> Iterator[Problem]:
    """No section and no step is empty, except in a stub of a translation."""
    if file.is_stub:
        return
    for section in file.text.sections.values():
        if not _has_content(section, file.kind):
            optional = "" if section.id in file.kind.required else section.id
            yield new_problem(
                Place(file.shown_path, section.line), "empty-section", Subject(name=section.id), optional=optional
            )
        for step in section.steps:
            if not step.body.strip():
                yield new_problem(Place(file.shown_path, step.line), "empty-step", title=step.title[:QUOTED_TEXT])


def _has_content(section: Section, kind: Kind) -> bool:
    if section.id == "steps" and section.id in kind.sections:
        return bool(section.steps)
    if section.id == "checklist" and section.id in kind.sections:
        return bool(section.items)
    return any(line.strip() and not line.startswith("#") for line in section.body.split("\n"))


def check_minutes(file: TextFile) -> Iterator[Problem]:
    """The minutes of the steps add up to the tutorial's, so that a session can be planned."""
    facts, steps = file.facts, file.text.steps
    if not isinstance(facts, TutorialFacts) or not steps or not all(step.minutes for step in steps):
        return
    total = sum(step.minutes for step in steps)
    if total != facts.minutes:
        yield new_problem(
            file.front_matter.place(("minutes",)),
            "minutes-sum",
            total=total,
            minutes=facts.minutes,
            parts=" + ".join(str(step.minutes) for step in steps),
        )


def check_titles(file: TextFile) -> Iterator[Problem]:
    """Title and summary hold no marks of Markdown: they are shown as they are written, on cards and in lists."""
    for key, value in (("title", file.text.title), ("summary", file.text.summary)):
        if _TO_DO.fullmatch(value) and not (isinstance(file.facts, TutorialFacts) and file.facts.draft):
            yield new_problem(file.front_matter.place((key,)), "note-left", text=value)
        if mark := _MARKS.search(value):
            yield new_problem(file.front_matter.place((key,)), "markup-in-value", key=key, character=mark[0])


def check_checklist(file: TextFile) -> Iterator[Problem]:
    """A checklist has 3 to 7 items: fewer check nothing, more are not read."""
    section = file.text.section("checklist")
    if section and section.items and len(section.items) not in CHECKLIST_ITEMS:
        yield new_problem(
            Place(file.shown_path, section.line),
            "checklist-length",
            count=len(section.items),
            least=CHECKLIST_ITEMS.start,
            most=CHECKLIST_ITEMS.stop - 1,
        )


def check_turned_links(file: TextFile) -> Iterator[Problem]:
    """No link has its brackets the wrong way round."""
    if ")[" not in file.body:
        return
    outline = read_outline(file.body)
    for link in _TURNED.finditer(file.body):
        if outline.is_hidden(file.body.count("\n", 0, link.start())):
            continue
        line = file.body[file.body.rfind("\n", 0, link.start()) + 1 : link.start()]
        if "`" not in line and not line.startswith("    "):
            replacement = f"[{link[1]}]({link[2]})"
            yield new_problem(
                place_at(file.shown_path, file.body, link.start(), file.body_line), "link-turned", right=replacement
            )


def check_translation_comments(file: TextFile) -> Iterator[Problem]:
    """A finished translation keeps no comments with the text of its source."""
    for line in file.leftover_stub_lines:
        yield new_problem(Place(file.shown_path, line), "translation-comment")


def check_open_comments(file: TextFile) -> Iterator[Problem]:
    """No comment is left open: it would be shown as text."""
    start = file.body.rfind("<!--")
    if start < 0 or "-->" in file.body[start:] or read_outline(file.body).is_code(file.body.count("\n", 0, start)):
        return
    line = file.body[file.body.rfind("\n", 0, start) + 1 : start]
    if "`" not in line and not line.startswith("    "):
        yield new_problem(place_at(file.shown_path, file.body, start, file.body_line), "html-comment")


def review_problems(run: CheckRun) -> Iterator[Problem]:
    """Yield a warning for each text whose review is due, and an error for a review that has not happened yet."""
    for kind in KINDS:
        for file in run.loaded.files_of(kind):
            if file.facts is None:
                continue
            if (file.facts.reviewed - run.today).days > MAX_DAYS_AHEAD:
                place = file.front_matter.place(("reviewed",))
                yield new_problem(place, "review-in-future", reviewed=file.facts.reviewed.isoformat())
            elif (due := file.facts.review_due) < run.today:
                place = file.front_matter.place(("reviewed",))
                yield new_problem(place, "review-due", due=due.isoformat(), months=file.facts.review_months)
