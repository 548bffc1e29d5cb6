"""One word for each thing, in the labels of site and paper and in the texts; and nobody is addressed in German."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from stufenweise.i18n.labels import package_labels

WORDS: dict[str, list[dict[str, str]]] = yaml.safe_load(
    (Path(__file__).parent / "one_word.yml").read_text(encoding="utf-8")
)
TYPED = {"search_words"}
"""Labels that are no words of ours: what people type who look for something."""
ADDRESS = re.compile(
    r"(?:^|[.!?] )Ihr\b|(?<=[\w,] )(?:Sie|Ihnen|Ihre?[mnrs]?)\b|\b(?:ihr|euch|euer|eure\w*|dich|dir|dein\w*)\b"
)


def labels(language: str) -> Iterator[tuple[str, str]]:
    """Yield every label of a language with its name."""
    for key, label in package_labels(language).words.items():
        if isinstance(label, str):
            yield key, label
        elif isinstance(label, Mapping) and key not in TYPED:
            yield from ((f"{key}.{name}", text) for name, text in label.items())


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a language with its name, without front matter: that holds what people type."""
    for path in sorted((ROOT / "content").rglob(f"*.{language}.md")):
        yield path.name, path.read_text(encoding="utf-8").split("\n---\n", 1)[1]


@pytest.mark.parametrize("language", WORDS)
def test_each_thing_has_one_word(language: str) -> None:
    said = [*labels(language), *texts(language)]
    found = {
        word["not"]: (word["say"], names)
        for word in WORDS[language]
        if (names := [name for name, text in said if re.search(word["not"], text)])
    }
    assert found == {}


def test_nobody_is_addressed_in_german() -> None:
    """A company that says "ihr" or "Sie" to its people lays its own labels over these."""
    assert [name for name, text in labels("de") if ADDRESS.search(text)] == []
