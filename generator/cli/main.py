"""The commands of `stufenweise`, each imported when it is asked for: `check` starts without a builder."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from io import TextIOWrapper

import click

gc.set_threshold(100_000)
"""What is imported and read stays to the end; to look for rubbish among it takes a tenth of the time of a check."""

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
COMMANDS = {
    "build": "generator.cli.build:build_command",
    "check": "generator.cli.check:check",
    "doctor": "generator.cli.doctor:doctor",
    "explain": "generator.cli.explain:explain",
    "handouts": "generator.cli.handouts:handouts",
    "hosting": "generator.cli.hosting:hosting",
    "init": "generator.cli.init:init",
    "new": "generator.cli.new:new",
    "package": "generator.cli.package:package",
    "rename": "generator.cli.rename:rename",
    "schema": "generator.cli.schema:schema",
    "serve": "generator.cli.build:serve",
    "status": "generator.cli.status:status",
    "translate": "generator.cli.translate:translate",
}
"""Where each command stands."""


class Commands(click.Group):
    """The group of all commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return their names."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=Commands, context_settings=CONTEXT)
@click.version_option(package_name="stufenweise", message="%(prog)s %(version)s")
def main() -> None:
    """Turn tutorials for graded reverse mentoring into a site."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A pipe on Windows has no letters for what an author may have written; that is no reason to stop.
            stream.reconfigure(errors="replace")
