"""Rules about the form of a tutorial: its case, its words for the mentor, its short way, its practice material."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.check.check_run import CheckRun
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextFile
from stufenweise.model.facts import TutorialFacts
from stufenweise.model.hour_table import SHORT_HOUR, SHORT_WAY_LEAST, USUAL_HOUR, hour_frames, meetings
from stufenweise.model.kinds import TUTORIAL
from stufenweise.model.problem import QUOTED_TEXT, Place, Problem, new_problem
from stufenweise.model.text import Step

MAX_CASE = 300
"""Characters of the first paragraph of `why`: two or three lines on the leader's sheet."""
MAX_GUIDANCE = 170
"""Most characters of a part of the mentor's guidance: a line or two on the mentor's sheet."""

_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_MARKS = re.compile(r"[*_`]|\s+(?=\s)")


def tutorial_form_problems(run: CheckRun, file: TextFile) -> Iterator[Problem]:
    """Yield problems of the form of a tutorial; none for a stub of a translation."""
    if file.kind != TUTORIAL or file.is_stub:
        return
    yield from check_case(file)
    yield from check_guidance(run.loaded, file)
    yield from check_material_key(file)
    if isinstance(file.facts, TutorialFacts):
        yield from check_meetings(file, file.facts)
        yield from check_short_way(file, file.facts)


def shown_length(markdown: str) -> int:
    """Return how many characters of a line of Markdown people see."""
    return len(_MARKS.sub("", _LINK.sub(r"\1", markdown.replace("\n", " "))).strip())


def check_case(file: TextFile) -> Iterator[Problem]:
    """The case, first paragraph of `why`, fits into two or three lines of the leader's sheet."""
    section = file.text.section("why")
    length = shown_length(section.body.split("\n\n")[0]) if section else 0
    if section and length > MAX_CASE:
        yield new_problem(Place(file.shown_path, section.line), "case-long", length=length, most=MAX_CASE)


def check_guidance(loaded: LoadResult, file: TextFile) -> Iterator[Problem]:
    """Each step has one line each for what the mentor does, asks and watches."""
    words = loaded.guidance_words[file.language]
    for step in file.text.steps:
        place = Place(file.shown_path, step.line)
        guidance = step.guidance
        if guidance is None:
            if step.body.strip():  # An empty step is a problem of its own
                lines = " / ".join(f"- **{word}:** …" for word in words)
                yield new_problem(place, "guidance-missing", title=step.title[:QUOTED_TEXT], lines=lines)
            continue
        again = re.search(rf"^- \*\*({'|'.join(map(re.escape, words))}):?\*\*", step.body, re.MULTILINE)
        if again and file.is_source:
            word = again[1]
            yield new_problem(Place(file.shown_path, guidance.lines[words.index(word)]), "guidance-line", word=word)
        for word, (_, text), line in zip(words, guidance.parts(), guidance.lines, strict=True):
            if not text:
                yield new_problem(place, "guidance-part", title=step.title[:QUOTED_TEXT], word=word)
            elif "\n" in text:
                yield new_problem(Place(file.shown_path, line), "guidance-line", word=word)
            elif shown_length(text) > MAX_GUIDANCE:
                values = {"word": word, "length": shown_length(text), "most": MAX_GUIDANCE}
                yield new_problem(Place(file.shown_path, line), "guidance-long", **values)


def check_material_key(file: TextFile) -> Iterator[Problem]:
    """Practice material has a solution for the mentor, and a solution has its material."""
    material, mentor = file.text.section("material"), file.text.section("mentor")
    key = mentor.key if mentor else None
    if material and mentor and not key:
        yield new_problem(Place(file.shown_path, material.line), "material-without-key", line=mentor.line)
    elif key and not material:
        yield new_problem(Place(file.shown_path, key.line), "key-without-material")


def check_meetings(file: TextFile, facts: TutorialFacts) -> Iterator[Problem]:
    """The steps of one meeting leave time for the rest of the hour."""
    most = hour_frames()[USUAL_HOUR].steps.maximum
    for steps in meetings(file.text.steps):
        total = sum(step.minutes for step in steps)
        if total > most:
            values = {"total": total, "most": most, "over": total - most}
            yield new_problem(Place(file.shown_path, steps[0].line), "meeting-minutes", **values)
    if facts.short_way and any(step.part > 1 for step in file.text.steps):
        yield new_problem(file.front_matter.place(("minutes",)), "short-way-parts")


def check_short_way(file: TextFile, facts: TutorialFacts) -> Iterator[Problem]:
    """The short way takes 8 to 15 minutes of steps; a tutorial with `short_way: false` has none."""
    steps = file.text.steps
    taken = [step for step in steps if step.short]
    if not facts.short_way:
        for step in taken:
            yield new_problem(Place(file.shown_path, step.line), "short-unwanted", title=step.title[:QUOTED_TEXT])
        return
    for step in taken:
        if step.minutes and _short(step) > step.minutes:
            yield new_problem(
                Place(file.shown_path, step.line), "short-longer", short=_short(step), minutes=step.minutes
            )
    if not steps or any(step.part > 1 for step in steps):
        return
    most = hour_frames()[SHORT_HOUR].steps.maximum
    total = sum(map(_short, taken))
    place = file.front_matter.place(("minutes",))
    if not taken:
        yield new_problem(place, "short-missing", most=most)
    elif not min(SHORT_WAY_LEAST, facts.minutes) <= total <= most:
        values = {"total": total, "least": SHORT_WAY_LEAST, "most": most}
        yield new_problem(place, "short-sum", parts=" + ".join(str(_short(step)) for step in taken), **values)


def _short(step: Step) -> int:
    return step.short or 0
