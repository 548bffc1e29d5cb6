"""The commands of `stufenweise`; each is imported only when called, so that `check` starts without a builder."""

from __future__ import annotations

import errno
import gc
import sys
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast

import click

from stufenweise.core.errors import InputRefusedError, MachineError, explain_os_error
from stufenweise.i18n.messages import failure_text, message_languages

GC_THRESHOLD = 100_000
"""Allocations between garbage collections: imported modules and content live until the end, and collecting them takes a
tenth of the time of a check."""
if TYPE_CHECKING:
    from stufenweise.cli.command_context import CommandContext

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
COMMANDS = {
    "adopt": "stufenweise.cli.adopt_command:adopt",
    "build": "stufenweise.cli.build_command:build_command",
    "check": "stufenweise.cli.check_command:check_command",
    "doctor": "stufenweise.cli.doctor_command:doctor",
    "editor": "stufenweise.cli.editor_command:editor",
    "explain": "stufenweise.cli.explain_command:explain",
    "handouts": "stufenweise.cli.handouts_command:handouts",
    "hosting": "stufenweise.cli.hosting_command:hosting",
    "init": "stufenweise.cli.init_command:init",
    "new": "stufenweise.cli.new_command:new",
    "package": "stufenweise.cli.package_command:package",
    "rename": "stufenweise.cli.rename_command:rename",
    "schema": "stufenweise.cli.schema_command:schema",
    "serve": "stufenweise.cli.build_command:serve",
    "status": "stufenweise.cli.status_command:status",
    "translate": "stufenweise.cli.translate_command:translate",
}
"""Module and function of each command."""


class Commands(click.Group):
    """The group of all commands."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the command line; `--lang` works anywhere on it."""
        from stufenweise.cli.command_context import LANGUAGE_KEY
        from stufenweise.cli.localized_help import language_named, translate_click

        named = language_named(args)
        ctx.meta[LANGUAGE_KEY] = named if named in message_languages() else None
        translate_click(_context(ctx).language)
        return super().parse_args(ctx, args)

    def get_usage(self, ctx: click.Context) -> str:
        """Return the usage line in the language of the messages."""
        return click.Group.get_usage(cast("click.Group", _localized(self, "main", ctx)), ctx)

    def get_help(self, ctx: click.Context) -> str:
        """Return the help of the program in the language of the messages."""
        return click.Group.get_help(cast("click.Group", _localized(self, "main", ctx)), ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return their names."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        return _localized(command, cmd_name, ctx) if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; exit with 3 if the machine fails, with 2 if a file can't be used."""
        try:
            _require_current_folder()
            return super().invoke(ctx)
        except MachineError as error:
            _exit_with(error, ctx)
        except InputRefusedError as error:
            _exit_refused(error, ctx)
        except (click.Abort, KeyboardInterrupt):
            _exit_stopped(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # The reader of the output has closed it; click exits silently
            _exit_with(explain_os_error(error, error.filename or ".", "file-failed"), ctx)


def _localized(command: click.Command, name: str, ctx: click.Context) -> click.Command:
    """Return a command with its help in the language of the messages."""
    from stufenweise.cli.localized_help import localized_command

    return localized_command(command, name, _context(ctx).language)


def _context(ctx: click.Context) -> CommandContext:
    from stufenweise.cli.command_context import CommandContext

    return CommandContext.of(ctx)


def _require_current_folder() -> None:
    """Raise MachineError if the current folder has been deleted."""
    try:
        Path.cwd()
    except FileNotFoundError:
        raise MachineError("current-folder-gone") from None


def _exit_with(error: MachineError, ctx: click.Context) -> NoReturn:
    from stufenweise.cli.exits import EXIT_MACHINE

    click.echo(failure_text(error.failure, _context(ctx).language), err=True)
    raise SystemExit(EXIT_MACHINE) from None


def _exit_refused(error: InputRefusedError, ctx: click.Context) -> NoReturn:
    from stufenweise.cli.exits import refuse

    refuse(_context(ctx).message(error.failure.code, **error.failure.values))


def _exit_stopped(ctx: click.Context) -> NoReturn:
    from stufenweise.cli.exits import EXIT_STOPPED
    from stufenweise.cli.localized_help import click_text

    # The cursor is at the end of a question or of a progress bar.
    click.echo(f"\n{click_text('Aborted!', _context(ctx).language)}", err=True)
    raise SystemExit(EXIT_STOPPED) from None


@click.group(cls=Commands, context_settings=CONTEXT)
@click.version_option(package_name="stufenweise", message="%(prog)s %(version)s")
@click.option("--lang", type=click.Choice(message_languages()), expose_value=False, help="Language of the messages.")
def main() -> None:
    """Turn tutorials for graded reverse mentoring into a site."""
    gc.set_threshold(GC_THRESHOLD)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # The encoding of a pipe on Windows may lack letters of the content; replace them instead of failing.
            stream.reconfigure(errors="replace")
