"""The self-check of a content folder: its questions, the company's words put in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pydantic import TypeAdapter

from generator.load.data_files import checked_id, entries, sayable
from generator.load.reading import Reading
from generator.load.words import Words, put_words
from generator.load.yaml_tree import Path
from generator.model.facts import QuestionFacts
from generator.model.kinds import SELF_CHECK_FILE

_QUESTION = TypeAdapter(QuestionFacts)


def read_self_check(reading: Reading, data: bytes | None, words: Mapping[str, Words]) -> None:
    """Read the self-check into `reading`.

    Args:
        reading: Takes the questions and the problems.
        data: The file's bytes; None where there is none.
        words: The vocabulary per language.
    """
    for name, question in entries(reading, SELF_CHECK_FILE, data, _QUESTION):
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


def _said(reading: Reading, texts: Mapping[str, str], at: Path, words: Mapping[str, Words]) -> dict[str, str]:
    """Return the texts of one place with the words of their languages in place."""
    tree = reading.trees[SELF_CHECK_FILE]
    result: dict[str, str] = {}
    for language, text in texts.items():
        place = tree.place((*at, language))
        result[language], unknown = put_words(text, words.get(language, {}), place.file)
        if language in words:
            reading.problems += sayable(reading, (replace(one, place=place) for one in unknown))
    return result
