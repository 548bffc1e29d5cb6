"""Commands speak one language: help, usage errors and messages, wherever the command line names it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, make_project
from stufenweise.cli.localized_help import CLICK_MODULES, HELP_TEXTS, PLACEHOLDER, placeholder
from stufenweise.cli.main import COMMANDS, main
from stufenweise.i18n.messages import message_languages

LIBRARY = ROOT / "tests" / "library" / "content"
OTHERS = [language for language in message_languages() if language != "en"]


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, env={"LC_ALL": "C"})


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its name, those of groups among them."""
    context = click.Context(main)
    context.meta["stufenweise.language"] = "en"
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", subcommand) for inner, subcommand in command.commands.items())


COMMANDS_IN_ENGLISH = tuple(commands())
"""Every command, read before a test speaks another language: click names types when a module is first imported."""


@pytest.mark.parametrize("language", OTHERS)
def test_all_help_is_there_in_each_language_and_nothing_is_left_over(language: str) -> None:
    texts = HELP_TEXTS.own(language)
    shared = texts["options"]
    known = {"main", "click", "options", "placeholders"}
    for name, command in COMMANDS_IN_ENGLISH:
        own = texts[name]
        assert own["help"], name
        options = {param.name for param in command.params if isinstance(param, click.Option) and param.help}
        assert options <= own.keys() | shared.keys(), name
        assert own.keys() - {"help"} <= options, name
        known.add(name)
    assert texts.keys() == known


@pytest.mark.parametrize("language", OTHERS)
def test_every_placeholder_has_a_word_in_each_language(language: str) -> None:
    used = {
        word
        for _, command in COMMANDS_IN_ENGLISH
        for param in command.params
        for word in PLACEHOLDER.findall(placeholder(param))
    }
    assert used == HELP_TEXTS.own(language)["placeholders"].keys()
    assert "init [OPTIONEN] {company} ORDNER" in call("--lang", "de", "init", "--help").output
    assert "'ALT'" in call("--lang", "de", "rename").output


@pytest.mark.parametrize("arguments", [("--lang", "de", "check", "--help"), ("check", "--help", "--lang=de")])
def test_help_is_in_the_language_that_is_named_before_or_after_the_command(arguments: tuple[str, ...]) -> None:
    said = call(*arguments).output
    assert "Aufruf: " in said
    assert "Warnungen zählen wie Fehler." in said
    for english in ("Usage", "Options", "Show this message", "default"):
        assert english not in said
    assert "Count warnings as errors." in call("check", "--help").output


def test_wrong_use_is_reported_in_that_language() -> None:
    for arguments in (("chek",), ("check", "--foo"), ("translate",), ("status", "--format", "x"), ("--lang", "xx")):
        result = call("--lang", "de", *arguments)
        assert result.exit_code == 2, arguments
        assert "Fehler: " in result.output
        assert "Error" not in result.output
        assert "Usage" not in result.output
    assert "Error: No such command 'chek'." in call("chek").output


def test_who_stops_a_command_is_told_so_in_that_language(tmp_path: Path) -> None:
    result = call("new", "tutorial", "--lang", "de", "-f", str(make_project(tmp_path, content=LIBRARY)))
    assert (result.exit_code, result.stderr.split()) == (130, ["Abgebrochen!"])


def test_a_message_is_in_the_language_that_stands_before_the_command() -> None:
    assert "Einen Code xx gibt es nicht." in call("--lang", "de", "explain", "xx").output


@pytest.mark.parametrize("name", CLICK_MODULES)
def test_click_looks_up_its_words_where_they_are_replaced(name: str) -> None:
    assert callable(import_module(f"click.{name}")._)
