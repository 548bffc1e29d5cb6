"""Rules for the self-check: what its answers point to exists, and each text has its languages."""

from __future__ import annotations

from collections.abc import Iterator

from stufenweise.check.reference_rules import level_numbers, no_goal, no_level, no_tutorial, words_are_complete
from stufenweise.load.load_result import LoadResult
from stufenweise.model.facts import AnswerFacts
from stufenweise.model.kinds import GOALS_FILE, SELF_CHECK_FILE, TUTORIAL
from stufenweise.model.problem import Problem


def self_check_problems(reading: LoadResult) -> Iterator[Problem]:
    """Yield what is wrong with the self-check beside what its file says wrong by itself."""
    if not reading.questions:
        return
    tree = reading.trees[SELF_CHECK_FILE]
    for name, question in reading.questions.items():
        yield from words_are_complete(reading, tree, (name, "text"), question.text)
        for key, answer in question.answers.items():
            at = (name, "answers", key)
            yield from words_are_complete(reading, tree, (*at, "text"), answer.text)
            if answer.because:
                yield from words_are_complete(reading, tree, (*at, "because"), answer.because)
            yield from _targets_exist(reading, at, answer)


def _targets_exist(reading: LoadResult, at: tuple[str, ...], answer: AnswerFacts) -> Iterator[Problem]:
    """The levels, tutorials and goals that an answer gives points to are there."""
    tree = reading.trees[SELF_CHECK_FILE]
    levels, tutorials = level_numbers(reading), reading.slugs(TUTORIAL)
    for level in answer.levels:
        if level not in levels:
            yield no_level(tree.place((*at, "levels", level), key=True), level, levels)
    for slug in answer.tutorials:
        if slug not in tutorials:
            yield no_tutorial(tree.place((*at, "tutorials", slug), key=True), slug, reading)
    for code in answer.goals:
        if code not in reading.goals and GOALS_FILE not in reading.broken_data:
            yield no_goal(tree.place((*at, "goals", code), key=True), code, reading)
