"""Rules about the plan of a programme: its sessions are counted, fit the clock, and come in an order that works."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import chain

from stufenweise.check.check_run import CheckRun
from stufenweise.load.text_file import TextFile
from stufenweise.model.facts import ProgrammeFacts, SessionFacts, TutorialFacts
from stufenweise.model.hour_table import USUAL_HOUR, HourFrame, hour_frames, meetings, minutes_taken, plan_hour
from stufenweise.model.kinds import PROGRAMME, TUTORIAL
from stufenweise.model.problem import Problem, new_problem
from stufenweise.model.text import Step


def plan_problems(run: CheckRun) -> Iterator[Problem]:
    """Yield problems of the plans of programmes; a programme may do without one."""
    loaded = run.loaded
    tutorials = {file.slug: file for file in loaded.files_of(TUTORIAL)}
    for file in loaded.files_of(PROGRAMME):
        if isinstance(file.facts, ProgrammeFacts) and file.facts.plan:
            yield from check_plan_length(file, file.facts)
            yield from check_plan_order(file, file.facts, tutorials)
            yield from check_sessions(file, file.facts, tutorials)
            yield from check_core_levels(file, file.facts, tutorials)


def check_plan_length(file: TextFile, facts: ProgrammeFacts) -> Iterator[Problem]:
    """A programme's plan has as many sessions as the programme."""
    count = sum(1 for session in facts.plan if session.kind != "agreement")
    if count != facts.sessions:
        yield new_problem(file.front_matter.place(("plan",)), "plan-sessions", count=count, sessions=facts.sessions)


def check_plan_order(file: TextFile, facts: ProgrammeFacts, tutorials: Mapping[str, TextFile]) -> Iterator[Problem]:
    """A tutorial comes after those that it requires, in a later session or later in the same one."""
    had: set[str] = set()
    for number, session in enumerate(facts.plan):
        for index, slug in enumerate(session.tutorials):
            for required in _requirements(tutorials.get(slug)):
                if required in tutorials and required not in had | {slug}:
                    place = file.front_matter.place(("plan", number, "tutorials", index))
                    yield new_problem(place, "plan-order", slug=slug, required=required)
            had.add(slug)


def _requirements(file: TextFile | None) -> tuple[str, ...]:
    return file.facts.requires if file and isinstance(file.facts, TutorialFacts) else ()


def check_sessions(file: TextFile, facts: ProgrammeFacts, tutorials: Mapping[str, TextFile]) -> Iterator[Problem]:
    """The steps of a session leave time for the rest of it, as the table of the hour says."""
    frame = _frame_of(facts.minutes)
    for number, session_steps in enumerate(_steps_of_sessions(facts.plan, tutorials)):
        works = [minutes_taken(frame, steps) for steps in session_steps]
        over = plan_hour(frame, works).over if works else 0
        if over and all(map(_has_short_meetings, session_steps)):
            values = {"steps": sum(map(sum, works)), "over": over, "length": frame.length}
            yield new_problem(file.front_matter.place(("plan", number)), "plan-too-long", **values)


def _frame_of(minutes: int) -> HourFrame:
    """Return the frame of the longest session that takes no longer than this."""
    frames = hour_frames()
    return frames[max((length for length in frames if length <= minutes), default=min(frames))]


def _has_short_meetings(steps: Sequence[Step]) -> bool:
    """Return whether no meeting of a tutorial is too long; another rule reports meetings that are."""
    most = hour_frames()[USUAL_HOUR].steps.maximum
    return all(sum(step.minutes for step in meeting) <= most for meeting in meetings(steps))


def _steps_of_sessions(
    plan: Sequence[SessionFacts], tutorials: Mapping[str, TextFile]
) -> Iterator[list[tuple[Step, ...]]]:
    """Yield the steps that each session does of its tutorials; none of tutorials that don't exist."""
    steps = {slug: file.text.steps for slug, file in tutorials.items()}
    in_two_parts = {slug for slug, of_tutorial in steps.items() if len(meetings(of_tutorial)) > 1}
    sessions = [session.tutorials for session in plan]
    for slugs, parts in zip(sessions, planned_parts(sessions, in_two_parts), strict=True):
        yield [
            tuple(step for step in steps.get(slug, ()) if part in {0, step.part})
            for slug, part in zip(slugs, parts, strict=True)
        ]


def planned_parts(sessions: Sequence[Sequence[str]], in_two_parts: Set[str]) -> Iterator[list[int]]:
    """Yield which part of each of its tutorials a session does; 0 is the whole tutorial.

    A tutorial in two parts that is named several times has part 1 first, then part 2. The planner's script computes
    the same (overrides/assets/javascripts/plan.js); both are tested with the same cases (tests/node/plans.yml).

    Args:
        sessions: The slugs of each session's tutorials.
        in_two_parts: The slugs of the tutorials that take two meetings.
    """
    times_named = Counter(chain.from_iterable(sessions))
    met: set[str] = set()
    for slugs in sessions:
        parts: list[int] = []
        for slug in slugs:
            is_spread = slug in in_two_parts and times_named[slug] > 1
            parts.append(1 + (slug in met) if is_spread else 0)
            met.add(slug)
        yield parts


def check_core_levels(file: TextFile, facts: ProgrammeFacts, tutorials: Mapping[str, TextFile]) -> Iterator[Problem]:
    """The plan has a tutorial of each core level. Not checked while the plan names unknown tutorials or drafts."""
    slugs = [slug for session in facts.plan for slug in session.tutorials]
    named = [tutorials[slug].facts for slug in slugs if slug in tutorials]
    readable = [tutorial for tutorial in named if isinstance(tutorial, TutorialFacts) and not tutorial.draft]
    planned = {tutorial.level for tutorial in readable}
    for index, level in enumerate(facts.core):
        if level not in planned and len(readable) == len(slugs):
            yield new_problem(file.front_matter.place(("core", index)), "plan-core", level=level)
