"""No text spells out a word that a company can replace by its own; list in company_words.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import CONTENT, rules, shown, texts, words_in_yaml

RULES = rules("company_words.yml")
CASES = [(language, name) for language in RULES for name in RULES[language]]


GOALS = CONTENT / "goals.yml"


def every_text(language: str) -> Iterator[tuple[Path, str]]:
    """Yield all texts of a language: tutorials, self-check, goals and figures. The glossary explains the words."""
    yield from texts(language)
    yield GOALS, words_in_yaml(GOALS, language)
    for path in sorted((CONTENT / "figures").glob(f"*.{language}.yml")):
        yield path, re.sub(r"\{\{[^}]*\}\}", " ", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("language", "name"), CASES)
def test_a_word_of_the_company_stands_in_braces(language: str, name: str) -> None:
    rule = RULES[language][name]
    excepted = dict(rule.get("except", {}))
    found = {shown(path): hits for path, text in every_text(language) if (hits := re.findall(rule["pattern"], text))}
    assert excepted.keys() <= found.keys(), "An exception that no text needs goes."
    assert {file: hits for file, hits in found.items() if file not in excepted} == {}
