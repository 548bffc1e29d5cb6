"""Read the questions of the self-check, with the company's words in place."""

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
                    "text": _filled_texts(loaded, answer.text, (name, "answers", key, "text"), words),
                    "because": _filled_texts(loaded, answer.because, (name, "answers", key, "because"), words),
                }
            )
            for key, answer in question.answers.items()
        }
        text = _filled_texts(loaded, question.text, (name, "text"), words)
        loaded.questions[name] = question.model_copy(update={"text": text, "answers": answers})


def _filled_texts(
    loaded: LoadResult, texts: Mapping[str, str], at: YamlPath, words: Mapping[str, VocabularyForms]
) -> dict[str, str]:
    """Return the texts of one place with the words of their languages in place."""
    tree = loaded.trees[SELF_CHECK_FILE]
    result: dict[str, str] = {}
    for language, text in texts.items():
        place = tree.place((*at, language))
        result[language], unknown = fill_vocabulary(text, words.get(language, {}), place.file)
        if language in words:
            loaded.problems += usable_word_problems(loaded, (replace(one, place=place) for one in unknown))
    return result
