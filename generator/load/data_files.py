"""The data files of a content folder: goals, glossary and vocabulary, all languages in one file each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from pydantic import TypeAdapter

from generator.load.front_matter import MAX_TOLD, facts, shown
from generator.load.nearest import nearest
from generator.load.reading import Reading
from generator.load.source import MAX_YAML_BYTES, decode
from generator.load.words import Words
from generator.load.yaml_tree import read_yaml
from generator.model.facts import (
    SLUG_PATTERN,
    GoalFacts,
    TermFacts,
    WordForms,
)
from generator.model.kinds import GLOSSARY_FILE, GOALS_FILE, VOCABULARY_FILE
from generator.model.problem import Place, Problem, problem

_SLUG = re.compile(SLUG_PATTERN)
_GOAL = TypeAdapter(GoalFacts)
_TERM = TypeAdapter(TermFacts)
_WORD = TypeAdapter(WordForms)

E = TypeVar("E")


def unknown_language(place: Place, language: str, languages: tuple[str, ...]) -> Problem:
    """Return the problem that the site has no such language."""
    near = nearest(language, languages)
    return problem(place, "unknown-language", language=language, languages=", ".join(languages), nearest=near)


def entries(reading: Reading, name: str, data: bytes | None, adapter: TypeAdapter[E]) -> Iterable[tuple[str, E]]:
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
        entry = facts(adapter, tree, value, (key,))
        if isinstance(entry, list):
            reading.problems += entry
            reading.broken_data.add(name)
        else:
            yield key, entry


def read_goals(reading: Reading, data: bytes | None) -> None:
    """Read the company goals into `reading`."""
    for code, goal in entries(reading, GOALS_FILE, data, _GOAL):
        if not re.fullmatch(r"[A-Z][0-9]{1,2}", code):
            place = reading.trees[GOALS_FILE].place((code,), key=True)
            reading.problems.append(problem(place, "bad-goal-code", code=code))
        reading.goals[code] = goal


def read_terms(reading: Reading, data: bytes | None) -> None:
    """Read the glossary into `reading`."""
    for term, texts in entries(reading, GLOSSARY_FILE, data, _TERM):
        checked_id(reading, GLOSSARY_FILE, term)
        reading.terms[term] = texts


def sayable(reading: Reading, unknown: Iterable[Problem]) -> list[Problem]:
    """Return the problems with words, without those that only follow from a broken vocabulary."""
    if VOCABULARY_FILE in reading.broken_data:
        return [one for one in unknown if one.code not in {"unknown-word", "unknown-form"}]
    return [*unknown]


def checked_id(reading: Reading, file: str, name: str) -> None:
    """Say it if an entry's key can't be an id."""
    if not _SLUG.fullmatch(name):
        place = reading.trees[file].place((name,), key=True)
        reading.problems.append(problem(place, "bad-id", id=name, proposal=re.sub(r"[^a-z0-9]+", "-", name.lower())))


def read_vocabulary(reading: Reading, data: bytes | None, own: Mapping[str, Words]) -> Mapping[str, Words]:
    """Return the words per language: those of the content folder, with the company's own above them."""
    result: dict[str, dict[str, dict[str, str]]] = {language: {} for language in reading.languages}
    for word, languages in entries(reading, VOCABULARY_FILE, data, _WORD):
        for language, forms in languages.items():
            if "base" not in forms:
                place = reading.trees[VOCABULARY_FILE].place((word, language), key=True)
                reading.problems.append(problem(place, "word-without-base", word=word, language=language))
                reading.broken_data.add(VOCABULARY_FILE)
            elif language in result:
                result[language][word] = forms
            else:
                place = reading.trees[VOCABULARY_FILE].place((word, language), key=True)
                reading.problems.append(unknown_language(place, language, reading.languages))
    for language, words in own.items():
        known = result.setdefault(language, {})
        for word, changed in words.items():
            known[word] = {**known.get(word, {}), **changed}
    return result
