"""A problem shows its line with a caret, whatever characters the line has."""

from __future__ import annotations

from pathlib import Path

import pytest
from stufenweise.cli.code_frame import MAX_SHOWN, SourceLines, code_frame
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Place

FILE = ShownPath("a.md")


def characters(line: str, column: int) -> tuple[str, int]:
    """Return the shown line and the caret's position in it, from 0."""
    shown, caret = code_frame(line, column).split("\n")
    assert caret.strip() == "^"
    assert shown.startswith("    ")
    return shown[4:], len(caret) - 5


@pytest.mark.parametrize(
    ("line", "column", "shown", "caret"),
    [
        ("level: 11", 8, "level: 11", 7),
        ("level: 11", 1, "level: 11", 0),
        ("level: 11", 99, "level: 11", 9),
        ("a\tb", 3, "a    b", 5),
        ("x  \r", 2, "x", 1),
        ("日本 x", 4, "日本 x", 5),
        ("ä\u0308x", 3, "ä\u0308x", 1),
    ],
)
def test_the_caret_stands_below_the_column(line: str, column: int, shown: str, caret: int) -> None:
    assert characters(line, column) == (shown, caret)


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\u202e", "\u2066", "\x00", "\x9b", "\u200b", "\ue000"])
def test_no_character_reaches_the_terminal_that_could_steer_it(character: str) -> None:
    assert character not in code_frame(f"a{character}[31mb", 3)


@pytest.mark.parametrize("column", [1, 60, 250, 499, 500, 501])
def test_a_long_line_is_cut_around_the_column(column: int) -> None:
    line = "".join(chr(97 + number % 26) for number in range(500))
    shown, caret = characters(line, column)
    assert len(shown) <= MAX_SHOWN + 2
    if column <= 500:
        assert shown[caret] == line[column - 1]
    assert shown.startswith("…") == (column > MAX_SHOWN // 2 + 1)
    assert shown.endswith("…") == (column < 450)


def test_a_problem_of_a_whole_file_or_of_none_has_no_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one\n\n  two\n", encoding="utf-8")
    lines = SourceLines(tmp_path)
    assert lines.excerpt(Place(FILE, 3, 3)) == "      two\n      ^"
    for place in (Place(FILE), Place(FILE, 2, 1), Place(FILE, 9, 2), Place(ShownPath("b.md"), 2, 2), Place(FILE, 0, 2)):
        assert lines.excerpt(place) == ""


def test_a_file_that_is_no_text_is_shown_without_harm(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"x\n\xff\x1b[31m\n")
    assert "\x1b" not in SourceLines(tmp_path).excerpt(Place(FILE, 2, 2))
