"""The self-check of a content folder: its questions, the company's words put in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pydantic import TypeAdapter

from stufenweise.load.data_files import checked_id, usable_word_problems, valid_entries
from stufenweise.load.load_result import LoadResult
from stufenweise.load.vocabulary import VocabularyForms, fill_vocabulary
from stufenweise.model.facts import QuestionFacts
from stufenweise.model.kinds import SELF_CHECK_FILE
from stufenweise.source.yaml_positions import YamlPath

_QUESTION = TypeAdapter(QuestionFacts)


def read_self_check(reading: LoadResult, data: bytes | None, words: Mapping[str, VocabularyForms]) -> None:
    """Read the self-check into `reading`.

    Args:
        reading: Takes the questions and the problems.
        data: The file's bytes; None where there is none.
        words: The vocabulary per language.
    """
    for name, question in valid_entries(reading, SELF_CHECK_FILE, data, _QUESTION):
        checked_id(reading, SELF_CHECK_FILE, name)
        answers = {
            key: answer.model_copy(
                update={
                    "text": _said(reading, answer.text, (name, "answers", key, "text"), words),
                    "because": _said(reading, answer.because, (name, "answers", key, "because"), words),
                }
            )
            for key, answer in question.answers.items()
        }
        text = _said(reading, question.text, (name, "text"), words)
        reading.questions[name] = question.model_copy(update={"text": text, "answers": answers})


def _said(
    reading: LoadResult, texts: Mapping[str, str], at: YamlPath, words: Mapping[str, VocabularyForms]
) -> dict[str, str]:
    """Return the texts of one place with the words of their languages in place."""
    tree = reading.trees[SELF_CHECK_FILE]
    result: dict[str, str] = {}
    for language, text in texts.items():
        place = tree.place((*at, language))
        result[language], unknown = fill_vocabulary(text, words.get(language, {}), place.file)
        if language in words:
            reading.problems += usable_word_problems(reading, (replace(one, place=place) for one in unknown))
    return result
