"""The data files of a content folder: goals, glossary and vocabulary, all languages in one file each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from pydantic import TypeAdapter

from stufenweise.load.load_result import LoadResult
from stufenweise.load.vocabulary import CompanyWord, VocabularyForms
from stufenweise.model.facts import SLUG_PATTERN, GoalFacts, TermFacts, WordForms
from stufenweise.model.kinds import GLOSSARY_FILE, GOALS_FILE, VOCABULARY_FILE
from stufenweise.model.problem import Place, Problem, problem
from stufenweise.source.decoding import MAX_YAML_BYTES, decode
from stufenweise.source.front_matter import MAX_TOLD, shown, validate_facts
from stufenweise.source.suggest import unknown_language_problem
from stufenweise.source.yaml_positions import read_yaml

_SLUG = re.compile(SLUG_PATTERN)
_GOAL = TypeAdapter(GoalFacts)
_TERM = TypeAdapter(TermFacts)
_WORD = TypeAdapter(WordForms)

E = TypeVar("E")


def valid_entries(
    reading: LoadResult, name: str, data: bytes | None, adapter: TypeAdapter[E]
) -> Iterable[tuple[str, E]]:
    """Yield the entries of a data file that are as they must be; say the others."""
    if data is None:
        return
    file = f"{reading.shown}/{name}"
    text = decode(data, file, MAX_YAML_BYTES)
    if isinstance(text, Problem):
        reading.problems.append(text)
        reading.broken_data.add(name)
        return
    tree = read_yaml(text, file)
    reading.trees[name] = tree
    reading.problems += tree.problems
    if tree.problems:
        reading.broken_data.add(name)
        return
    if tree.value is None:
        return
    if not isinstance(tree.value, dict):
        reading.problems.append(problem(Place(file), "expected-map", key=name, value="…"))
        reading.broken_data.add(name)
        return
    told = len(reading.problems) + MAX_TOLD
    for key, value in tree.value.items():
        if len(reading.problems) >= told:
            reading.broken_data.add(name)
            return
        if not isinstance(key, str):
            step = key if isinstance(key, int) else str(key)
            where = tree.place((step,), key=True)
            reading.problems.append(problem(where, "expected-text", key=name, value=shown(key)))
            reading.broken_data.add(name)
            continue
        entry = validate_facts(adapter, tree, value, (key,))
        if isinstance(entry, list):
            reading.problems += entry
            reading.broken_data.add(name)
        else:
            yield key, entry


def read_goals(reading: LoadResult, data: bytes | None) -> None:
    """Read the company goals into `reading`."""
    for code, goal in valid_entries(reading, GOALS_FILE, data, _GOAL):
        if not re.fullmatch(r"[A-Z][0-9]{1,2}", code):
            place = reading.trees[GOALS_FILE].place((code,), key=True)
            reading.problems.append(problem(place, "bad-goal-code", code=code))
        reading.goals[code] = goal


def read_terms(reading: LoadResult, data: bytes | None) -> None:
    """Read the glossary into `reading`."""
    for term, texts in valid_entries(reading, GLOSSARY_FILE, data, _TERM):
        checked_id(reading, GLOSSARY_FILE, term)
        reading.terms[term] = texts


def usable_word_problems(reading: LoadResult, unknown: Iterable[Problem]) -> list[Problem]:
    """Return the problems with words, without those that only follow from a broken vocabulary."""
    if VOCABULARY_FILE in reading.broken_data:
        return [one for one in unknown if one.code not in {"unknown-word", "unknown-form"}]
    return [*unknown]


def checked_id(reading: LoadResult, file: str, name: str) -> None:
    """Say it if an entry's key can't be an id."""
    if not _SLUG.fullmatch(name):
        place = reading.trees[file].place((name,), key=True)
        reading.problems.append(problem(place, "bad-id", id=name, proposal=re.sub(r"[^a-z0-9]+", "-", name.lower())))


def read_vocabulary(
    reading: LoadResult,
    data: bytes | None,
    beneath: bytes | None,
    own: Mapping[str, VocabularyForms],
    places: Mapping[tuple[str, str], Place],
) -> Mapping[str, VocabularyForms]:
    """Return the words per language: those of the content folder, with the company's own above them.

    Args:
        reading: Where problems and the company's words are noted.
        data: The vocabulary of the content folder.
        beneath: That of the package, if the content folder lies over its content; its words are the defaults.
        own: The company's words in its settings, by language.
        places: Where they stand, by language and word.
    """
    found: dict[tuple[str, str], Place] = {}
    read: dict[tuple[str, str], Mapping[str, str]] = {}
    for word, languages in valid_entries(reading, VOCABULARY_FILE, data, _WORD):
        for language, forms in languages.items():
            place = reading.trees[VOCABULARY_FILE].place((word, language), key=True)
            if language not in reading.languages:
                reading.problems.append(unknown_language_problem(place, language, reading.languages))
            elif "base" not in forms and beneath is None:
                reading.problems.append(problem(place, "word-without-base", word=word, language=language))
                reading.broken_data.add(VOCABULARY_FILE)
            else:
                read[language, word] = forms
                found[language, word] = place
    default = read
    if beneath is not None:
        default = _defaults(beneath)
        reading.own_words = {key: CompanyWord(found[key], forms, default.get(key, {})) for key, forms in read.items()}
    said: dict[tuple[str, str], Mapping[str, str]] = {
        key: {**default.get(key, {}), **forms} for key, forms in (default | read).items()
    }
    for language, words in own.items():
        for word, given in words.items():
            key = (language, word)
            reading.own_words[key] = CompanyWord(places.get(key, Place(VOCABULARY_FILE)), given, said.get(key, {}))
            said[key] = {**said.get(key, {}), **given}
    result: dict[str, dict[str, Mapping[str, str]]] = {language: {} for language in reading.languages}
    for (language, word), all_forms in said.items():
        result.setdefault(language, {})[word] = all_forms
    return result


def _defaults(data: bytes) -> dict[tuple[str, str], Mapping[str, str]]:
    """Return the words of the package, by language and word."""
    value = read_yaml(data.decode("utf-8-sig"), VOCABULARY_FILE).value
    read = TypeAdapter(dict[str, WordForms]).validate_python(value or {})
    return {(language, word): forms for word, languages in read.items() for language, forms in languages.items()}
