"""The self-check: eleven plain questions in both languages; each answer matters."""

from __future__ import annotations

import pytest
from conftest import ROOT
from stufenweise.load.library_builder import build_library
from stufenweise.load.loader import load_content
from stufenweise.model.library import Library
from stufenweise.source.files.content_files import read_content_files

from .conftest import LANGUAGES, SELF_CHECK, rules, words_in_yaml
from .test_voice import lix


@pytest.fixture(scope="module")
def library() -> Library:
    return build_library(load_content(read_content_files(ROOT / "content"), LANGUAGES))


def test_there_are_eleven_questions_in_each_language(library: Library) -> None:
    assert len(library.questions) == 11
    for question in library.questions:
        assert set(question.facts.text) == {*LANGUAGES, "fr"}, question.id
        for name, answer in question.facts.answers.items():
            assert set(answer.text) == {*LANGUAGES, "fr"}, (question.id, name)
            assert set(answer.because) in (set(), {*LANGUAGES, "fr"}), (question.id, name)


def test_an_answer_that_speaks_for_something_says_why(library: Library) -> None:
    """Goals give their own reason: the goal."""
    for question in library.questions:
        for name, answer in question.facts.answers.items():
            positive = [points for points in (*answer.levels.values(), *answer.tutorials.values()) if points > 1]
            assert answer.because or not positive, (question.id, name)


def test_some_answer_speaks_for_each_level_tutorial_and_goal(library: Library) -> None:
    answers = [answer for question in library.questions for answer in question.facts.answers.values()]
    assert {code for answer in answers for code in answer.goals} == {goal.code for goal in library.goals}
    for_levels = {level for answer in answers for level, points in answer.levels.items() if points > 0}
    assert for_levels == {level.facts.level for level in library.levels}
    for_tutorials = {slug for answer in answers for slug, points in answer.tutorials.items() if points > 0}
    assert for_tutorials == {tutorial.slug for tutorial in library.tutorials}


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_are_short_and_plain(language: str, library: Library) -> None:
    limits = rules("voice.yml")["lix"]
    assert isinstance(limits, dict)
    assert lix(words_in_yaml(SELF_CHECK, language)) <= limits[language]
    for question in library.questions:
        for text in (question.facts.text, *(answer.text for answer in question.facts.answers.values())):
            assert len(text[language].split()) <= 14, text[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_tested(language: str) -> None:
    """No marks, no right or wrong: it is a way to begin (the pair's page says so, too)."""
    text = words_in_yaml(SELF_CHECK, language).casefold()
    for word in ("test", "punkte", "score", "richtig beantwort", "falsch", "wrong", "prüfung", "jung", "young", "alt "):
        assert word not in text, word
