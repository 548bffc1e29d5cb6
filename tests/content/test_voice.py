"""One style: no du or Sie, no needless product names, no click paths, plain sentences; exceptions have a reason."""

from __future__ import annotations

import re

import pytest

from .conftest import CONTENT, LANGUAGES, rules, shown, texts

LISTS = rules("voice.yml")
QUOTED = re.compile(r"„[^“]*“|“[^”]*”|‚[^‘]*‘|‘[^’]*’")
"""What somebody says may address the other; what instructs may not."""


def patterns(language: str) -> list[tuple[str, re.Pattern[str], bool]]:
    """Return what texts must not have: name, pattern, and whether it applies to quotations."""
    found = LISTS["never"]
    assert isinstance(found, dict)
    return [
        (name, re.compile(rule["pattern"]), bool(rule.get("in_quotes", False)))
        for name, rule in found.items()
        if language in rule["languages"]
    ]


def exceptions() -> set[tuple[str, str]]:
    """Return the pairs of file and rule that are allowed; each has a reason."""
    found = LISTS["except"]
    assert isinstance(found, list)
    assert all(entry["because"] for entry in found)
    return {(file, entry["rule"]) for entry in found for file in entry["files"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_stands_there_that_our_voice_does_not_say(language: str) -> None:
    faults = []
    for path, text in texts(language):
        slug = shown(path).rpartition(f".{language}.md")[0]
        for name, pattern, in_quotes in patterns(language):
            if (slug, name) in exceptions():
                continue
            looked_at = text if in_quotes else QUOTED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
            faults += [
                f"{shown(path)}:{looked_at.count(chr(10), 0, match.start()) + 1}: {name}: {match[0]}"
                for match in pattern.finditer(looked_at)
            ]
    assert not faults, "\n".join(faults)


def test_every_exception_is_needed() -> None:
    compiled = {(name, language): pattern for language in LANGUAGES for name, pattern, _ in patterns(language)}
    for slug, name in exceptions():
        files = [path for path in CONTENT.rglob("*.md") if shown(path).startswith(f"{slug}.")]
        assert files, slug
        assert any(
            pattern.search(path.read_text(encoding="utf-8"))
            for (rule, language), pattern in compiled.items()
            for path in files
            if rule == name and path.name.endswith(f".{language}.md")
        ), (slug, name)


def test_each_rule_finds_its_own_examples() -> None:
    found = LISTS["never"]
    assert isinstance(found, dict)
    for name, rule in found.items():
        for example in rule["examples"]:
            assert re.search(rule["pattern"], example), (name, example)


def lix(text: str) -> float:
    """Return the LIX of a text: words a sentence plus the percentage of words longer than six letters.

    Björnsson's measure needs no syllables, so it serves both languages; below 40 is plain, from 50 on official prose
    (C.-H. Björnsson, Läsbarhet, 1968). German long compounds raise it by about ten against English.
    """
    words = re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", text)
    sentences = max(1, len(re.findall(r"[.!?:](?=[\s“”\"*)]|$)|\n\s*\n", text)))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_easy_to_read(language: str) -> None:
    limits = LISTS["lix"]
    assert isinstance(limits, dict)
    scores = {shown(path): lix(text) for path, text in texts(language, "tutorials")}
    assert scores
    hard = {name: round(score, 1) for name, score in scores.items() if score > limits[language]}
    assert not hard


def test_official_prose_would_be_found() -> None:
    heavy = (
        "Die Berücksichtigung innerbetrieblicher Mitbestimmungsangelegenheiten gewährleistet die ordnungsgemäße "
        "Durchführung sämtlicher Kommunikationsmaßnahmen unter Einbeziehung verantwortlicher Organisationseinheiten."
    )
    assert lix(heavy) > 60
