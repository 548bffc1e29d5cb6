"""No set phrase is used too often, or the sixth session sounds like the first; limits in phrases.yml."""

from __future__ import annotations

import re

import pytest

from .conftest import LANGUAGES, rules, shown, texts

RULES = rules("phrases.yml")
CASES = [(language, name) for language in LANGUAGES for name in RULES[language]]


@pytest.mark.parametrize(("language", "name"), CASES)
def test_no_phrase_stands_too_often(language: str, name: str) -> None:
    rule = RULES[language][name]
    counts = {shown(path): len(re.findall(rule["pattern"], text)) for path, text in texts(language)}
    found = {path: count for path, count in counts.items() if count}
    total = len(found) if rule.get("files") else sum(found.values())
    assert total <= rule["most"], (total, dict(sorted(found.items(), key=lambda entry: -entry[1])[:12]))
