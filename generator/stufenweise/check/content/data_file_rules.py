"""Rules about the data files: goals, glossary and self-check are translated, and name only what exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from stufenweise.check.check_run import CheckRun
from stufenweise.check.content.reference_rules import (
    level_numbers,
    unknown_goal_problem,
    unknown_level_problem,
    unknown_tutorial_problem,
)
from stufenweise.load.load_result import LoadResult
from stufenweise.model.data_facts import AnswerFacts
from stufenweise.model.kinds import GLOSSARY_FILE, GOALS_FILE, SELF_CHECK_FILE, TUTORIAL
from stufenweise.model.problem import Place, Problem, Subject, new_problem
from stufenweise.source.suggest import unknown_language_problem
from stufenweise.source.yaml.yaml_positions import YamlDocument


def data_file_problems(run: CheckRun) -> Iterator[Problem]:
    """Yield problems between the data files and the rest of the content."""
    loaded = run.loaded
    yield from check_languages(loaded)
    yield from check_terms(loaded)
    yield from check_self_check(loaded)


def check_languages(loaded: LoadResult) -> Iterator[Problem]:
    """Goals and terms have words in the source language, and in no language that the site does not have."""
    for code, goal in loaded.data.goals.items():
        document = loaded.data.documents[GOALS_FILE]
        for key, words in (("title", goal.title), ("summary", goal.summary)):
            yield from check_translated_words(loaded, document, (code, key), words)
    for term, texts in loaded.data.terms.items():
        place = loaded.data.documents[GLOSSARY_FILE].place((term,), key=True)
        yield from _missing_languages(loaded, set(texts), place, term)
        yield from _unknown_languages(loaded, loaded.data.documents[GLOSSARY_FILE], (term,), texts)


def check_translated_words(
    loaded: LoadResult, document: YamlDocument, path: tuple[str, ...], words: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield problems of the languages of the words at a place of a data file."""
    yield from _missing_languages(loaded, set(words), document.place(path), ".".join(path))
    yield from _unknown_languages(loaded, document, path, words)


def _missing_languages(loaded: LoadResult, present: set[str], place: Place, name: str) -> Iterator[Problem]:
    if loaded.source_language not in present:
        yield new_problem(place, "source-language-missing", name=name, language=loaded.source_language)
    for language in loaded.languages[1:]:
        if language not in present:
            yield new_problem(place, "entry-translation-missing", Subject(name=language), entry=name)


def _unknown_languages(
    loaded: LoadResult, document: YamlDocument, path: tuple[str, ...], present: Iterable[str]
) -> Iterator[Problem]:
    for language in present:
        if language not in loaded.languages and language not in loaded.paused:
            yield unknown_language_problem(document.place((*path, language), key=True), language, loaded.languages)


def check_terms(loaded: LoadResult) -> Iterator[Problem]:
    """No two terms of the glossary are recognised by the same word."""
    for language in loaded.languages:
        first: dict[str, str] = {}
        for term, texts in loaded.data.terms.items():
            if language not in texts:
                continue
            for form in {texts[language].term.casefold(), *(form.casefold() for form in texts[language].forms)}:
                if form in first and first[form] != term:
                    place = loaded.data.documents[GLOSSARY_FILE].place((term, language), key=True)
                    yield new_problem(place, "term-twice", form=form, other=first[form])
                first.setdefault(form, term)


def check_self_check(loaded: LoadResult) -> Iterator[Problem]:
    """The self-check is translated, and its answers give points only to existing levels, tutorials and goals."""
    if not loaded.data.questions:
        return
    document = loaded.data.documents[SELF_CHECK_FILE]
    for name, question in loaded.data.questions.items():
        yield from check_translated_words(loaded, document, (name, "text"), question.text)
        for key, answer in question.answers.items():
            path = (name, "answers", key)
            yield from check_translated_words(loaded, document, (*path, "text"), answer.text)
            if answer.because:
                yield from check_translated_words(loaded, document, (*path, "because"), answer.because)
            yield from _check_targets(loaded, path, answer)


def _check_targets(loaded: LoadResult, path: tuple[str, ...], answer: AnswerFacts) -> Iterator[Problem]:
    """The levels, tutorials and goals that an answer gives points to exist."""
    document = loaded.data.documents[SELF_CHECK_FILE]
    levels, tutorials = level_numbers(loaded), loaded.slugs(TUTORIAL)
    for level in answer.levels:
        if level not in levels:
            yield unknown_level_problem(document.place((*path, "levels", level), key=True), level, levels)
    for slug in answer.tutorials:
        if slug not in tutorials:
            yield unknown_tutorial_problem(document.place((*path, "tutorials", slug), key=True), slug, loaded)
    for code in answer.goals:
        if code not in loaded.data.goals and GOALS_FILE not in loaded.data.unreadable:
            yield unknown_goal_problem(document.place((*path, "goals", code), key=True), code, loaded)
