"""`handouts` refuses options that contradict each other, before it reads or prints anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import run
from texts import content_file, replace_once


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--pairs", "8", "first"), "first"),
        (("--pairs", "8", "--bind"), "--bind"),
        (("--pairs", "8", "--copy", "mentee"), "--copy mentee"),
        (("--pairs", "8", "--copy", "mentor-book"), "--copy mentor-book"),
        (("--pairs", "8", "--bind", "--copy", "mentor", "first"), "first, --bind, --copy mentor"),
    ],
)
@pytest.mark.parametrize(("language", "remedy"), [("de", "Bitte weglassen: "), ("en", "Leave this out: ")])
def test_the_set_for_pairs_is_always_whole(
    arguments: tuple[str, ...], named: str, language: str, remedy: str, config: Path
) -> None:
    result = run(config, "handouts", *arguments, "--lang", language)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("--pairs ")
    assert result.stderr.endswith(f"{remedy}{named}.\n")
    assert not (config.parent / "handouts").exists()


@pytest.mark.parametrize(("language", "words"), [("de", "Hefte bitte weglassen"), ("en", "Leave out these books")])
def test_a_book_is_not_bound_into_another(language: str, words: str, config: Path) -> None:
    result = run(config, "handouts", "--bind", "--copy", "mentee", "--copy", "workbook", "--lang", language)
    assert result.exit_code == 2
    assert result.stderr.endswith(f"{words}: workbook.\n")


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("de", "In level-2 ist kein Tutorial, das sich binden lässt.\n"),
        ("en", "There is no tutorial to bind in level-2.\n"),
    ],
)
def test_only_tutorials_are_bound(language: str, message: str, config: Path) -> None:
    replace_once(content_file(config, "tutorials/third.de.md"), "level: 2\n", "level: 2\ndraft: true\n")
    result = run(config, "handouts", "--bind", "level-2", "--lang", language)
    assert (result.exit_code, result.stderr) == (2, message)
