"""Ask for the facts of a new text that are not given as options."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import get_args

from stufenweise.cli import defaults
from stufenweise.cli.content_arguments import slug_refusal
from stufenweise.cli.prompts import UnusableAnswerError, ask, choice_answer, number_answer, plain_answer
from stufenweise.i18n.messages import command_text
from stufenweise.importing.draft import USUAL_MINUTES
from stufenweise.importing.import_plan import MAX_MINUTES, ImportPlan
from stufenweise.load.load_result import LoadResult
from stufenweise.model.facts import (
    LEVEL_NUMBERS,
    MAX_GRADE,
    MAX_TUTORIAL_GOALS,
    MIN_GRADE,
    MIN_TUTORIAL_MINUTES,
    Orientation,
)
from stufenweise.model.kinds import TUTORIAL

ORIENTATIONS: tuple[str, ...] = get_args(Orientation)


@dataclass(frozen=True, slots=True, kw_only=True)
class TutorialOptions:
    """Facts of a new tutorial from options or an imported file; None for facts to ask for."""

    slug: str | None
    title: str | None
    summary: str | None
    level: int | None
    orientation: str | None
    effort: int | None
    minutes: int | None
    goals: list[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TutorialAnswers:
    """All facts of a new tutorial."""

    slug: str
    title: str
    summary: str
    level: int
    orientation: str
    effort: int
    minutes: int
    goals: list[str]


@dataclass(frozen=True, slots=True)
class NewTextPrompts:
    """Asks for single facts of a new text, and explains the possible answers."""

    loaded: LoadResult
    language: str
    """Language of the questions."""

    def title(self) -> str:
        """Ask for a title."""
        return self._text("ask-title")

    def summary(self) -> str:
        """Ask for a summary in one sentence."""
        return self._text("ask-summary")

    def level(self) -> int:
        """Ask for the level of a tutorial."""
        return self._number(
            "ask-level", LEVEL_NUMBERS[0], LEVEL_NUMBERS[-1], defaults.level_meanings(self.loaded, self.language)
        )

    def new_level(self) -> int:
        """Ask for the number of a level that has no page yet."""
        return self._number("ask-level", LEVEL_NUMBERS[0], LEVEL_NUMBERS[-1])

    def orientation(self) -> str:
        """Ask for the orientation."""
        meanings = [(orientation, self._message(f"orientation-{orientation}")) for orientation in ORIENTATIONS]
        return ask(self._message("ask-orientation"), choice_answer(self.language, ORIENTATIONS), meanings)

    def effort(self, level: int | None = None) -> int:
        """Ask for a change effort; the effort of `level` is the default."""
        default = None if level is None else defaults.effort_of_level(self.loaded, level)
        return self._number("ask-effort", MIN_GRADE, MAX_GRADE, defaults.effort_meanings(self.language), default)

    def importance(self) -> int:
        """Ask how important a level is for the company."""
        return self._number("ask-importance", MIN_GRADE, MAX_GRADE)

    def minutes(self) -> int:
        """Ask for the length of a tutorial."""
        return self._number("ask-minutes", MIN_TUTORIAL_MINUTES, MAX_MINUTES, default=USUAL_MINUTES)

    def slug(self, title: str) -> str:
        """Ask for an unused slug; the default is made from the title."""

        def read(answer: str) -> str:
            if key := slug_refusal(answer):
                raise UnusableAnswerError(self._message(key, slug=answer))
            if answer in self.loaded.slugs(TUTORIAL):
                raise UnusableAnswerError(self._message("rename-taken", slug=answer))
            return answer

        return ask(self._message("ask-slug"), read, default=defaults.unused_slug(self.loaded, title))

    def goals(self) -> list[str]:
        """Ask for company goals."""
        return ask(self._message("ask-goals"), self.read_goals, defaults.goal_meanings(self.loaded, self.language))

    def read_goals(self, answer: str) -> list[str]:
        """Return the codes of company goals in a text.

        Raises:
            UnusableAnswerError: A code is unknown, or there are none or too many.
        """
        codes = list(dict.fromkeys(code.upper() for code in re.split(r"[,\s]+", answer) if code))
        unknown = next((code for code in codes if code not in self.loaded.data.goals), "")
        if unknown or not codes:
            known = ", ".join(self.loaded.data.goals)
            raise UnusableAnswerError(self._message("unknown-goal", code=unknown, known=known))
        if len(codes) > MAX_TUTORIAL_GOALS:
            raise UnusableAnswerError(self._message("ask-goals-most"))
        return codes

    def _message(self, key: str, **values: object) -> str:
        return command_text(key, self.language, **values)

    def _text(self, key: str) -> str:
        return ask(self._message(key), plain_answer(self.language))

    def _number(
        self, key: str, low: int, high: int, meanings: Sequence[tuple[int, str]] = (), default: int | None = None
    ) -> int:
        default_answer = "" if default is None else str(default)
        return ask(self._message(key), number_answer(self.language, low, high), meanings, default_answer)


def ask_for_missing(prompts: NewTextPrompts, options: TutorialOptions) -> TutorialAnswers:
    """Return all facts of a new tutorial: options, and answers for facts that are not given."""
    title = prompts.title() if options.title is None else options.title
    slug = prompts.slug(title) if options.slug is None else options.slug
    summary = prompts.summary() if options.summary is None else options.summary
    level = prompts.level() if options.level is None else options.level
    return TutorialAnswers(
        slug=slug,
        title=title,
        summary=summary,
        level=level,
        orientation=prompts.orientation() if options.orientation is None else options.orientation,
        effort=prompts.effort(level) if options.effort is None else options.effort,
        minutes=prompts.minutes() if options.minutes is None else options.minutes,
        goals=prompts.goals() if options.goals is None else options.goals,
    )


def with_imported_facts(options: TutorialOptions, plan: ImportPlan, prompts: NewTextPrompts) -> TutorialOptions:
    """Complete options by the usable facts of an imported file."""
    goals: list[str] | None = None
    with suppress(UnusableAnswerError):
        goals = prompts.read_goals(plan.facts.get("goals", "").strip("[]"))
    orientation = plan.facts.get("orientation")
    return replace(
        options,
        title=options.title or plan.title,
        summary=options.summary or plan.summary,
        level=options.level or _grade(plan.facts.get("level")),
        orientation=options.orientation or (orientation if orientation in ORIENTATIONS else None),
        effort=options.effort or _grade(plan.facts.get("effort")),
        minutes=options.minutes or plan.minutes or USUAL_MINUTES,
        goals=options.goals or goals,
    )


def _grade(value: str | None) -> int | None:
    """Return the grade from 1 to 5 in a text; None for other texts."""
    return int(value) if value and re.fullmatch("[1-5]", value) else None
