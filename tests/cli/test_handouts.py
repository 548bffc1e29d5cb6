"""`handouts` refuses options that contradict each other, before it reads or prints anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from commands import run
from stufenweise.handouts.handout import BOOK_OF_COPY
from stufenweise.model.library import MAX_TUTORIALS_WITH_BOOKS
from texts import SMALL_LIBRARY, content_file, replace_once


def fill_first_level(config: Path, count: int) -> None:
    """Copy a tutorial until its level has so many."""
    folder = content_file(config, "tutorials")
    there = sum("\nlevel: 1\n" in file.read_text(encoding="utf-8") for file in folder.glob("*.de.md"))
    for number in range(count - there):
        for code in ("de", "en"):
            text = (folder / f"first.{code}.md").read_text(encoding="utf-8").replace("first", f"number-{number}")
            (folder / f"number-{number}.{code}.md").write_text(text, encoding="utf-8")


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


@pytest.mark.typst
@pytest.mark.parametrize(("copy", "book"), BOOK_OF_COPY.items())
@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("de", "level-1 hat {count} Tutorials, und Hefte gibt es bis {most}."),
        ("en", "level-1 has {count} tutorials, and books are made of up to {most}."),
    ],
)
def test_whoever_asks_for_a_book_of_too_many_tutorials_is_told_how_to_bind_them(
    language: str, message: str, copy: str, book: str, project: Callable[..., Path]
) -> None:
    config = project(content=SMALL_LIBRARY, handouts=True)
    count = MAX_TUTORIALS_WITH_BOOKS + 1
    message = message.format(count=count, most=MAX_TUTORIALS_WITH_BOOKS)
    fill_first_level(config, count)
    folder = config.parent / "printed"
    options = ("--language", "de", "--lang", language, "-o", str(folder))
    result = run(config, "handouts", "level-1", "--copy", book, *options)
    assert result.exit_code == 0, result.output
    assert message in result.stderr
    assert result.stderr.endswith(f"stufenweise handouts --bind --copy {copy} level-1\n")
    assert not folder.exists()
    bound = run(config, "handouts", "--bind", "--copy", copy, "level-1", *options)
    assert (bound.exit_code, message in bound.stderr) == (0, False), bound.output
    assert [path.name for path in (folder / "de").iterdir()] == ["selection.pdf"]


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
