"""Every word is in hunspell's dictionary, or in the project's own list, each entry of which the content uses."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache

import pytest
from conftest import ROOT

from .conftest import HERE, LANGUAGES, shown, texts

pytestmark = pytest.mark.hunspell

DICTIONARIES = {"de": "de_DE", "en": "en_GB"}
_PUNCTUATION = str.maketrans(dict.fromkeys("–—/·*_|>„“”‘‚…", " ") | {"’": "'"})


_SCRIPTS = {path.stem for path in ROOT.glob("overrides/assets/javascripts/*.js")}


def without_scripts(text: str) -> str:
    """Return a text without the cells of tables that only list our scripts."""
    cells = re.compile(r"(?<=\| )[a-z0-9-]+(?:, [a-z0-9-]+)*(?= \|)")
    return cells.sub(lambda match: "" if set(match[0].split(", ")) <= _SCRIPTS else match[0], text)


def own_words(language: str) -> list[str]:
    lines = (HERE / f"words.{language}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def unknown(language: str, text: str) -> set[str]:
    """Return the words of a text that hunspell does not know."""
    program = shutil.which("hunspell")
    assert program, "hunspell is missing: `make test` installs it with its German and English dictionaries."
    done = subprocess.run(
        [program, "-d", DICTIONARIES[language], "-i", "utf-8", "-l"],
        input=without_scripts(text).translate(_PUNCTUATION), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "Can't open" not in done.stderr, done.stderr
    found = (word.strip("-.'") for word in done.stdout.split())
    return {re.sub("'s?$", "", word) for word in found if word}


@cache
def unknown_anywhere(language: str) -> frozenset[str]:
    """Return the words of all texts that hunspell does not know, asked in one run, because starting it is slow."""
    return frozenset(unknown(language, "\n".join(text for _, text in texts(language))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_spelt_as_the_dictionary_or_our_list_has_them(language: str) -> None:
    wrong = unknown_anywhere(language) - set(own_words(language))
    places = {f"{shown(path)}: {word}" for word in wrong for path, text in texts(language) if word in text}
    assert not wrong, "\n".join(sorted(places or wrong))


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_list_has_no_word_that_nobody_needs(language: str) -> None:
    words = own_words(language)
    assert words == sorted(set(words), key=lambda word: (word.casefold(), word))
    needed = unknown_anywhere(language)
    assert set(words) <= needed, sorted(set(words) - needed)


@pytest.mark.parametrize(("language", "fault"), [("de", "Das ist ein Fehlar."), ("en", "This is a mistaik.")])
def test_a_slip_is_found(language: str, fault: str) -> None:
    assert len(unknown(language, fault)) == 1
