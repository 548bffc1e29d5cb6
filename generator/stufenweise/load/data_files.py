"""Read the data files of a content folder: goals, glossary, vocabulary and so on, all languages in one file each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from pydantic import TypeAdapter

from stufenweise.load.content_builder import ContentBuilder
from stufenweise.load.vocabulary import CompanyWord, VocabularyForms, fill_vocabulary
from stufenweise.load.yaml_file import read_yaml_file
from stufenweise.model.facts import (
    GOAL_PATTERN,
    SLUG_PATTERN,
    GoalFacts,
    QuestionFacts,
    SameWords,
    TermFacts,
    WordForms,
)
from stufenweise.model.kinds import GLOSSARY_FILE, GOALS_FILE, SEARCH_FILE, SELF_CHECK_FILE, VOCABULARY_FILE
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.model.problem import Place, Problem, new_problem, short_value
from stufenweise.source.suggest import unknown_language_problem
from stufenweise.source.yaml.validation import MAX_REPORTED, validate_facts
from stufenweise.source.yaml.yaml_positions import YamlPath, read_yaml

_SLUG = re.compile(SLUG_PATTERN)
_GOAL = TypeAdapter(GoalFacts)
_TERM = TypeAdapter(TermFacts)
_QUESTION = TypeAdapter(QuestionFacts)
_WORD = TypeAdapter(WordForms)
_SAME_WORDS: TypeAdapter[SameWords] = TypeAdapter(SameWords)

E = TypeVar("E")


def valid_entries(
    builder: ContentBuilder, name: ContentPath, data: bytes | None, adapter: TypeAdapter[E]
) -> Iterable[tuple[str, E]]:
    """Yield the valid entries of a data file, and report the others."""
    if data is None:
        return
    document = read_yaml_file(builder, name, data)
    if document is None or document.value is None:
        return
    if not isinstance(document.value, dict):
        place = Place(shown_path(builder.shown_content, name))
        builder.problems.append(new_problem(place, "expected-map", key=name, value="…"))
        builder.unreadable_data.add(name)
        return
    most = len(builder.problems) + MAX_REPORTED
    for key, value in document.value.items():
        if len(builder.problems) >= most:
            builder.unreadable_data.add(name)
            return
        if not isinstance(key, str):
            step = key if isinstance(key, int) else str(key)
            where = document.place((step,), key=True)
            builder.problems.append(new_problem(where, "expected-text", key=name, value=short_value(key)))
            builder.unreadable_data.add(name)
            continue
        entry = validate_facts(adapter, document, value, (key,))
        if isinstance(entry, list):
            builder.problems += entry
            builder.unreadable_data.add(name)
        else:
            yield key, entry


def read_goals(builder: ContentBuilder, data: bytes | None, words: Mapping[str, VocabularyForms]) -> None:
    """Read the company goals, with vocabulary words filled in."""
    for code, goal in valid_entries(builder, GOALS_FILE, data, _GOAL):
        if not re.fullmatch(GOAL_PATTERN, code):
            place = builder.data_documents[GOALS_FILE].place((code,), key=True)
            builder.problems.append(new_problem(place, "bad-goal-code", code=code))
        builder.goals[code] = goal.model_copy(
            update={
                "title": filled_texts(builder, GOALS_FILE, goal.title, (code, "title"), words),
                "summary": filled_texts(builder, GOALS_FILE, goal.summary, (code, "summary"), words),
            }
        )


def read_terms(builder: ContentBuilder, data: bytes | None) -> None:
    """Read the glossary into `loaded`."""
    for term, texts in valid_entries(builder, GLOSSARY_FILE, data, _TERM):
        report_bad_id(builder, GLOSSARY_FILE, term)
        builder.terms[term] = texts


def read_same_words(builder: ContentBuilder, data: bytes | None) -> None:
    """Read the groups of synonyms for the search into `loaded`."""
    for name, group in valid_entries(builder, SEARCH_FILE, data, _SAME_WORDS):
        report_bad_id(builder, SEARCH_FILE, name)
        builder.same_words[name] = group


def filled_texts(
    builder: ContentBuilder,
    file: ContentPath,
    texts: Mapping[str, str],
    at: YamlPath,
    words: Mapping[str, VocabularyForms],
) -> dict[str, str]:
    """Return the texts at one place of a data file by language, with vocabulary words filled in."""
    document = builder.data_documents[file]
    result: dict[str, str] = {}
    for language, text in texts.items():
        place = document.place((*at, language))
        result[language], unknown = fill_vocabulary(text, words.get(language, {}), place.file)
        if language in words:
            builder.problems += usable_word_problems(builder, (replace(problem, place=place) for problem in unknown))
    return result


def usable_word_problems(builder: ContentBuilder, unknown: Iterable[Problem]) -> list[Problem]:
    """Return problems of unknown words and forms, unless the vocabulary could not be read."""
    if VOCABULARY_FILE in builder.unreadable_data:
        return [problem for problem in unknown if problem.code not in {"unknown-word", "unknown-form"}]
    return [*unknown]


def report_bad_id(builder: ContentBuilder, file: ContentPath, name: str) -> None:
    """Report an entry whose key can't be an id."""
    if not _SLUG.fullmatch(name):
        place = builder.data_documents[file].place((name,), key=True)
        builder.problems.append(
            new_problem(place, "bad-id", id=name, proposal=re.sub(r"[^a-z0-9]+", "-", name.lower()))
        )


def read_vocabulary(
    builder: ContentBuilder,
    data: bytes | None,
    base: bytes | None,
    settings_words: Mapping[str, VocabularyForms],
    places: Mapping[tuple[str, str], Place],
) -> Mapping[str, VocabularyForms]:
    """Return the vocabulary per language: the content folder's words, overridden by the company's own.

    Args:
        builder: Where problems and the company's words are noted.
        data: The vocabulary of the content folder.
        base: The package's vocabulary if the content folder overlays it; its words are the defaults.
        settings_words: The company's words in its settings, by language.
        places: Their places in the settings, by language and word.
    """
    own_words, word_places = _own_words(builder, data, is_overlay=base is not None)
    default = own_words
    if base is not None:
        default = _defaults(base)
        builder.company_words = {
            key: CompanyWord(word_places[key], forms, default.get(key, {})) for key, forms in own_words.items()
        }
    merged: dict[tuple[str, str], Mapping[str, str]] = {
        key: {**default.get(key, {}), **forms} for key, forms in (default | own_words).items()
    }
    for language, words in settings_words.items():
        for word, forms in words.items():
            key = (language, word)
            place = places.get(key, Place(shown_path(builder.shown_content, VOCABULARY_FILE)))
            builder.company_words[key] = CompanyWord(place, forms, merged.get(key, {}))
            merged[key] = {**merged.get(key, {}), **forms}
    result: dict[str, dict[str, Mapping[str, str]]] = {language: {} for language in builder.languages}
    for (language, word), all_forms in merged.items():
        result.setdefault(language, {})[word] = all_forms
    return result


def _own_words(
    builder: ContentBuilder, data: bytes | None, *, is_overlay: bool
) -> tuple[dict[tuple[str, str], Mapping[str, str]], dict[tuple[str, str], Place]]:
    """Return forms and places of the content folder's words, both by language and word."""
    forms_by_word: dict[tuple[str, str], Mapping[str, str]] = {}
    places: dict[tuple[str, str], Place] = {}
    for word, languages in valid_entries(builder, VOCABULARY_FILE, data, _WORD):
        for language, forms in languages.items():
            place = builder.data_documents[VOCABULARY_FILE].place((word, language), key=True)
            if language in builder.paused:
                continue
            if language not in builder.languages:
                builder.problems.append(unknown_language_problem(place, language, builder.languages))
            elif "base" not in forms and not is_overlay:
                builder.problems.append(new_problem(place, "word-without-base", word=word, language=language))
                builder.unreadable_data.add(VOCABULARY_FILE)
            else:
                forms_by_word[language, word] = forms
                places[language, word] = place
    return forms_by_word, places


def _defaults(data: bytes) -> dict[tuple[str, str], Mapping[str, str]]:
    """Return the package's words, by language and word."""
    value = read_yaml(data.decode("utf-8-sig"), ShownPath(VOCABULARY_FILE)).value
    read = TypeAdapter(dict[str, WordForms]).validate_python(value or {})
    return {(language, word): forms for word, languages in read.items() for language, forms in languages.items()}


def read_self_check(builder: ContentBuilder, data: bytes | None, words: Mapping[str, VocabularyForms]) -> None:
    """Read the self-check into `loaded`.

    Args:
        builder: Takes the questions and the problems.
        data: The file's bytes; None where there is none.
        words: The vocabulary per language.
    """
    for name, question in valid_entries(builder, SELF_CHECK_FILE, data, _QUESTION):
        report_bad_id(builder, SELF_CHECK_FILE, name)
        answers = {
            key: answer.model_copy(
                update={
                    "text": filled_texts(builder, SELF_CHECK_FILE, answer.text, (name, "answers", key, "text"), words),
                    "because": filled_texts(
                        builder, SELF_CHECK_FILE, answer.because, (name, "answers", key, "because"), words
                    ),
                }
            )
            for key, answer in question.answers.items()
        }
        text = filled_texts(builder, SELF_CHECK_FILE, question.text, (name, "text"), words)
        builder.questions[name] = question.model_copy(update={"text": text, "answers": answers})
