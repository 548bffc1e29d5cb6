"""Read the self-check's questions, with the company's words in place."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import TypeAdapter

from stufenweise.load.data_files import checked_id, filled_texts, valid_entries
from stufenweise.load.load_result import LoadResult
from stufenweise.load.vocabulary import VocabularyForms
from stufenweise.model.facts import QuestionFacts
from stufenweise.model.kinds import SELF_CHECK_FILE

_QUESTION = TypeAdapter(QuestionFacts)


def read_self_check(loaded: LoadResult, data: bytes | None, words: Mapping[str, VocabularyForms]) -> None:
    """Read the self-check into `loaded`.

    Args:
        loaded: Takes the questions and the problems.
        data: The file's bytes; None where there is none.
        words: The vocabulary per language.
    """
    for name, question in valid_entries(loaded, SELF_CHECK_FILE, data, _QUESTION):
        checked_id(loaded, SELF_CHECK_FILE, name)
        answers = {
            key: answer.model_copy(
                update={
                    "text": filled_texts(loaded, SELF_CHECK_FILE, answer.text, (name, "answers", key, "text"), words),
                    "because": filled_texts(
                        loaded, SELF_CHECK_FILE, answer.because, (name, "answers", key, "because"), words
                    ),
                }
            )
            for key, answer in question.answers.items()
        }
        text = filled_texts(loaded, SELF_CHECK_FILE, question.text, (name, "text"), words)
        loaded.questions[name] = question.model_copy(update={"text": text, "answers": answers})
