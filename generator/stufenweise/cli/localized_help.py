"""Translate click's help, usage errors and prompts.

Commands are written with English help. In another language it comes from that language's `help.yml`: by command the
help of the command (under its name) and of its options; `click` has click's own words, by their English, and
`placeholders` the names of values, such as FOLDER.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import cast

import click

from stufenweise.i18n.catalogue import Catalogue

CLICK_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
"""Modules of click 8 that print text. Each imports `_` from `gettext`, which reads compiled files for the locale of the
system only; so it is replaced, for the whole process, by a look-up in the language of the messages."""
HELP_TEXTS = Catalogue("help", dict[str, str])
"""Help by command, in groups of words; English has none."""
PLACEHOLDER = re.compile(r"[A-Z]+(?: RANGE)?")
"""A placeholder for a value in help."""


def language_named(arguments: Sequence[str]) -> str | None:
    """Return the value of `--lang` anywhere on the command line; None without it."""
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and index + 1 < len(arguments):
            return arguments[index + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return None


def click_text(text: str, language: str) -> str:
    """Return one of click's own texts in a language."""
    return HELP_TEXTS.own(language).get("click", {}).get(text, text)


def translate_click(language: str) -> None:
    """Translate click's own texts to a language, in this process from now on."""

    def translated(text: str) -> str:
        return click_text(text, language)

    def translated_plural(singular: str, plural: str, count: int) -> str:
        return translated(singular if count == 1 else plural)

    for name in CLICK_MODULES:
        module = import_module(f"click.{name}")
        for key, function in (("_", translated), ("ngettext", translated_plural)):
            if hasattr(module, key):
                setattr(module, key, function)


def localized_command(command: click.Command, name: str, language: str) -> click.Command:
    """Return a copy of a command with its help in a language."""
    texts = HELP_TEXTS.own(language)
    if not texts:
        return command
    own = texts.get(name, {})
    shared = texts.get("options", {})
    result = copy.copy(command)
    result._help_option = None
    result.help = own.get("help", command.help)
    result.options_metavar = shared.get("metavar", command.options_metavar)
    placeholders = texts.get("placeholders", {})
    result.params = [_parameter(parameter, {**shared, **own}, placeholders) for parameter in command.params]
    if isinstance(result, click.Group):
        result.subcommand_metavar = shared.get("subcommand_metavar", result.subcommand_metavar)
        result.commands = {
            key: localized_command(subcommand, f"{name} {key}", language)
            for key, subcommand in cast("click.Group", command).commands.items()
        }
    return result


def placeholder(parameter: click.Parameter) -> str:
    """Return the placeholder of a parameter's value in help and errors; empty for a flag or a listed choice."""
    is_listed = isinstance(parameter.type, click.Choice) or (isinstance(parameter, click.Option) and parameter.is_flag)
    return "" if is_listed else parameter.make_metavar(click.Context(click.Command("")))


def _parameter(
    parameter: click.Parameter, texts: Mapping[str, str], placeholders: Mapping[str, str]
) -> click.Parameter:
    result = copy.copy(parameter)
    if isinstance(result, click.Option) and result.name in texts:
        result.help = texts[result.name]
    if written := placeholder(parameter):
        result.metavar = PLACEHOLDER.sub(lambda match: placeholders.get(match[0], match[0]), written)
    return result
