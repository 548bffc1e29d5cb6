"""Read the data files of a content folder: goals, glossary, vocabulary and so on, all languages in one file each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from stufenweise.load.data_reader import DataReader
from stufenweise.load.figure_words import read_figures
from stufenweise.load.load_options import LoadOptions
from stufenweise.load.load_result import DataFiles, LoadResult
from stufenweise.load.vocabulary import CompanyWord, VocabularyForms
from stufenweise.model.data_facts import GoalFacts, QuestionFacts, SameWords, TermFacts, WordForms
from stufenweise.model.facts import GOAL_PATTERN
from stufenweise.model.kinds import (
    DATA_FILES,
    GLOSSARY_FILE,
    GOALS_FILE,
    SEARCH_FILE,
    SELF_CHECK_FILE,
    VOCABULARY_FILE,
)
from stufenweise.model.paths import ShownPath, shown_path
from stufenweise.model.problem import Place, Subject, new_problem
from stufenweise.source.files.content_files import ContentFiles
from stufenweise.source.suggest import unknown_language_problem
from stufenweise.source.yaml.yaml_positions import read_yaml

_GOAL = TypeAdapter(GoalFacts)
_TERM = TypeAdapter(TermFacts)
_QUESTION = TypeAdapter(QuestionFacts)
_WORD = TypeAdapter(WordForms)
_SAME_WORDS: TypeAdapter[SameWords] = TypeAdapter(SameWords)


def with_data_files(content: LoadResult, files: ContentFiles, options: LoadOptions) -> LoadResult:
    """Return content with its data files, the vocabulary first: the others are filled with its words.

    Args:
        content: The content without any file.
        files: The files of its folder.
        options: Options from the project's settings.
    """
    reader = DataReader(content=content, unreadable={path for path in DATA_FILES if path in content.refused})
    vocabulary = _read_vocabulary(reader, files, options)
    data = DataFiles(
        vocabulary=vocabulary.words,
        company_words=vocabulary.company_words,
        goals=_read_goals(reader, files, vocabulary.words),
        terms=dict(reader.entries_with_ids(GLOSSARY_FILE, files.data.get(GLOSSARY_FILE), _TERM)),
        questions=_read_questions(reader, files, vocabulary.words),
        same_words=dict(reader.entries_with_ids(SEARCH_FILE, files.data.get(SEARCH_FILE), _SAME_WORDS)),
        figures=read_figures(reader, files, vocabulary.words),
        documents=reader.documents,
    )
    data = replace(data, unreadable=frozenset(reader.unreadable))
    return replace(content, data=data, problems=(*content.problems, *reader.problems))


def _read_goals(reader: DataReader, files: ContentFiles, words: Mapping[str, VocabularyForms]) -> dict[str, GoalFacts]:
    """Return the company goals by code, with vocabulary words filled in."""
    goals: dict[str, GoalFacts] = {}
    for code, goal in reader.valid_entries(GOALS_FILE, files.data.get(GOALS_FILE), _GOAL):
        if not re.fullmatch(GOAL_PATTERN, code):
            reader.report(reader.documents[GOALS_FILE].place((code,), key=True), "bad-goal-code", Subject(name=code))
        goals[code] = goal.model_copy(
            update={
                "title": reader.filled_texts(GOALS_FILE, goal.title, (code, "title"), words),
                "summary": reader.filled_texts(GOALS_FILE, goal.summary, (code, "summary"), words),
            }
        )
    return goals


def _read_questions(
    reader: DataReader, files: ContentFiles, words: Mapping[str, VocabularyForms]
) -> dict[str, QuestionFacts]:
    """Return the questions of the self-check by name, with vocabulary words filled in."""
    questions: dict[str, QuestionFacts] = {}
    for name, question in reader.entries_with_ids(SELF_CHECK_FILE, files.data.get(SELF_CHECK_FILE), _QUESTION):
        answers = {
            key: answer.model_copy(
                update={
                    "text": reader.filled_texts(SELF_CHECK_FILE, answer.text, (name, "answers", key, "text"), words),
                    "because": reader.filled_texts(
                        SELF_CHECK_FILE, answer.because, (name, "answers", key, "because"), words
                    ),
                }
            )
            for key, answer in question.answers.items()
        }
        text = reader.filled_texts(SELF_CHECK_FILE, question.text, (name, "text"), words)
        questions[name] = question.model_copy(update={"text": text, "answers": answers})
    return questions


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The vocabulary, and those of its words that a company has its own forms for."""

    words: Mapping[str, VocabularyForms]
    """All words by language."""
    company_words: Mapping[tuple[str, str], CompanyWord]
    """The company's own words, by language and word."""


def _read_vocabulary(reader: DataReader, files: ContentFiles, options: LoadOptions) -> _Vocabulary:
    """Return the vocabulary: the content folder's words, overridden by the company's own in its settings.

    If the folder overlays the package's content, its words are the company's own, and the package's are the defaults.
    """
    content = reader.content
    base = content.source_map.package_vocabulary if content.source_map else None
    own_words = _own_words(reader, files.data.get(VOCABULARY_FILE), is_overlay=base is not None)
    default = {} if base is None else _defaults(base)
    company_words = (
        {} if base is None else {key: replace(word, default=default.get(key, {})) for key, word in own_words.items()}
    )
    merged: dict[tuple[str, str], Mapping[str, str]] = dict(default)
    for key, word in own_words.items():
        merged[key] = {**merged.get(key, {}), **word.forms}
    for language, words in options.vocabulary.items():
        for name, forms in words.items():
            key = (language, name)
            place = options.word_places.get(key, Place(shown_path(content.shown_content, VOCABULARY_FILE)))
            company_words[key] = CompanyWord(place, forms, merged.get(key, {}))
            merged[key] = {**merged.get(key, {}), **forms}
    by_language: dict[str, dict[str, Mapping[str, str]]] = {language: {} for language in content.languages}
    for (language, name), all_forms in merged.items():
        by_language.setdefault(language, {})[name] = all_forms
    return _Vocabulary(by_language, company_words)


def _own_words(reader: DataReader, data: bytes | None, *, is_overlay: bool) -> dict[tuple[str, str], CompanyWord]:
    """Return the content folder's words with their places, by language and word."""
    content = reader.content
    words: dict[tuple[str, str], CompanyWord] = {}
    for word, languages in reader.valid_entries(VOCABULARY_FILE, data, _WORD):
        for language, forms in languages.items():
            place = reader.documents[VOCABULARY_FILE].place((word, language), key=True)
            if language in content.paused:
                continue
            if language not in content.languages:
                reader.problems.append(unknown_language_problem(place, language, content.languages))
            elif "base" not in forms and not is_overlay:
                problem = new_problem(place, "word-without-base", word=word, language=language)
                reader.refuse(VOCABULARY_FILE, [problem])
            else:
                words[language, word] = CompanyWord(place, forms, {})
    return words


def _defaults(data: bytes) -> dict[tuple[str, str], Mapping[str, str]]:
    """Return the package's words, by language and word."""
    value = read_yaml(data.decode("utf-8-sig"), ShownPath(VOCABULARY_FILE)).value
    read = TypeAdapter(dict[str, WordForms]).validate_python(value or {})
    return {(language, word): forms for word, languages in read.items() for language, forms in languages.items()}
