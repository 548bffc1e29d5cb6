"""Read YAML files of a content folder entry by entry, and collect their problems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pydantic import TypeAdapter

from stufenweise.load.load_result import LoadResult
from stufenweise.load.section_reader import proposed_id
from stufenweise.load.vocabulary import VocabularyForms, fill_vocabulary, usable_word_problems
from stufenweise.model.facts import SLUG_PATTERN
from stufenweise.model.paths import ContentPath, shown_path
from stufenweise.model.problem import NO_SUBJECT, Place, Problem, Subject, new_problem, short_value
from stufenweise.source.files.decoding import MAX_YAML_BYTES, read_text
from stufenweise.source.yaml.validation import MAX_REPORTED, validate_facts
from stufenweise.source.yaml.yaml_positions import YamlDocument, YamlPath, read_yaml

_SLUG = re.compile(SLUG_PATTERN)

E = TypeVar("E")


@dataclass(kw_only=True)
class DataReader:
    """Reads the data files of a content folder and collects their documents and problems."""

    content: LoadResult
    """What is known of the content before any file is read."""
    problems: list[Problem] = field(default_factory=list)
    documents: dict[ContentPath, YamlDocument] = field(default_factory=dict)
    """The files with the positions of keys and values."""
    unreadable: set[ContentPath] = field(default_factory=set)
    """Paths of the files with an error."""

    def report(self, place: Place, code: str, subject: Subject = NO_SUBJECT, /, **values: object) -> None:
        """Report a problem."""
        self.problems.append(new_problem(place, code, subject, **values))

    def refuse(self, path: ContentPath, problems: Iterable[Problem]) -> None:
        """Report why a file, or a part of it, can't be read."""
        self.problems += problems
        self.unreadable.add(path)

    def read(self, path: ContentPath, data: bytes) -> YamlDocument | None:
        """Return the document of a file and note it; report problems and return None if it can't be read."""
        file = shown_path(self.content.shown_content, path)
        decoded = read_text(data, file, MAX_YAML_BYTES)
        if decoded.value is None:
            self.refuse(path, decoded.problems)
            return None
        self.problems += decoded.problems
        document = self.documents[path] = read_yaml(decoded.value, file)
        if document.problems:
            self.refuse(path, document.problems)
            return None
        return document

    def valid_entries(self, path: ContentPath, data: bytes | None, adapter: TypeAdapter[E]) -> Iterator[tuple[str, E]]:
        """Yield the valid entries of a file, each with its key; report the others.

        Args:
            path: The file.
            data: Its bytes; None if there is no such file.
            adapter: The type of an entry.
        """
        document = None if data is None else self.read(path, data)
        if document is None or document.value is None:
            return
        if not isinstance(document.value, dict):
            place = Place(shown_path(self.content.shown_content, path))
            self.refuse(path, [new_problem(place, "expected-map", key=path, value="…")])
            return
        most = len(self.problems) + MAX_REPORTED
        for key, value in document.value.items():
            if len(self.problems) >= most:
                self.unreadable.add(path)
                return
            if not isinstance(key, str):
                step = key if isinstance(key, int) else str(key)
                place = document.place((step,), key=True)
                self.refuse(path, [new_problem(place, "expected-text", key=path, value=short_value(key))])
                continue
            entry = validate_facts(adapter, document, value, (key,))
            if entry.value is None:
                self.refuse(path, entry.problems)
            else:
                yield key, entry.value

    def entries_with_ids(
        self, path: ContentPath, data: bytes | None, adapter: TypeAdapter[E]
    ) -> Iterator[tuple[str, E]]:
        """Yield the valid entries of a file whose keys are ids, see `valid_entries`; report keys that can't be ids."""
        for name, entry in self.valid_entries(path, data, adapter):
            if not _SLUG.fullmatch(name):
                place = self.documents[path].place((name,), key=True)
                self.report(place, "bad-id", id=name, proposal=proposed_id(name))
            yield name, entry

    def filled_texts(
        self, path: ContentPath, texts: Mapping[str, str], at: YamlPath, words: Mapping[str, VocabularyForms]
    ) -> dict[str, str]:
        """Return texts by language with vocabulary words filled in; report unknown words.

        Args:
            path: The file that holds the texts.
            texts: The texts by language.
            at: Their place in the file.
            words: The vocabulary per language.
        """
        return {
            language: self.filled(text, self.documents[path].place((*at, language)), words.get(language))
            for language, text in texts.items()
        }

    def filled(self, text: str, place: Place, words: VocabularyForms | None) -> str:
        """Return the text at a place with vocabulary words filled in; report unknown words if there is a vocabulary."""
        filled = fill_vocabulary(text, words or {}, place.file)
        if words is not None:
            at_place = (replace(problem, place=place) for problem in filled.problems)
            self.problems += usable_word_problems(self.unreadable, at_place)
        return filled.text
