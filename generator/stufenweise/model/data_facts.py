"""Define every key of the data files, once: goals, glossary, self-check, figures, search and vocabulary."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from stufenweise.model.facts import (
    Facts,
    GoalCode,
    LevelNumber,
    Plain,
    Slug,
    Word,
    no_repeats,
    without_markup,
)

GoalKind = Literal["strategic", "organisational"]
QuestionKind = Literal["single", "multiple"]
Weight = Annotated[int, Field(ge=0, le=3)]
"""How much a level contributes to a goal: 0 none, 1 side effect, 2 supports, 3 main purpose."""


class GoalFacts(Facts):
    """One entry of goals.yml, keyed by the goal's code."""

    kind: GoalKind
    """Strategic goal, or goal of organisational development."""
    title: Annotated[dict[str, Plain], Field(min_length=1)]
    """Name of the goal per language."""
    summary: Annotated[dict[str, Plain], Field(min_length=1)]
    """One sentence on what it means, per language."""
    levels: dict[LevelNumber, Weight]
    """Weight of each level for this goal: 0 none, 1 side effect, 2 supports, 3 main purpose."""


class TermText(Facts):
    """A glossary term in one language."""

    term: Plain
    """The term as it is usually written."""
    text: Annotated[str, Field(max_length=600), AfterValidator(without_markup)]
    """One or two plain sentences that explain it, at most 600 characters."""
    forms: Annotated[tuple[Plain, ...], Field(max_length=30)] = ()
    """Other spellings and inflected forms that are recognised in running text."""
    lang: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = ""
    """Language of the term if it is not the text's, such as en; it also holds for forms that begin with the term."""


TermFacts = dict[str, TermText]
"""One entry of glossary.yml, keyed by the term's id: its text per language."""

Points = Annotated[int, Field(ge=-5, le=5)]
"""What an answer says for a level or tutorial, -5 to 5; below 0 it says that it is known or does not suit."""
GoalPoints = Annotated[int, Field(ge=1, le=5)]
"""How much an answer says for a company goal, 1 to 5."""


class AnswerFacts(Facts):
    """One answer to a question of the self-check, keyed by its id."""

    text: Annotated[dict[str, Plain], Field(min_length=1)]
    """What the pair ticks, per language."""
    because: dict[str, Plain] = Field(default_factory=dict)
    """A sentence per language that gives this answer as the reason for what is recommended; none if left out."""
    levels: dict[LevelNumber, Points] = Field(default_factory=dict)
    """Points for each level, -5 to 5."""
    tutorials: dict[Slug, Points] = Field(default_factory=dict)
    """Points for tutorials, -5 to 5, keyed by slug. One that is below 0 in all counts as known."""
    goals: dict[GoalCode, GoalPoints] = Field(default_factory=dict)
    """Points for company goals, 1 to 5; goals.yml says which levels contribute to them."""
    minutes: Annotated[int, Field(ge=30, le=60)] = 60
    """Length of a session in minutes, if the answer says that it is short, 30 to 60: what does not fit is left out."""


class QuestionFacts(Facts):
    """One entry of self-check.yml, keyed by the question's id."""

    text: Annotated[dict[str, Plain], Field(min_length=1)]
    """The question, per language."""
    kind: QuestionKind = "single"
    """Whether it takes one answer (single) or several (multiple)."""
    answers: Annotated[dict[Slug, AnswerFacts], Field(min_length=2, max_length=14)]
    """The answers in their order, 2 to 14, keyed by their ids."""


class FigureFacts(Facts):
    """The words of a figure in one language."""

    title: Plain
    """What the figure is about, in a few words. Stands below it."""
    alt: Annotated[str, Field(max_length=600), AfterValidator(without_markup)]
    """What the figure shows, at most 600 characters, for those who hear it instead of seeing it."""
    words: Annotated[dict[Slug, Plain], Field(max_length=40)] = Field(default_factory=dict)
    """The words in the drawing, at most 40, keyed by the name in its place: `people` goes to `{people}`."""


SameWords = dict[str, Annotated[tuple[Plain, ...], Field(max_length=40), AfterValidator(no_repeats)]]
"""One entry of search.yml, keyed by a name: per language words that mean the same to those who search."""

WordForms = dict[str, dict[str, Word]]
"""One entry of vocabulary.yml, keyed by the word: per language its forms, of which `base` must exist."""
