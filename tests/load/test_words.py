"""Words of the vocabulary in a text: how they are replaced, and where problems behind them are reported."""

from __future__ import annotations

import pytest
from stufenweise.load.vocabulary import MAX_GUESSED_WORDS, fill_vocabulary, source_column
from stufenweise.model.paths import ShownPath

FILE = ShownPath("a.md")
WORDS = {
    "network": {"base": "internes Netzwerk", "dative": "internen Netzwerk"},
    "ai": {"base": "künstliche Intelligenz"},
}


@pytest.mark.parametrize(
    "line",
    [
        "ohne ein Wort |",
        "| {{ network }} dahinter",
        "im {{ network.dative }} |",
        "im {{ network.dative }}, mit {{ ai }} und {{network}} |, dann {{ ai }}",
        "{{ ai }}|",
        "{{ nowhere }} und {{ network.nowhere }} {{ ai }} |",
        "{% raw %} {{ 1 + 1 }} {{ ai }} |",
    ],
)
def test_column_is_that_of_the_file(line: str) -> None:
    said = fill_vocabulary(line, WORDS, FILE).text
    assert source_column(line, WORDS, said.index("|") + 1) == line.index("|") + 1


def test_column_inside_a_word_is_that_of_its_braces() -> None:
    said = fill_vocabulary("im {{ network.dative }} hier", WORDS, FILE).text
    assert said == "im internen Netzwerk hier"
    columns = [source_column("im {{ network.dative }} hier", WORDS, column) for column in range(1, len(said) + 1)]
    assert columns == [1, 2, 3, *[4] * len("internen Netzwerk"), 24, 25, 26, 27, 28]


def test_nearest_word_is_sought_for_the_first_only() -> None:
    problems = fill_vocabulary("{{ netwrok }}\n" * (MAX_GUESSED_WORDS + 1), WORDS, FILE).problems
    near = [problem.message_values["nearest"] for problem in problems]
    assert near == ["network"] * MAX_GUESSED_WORDS + [""]
