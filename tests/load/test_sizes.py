"""A file with any number of errors gets few problems, and none that only follow from others."""

from __future__ import annotations

import pytest
from day import TODAY
from stufenweise.check import check
from stufenweise.load.load_result import LoadResult
from stufenweise.load.loader import load_content
from stufenweise.model.paths import ContentPath, ShownPath
from stufenweise.source.files.content_files import ContentFiles
from stufenweise.source.suggest import MAX_CANDIDATES, suggest
from stufenweise.source.yaml.validation import MAX_REPORTED
from stufenweise.source.yaml.yaml_positions import read_yaml
from texts import SMALL_LIBRARY

FIRST = ContentPath("tutorials/first.de.md")


def loaded(path: ContentPath, text: str) -> LoadResult:
    """Return the library read with another text in one of its files."""
    files = {
        ContentPath(file.relative_to(SMALL_LIBRARY).as_posix()): file.read_bytes()
        for file in SMALL_LIBRARY.rglob("*")
        if file.is_file()
    }
    return load_content(ContentFiles(files | {path: text.encode()}), ("de", "en"))


def test_of_many_wrong_keys_the_first_are_reported() -> None:
    keys = "".join(f"titel{number}: x\n" for number in range(5 * MAX_REPORTED))
    found = check(loaded(FIRST, f"---\n{keys}---\n"), TODAY)
    assert sum(problem.code in {"unknown-key", "missing-key"} for problem in found) == MAX_REPORTED


@pytest.mark.parametrize(
    ("name", "entry", "codes"),
    [
        ("goals.yml", "S{}: {{kind: odd}}", {"unknown-value", "missing-key"}),
        (
            "goals.yml",
            "X-{}: {{kind: strategic, title: {{de: a, en: b}}, summary: {{de: a, en: b}}, levels: {{}}}}",
            {"bad-goal-code"},
        ),
        ("vocabulary.yml", "word{}: {{de: {{the: a}}, en: {{base: a}}}}", {"word-without-base"}),
        ("glossary.yml", "t{}: {{de: {{term: a}}}}", {"missing-key"}),
    ],
)
def test_of_many_wrong_entries_the_first_are_reported(name: ContentPath, entry: str, codes: set[str]) -> None:
    text = "\n".join(entry.format(number) for number in range(5 * MAX_REPORTED))
    found = check(loaded(name, text), TODAY)
    assert {problem.code for problem in found} == codes
    assert MAX_REPORTED <= len(found) < MAX_REPORTED + 5


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ab:" + " " * 100_000 + "[", "yaml-syntax"),
        ("ab:" + "\t" * 100_000 + "[", "yaml-syntax"),
        ("ab: c" + " :c" * 30_000 + "\n  d: [", "yaml-indent"),
        ("[" * 100_000, "yaml-depth"),
        ("- " * 50_000, "yaml-depth"),
        ("? " * 50_000, "yaml-depth"),
        ("ab" * 50_000 + ": 1", "yaml-syntax"),
    ],
    ids=["blanks", "tabs", "colons", "brackets", "lists", "keys", "one key"],
)
def test_odd_yaml_comes_to_an_end(text: str, code: str) -> None:
    """No rule may take quadratic time in a line's length: one did, and took two minutes."""
    assert [problem.code for problem in read_yaml(text, ShownPath("content/a.yml")).problems] == [code]


def test_nearest_of_many_words_is_found() -> None:
    words = [f"word-{number}" for number in range(3 * MAX_CANDIDATES)]
    assert suggest("find-poeple", [*words, "find-people"]) == "find-people"
