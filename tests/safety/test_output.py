"""Output is limited, and no file name can move the cursor or break a line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from commands import run
from day import ENVIRON
from stufenweise.cli import main
from stufenweise.i18n.messages import problem_message
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Place, Problem, new_problem, visible
from stufenweise.model.problem_limits import SHOWN_IN_A_RUN, limited_problems
from texts import SMALL_LIBRARY

from .hostile_texts import TUTORIAL, tutorial

FILE = ShownPath("a.md")
CHARACTERS = "\x1b[31m\n\r\x9b\u202e\u2028"


def many(count: int, file: ShownPath = FILE, code: str = "unknown-word") -> list[Problem]:
    return [new_problem(Place(file, line + 1), code, word="a") for line in range(count)]


@pytest.mark.parametrize(("count", "shown"), [(1, 1), (10, 10), (11, 11), (12, 11), (29_400, 11)])
def test_problems_of_a_kind_are_counted_after_the_tenth(count: int, shown: int) -> None:
    found = limited_problems(many(count))
    assert len(found) == shown
    if count > 11:
        assert found[-1] == new_problem(Place(FILE, 11), "more-errors", count=count - 10, codes="unknown-word")
        assert problem_message(found[-1], "en").what == f"And {count - 10} more of this kind: unknown-word."


def test_warnings_are_counted_as_warnings() -> None:
    assert [problem.is_error for problem in limited_problems(many(20, code="unused-image"))] == [False] * 11


def test_a_run_shows_so_many_at_most_whatever_the_number_of_files() -> None:
    found = limited_problems([problem for number in range(3000) for problem in many(2, ShownPath(f"{number}.md"))])
    assert len(found) == SHOWN_IN_A_RUN + 1
    assert dict(found[-1].values)["count"] == "4000"


FORMATS = ("text", "lines", "json", "github", "gitlab")


@pytest.mark.parametrize(
    ("character", "forms"),
    [("}", FORMATS), *((sample, ("text",)) for sample in ("}" * 4800 + "\n\n", "{", "{{ a }}\n", "- \n", "<b>"))],
)
def test_a_file_full_of_mistakes_gives_little_output(
    project: Callable[..., Path], character: str, forms: tuple[str, ...]
) -> None:
    config = project(content=SMALL_LIBRARY)
    file = config.parent / "content" / TUTORIAL
    text, _ = tutorial(character * (58_000 // len(character)))
    file.write_text(text, encoding="utf-8")
    for form in forms:
        result = run(config, "check", "--format", form)
        assert result.exit_code == 1
        assert len(result.output) < 60_000


@pytest.mark.posix
@pytest.mark.parametrize("form", FORMATS)
def test_characters_that_steer_a_terminal_are_shown_escaped(project: Callable[..., Path], form: str) -> None:
    config = project(content=SMALL_LIBRARY)
    (config.parent / "content" / "tutorials" / f"a{CHARACTERS}.de.md").write_text("a", encoding="utf-8")
    output = run(config, "check", "--format", form).output
    shown = "a\\x1b[31m\\n\\r\\x9b\\u202e\\u2028.de.md"
    if form in ("json", "gitlab"):
        shown = json.dumps(shown)[1:-1]
    assert shown.replace("%", "%25") in output
    assert not any(character in output for character in CHARACTERS if character not in "[31m\n")


@pytest.mark.posix
@pytest.mark.parametrize(
    "command",
    [["status"], *(["status", "--format", form] for form in ("html", "json", "csv")), ["doctor"],
     ["doctor", "--format", "json"], ["init", "company", f"x{CHARACTERS}"]],
    ids=" ".join,
)  # fmt: skip
def test_no_other_command_lets_a_name_steer_the_terminal(
    project: Callable[..., Path], command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = project(content=SMALL_LIBRARY)
    monkeypatch.chdir(config.parent)
    (config.parent / "content" / "tutorials" / f"a{CHARACTERS}.de.md").write_text("a", encoding="utf-8")
    result = CliRunner().invoke(main, command, env=ENVIRON)
    assert isinstance(result.exception, SystemExit | None)
    assert not any(
        character in result.output.replace("\r\n", "\n") for character in CHARACTERS if character not in "[31m\n"
    )


def test_letters_are_shown_as_they_are() -> None:
    assert visible("Übung – näher 你好.de.md") == "Übung – näher 你好.de.md"
