"""Read the words of figures: one file per figure and language, with vocabulary words filled in."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import TypeAdapter

from stufenweise.load.data_reader import DataReader
from stufenweise.load.vocabulary import VocabularyForms
from stufenweise.model.data_facts import FigureFacts
from stufenweise.model.paths import ContentPath, shown_path
from stufenweise.model.problem import Place
from stufenweise.source.files.content_files import ContentFiles
from stufenweise.source.images.figure_drawing import WORDS_FILE
from stufenweise.source.suggest import unknown_language_problem
from stufenweise.source.yaml.validation import validate_facts

_FIGURE = TypeAdapter(FigureFacts)


def read_figures(
    reader: DataReader, files: ContentFiles, words: Mapping[str, VocabularyForms]
) -> dict[str, dict[str, FigureFacts]]:
    """Return the words of figures by name and language.

    Args:
        reader: Collects the documents and the problems.
        files: The files of the content folder.
        words: The vocabulary per language.
    """
    figures: dict[str, dict[str, FigureFacts]] = {}
    for path, data in files.data.items():
        if match := WORDS_FILE.fullmatch(path):
            facts = _read_words(reader, path, data, match["language"], words)
            if facts:
                figures.setdefault(match["name"], {})[match["language"]] = facts
    return figures


def _read_words(
    reader: DataReader, path: ContentPath, data: bytes, language: str, words: Mapping[str, VocabularyForms]
) -> FigureFacts | None:
    """Return the words of a file; None, and a problem, if they can't be read or are in no language of the site."""
    if language not in reader.content.languages:
        place = Place(shown_path(reader.content.shown_content, path))
        reader.problems.append(unknown_language_problem(place, language, reader.content.languages))
        return None
    document = reader.read(path, data)
    if document is None:
        return None
    facts = validate_facts(_FIGURE, document, document.value)
    if facts.value is None:
        reader.refuse(path, facts.problems)
        return None
    vocabulary = words.get(language, {})
    return facts.value.model_copy(
        update={
            "title": reader.filled(facts.value.title, document.place(("title",)), vocabulary),
            "alt": reader.filled(facts.value.alt, document.place(("alt",)), vocabulary),
            "words": {
                key: reader.filled(word, document.place(("words", key)), vocabulary)
                for key, word in facts.value.words.items()
            },
        }
    )
