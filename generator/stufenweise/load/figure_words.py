"""Read the words of figures: one file per figure and language, with vocabulary words filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pydantic import TypeAdapter

from stufenweise.load.content_builder import ContentBuilder
from stufenweise.load.data_files import usable_word_problems
from stufenweise.load.vocabulary import VocabularyForms, fill_vocabulary
from stufenweise.load.yaml_file import read_yaml_file
from stufenweise.model.facts import FigureFacts
from stufenweise.model.paths import ContentPath, shown_path
from stufenweise.model.problem import Place
from stufenweise.source.images.figure_drawing import WORDS_FILE
from stufenweise.source.suggest import unknown_language_problem
from stufenweise.source.yaml.validation import validate_facts
from stufenweise.source.yaml.yaml_positions import YamlPath

_FIGURE = TypeAdapter(FigureFacts)


def read_figure_words(
    builder: ContentBuilder, path: ContentPath, data: bytes, words: Mapping[str, VocabularyForms]
) -> bool:
    """Read a file with the words of a figure into `loaded`; return False for any other file.

    Args:
        builder: Takes the words and the problems.
        path: Path of the file below the content folder.
        data: Its bytes.
        words: The vocabulary per language.
    """
    match = WORDS_FILE.fullmatch(path)
    if not match:
        return False
    file = shown_path(builder.shown_content, path)
    language = match["language"]
    if language not in builder.languages:
        builder.problems.append(unknown_language_problem(Place(file), language, builder.languages))
        return True
    document = read_yaml_file(builder, path, data)
    if document is None:
        return True
    facts = validate_facts(_FIGURE, document, document.value)
    if isinstance(facts, list):
        builder.problems += facts
        builder.unreadable_data.add(path)
        return True

    def filled(text: str, at: YamlPath) -> str:
        result, unknown = fill_vocabulary(text, words.get(language, {}), file)
        builder.problems += usable_word_problems(
            builder, (replace(problem, place=document.place(at)) for problem in unknown)
        )
        return result

    builder.figures.setdefault(match["name"], {})[language] = facts.model_copy(
        update={
            "title": filled(facts.title, ("title",)),
            "alt": filled(facts.alt, ("alt",)),
            "words": {key: filled(word, ("words", key)) for key, word in facts.words.items()},
        }
    )
    return True
